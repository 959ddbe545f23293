"""Segment, measure, classify and review red cells in blood-smear images, offline."""

from .language import mark

__version__ = "0.2.0"

RESEARCH_USE_ONLY = mark("For Research Use Only. Not for use in diagnostic procedures.")
