"""Second readings as rows of the case file, and back."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from ....domain.case.changes import PutReading
from ....domain.classes.taxonomy import CellClass, class_from_name
from ....domain.sample.second_reading import ReadCell, SecondReading
from ..values.case_values import real, text, whole

READINGS_SINCE = 4
"""Version of the case file from which on it has these tables."""

_LONGEST_NAME = 1_000


def reading_row(reading: SecondReading) -> tuple[Any, ...]:
    """Columns of ``reading``."""
    return reading.number, reading.operator, reading.began, reading.ended, reading.share, reading.seed


def read_cell_rows(reading: SecondReading, cells: Iterable[ReadCell] | None = None) -> list[tuple[Any, ...]]:
    """Columns of ``reading_cell``, one row per cell by its id."""
    return [
        (
            reading.number,
            c.cell,
            c.first.value,
            None if c.second is None else c.second.value,
            None if c.settled is None else c.settled.value,
        )
        for c in (reading.cells if cells is None else cells)
    ]


def put_reading(connection: sqlite3.Connection, change: PutReading) -> None:
    """Write a reading, or what changed of it."""
    reading = change.reading
    connection.execute(
        "INSERT INTO reading (id, operator, began, ended, share, seed) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET operator = excluded.operator, began = excluded.began,"
        " ended = excluded.ended, share = excluded.share, seed = excluded.seed",
        reading_row(reading),
    )
    changed = None if change.changed is None else set(change.changed)
    cells = [c for c in reading.cells if changed is None or c.cell in changed]
    connection.executemany(
        "INSERT INTO reading_cell (reading_id, cell_id, first, second, settled) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (reading_id, cell_id) DO UPDATE SET first = excluded.first, second = excluded.second,"
        " settled = excluded.settled",
        read_cell_rows(reading, cells),
    )


def load_readings(connection: sqlite3.Connection, *, own: Collection[CellClass]) -> tuple[SecondReading, ...]:
    """All readings, every value checked; `own`: the own classes that the case carries.

    Raises:
        ValueError: when a value has another type or lies outside its range.
        sqlite3.Error: when the file is damaged.
    """
    cells: dict[int, list[ReadCell]] = defaultdict(list)
    for number, cell, *names in connection.execute(
        "SELECT reading_id, cell_id, first, second, settled FROM reading_cell ORDER BY reading_id, cell_id"
    ):
        first, second, settled = (None if n is None else class_from_name(text(n, "class"), own=own) for n in names)
        if first is None:
            raise ValueError("a read cell without its first class")
        cells[number].append(ReadCell(whole(cell, "cell id", low=1), first, second, settled))
    rows = connection.execute("SELECT id, operator, began, ended, share, seed FROM reading ORDER BY id")
    return tuple(
        SecondReading(
            number=whole(number, "reading", low=1),
            operator=text(operator, "operator", longest=_LONGEST_NAME),
            began=text(began, "time", longest=100),
            ended=text(ended, "time", longest=100),
            share=real(share, "share", low=1e-9, high=1),
            seed=whole(seed, "seed"),
            cells=tuple(cells.get(number, ())),
        )
        for number, operator, began, ended, share, seed in rows
    )
