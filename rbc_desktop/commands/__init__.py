"""One module per command; they put the parts together."""
