"""Segment, measure, classify and review red cells in blood-smear images, offline."""

__version__ = "0.2.0"

RESEARCH_USE_ONLY = "For Research Use Only. Not for use in diagnostic procedures."
