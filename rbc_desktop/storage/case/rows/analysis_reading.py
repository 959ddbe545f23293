"""The analyses of a case file as columns. Derived data: what can't be read is left out and made again."""

from __future__ import annotations

import itertools
import json
import logging
import operator
import sqlite3
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

import numpy as np

from ....domain.arrays import BoolArray, Floats
from ....domain.cells.column_values import ColumnValues
from ....domain.cells.stored_analyses import Booster, StoredAnalyses
from ....domain.cells.stored_cells import NO_CODE, Codes, StoredCells
from ....domain.classes.taxonomy import CellClass, class_from_name
from ..values.analysis_blobs import MEASURED_BYTES, add_functions, decode_measurements, decode_shares
from ..values.case_values import text
from ..values.column_checks import Coded, Tell, chunks, joined, nobody, usual
from ..values.look_blob import LOOK_BYTES, decode_looks
from ..values.look_room import LookRoom
from ..versions.schema import PACKED_SINCE, expressions, user_version

_log = logging.getLogger(__name__)

_WRONG = (TypeError, ValueError, OverflowError, AttributeError, RecursionError)
"""What a value that isn't as it should be may lead to."""

_UNREADABLE = datetime.min.replace(tzinfo=UTC)
"""In place of a time that is none."""

_is_none = partial(operator.is_, None)


def load_analyses(
    connection: sqlite3.Connection, cells: StoredCells | None, *, own: Collection[CellClass], tell: Tell = nobody
) -> ColumnValues[Any, StoredAnalyses]:
    """Every analysis that belongs to the present mask of its cell."""
    if cells is None:
        return ColumnValues()
    version = user_version(connection)
    values, shares, classes = '"values"', "probabilities", "classes"
    if version < PACKED_SINCE:
        add_functions(connection)
        values, shares, classes = f"measured_blob({values})", f"shares_blob({shares})", f"shares_classes({shares})"
    um_per_px, made, look = expressions("measurement", version=version).split(", ")
    mostly = usual(connection, ("model", classes), table="prediction")
    reader = _Analyses(cells, own=own, model=mostly[0], classes=mostly[1])
    numbers = (
        f"SELECT m.cell_id, m.mask_revision, {um_per_px}, {made}, p.mask_revision, NULLIF(model, ?), review_limit,"
        f" {shares}, NULLIF({classes}, ?)"
        " FROM measurement m LEFT JOIN prediction p ON p.cell_id = m.cell_id ORDER BY m.cell_id"
    )
    blobs = (
        f"SELECT {joined(values, MEASURED_BYTES, is_made=version < PACKED_SINCE)}, {joined(look, LOOK_BYTES)}"
        " FROM measurement WHERE cell_id BETWEEN ? AND ?"
    )
    for columns in chunks(connection, numbers, tell, values=mostly):
        reader.take(columns, *connection.execute(blobs, (columns[0][0], columns[0][-1])).fetchone())
    return ColumnValues(reader.analyses())


class _Analyses:
    """Collects the columns chunk by chunk.

    Args:
        cells: whose they are.
        own: classes beside the built-in ones.
        model, classes: what None stands for.
    """

    def __init__(self, cells: StoredCells, *, own: Collection[CellClass], model: Any, classes: Any) -> None:
        self._own, self._usual = own, (model, classes)
        self._cells = cells
        self._arrays: dict[str, list[Any]] = {}
        self._looks = LookRoom(len(cells.ids))
        self._made: list[datetime | None] = []
        self._shares: list[Floats] = []
        self._boosters: Coded[tuple[Any, Any], Booster | None] = Coded(self._booster)
        self._times: Coded[Any, datetime | None] = Coded(_time)

    def take(self, columns: Sequence[Sequence[Any]], values: bytes, look: bytes) -> None:
        """One chunk; measurements and looks of its cells are joined."""
        number, revision, scale, made, predicted, model, limit, shares, classes = columns
        ids = np.array(number, np.int64)
        measured, good = decode_measurements(values)
        looks, has_look = decode_looks(look)
        if not len(ids) == len(measured) == len(looks):
            raise ValueError("measurements or looks of another length")
        revisions, fits = self._revisions(ids, revision)
        times = self._times.codes(made)
        good &= fits & ~np.isin(times, [code for code, time in enumerate(self._times.values) if time == _UNREADABLE])
        scales, is_scale = _reals(scale, high=1e6)
        good &= is_scale
        booster, part, limits, revised, sound = self._predictions(predicted, model, limit, shares, classes)
        good &= sound
        for cell_id in ids[~good & fits].tolist():
            _log.warning("The analysis of cell %d is made again", cell_id)
        for name, column in (
            ("ids", ids), ("revision", revisions), ("values", measured), ("um_per_px", scales),
            ("has_look", has_look), ("booster", booster), ("predicted", revised), ("review_limit", limits),
        ):  # fmt: skip
            self._arrays.setdefault(name, []).append(column if good.all() else column[good])
        self._shares.append(part if good.all() else part[good])
        self._looks.add(looks if good.all() else looks[good])
        self._made += map(self._times.values.__getitem__, times[good].tolist())

    def _revisions(self, ids: np.ndarray[Any, np.dtype[np.int64]], stored: Sequence[Any]) -> tuple[Codes, BoolArray]:
        """Mask revisions, and which are those of the present masks."""
        own = self._cells
        rows = np.minimum(np.searchsorted(own.ids, ids), len(own.ids) - 1)
        revisions = np.array(stored, np.int64)
        return revisions.astype(np.int32), (own.ids[rows] == ids) & (own.revision[rows] == revisions)

    def _booster(self, key: tuple[Any, Any]) -> Booster | None:
        """None where a class is none of this version."""
        model, classes = (most if each is None else each for each, most in zip(key, self._usual, strict=True))
        try:
            names = [text(name, "class") for name in json.loads(text(classes, "classes"))]
            known = tuple(class_from_name(name, own=self._own) for name in names)
            return Booster(text(model, "model", longest=1_000), known) if len(set(known)) == len(known) else None
        except _WRONG:
            return None

    def _predictions(
        self,
        predicted: Sequence[Any],
        model: Sequence[Any],
        limit: Sequence[Any],
        shares: Sequence[Any],
        classes: Sequence[Any],
    ) -> tuple[Codes, Floats, Floats, Codes, BoolArray]:
        """Booster, probabilities, review limits and revisions, and which rows have none or a sound prediction."""
        count = len(predicted)
        given = ~np.fromiter(map(_is_none, predicted), np.bool_, count)
        booster = np.full(count, NO_CODE, np.int32)
        booster[given] = self._boosters.codes(list(itertools.compress(zip(model, classes, strict=True), given)))
        sound = ~given
        parts = {}
        for code in np.unique(booster[given]).tolist():
            known = self._boosters.values[code]
            is_its = booster == code
            if known is not None:
                own = list(itertools.compress(shares, is_its))
                parts[code] = np.flatnonzero(is_its), *decode_shares(own, len(known.classes))
        width = max((part.shape[1] for _, part, _ in parts.values()), default=0)
        table = np.zeros((count, width))
        for rows, part, good in parts.values():
            table[rows, : part.shape[1]] = part
            sound[rows] = good
        limits, _ = _reals(limit, high=1)
        revised = np.zeros(count, np.int64)
        revised[given] = list(itertools.compress(predicted, given))
        sound &= ~given | (~np.isnan(limits) & (revised >= 1))
        return booster, table, limits, revised.astype(np.int32), sound

    def analyses(self) -> StoredAnalyses | None:
        """All of them."""
        if not self._made:
            return None
        columns = {name: np.concatenate(parts) for name, parts in self._arrays.items()}
        unused = Booster("", ())
        boosters = tuple(unused if booster is None else booster for booster in self._boosters.values)
        looks, shares = self._looks.looks(), _joined(self._shares)
        return StoredAnalyses(**columns, made=tuple(self._made), looks=looks, boosters=boosters, shares=shares)


def _time(stored: Any) -> datetime | None:
    """None where there is none, `_UNREADABLE` where it is none."""
    try:
        return None if stored is None else datetime.fromisoformat(text(stored, "made", longest=100)).astimezone(UTC)
    except _WRONG:
        return _UNREADABLE


def _reals(values: Sequence[Any], *, high: float) -> tuple[Floats, BoolArray]:
    """Numbers from 0 to `high`, NaN in place of others; and where there is one of these or none at all."""
    found = np.array(values, np.float64)  # NaN for None; a file holds none otherwise
    with np.errstate(invalid="ignore"):
        is_within = (found >= 0) & (found <= high)
    return np.where(is_within, found, np.nan), is_within | np.isnan(found)


def _joined(parts: Sequence[Floats]) -> Floats:
    """The parts below each other, filled up with zeros to the same width."""
    width = max((part.shape[1] for part in parts), default=0)
    if all(part.shape[1] == width for part in parts):
        return np.concatenate(parts)
    return np.concatenate([np.pad(part, ((0, 0), (0, width - part.shape[1]))) for part in parts])
