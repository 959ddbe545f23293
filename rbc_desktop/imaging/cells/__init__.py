"""The cells of a field: found for comparison, measured, cut out as pictures."""
