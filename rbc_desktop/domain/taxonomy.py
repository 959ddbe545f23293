"""The classes of cells: one table, the single source of names, order, keys and colours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CellClass(StrEnum):
    """A class that a cell can have; the value is the name in tables and files."""

    NORMAL = "normal"
    MACROCYTE = "macrocyte"
    MICROCYTE = "microcyte"
    SPHEROCYTE = "spherocyte"
    TARGET_CELL = "target cell"
    STOMATOCYTE = "stomatocyte"
    OVALOCYTE = "ovalocyte"
    TEARDROP = "teardrop"
    BURR_CELL = "burr cell"
    SCHISTOCYTE = "schistocyte"
    UNCATEGORISED = "uncategorised"
    HYPOCHROMIA = "hypochromia"
    ELLIPTOCYTE = "elliptocyte"
    NOT_RED_CELL = "not a red cell"


@dataclass(frozen=True, slots=True)
class ClassInfo:
    """How a class is shown.

    Attributes:
        code: two letters, the cue beside the colour.
        colour: sRGB hex on the canvas and in reports; distinguishable with colour-vision deficiency.
        dashed: outline drawn dashed, the second cue where colours come close.
        key: shortcut that sets the class, as Qt key-sequence text.
    """

    code: str
    colour: str
    dashed: bool
    key: str


# Hues from Okabe & Ito (2008) and Paul Tol's "muted" scheme; near neighbours differ by the dash.
CLASS_INFO: dict[CellClass, ClassInfo] = {
    CellClass.NORMAL: ClassInfo("No", "#009E73", False, "1"),
    CellClass.MACROCYTE: ClassInfo("Ma", "#0072B2", False, "2"),
    CellClass.MICROCYTE: ClassInfo("Mi", "#56B4E9", False, "3"),
    CellClass.SPHEROCYTE: ClassInfo("Sp", "#D55E00", False, "4"),
    CellClass.TARGET_CELL: ClassInfo("Ta", "#CC79A7", False, "5"),
    CellClass.STOMATOCYTE: ClassInfo("St", "#882255", False, "6"),
    CellClass.OVALOCYTE: ClassInfo("Ov", "#E69F00", False, "7"),
    CellClass.TEARDROP: ClassInfo("Te", "#332288", False, "8"),
    CellClass.BURR_CELL: ClassInfo("Bu", "#117733", True, "9"),
    CellClass.SCHISTOCYTE: ClassInfo("Sc", "#CC3311", True, "0"),
    CellClass.HYPOCHROMIA: ClassInfo("Hy", "#44AA99", True, "Shift+1"),
    CellClass.ELLIPTOCYTE: ClassInfo("El", "#999933", True, "Shift+2"),
    CellClass.UNCATEGORISED: ClassInfo("Un", "#777777", False, "Shift+3"),
    CellClass.NOT_RED_CELL: ClassInfo("Nr", "#444444", True, "Shift+4"),
}

RED_CELL_CLASSES: tuple[CellClass, ...] = tuple(c for c in CLASS_INFO if c is not CellClass.NOT_RED_CELL)
"""Classes that count as red cells, in display order."""

SIZE_CLASSES: frozenset[CellClass] = frozenset({CellClass.MACROCYTE, CellClass.MICROCYTE})
"""Classes that claim a size; without a calibration they are not claimed."""


def class_from_name(name: str) -> CellClass:
    """The class with this file name.

    Raises:
        ValueError: for a name that no class has.
    """
    return CellClass(name)
