"""Draws Romanowsky-stained smear fields from physical principles, with exact masks; seeded and deterministic.

Used for the bundled sample and for test fixtures, so that no image of a real person is needed for either.
"""

from .field import CellSpec, FieldStyle, RenderedCell, RenderedField, draw_scale_bar, render_field, scatter
from .outlines import Kind

__all__ = [
    "CellSpec",
    "FieldStyle",
    "Kind",
    "RenderedCell",
    "RenderedField",
    "draw_scale_bar",
    "render_field",
    "scatter",
]
