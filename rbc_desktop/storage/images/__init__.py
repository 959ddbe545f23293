"""From a file or a region of a slide to a field: finding, recognising and reading it."""
