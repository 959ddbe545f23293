"""How far sizes are off because of the outline: what stands beside every value in micrometres."""

from __future__ import annotations

from ...language import mark

DIAMETER_ERROR = 0.005
"""Largest median error of the bundled segmenter's diameters on the cells of any source, relative: outlines lie so far
from the line at which a cell's density falls to half (`edge_…` in docs/measured.json, which a test compares)."""

DIAMETER_TEXT = mark(
    "in µm off by up to {percent:.1f} % because of the outline, besides the error of the scale",
    percent=100 * DIAMETER_ERROR,
)
"""For a diameter; to be `told`, like the next ones."""

AREA_TEXT = mark(
    "in µm² off by up to {percent:.0f} % because of the outline, besides twice the error of the scale",
    percent=200 * DIAMETER_ERROR,
)
"""For an area, which is off by twice as much."""

METHOD_TEXT = mark(
    "because of the outline diameters are off by up to {diameters:.1f} %, areas by up to {areas:.0f} %;"
    " the error of the scale comes on top",
    diameters=100 * DIAMETER_ERROR, areas=200 * DIAMETER_ERROR,
)  # fmt: skip
"""For the method of a report."""
