"""The cells of a case file as columns, every value checked; masks stay packed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Sequence
from typing import Any, get_args

import numpy as np

from ....domain.arrays import BoolArray
from ....domain.case.case import Field
from ....domain.cells.cell import CellOrigin
from ....domain.cells.column_values import ColumnValues, Ids
from ....domain.cells.hand_edit import EditKind, HandEdit
from ....domain.cells.stored_cells import BOX, MASK, NEGATIVE, NO_CODE, POSITIVE, Codes, StoredCells, StoredPrompts
from ....domain.cells.stored_mask import StoredMask
from ....domain.classes.taxonomy import CellClass, class_from_name
from ..values.case_values import LONGEST_SIDE, choice, text, whole
from ..values.column_checks import Coded, Tell, chunks, nobody, reals, usual, wholes
from ..values.mask_png import measure_mask, measure_masks, unpack_mask
from ..versions.schema import expressions, user_version

_ORIGINS, _EDITS = get_args(CellOrigin), get_args(EditKind)
_KINDS = {"positive": POSITIVE, "negative": NEGATIVE, "box": BOX, "mask": MASK}

MASK_ROOM, _ROOM_PER_BYTE = 300_000_000, 500
"""Pixels that all masks of a case may have: so many, and so many for each byte they take. A disc of 48 px has 14 for a
byte and one of 1,000 px has 330, but a picture made to fill memory has 8,000."""

_EMPTY = np.zeros((0, 4), np.float64)


class _Masks:
    """Looks at masks that lie in their field, as long as they don't fill memory: few bytes can claim a huge picture."""

    def __init__(self, fields: dict[int, Field]) -> None:
        self._sides = {f.id: (f.width, f.height) for f in fields.values()}
        self._room = MASK_ROOM

    def measure(self, x0: Ids, y0: Ids, stored: Sequence[Any], *, fields: Ids) -> Ids:
        """Width, height and pixels of masks, ``(n, 3)``.

        Raises:
            ValueError: when one is none, lies outside its field, or all of them together are too large.
        """
        try:
            known, of = np.unique(fields, return_inverse=True)
            sides = np.array([self._sides[number] for number in known.tolist()], np.int64).reshape(-1, 2)[of]
        except KeyError as error:
            raise ValueError("a cell of no field") from error
        left, top = sides[:, 0] - x0, sides[:, 1] - y0
        if bool(((x0 < 0) | (y0 < 0) | (left < 1) | (top < 1)).any()):
            raise ValueError("a mask beside its field")
        found = measure_masks(stored)
        for at in np.flatnonzero((found[:, 2] == 0) | (found[:, 0] > left) | (found[:, 1] > top)).tolist():
            found[at] = measure_mask(stored[at], most_width=int(left[at]), most_height=int(top[at]))
        room = np.fromiter(map(len, stored), np.int64, len(stored)) * _ROOM_PER_BYTE - found[:, 0] * found[:, 1]
        lowest = self._room + np.cumsum(room)
        if len(lowest) and lowest.min() < 0:
            raise ValueError("masks larger than any real ones")
        self._room += int(room.sum())
        return found

    def prompt(self, x0: float, y0: float, data: Any, *, field_id: int) -> StoredMask:
        """A mask that was marked; checked like the others."""
        left, top = int(x0), int(y0)
        [found] = self.measure(np.array([left]), np.array([top]), [data], fields=np.array([field_id]))
        width, height, area = found.tolist()
        return StoredMask(left, top, width=width, height=height, area=area, data=data, unpack=unpack_mask)


def load_cells(
    connection: sqlite3.Connection, fields: dict[int, Field], *, own: Collection[CellClass], tell: Tell = nobody
) -> ColumnValues[Any, StoredCells]:
    """Every cell.

    Raises:
        ValueError: when a value has another type or lies outside its range.
        sqlite3.Error: when the file is damaged.
    """
    masks = _Masks(fields)
    newer = expressions("cell", version=user_version(connection))  # a file is read before it is brought up to date
    edge_counted, segmenter, edits = newer.split(", ")
    mostly = usual(connection, ("origin", segmenter), table="cell")
    reader = _Cells(masks, own=own, origin=mostly[0], segmenter=mostly[1])
    sql = (
        "SELECT id, field_id, x0, y0, mask, mask_revision, score, touches_border, NULLIF(origin, ?),"
        f" NULLIF({segmenter}, ?), NULLIF({edits}, '[]'), {edge_counted}, class"
        " FROM cell LEFT JOIN review ON cell_id = id ORDER BY id"
    )
    for columns in chunks(connection, sql, tell, values=mostly):
        reader.take(columns)
    return ColumnValues(reader.cells(lambda ids, field: _prompts(connection, masks, ids=ids, field=field, tell=tell)))


class _Cells:
    """Collects the columns chunk by chunk.

    Args:
        masks: looks at them.
        own: classes beside the built-in ones.
        origin, segmenter: what None stands for.
    """

    def __init__(self, masks: _Masks, *, own: Collection[CellClass], origin: Any, segmenter: Any) -> None:
        self._masks = masks
        self._arrays: dict[str, list[Any]] = {}
        self._data: list[bytes] = []
        self._edits: dict[int, tuple[HandEdit, ...]] = {}
        self._classes: Coded[str, CellClass] = Coded(lambda name: class_from_name(text(name, "class"), own=own))
        self._origin: Coded[str | None, CellOrigin] = Coded(
            lambda name: choice(origin if name is None else name, "origin", _ORIGINS)
        )
        self._segmenters: Coded[str | None, str] = Coded(
            lambda name: text(segmenter if name is None else name, "segmenter", longest=1_000)
        )

    def take(self, columns: Sequence[Sequence[Any]]) -> None:
        """One chunk."""
        number, field_id, x0, y0, mask, revision, score, cut, origin, segmenter, edits, edge_counted, reviewed = columns
        left, top, field = wholes(x0, "x0"), wholes(y0, "y0"), wholes(field_id, "field id")
        sizes = self._masks.measure(left, top, mask, fields=field)
        self._edits.update(
            (len(self._data) + position, _read_edits(stored))
            for position, stored in enumerate(edits)
            if stored is not None
        )
        for name, values in (
            ("ids", wholes(number, "cell id", low=1)),
            ("field", field.astype(np.int32)),
            ("x0", left.astype(np.int32)),
            ("y0", top.astype(np.int32)),
            ("size", sizes),
            ("revision", wholes(revision, "mask_revision", low=1).astype(np.int32)),
            ("score", reals(score, "score", low=-1e6, high=1e6)),
            ("touches_border", wholes(cut, "touches_border", high=1).astype(np.bool_)),
            ("edge_counted", wholes(edge_counted, "edge_counted", high=1).astype(np.bool_)),
            ("reviewed", _classes(reviewed, self._classes)),
            ("origin", self._origin.codes(origin)),
            ("segmenter", self._segmenters.codes(segmenter)),
        ):
            self._arrays.setdefault(name, []).append(values)
        self._data += mask

    def cells(self, prompts: Callable[[Ids, Codes], StoredPrompts]) -> StoredCells | None:
        """All of them.

        Args:
            prompts: reads those of cells with these numbers and fields.
        """
        if not self._data:
            return None
        joined = {name: np.concatenate(parts) for name, parts in self._arrays.items()}
        width, height, area = joined.pop("size").T
        return StoredCells(
            **joined,
            width=width.astype(np.int32),
            height=height.astype(np.int32),
            area=area.copy(),
            masks=tuple(self._data),
            unpack=unpack_mask,
            origins=tuple(self._origin.values),
            classes=tuple(self._classes.values),
            segmenters=tuple(self._segmenters.values),
            edits=self._edits,
            prompts=prompts(joined["ids"], joined["field"]),
        )


def _classes(names: Sequence[Any], known: Coded[str, CellClass]) -> Codes:
    """Codes of reviewed classes, `NO_CODE` for none."""
    codes = np.full(len(names), NO_CODE, np.int32)
    given = [position for position, name in enumerate(names) if name is not None]
    codes[given] = known.codes([names[position] for position in given])
    return codes


def _read_edits(stored: Any) -> tuple[HandEdit, ...]:
    try:
        return tuple(
            HandEdit(
                choice(kind, "edit", _EDITS),
                tuple(whole(number, "cell id", low=1) for number in cells),
                whole(times, "times", low=1),
            )
            for kind, cells, times in json.loads(text(stored, "edits"))
        )
    except (TypeError, RecursionError) as error:
        raise ValueError("edits") from error


def _prompts(connection: sqlite3.Connection, masks: _Masks, *, ids: Ids, field: Codes, tell: Tell) -> StoredPrompts:
    """The prompts of cells with these numbers and fields."""
    owners, kinds, places = [np.zeros(0, np.int64)], [np.zeros(0, np.int8)], [_EMPTY]
    found: dict[int, StoredMask] = {}
    coded: Coded[str | None, int] = Coded(lambda name: _KINDS[choice(name or "positive", "kind", _KINDS)])
    done = 0
    for owner, kind, x0, y0, x1, y1, mask in chunks(
        connection,
        "SELECT cell_id, NULLIF(kind, 'positive'), x0, y0, x1, y1, mask FROM prompt ORDER BY cell_id, position",
        tell,
    ):
        codes = coded.codes(kind)
        names = np.array(coded.values, np.int8)[codes]
        cells = wholes(owner, "cell id", low=1)
        rows = np.minimum(np.searchsorted(ids, cells), len(ids) - 1)
        if bool((ids[rows] != cells).any()):
            raise ValueError("a prompt of no cell")
        is_box: BoolArray = names == BOX
        corners = [_coordinates(values) for values in (x0, y0)]
        place = np.full((len(names), 4), np.nan)
        place[:, 0], place[:, 1] = corners
        boxes = np.flatnonzero(is_box)
        for column, values in ((2, x1), (3, y1)):
            place[boxes, column] = _coordinates([values[at] for at in boxes.tolist()])
        if bool((is_box & ((place[:, 2] < place[:, 0]) | (place[:, 3] < place[:, 1]))).any()):
            raise ValueError("box corners are swapped")
        for at in np.flatnonzero(names == MASK).tolist():
            found[done + at] = masks.prompt(x0[at], y0[at], mask[at], field_id=int(field[rows[at]]))
        owners.append(cells)
        kinds.append(names)
        places.append(place)
        done += len(owner)
    first = np.searchsorted(np.concatenate(owners), np.append(ids, ids[-1] + 1))
    return StoredPrompts(first, np.concatenate(kinds), np.concatenate(places), found)


def _coordinates(values: Sequence[Any]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Positions in field pixels; a prompt may lie beside the field, though not far away."""
    return reals(values, "prompt", low=-LONGEST_SIDE, high=2 * LONGEST_SIDE)
