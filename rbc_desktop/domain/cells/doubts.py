"""Outlines that nobody should trust, told from their measurements: such a cell needs review whatever its class."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ...language import mark

if TYPE_CHECKING:
    from .cell import Measurements

TWO_CELLS = mark("may be two cells in one")
GHOST = mark("hardly darker than the background")
CURLED = mark("outline is curled or open")
OVERLAPPING = mark("overlaps another cell by about half or more")

FUSED_AREA = 1.5
"""Two cells in one are at least this much larger than the field's typical cell; so are macrocytes, hence the shape."""

FUSED_WAIST, FUSED_SOLIDITY, FUSED_AXES = 0.9, 0.94, 1.45
"""At most this narrow between its halves, or at most this convex, or at least this long: a single cell
that is so large is none of it. The limits and what they find are measured in `docs/models/segmenter.md`."""

GHOST_DENSITY = 0.5
"""Part of the field's median density under which an outline holds background or a ghost."""

CURLED_SOLIDITY = 0.75
"""No single red cell is less convex; teardrops and fragments are above."""


OVERLAP = 0.45
"""Part of a cell in another cell's outline from which on one of the two is wrong: cells that lie on each other in the
smear reach it in 1.8 % (`docs/models/segmenter.md`), an outline around two cells and one of them always."""


def outline_doubts(measurements: Measurements, *, overlapping: bool = False) -> tuple[str, ...]:
    """Why the outline is doubtful, in words to be `told`; empty for a good one. What isn't known raises no doubt.

    Args:
        measurements: of the cell.
        overlapping: `OVERLAP` or more of it lies in another cell (`overlaps.Overlaps.is_covered`).
    """
    m = measurements
    doubts = []
    large = not math.isnan(m.relative_diameter) and m.relative_diameter**2 >= FUSED_AREA
    if large and (m.waist <= FUSED_WAIST or m.solidity <= FUSED_SOLIDITY or m.axis_ratio >= FUSED_AXES):
        doubts.append(TWO_CELLS)
    if m.relative_density < GHOST_DENSITY:
        doubts.append(GHOST)
    if m.solidity < CURLED_SOLIDITY and TWO_CELLS not in doubts:
        doubts.append(CURLED)
    if overlapping:
        doubts.append(OVERLAPPING)
    return tuple(doubts)
