"""PDF reports: of a case, of control films, of a validation study."""
