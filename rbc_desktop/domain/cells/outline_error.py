"""How far sizes are off because of the outline: what stands beside every value in micrometres."""

from __future__ import annotations

from ...language import mark

DIAMETER_ERROR = 0.01
"""Largest median error of the bundled segmenter's diameters on isolated cells of any source, relative: outlines lie so
far outside the line at which a cell's density falls to half (`edge_…` in docs/measured.json, which a test compares)."""

DIAMETER_TEXT = mark(
    "in µm up to {percent:.1f} % too large by the outline, besides the error of the scale",
    percent=100 * DIAMETER_ERROR,
)
"""For a diameter; to be `told`, like the next ones."""

AREA_TEXT = mark(
    "in µm² up to {percent:.0f} % too large by the outline, besides twice the error of the scale",
    percent=200 * DIAMETER_ERROR,
)
"""For an area, which is off by twice as much."""

METHOD_TEXT = mark(
    "outlines make diameters up to {diameters:.1f} %, areas up to {areas:.0f} % too large;"
    " the error of the scale comes on top",
    diameters=100 * DIAMETER_ERROR, areas=200 * DIAMETER_ERROR,
)  # fmt: skip
"""For the method of a report."""
