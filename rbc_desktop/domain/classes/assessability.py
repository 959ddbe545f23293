"""Which class can be told on which field: what each class needs to be seen, and whether a field gives it."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ...language import mark
from ..fields.calibration import Calibration
from ..fields.field_quality import AXES_PX, LEAST_PALLOR, LEAST_PX, SHAPE_PX, WIDEST_EDGE, FieldQuality
from .taxonomy import CellClass

NOT_ASSESSABLE = mark("not assessable")
"""What a cell is called whose class can't be told on its field."""

NO_CALIBRATION = mark("the field is not calibrated")


@dataclass(frozen=True, slots=True)
class Need:
    """What a class needs of a field.

    Attributes:
        least_px: diameter of a typical cell, pixels.
        sharp: edges as sharp as in training.
        pallor: some of the field's cells show a pale centre.
        calibration: a scale.
    """

    least_px: float = AXES_PX
    sharp: bool = False
    pallor: bool = False
    calibration: bool = False


_PALLOR = Need(least_px=LEAST_PX, sharp=True, pallor=True)
_DETAIL = Need(least_px=SHAPE_PX, sharp=True)
_SIZE = Need(calibration=True)

NEEDS: dict[CellClass, Need] = {
    CellClass.NORMAL: Need(),
    CellClass.MACROCYTE: _SIZE,
    CellClass.MICROCYTE: _SIZE,
    CellClass.SPHEROCYTE: _PALLOR,
    CellClass.TARGET_CELL: _PALLOR,
    CellClass.STOMATOCYTE: _PALLOR,
    CellClass.HYPOCHROMIA: _PALLOR,
    CellClass.BURR_CELL: _DETAIL,
    CellClass.SCHISTOCYTE: _DETAIL,
    CellClass.OVALOCYTE: Need(),
    CellClass.ELLIPTOCYTE: Need(),
    CellClass.TEARDROP: Need(),
    CellClass.UNCATEGORISED: Need(),
    CellClass.NOT_RED_CELL: Need(),
}
"""Every class and what it needs. A spherocyte is a cell without the pallor that others have, a target cell has it
around a spot: without visible pallor both are guesses. Long axes survive nearly everything, down to `AXES_PX`."""


def least_px(cell_class: CellClass) -> float:
    """Diameter from which on a class can be told; a laboratory's own needs what every class does."""
    return NEEDS.get(cell_class, Need()).least_px


def too_small(cell_class: CellClass, diameter_px: float, *, quality: FieldQuality | None) -> str:
    """Why a cell of this diameter can't be of a class, to follow “but”; "" where it can.

    As a rule the field's typical cell decides, since small cells are told beside it (`why_withheld`). Where a field was
    measured and has none, as one of specks, the cell's own size does.
    """
    if quality is None or not math.isnan(quality.cell_px) or diameter_px >= (least := least_px(cell_class)):
        return ""
    return mark("it is only {px:.0f} px across, under {least:.0f}", px=diameter_px, least=least)


def why_withheld(cell_class: CellClass, *, calibration: Calibration | None, quality: FieldQuality | None) -> str:
    """Why a class can't be told on a field, in words that follow “because”, to be `told`; empty where it can.

    Args:
        cell_class: which.
        calibration: the field's scale.
        quality: what its image shows; None while nobody has measured it. What isn't known withholds nothing.
    """
    need = NEEDS[cell_class]
    if need.calibration and calibration is None:
        return NO_CALIBRATION
    if quality is None:
        return ""
    if quality.cell_px < need.least_px:
        return mark("cells are {px:.0f} px across, under {least:.0f}", px=quality.cell_px, least=need.least_px)
    if need.sharp and quality.edge_share > WIDEST_EDGE:
        edge = 100 * quality.edge_share
        return mark("the field is blurred: edges are {percent:.0f} % of a cell wide", percent=edge)
    if need.pallor and quality.pallor_share < LEAST_PALLOR:
        pallor = 100 * quality.pallor_share
        return mark("only {percent:.0f} % of the field's cells show any pallor", percent=pallor)
    return ""


@functools.lru_cache(256)
def withheld_classes(*, calibration: Calibration | None, quality: FieldQuality | None) -> Mapping[CellClass, str]:
    """The classes that can't be told on a field, each with the reason; remembered, since every cell asks."""
    reasons = ((c, why_withheld(c, calibration=calibration, quality=quality)) for c in NEEDS)
    return MappingProxyType({cell_class: reason for cell_class, reason in reasons if reason})
