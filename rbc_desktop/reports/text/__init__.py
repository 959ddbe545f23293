"""Text in any script and language, as a PDF draws it."""
