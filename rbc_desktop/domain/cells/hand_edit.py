"""What hands did to a mask, and repairs of the cells of a field as values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from ...language import mark
from ...phrases import joined
from .mask import CellMask

EditKind = Literal[
    "drawn", "cut", "merged", "split", "brushed", "erased", "reshaped", "filled", "smoothed", "grown", "shrunk"
]

WORDS = (
    mark("drawn"), mark("cut"), mark("merged"), mark("split"), mark("brushed"), mark("erased"), mark("reshaped"),
    mark("filled"), mark("smoothed"), mark("grown"), mark("shrunk"),
)  # fmt: skip
"""The kinds in English, which `told` translates."""

_WITH_CELLS: dict[EditKind, str] = {
    "cut": mark("cut from {cells}"), "split": mark("split from {cells}"), "merged": mark("merged with {cells}"),
}  # fmt: skip
"""How the kinds are said that name other cells."""


@dataclass(frozen=True, slots=True)
class HandEdit:
    """One way in which a hand changed a mask.

    Attributes:
        kind: what was done.
        cells: the other cells that the mask was made from: those it was merged with, the one it was cut from.
        times: how often in a row.
    """

    kind: EditKind
    cells: tuple[int, ...] = ()
    times: int = 1

    @property
    def text(self) -> str:
        """In a few words, e.g. "cut from 12" or "brushed ×3"; to be `told`."""
        text = mark(self.kind)
        if self.cells:
            pattern = _WITH_CELLS.get(self.kind, f"{self.kind} with {{cells}}")
            text = mark(pattern, cells=", ".join(map(str, self.cells)))
        return mark("{action} ×{times}", action=text, times=self.times) if self.times > 1 else text


def with_edit(edits: tuple[HandEdit, ...], new: HandEdit) -> tuple[HandEdit, ...]:
    """The edits so far and a new one; the same again counts up."""
    if edits and (edits[-1].kind, edits[-1].cells) == (new.kind, new.cells):
        return (*edits[:-1], replace(edits[-1], times=edits[-1].times + new.times))
    return (*edits, new)


def edits_text(edits: Iterable[HandEdit]) -> str:
    """All edits in their order, to be `told`, empty without any."""
    return joined("; ", (edit.text for edit in edits))


@dataclass(frozen=True, slots=True, eq=False)
class Mended:
    """A mask that a hand made.

    Attributes:
        mask: its pixels.
        edit: how.
        cell_id: whose new mask it is, or None for a new cell.
        parent: of a new cell that was part of another one, that one's id.
    """

    mask: CellMask
    edit: HandEdit
    cell_id: int | None = None
    parent: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Repair:
    """What one step of a hand does to the cells of a field.

    Attributes:
        text: for the undo menu, e.g. "Cut cell 12".
        field_id: the field.
        masks: the new masks, at least one.
        used_up: cells that went into the new masks.
        covered: cells that give way to a mask that covers them now.
    """

    text: str
    field_id: int
    masks: tuple[Mended, ...]
    used_up: tuple[int, ...] = ()
    covered: tuple[int, ...] = ()
