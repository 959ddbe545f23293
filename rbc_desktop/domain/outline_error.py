"""How far sizes are off because of the outline: what stands beside every value in micrometres."""

from __future__ import annotations

DIAMETER_ERROR = 0.015
"""Largest median error of the bundled segmenter's diameters on isolated cells of any source, relative: outlines lie so
far outside the line at which a cell's density falls to half (`edge_…` in docs/measured.json, which a test compares)."""

DIAMETER_TEXT = f"in µm up to {100 * DIAMETER_ERROR:.1f} % too large by the outline, besides the error of the scale"
"""For a diameter."""

AREA_TEXT = f"in µm² up to {200 * DIAMETER_ERROR:.0f} % too large by the outline, besides twice the error of the scale"
"""For an area, which is off by twice as much."""

METHOD_TEXT = (
    f"outlines make diameters up to {100 * DIAMETER_ERROR:.1f} %, areas up to {200 * DIAMETER_ERROR:.0f} % too large;"
    " the error of the scale comes on top"
)
"""For the method of a report."""
