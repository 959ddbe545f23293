"""Measuring and classifying cells, and keeping that up to date."""
