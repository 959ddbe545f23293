"""The report: one pure summary and its writers."""
