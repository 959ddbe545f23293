"""Parts of the report: page 1, grades, figures, overviews, readings, long tables."""
