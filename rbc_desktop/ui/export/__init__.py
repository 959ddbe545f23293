"""The export dialog: what is written, and the report looked at before."""
