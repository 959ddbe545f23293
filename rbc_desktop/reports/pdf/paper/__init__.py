"""The paper: style and letters, what fits on a page, pixels on it, pages as pictures."""
