"""The content of every report as values: rows, counts, sizes, grades; all writers read these."""
