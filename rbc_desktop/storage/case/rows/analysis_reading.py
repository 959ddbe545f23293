"""The analyses of a case file as columns. Derived data: what can't be read is left out and made again."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np

from ....domain.arrays import BoolArray, Floats
from ....domain.cells.column_values import ColumnValues
from ....domain.cells.stored_analyses import Booster, StoredAnalyses
from ....domain.cells.stored_cells import NO_CODE, Codes, StoredCells
from ....domain.classes.taxonomy import CellClass, class_from_name
from ..values.analysis_blobs import add_functions, decode_measurements, decode_shares
from ..values.case_values import text
from ..values.column_checks import Coded, Tell, chunks, nobody
from ..values.look_blob import decode_looks
from ..values.look_room import LookRoom
from ..versions.schema import PACKED_SINCE, expressions, user_version

_log = logging.getLogger(__name__)

_WRONG = (TypeError, ValueError, OverflowError, AttributeError, RecursionError)
"""What a value that isn't as it should be may lead to."""


def load_analyses(
    connection: sqlite3.Connection, cells: StoredCells | None, *, own: Collection[CellClass], tell: Tell = nobody
) -> ColumnValues[Any, StoredAnalyses]:
    """Every analysis that belongs to the present mask of its cell."""
    if cells is None:
        return ColumnValues()
    version = user_version(connection)
    values, shares, classes = 'm."values"', "probabilities", "classes"
    if version < PACKED_SINCE:
        add_functions(connection)
        values, shares, classes = f"measured_blob({values})", f"shares_blob({shares})", f"shares_classes({shares})"
    reader = _Analyses(cells, own=own)
    for columns in chunks(
        connection,
        f"SELECT m.cell_id, m.mask_revision, {values}, {expressions('measurement', version=version, of='m.')},"
        f" p.mask_revision, model, review_limit, {shares}, {classes}"
        " FROM measurement m LEFT JOIN prediction p ON p.cell_id = m.cell_id ORDER BY m.cell_id",
        tell,
    ):
        reader.take(columns)
    return ColumnValues(reader.analyses())


class _Analyses:
    """Collects the columns chunk by chunk."""

    def __init__(self, cells: StoredCells, *, own: Collection[CellClass]) -> None:
        self._own = own
        self._cells = cells
        self._arrays: dict[str, list[Any]] = {}
        self._looks = LookRoom(len(cells.ids))
        self._made: list[datetime | None] = []
        self._shares: list[Floats] = []
        self._boosters: Coded[tuple[Any, Any], Booster | None] = Coded(self._booster)
        self._times: Coded[Any, datetime | None] = Coded(_time)

    def take(self, columns: Sequence[Sequence[Any]]) -> None:
        """One chunk."""
        number, revision, values, scale, made, look, predicted, model, limit, shares, classes = columns
        ids = np.array(number, np.int64)
        measured, good = decode_measurements(values)
        revisions, fits = self._revisions(ids, revision)
        times = self._times.codes(made)
        seconds = self._times.values
        good &= fits & np.array(
            [seconds[code] is not None or m is None for code, m in zip(times.tolist(), made, strict=True)]
        )
        scales = _reals([np.nan if s is None else s for s in scale], high=1e6)
        good &= ~np.isnan(scales) | np.array([s is None for s in scale])
        booster, part, limits, revised, sound = self._predictions(predicted, model, limit, shares, classes)
        good &= sound
        looks, has_look, readable = decode_looks(look)
        good &= readable
        for cell_id in ids[~good & fits].tolist():
            _log.warning("The analysis of cell %d is made again", cell_id)
        for name, column in (
            ("ids", ids), ("revision", revisions), ("values", measured), ("um_per_px", scales),
            ("has_look", has_look), ("booster", booster), ("predicted", revised), ("review_limit", limits),
        ):  # fmt: skip
            self._arrays.setdefault(name, []).append(column if good.all() else column[good])
        self._shares.append(part if good.all() else part[good])
        self._looks.add(looks if good.all() else looks[good])
        self._made += [seconds[code] for code in times[good].tolist()]

    def _revisions(self, ids: np.ndarray[Any, np.dtype[np.int64]], stored: Sequence[Any]) -> tuple[Codes, BoolArray]:
        """Mask revisions, and which are those of the present masks."""
        own = self._cells
        rows = np.minimum(np.searchsorted(own.ids, ids), len(own.ids) - 1)
        revisions = np.array(stored, np.int64)
        return revisions.astype(np.int32), (own.ids[rows] == ids) & (own.revision[rows] == revisions)

    def _booster(self, key: tuple[Any, Any]) -> Booster | None:
        """None where a class is none of this version."""
        model, classes = key
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
        given = np.array([revision is not None for revision in predicted])
        booster = np.full(count, NO_CODE, np.int32)
        at = np.flatnonzero(given)
        booster[at] = self._boosters.codes([(model[i], classes[i]) for i in at.tolist()])
        sound = ~given
        parts = {}
        for code in set(booster[at].tolist()):
            known = self._boosters.values[code]
            rows = np.flatnonzero(booster == code)
            if known is not None:
                parts[code] = rows, *decode_shares([shares[i] for i in rows.tolist()], len(known.classes))
        width = max((part.shape[1] for _, part, _ in parts.values()), default=0)
        joined = np.zeros((count, width))
        for rows, part, good in parts.values():
            joined[rows, : part.shape[1]] = part
            sound[rows] = good
        limits = _reals([np.nan if each is None else each for each in limit], high=1)
        revised = np.array([0 if each is None else each for each in predicted], np.int64)
        sound &= ~given | (~np.isnan(limits) & (revised >= 1))
        return booster, joined, limits, revised.astype(np.int32), sound

    def analyses(self) -> StoredAnalyses | None:
        """All of them."""
        if not self._made:
            return None
        joined = {name: np.concatenate(parts) for name, parts in self._arrays.items()}
        unused = Booster("", ())
        boosters = tuple(unused if booster is None else booster for booster in self._boosters.values)
        looks, shares = self._looks.looks(), _joined(self._shares)
        return StoredAnalyses(**joined, made=tuple(self._made), looks=looks, boosters=boosters, shares=shares)


def _time(stored: Any) -> datetime | None:
    """None where it is none."""
    try:
        return None if stored is None else datetime.fromisoformat(text(stored, "made", longest=100)).astimezone(UTC)
    except _WRONG:
        return None


def _reals(values: Sequence[Any], *, high: float) -> Floats:
    """Numbers from 0 to `high`, NaN in place of others."""
    found = np.array(values, np.float64)
    with np.errstate(invalid="ignore"):
        return np.where((found >= 0) & (found <= high), found, np.nan)


def _joined(parts: Sequence[Floats]) -> Floats:
    """The parts below each other, filled up with zeros to the same width."""
    width = max((part.shape[1] for part in parts), default=0)
    if all(part.shape[1] == width for part in parts):
        return np.concatenate(parts)
    return np.concatenate([np.pad(part, ((0, 0), (0, width - part.shape[1]))) for part in parts])
