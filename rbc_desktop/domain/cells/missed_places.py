"""Places where cells may have been missed: what is said of them, and which of them are still open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ...phrases import template
from .mask import CellMask

COVERED = 0.5
"""A place of which outlines cover this share is no longer open."""


@dataclass(frozen=True, slots=True, eq=False)
class MissedPlace:
    """A place that is stained like a cell and that no outline covers.

    Attributes:
        mask: the place, field pixels.
        cells: how many cells it may hold, at least 1.
    """

    mask: CellMask
    cells: int


def still_missed(places: Sequence[MissedPlace], masks: Sequence[CellMask]) -> tuple[MissedPlace, ...]:
    """The places that these outlines leave open."""
    if not places or not masks:
        return tuple(places)
    boxes = np.array([(m.x0, m.y0, m.x0 + m.crop.shape[1], m.y0 + m.crop.shape[0]) for m in masks])
    return tuple(place for place in places if not _is_covered(place.mask, boxes, masks))


def cells_in(places: Iterable[MissedPlace]) -> int:
    """About how many cells they hold."""
    return sum(place.cells for place in places)


_MISSED = template(
    "{count} cell may have been missed in {name}.", "About {count} cells may have been missed in {name}.", "count"
)


def missed_text(name: str, cells: int) -> str | None:
    """The sentence about a field for bar and report, to be `told`; None when nothing is missed.

    Args:
        name: of the field's image.
        cells: about how many.
    """
    return _MISSED(count=cells, name=name) if cells else None


def _is_covered(place: CellMask, boxes: npt.NDArray[np.int64], masks: Sequence[CellMask]) -> bool:
    height, width = place.crop.shape
    x0, y0, x1, y1 = place.x0, place.y0, place.x0 + width, place.y0 + height
    meets = (boxes[:, 0] < x1) & (boxes[:, 2] > x0) & (boxes[:, 1] < y1) & (boxes[:, 3] > y0)
    common = sum(place.intersection_area(masks[i]) for i in np.flatnonzero(meets).tolist())
    return bool(common >= COVERED * place.area)
