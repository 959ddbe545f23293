"""Rows of a case file made of columns: what `case_rows` makes of one cell and its analysis, for thousands at once."""

from __future__ import annotations

import functools
import json
import math
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

import numpy as np
import numpy.typing as npt

from ....domain.case.stored_pairs import Pairs
from ....domain.cells.column_values import Rows
from ....domain.cells.stored_analyses import StoredAnalyses
from ....domain.cells.stored_cells import BOX, NO_CODE, POSITIVE, StoredCells
from ..values.analysis_blobs import encode_many
from ..values.look_blob import encode_looks
from .case_rows import edits_json, prompt_rows
from .row_digests import digest

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class PairRows:
    """Rows of cells and their analyses.

    Attributes:
        cells: of ``cell``, one each.
        prompts: of ``prompt``, those of each cell.
        reviews: of ``review``.
        measurements: of ``measurement``, of those that have one.
        predictions: of ``prediction``, None where a measurement has none.
    """

    cells: list[Row]
    prompts: list[list[Row]]
    reviews: list[Row]
    measurements: list[Row]
    predictions: list[Row | None]

    def digests(self) -> tuple[dict[int, str], dict[int, str]]:
        """Of cells and of analyses, as `audit_record` has them of one."""
        cells = {row[0]: digest(row, *own) for row, own in zip(self.cells, self.prompts, strict=True)}
        both = zip(self.measurements, self.predictions, strict=True)
        return cells, {row[0]: digest(row) if told is None else digest(row, told) for row, told in both}


@functools.lru_cache(1)
def rows_of(pairs: Pairs) -> PairRows:
    """The rows; remembered until `bring_back` has written them, since the trail is written of them before."""
    cells, stored = pairs.cells, pairs.analyses
    reviews = [(number, given.value) for number, given in pairs.reviews if given is not None]
    measured: tuple[list[Row], list[Row | None]] = ([], [])
    if stored is not None and len(pairs.measured):
        measured = _measurements(stored, pairs.measured), _predictions(stored, pairs.measured)
    return PairRows(_cells(cells, pairs.rows), _prompts(cells, pairs.rows), reviews, *measured)


def bring_back(connection: sqlite3.Connection, pairs: Pairs) -> None:
    """Write these cells with their analyses."""
    made = rows_of(pairs)
    connection.execute("DELETE FROM cell WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(pairs.numbers),))
    for table, rows in (
        ("cell", made.cells),
        ("prompt", [row for own in made.prompts for row in own]),
        ("review", made.reviews),
        ("measurement", made.measurements),
        ("prediction", [row for row in made.predictions if row is not None]),
    ):
        if rows:
            connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    connection.execute('UPDATE "case" SET next_cell_id = max(next_cell_id, ?)', (pairs.numbers[-1] + 1,))
    rows_of.cache_clear()  # nobody reads them again


def _cells(cells: StoredCells, rows: Rows) -> list[Row]:
    at = rows.tolist()
    return list(
        zip(
            cells.ids[rows].tolist(),
            cells.field[rows].tolist(),
            cells.x0[rows].tolist(),
            cells.y0[rows].tolist(),
            map(cells.masks.__getitem__, at),
            cells.revision[rows].tolist(),
            cells.score[rows].tolist(),
            cells.touches_border[rows].astype(np.int8).tolist(),
            map(cells.origins.__getitem__, cells.origin[rows].tolist()),
            cells.edge_counted[rows].astype(np.int8).tolist(),
            map(cells.segmenters.__getitem__, cells.segmenter[rows].tolist()),
            (edits_json(cells.edits.get(row, ())) for row in at),
            strict=True,
        )
    )


def _prompts(cells: StoredCells, rows: Rows) -> list[list[Row]]:
    """Points are taken as they stand; a cell that has anything else is looked at by itself."""
    prompts = cells.prompts
    begins, ends = prompts.first[rows], prompts.first[rows + 1]
    counts = ends - begins
    starts = np.cumsum(counts) - counts
    at = np.arange(int(counts.sum())) - np.repeat(starts - begins, counts)
    kinds, places = prompts.kinds[at].tolist(), prompts.places[at, :2].tolist()
    found = []
    numbers = cells.ids[rows].tolist()
    for row, number, start, count in zip(rows.tolist(), numbers, starts.tolist(), counts.tolist(), strict=True):
        own = range(start, start + count)
        if any(kinds[i] >= BOX for i in own):
            found.append(list(prompt_rows(cells.value(row))))
        else:
            found.append([
                (number, position, "positive" if kinds[i] == POSITIVE else "negative", *places[i], None, None, None)
                for position, i in enumerate(own, start=1)
            ])  # fmt: skip
    return found


def _measurements(stored: StoredAnalyses, rows: Rows) -> list[Row]:
    times = {made: None if made is None else made.astimezone(UTC).isoformat() for made in set(stored.made)}
    looks: Sequence[bytes | None] = encode_looks(np.asarray(stored.looks[rows]))
    looks = [look if has else None for look, has in zip(looks, stored.has_look[rows].tolist(), strict=True)]
    return list(
        zip(
            stored.ids[rows].tolist(),
            stored.revision[rows].tolist(),
            encode_many(stored.values[rows]),
            [None if math.isnan(scale) else scale for scale in stored.um_per_px[rows].tolist()],
            [times[stored.made[row]] for row in rows.tolist()],
            looks,
            strict=True,
        )
    )


def _predictions(stored: StoredAnalyses, rows: Rows) -> list[Row | None]:
    names = [json.dumps([c.value for c in booster.classes]) for booster in stored.boosters]
    ends = [8 * len(booster.classes) for booster in stored.boosters]
    shares: npt.NDArray[np.float64] = np.ascontiguousarray(stored.shares[rows], "<f8")
    joined, width = shares.tobytes(), 8 * shares.shape[1]
    told = zip(
        stored.ids[rows].tolist(), stored.predicted[rows].tolist(), stored.booster[rows].tolist(),
        stored.review_limit[rows].tolist(), range(0, width * len(rows) or 1, width or 1), strict=True,
    )  # fmt: skip
    return [
        None
        if code == NO_CODE
        else (number, revision, stored.boosters[code].model, limit, joined[at : at + ends[code]], names[code])
        for number, revision, code, limit, at in told
    ]
