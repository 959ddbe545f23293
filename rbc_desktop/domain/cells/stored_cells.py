"""Cells as columns: what a case file holds of them, and the cells that rows make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ..arrays import BoolArray, Floats
from ..classes.taxonomy import CellClass
from ..geometry import Box
from .cell import Cell, CellOrigin
from .column_values import Ids
from .hand_edit import HandEdit
from .mask import CellMask
from .prompts import PromptPoint, PromptSet
from .stored_mask import StoredMask, Unpack

Codes = npt.NDArray[np.int32]

NO_CODE = -1
"""In place of a class."""

POSITIVE, NEGATIVE, BOX, MASK = range(4)
"""Kinds of prompts."""

_NO_PROMPTS = PromptSet()


@dataclass(frozen=True, slots=True, eq=False)
class StoredPrompts:
    """The prompts of all cells.

    Attributes:
        first: ``(cells + 1,)``: where those of each cell begin.
        kinds: ``(prompts,)``; `POSITIVE` and so on.
        places: ``(prompts, 4)``: x0, y0, x1, y1 in field pixels; the latter two of boxes only.
        masks: of those that are masks, by their position.
    """

    first: Ids
    kinds: npt.NDArray[np.int8]
    places: Floats
    masks: Mapping[int, CellMask]

    def of(self, row: int) -> PromptSet:
        """The prompts of one cell."""
        begin, end = int(self.first[row]), int(self.first[row + 1])
        if begin == end:
            return _NO_PROMPTS
        points, box, mask = [], None, None
        kinds, places = self.kinds[begin:end].tolist(), self.places[begin:end].tolist()
        for position, (kind, place) in enumerate(zip(kinds, places, strict=True), start=begin):
            if kind == BOX:
                box = Box(*place)
            elif kind == MASK:
                mask = self.masks[position]
            else:
                points.append(PromptPoint(place[0], place[1], positive=kind == POSITIVE))
        return PromptSet(tuple(points), box, mask)


@dataclass(frozen=True, slots=True, eq=False)
class StoredCells:
    """Every cell of a case as its file has it: one row each, in the order of their numbers (`ValueColumns`).

    Attributes:
        ids, field: numbers of cells and of their fields.
        x0, y0, width, height: of the masks' crops, field pixels.
        area: pixels of the masks.
        masks: packed crops.
        unpack: makes a crop of one.
        revision, score, touches_border, edge_counted: as a `Cell`'s.
        origin: position in `origins`.
        reviewed: position in `classes`, `NO_CODE` without one.
        segmenter: position in `segmenters`.
        edits: by row, where there are any.
        prompts: of all cells.
    """

    ids: Ids
    field: Codes
    x0: Codes
    y0: Codes
    width: Codes
    height: Codes
    area: Ids
    masks: tuple[bytes, ...]
    unpack: Unpack
    revision: Codes
    score: Floats
    touches_border: BoolArray
    edge_counted: BoolArray
    origin: Codes
    origins: tuple[CellOrigin, ...]
    reviewed: Codes
    classes: tuple[CellClass, ...]
    segmenter: Codes
    segmenters: tuple[str, ...]
    edits: Mapping[int, tuple[HandEdit, ...]]
    prompts: StoredPrompts

    @property
    def is_counted(self) -> BoolArray:
        """`Cell.is_counted` of each."""
        return np.asarray(self.edge_counted | ~self.touches_border)

    def rows_of(self, field_id: int) -> npt.NDArray[np.intp]:
        """The rows of the cells of one field."""
        return np.flatnonzero(self.field == field_id)

    def reviewed_as(self, rows: npt.NDArray[np.intp], given: Sequence[CellClass | None]) -> StoredCells:
        """The same cells, of which those of some rows have these reviewed classes."""
        identities = list(map(id, given))  # few are distinct; by identity, because thousands are looked up
        codes, classes = {id(None): NO_CODE}, list(self.classes)
        for identity, cell_class in dict(zip(identities, given, strict=True)).items():
            if cell_class is None:
                continue
            known = next((at for at, c in enumerate(classes) if c.looks_like(cell_class)), None)
            if known is None:
                known = len(classes)
                classes.append(cell_class)
            codes[identity] = known
        reviewed = self.reviewed.copy()
        reviewed[rows] = list(map(codes.__getitem__, identities))
        return replace(self, reviewed=reviewed, classes=tuple(classes))

    def renewed(self, row: int, old: Cell) -> Cell:
        """The cell of a row, with the mask of a cell that differed in nothing but its reviewed class."""
        given = self._class_of(row)
        return old if old.reviewed_class is given else old.reviewed_as(given)

    def _class_of(self, row: int) -> CellClass | None:
        code = int(self.reviewed[row])
        return None if code == NO_CODE else self.classes[code]

    def mask(self, row: int) -> StoredMask:
        """The mask of a row, packed."""
        return StoredMask(
            int(self.x0[row]), int(self.y0[row]), width=int(self.width[row]), height=int(self.height[row]),
            area=int(self.area[row]), data=self.masks[row], unpack=self.unpack,
        )  # fmt: skip

    def value(self, row: int) -> Cell:
        """The cell of a row."""
        return Cell(
            id=int(self.ids[row]),
            field_id=int(self.field[row]),
            mask=self.mask(row),
            prompts=self.prompts.of(row),
            score=float(self.score[row]),
            touches_border=bool(self.touches_border[row]),
            origin=self.origins[int(self.origin[row])],
            mask_revision=int(self.revision[row]),
            reviewed_class=self._class_of(row),
            edge_counted=bool(self.edge_counted[row]),
            segmenter=self.segmenters[int(self.segmenter[row])],
            edits=self.edits.get(row, ()),
        )
