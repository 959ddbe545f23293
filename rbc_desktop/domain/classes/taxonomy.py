"""The classes of cells: what a class is, and the built-in ones in display order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from ...language import mark, tr


@dataclass(frozen=True, slots=True, eq=False)
class CellClass:
    """A class that a cell can have: a name, which carries how it is shown.

    Equal names are the same class, whoever defined them: a laboratory's own class (`domain.classes.own_classes`) goes
    wherever a built-in one goes, and brings its looks along.

    Attributes:
        value: the name in tables and files.
        code: one or two letters, the cue beside the colour.
        colour: sRGB hex on the canvas and in reports; distinguishable with colour-vision deficiency.
        dashed: outline drawn dashed, the second cue where colours come close.
        key: shortcut that sets the class, as Qt key-sequence text; "" for none.
        is_red: it counts as a red cell.
        is_own: a laboratory named it; it isn't built in.
    """

    value: str
    code: str
    colour: str
    dashed: bool = False
    key: str = ""
    is_red: bool = True
    is_own: bool = False

    NORMAL: ClassVar[CellClass]
    MACROCYTE: ClassVar[CellClass]
    MICROCYTE: ClassVar[CellClass]
    SPHEROCYTE: ClassVar[CellClass]
    TARGET_CELL: ClassVar[CellClass]
    STOMATOCYTE: ClassVar[CellClass]
    OVALOCYTE: ClassVar[CellClass]
    TEARDROP: ClassVar[CellClass]
    BURR_CELL: ClassVar[CellClass]
    SCHISTOCYTE: ClassVar[CellClass]
    HYPOCHROMIA: ClassVar[CellClass]
    ELLIPTOCYTE: ClassVar[CellClass]
    UNCATEGORISED: ClassVar[CellClass]
    NOT_RED_CELL: ClassVar[CellClass]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CellClass) and self.value == other.value

    def __hash__(self) -> int:
        return hash(self.value)

    def __str__(self) -> str:
        return self.value

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        """A built-in class is one object in every process."""
        looks = (self.code, self.colour, self.dashed, self.key, self.is_red, self.is_own)
        return (CellClass, (self.value, *looks)) if self.is_own else (class_from_name, (self.value,))

    @property
    def title(self) -> str:
        """Its name for readers, in the present language; a laboratory's own class has the one that it was given."""
        return self.value if self.is_own else tr(self.value)

    def looks_like(self, other: CellClass) -> bool:
        """Whether another one has the same name, and all that is shown of it is the same, too."""
        return self.__reduce__() == other.__reduce__()


# Hues from Okabe & Ito (2008) and Paul Tol's "muted" scheme; near neighbours differ by the dash.
CellClass.NORMAL = CellClass(mark("normal"), "No", "#009E73", key="1")
CellClass.MACROCYTE = CellClass(mark("macrocyte"), "Ma", "#0072B2", key="2")
CellClass.MICROCYTE = CellClass(mark("microcyte"), "Mi", "#56B4E9", key="3")
CellClass.SPHEROCYTE = CellClass(mark("spherocyte"), "Sp", "#D55E00", key="4")
CellClass.TARGET_CELL = CellClass(mark("target cell"), "Ta", "#CC79A7", key="5")
CellClass.STOMATOCYTE = CellClass(mark("stomatocyte"), "St", "#882255", key="6")
CellClass.OVALOCYTE = CellClass(mark("ovalocyte"), "Ov", "#E69F00", key="7")
CellClass.TEARDROP = CellClass(mark("teardrop"), "Te", "#332288", key="8")
CellClass.BURR_CELL = CellClass(mark("burr cell"), "Bu", "#117733", dashed=True, key="9")
CellClass.SCHISTOCYTE = CellClass(mark("schistocyte"), "Sc", "#CC3311", dashed=True, key="0")
CellClass.HYPOCHROMIA = CellClass(mark("hypochromia"), "Hy", "#44AA99", dashed=True, key="Shift+1")
CellClass.ELLIPTOCYTE = CellClass(mark("elliptocyte"), "El", "#999933", dashed=True, key="Shift+2")
CellClass.UNCATEGORISED = CellClass(mark("uncategorised"), "Un", "#777777", key="Shift+3")
CellClass.NOT_RED_CELL = CellClass(mark("not a red cell"), "Nr", "#444444", dashed=True, key="Shift+4", is_red=False)

BUILT_IN: tuple[CellClass, ...] = (
    CellClass.NORMAL, CellClass.MACROCYTE, CellClass.MICROCYTE, CellClass.SPHEROCYTE, CellClass.TARGET_CELL,
    CellClass.STOMATOCYTE, CellClass.OVALOCYTE, CellClass.TEARDROP, CellClass.BURR_CELL, CellClass.SCHISTOCYTE,
    CellClass.HYPOCHROMIA, CellClass.ELLIPTOCYTE, CellClass.UNCATEGORISED, CellClass.NOT_RED_CELL,
)  # fmt: skip
"""Every class that needs no laboratory to name it, in display order."""

RED_CELL_CLASSES: tuple[CellClass, ...] = tuple(c for c in BUILT_IN if c.is_red)
"""Built-in classes that count as red cells, in display order."""

SIZE_CLASSES: frozenset[CellClass] = frozenset({CellClass.MACROCYTE, CellClass.MICROCYTE})
"""Classes that claim a size; without a calibration they are not claimed."""

_BY_NAME = {c.value: c for c in BUILT_IN}


def class_from_name(name: str, *, own: Iterable[CellClass] = ()) -> CellClass:
    """The class with this file name: a built-in one, or one of `own`.

    Raises:
        ValueError: for a name that no class has.
    """
    found = _BY_NAME.get(name) or next((c for c in own if c.value == name), None)
    if found is None:
        raise ValueError(f"no class is called {name!r:.60}")
    return found


def is_red_cell(cell_class: CellClass | None) -> bool:
    """Whether a cell of this class counts as a red cell; one without a class doesn't."""
    return cell_class is not None and cell_class.is_red


def in_display_order(classes: Iterable[CellClass]) -> tuple[CellClass, ...]:
    """These classes, each once: the built-in red ones, a laboratory's own ones by name, then what is no red cell."""
    wanted = set(classes)
    own = sorted((c for c in wanted if c.is_own), key=lambda c: (not c.is_red, c.value))
    built_in = [c for c in BUILT_IN if c in wanted]
    return (*(c for c in built_in if c.is_red), *own, *(c for c in built_in if not c.is_red))
