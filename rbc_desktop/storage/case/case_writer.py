"""Changes of a case as SQL on its file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from ...domain.case.case import Identity
from ...domain.case.changes import (
    BringBack,
    Change,
    DeleteCells,
    DeleteFields,
    DeleteSlides,
    PutAnalyses,
    PutCells,
    PutFields,
    PutGrading,
    PutIdentity,
    PutQualities,
    PutReading,
    PutReviews,
    PutSignOffs,
    PutSlides,
    Together,
)
from ...errors import CaseFileError
from ...language import tr
from .rows.case_rows import (
    IDENTITY_COLUMNS,
    cell_row,
    field_row,
    measurement_row,
    prediction_row,
    prompt_rows,
    quality_row,
)
from .rows.class_rows import new_class_rows
from .rows.column_rows import bring_back
from .rows.reading_rows import put_reading
from .rows.sample_rows import grading_row, sign_off_row
from .rows.slide_rows import slide_row
from .values.case_values import LONGEST_TEXT


def write_change(connection: sqlite3.Connection, change: Change, *, folder: Path) -> None:  # noqa: C901 - one arm per kind
    """Bring the tables to the state that `change` names; the caller opens and ends the transaction.

    Args:
        connection: of the case file.
        change: see `domain.case.changes`.
        folder: of the case file; images are named relative to it.
    """
    connection.executemany("INSERT INTO own_class VALUES (?, ?, ?)", new_class_rows(connection, change))
    match change:
        case Together():
            for part in change.changes:
                write_change(connection, part, folder=folder)
        case PutIdentity():
            _put_identity(connection, change.identity)
        case PutGrading():
            sql = "REPLACE INTO grading (id, scheme, confirmed, blood_count) VALUES (?, ?, ?, ?)"
            connection.execute(sql, grading_row(change.grading))
        case PutSignOffs():
            _put_sign_offs(connection, change)
        case PutReading():
            put_reading(connection, change)
        case PutSlides():
            sql = "REPLACE INTO slide VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            connection.executemany(sql, (slide_row(slide, folder=folder) for slide in change.slides))
        case DeleteSlides():
            connection.executemany("DELETE FROM slide WHERE id = ?", _keys(change.ids))
        case PutFields():
            _put_fields(connection, change, folder=folder)
        case DeleteFields():
            connection.executemany("DELETE FROM field WHERE id = ?", _keys(change.ids))
        case PutCells():
            _put_cells(connection, change)
        case BringBack():
            bring_back(connection, change.pairs)
        case DeleteCells():
            numbers = json.dumps(change.ids)
            connection.execute("DELETE FROM cell WHERE id IN (SELECT value FROM json_each(?))", (numbers,))
        case PutReviews():
            _put_reviews(connection, change)
        case PutAnalyses():
            _put_analyses(connection, change)
        case PutQualities():
            _put_qualities(connection, change)


def _put_identity(connection: sqlite3.Connection, identity: Identity) -> None:
    longest = max(len(getattr(identity, name)) for name in IDENTITY_COLUMNS)
    if longest > LONGEST_TEXT:
        raise CaseFileError(tr("A text of {most:,} characters is too long to be kept; shorten it.", most=longest))
    columns = ", ".join(f"{name} = ?" for name in IDENTITY_COLUMNS)
    connection.execute(f'UPDATE "case" SET {columns}', [getattr(identity, name) for name in IDENTITY_COLUMNS])


def _put_sign_offs(connection: sqlite3.Connection, change: PutSignOffs) -> None:
    """Rows that are there stay as they are."""
    connection.executemany(
        "INSERT INTO sign_off (id, state, operator, meaning, time, reason, version, head, seal)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        (sign_off_row(number, step) for number, step in enumerate(change.sign_offs, start=1)),
    )


def _put_fields(connection: sqlite3.Connection, change: PutFields, *, folder: Path) -> None:
    for field in change.fields:
        connection.execute(
            "INSERT INTO field (id, path, sha256, width, height, page, remarks, searched, region_x, region_y)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET path = excluded.path, sha256 = excluded.sha256,"
            " width = excluded.width, height = excluded.height, page = excluded.page,"
            " remarks = excluded.remarks, searched = excluded.searched,"
            " region_x = excluded.region_x, region_y = excluded.region_y",
            field_row(field, folder=folder),
        )
        connection.execute("DELETE FROM calibration WHERE field_id = ?", (field.id,))
        if (scale := field.calibration) is not None:
            row = (field.id, scale.um_per_px, scale.source, scale.detail)
            connection.execute("INSERT INTO calibration VALUES (?, ?, ?, ?)", row)
        connection.execute('UPDATE "case" SET next_field_id = max(next_field_id, ?)', (field.id + 1,))


def _put_cells(connection: sqlite3.Connection, change: PutCells) -> None:
    cells = change.cells
    connection.executemany(
        "INSERT INTO cell (id, field_id, x0, y0, mask, mask_revision, score, touches_border, origin,"
        " edge_counted, segmenter, edits) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET field_id = excluded.field_id, x0 = excluded.x0, y0 = excluded.y0,"
        " mask = excluded.mask, mask_revision = excluded.mask_revision, score = excluded.score,"
        " touches_border = excluded.touches_border, origin = excluded.origin,"
        " edge_counted = excluded.edge_counted, segmenter = excluded.segmenter,"
        " edits = excluded.edits",
        map(cell_row, cells),
    )
    keys = _keys(c.id for c in cells)
    connection.executemany("DELETE FROM prompt WHERE cell_id = ?", keys)
    connection.executemany("DELETE FROM review WHERE cell_id = ?", keys)
    connection.executemany(
        "INSERT INTO prompt (cell_id, position, kind, x0, y0, x1, y1, mask) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (row for cell in cells for row in prompt_rows(cell)),
    )
    connection.executemany(
        "INSERT INTO review (cell_id, class) VALUES (?, ?)",
        ((c.id, c.reviewed_class.value) for c in cells if c.reviewed_class is not None),
    )
    revisions = [(c.id, c.mask_revision) for c in cells]
    connection.executemany("DELETE FROM measurement WHERE cell_id = ? AND mask_revision <> ?", revisions)
    connection.executemany("DELETE FROM prediction WHERE cell_id = ? AND mask_revision <> ?", revisions)
    highest = max((c.id for c in cells), default=0)
    connection.execute('UPDATE "case" SET next_cell_id = max(next_cell_id, ?)', (highest + 1,))


def _put_reviews(connection: sqlite3.Connection, change: PutReviews) -> None:
    """One statement for all: thousands of small ones take four times as long, while the window waits."""
    numbers = json.dumps([number for number, _ in change.reviews])
    connection.execute("DELETE FROM review WHERE cell_id IN (SELECT value FROM json_each(?))", (numbers,))
    given = {number: reviewed.value for number, reviewed in change.reviews if reviewed is not None}
    connection.execute(
        "INSERT INTO review (cell_id, class) SELECT cell.id, given.value FROM json_each(?) AS given"
        " JOIN cell ON cell.id = CAST(given.key AS INTEGER)",
        (json.dumps(given),),
    )


def _put_analyses(connection: sqlite3.Connection, change: PutAnalyses) -> None:
    analyses = change.analyses
    keys = _keys(a.cell_id for a in analyses)
    connection.executemany("DELETE FROM measurement WHERE cell_id = ?", keys)
    connection.executemany("DELETE FROM prediction WHERE cell_id = ?", keys)
    exists = "EXISTS (SELECT 1 FROM cell WHERE id = ?1)"
    connection.executemany(
        f"INSERT INTO measurement SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE {exists}", map(measurement_row, analyses)
    )
    connection.executemany(
        f"INSERT INTO prediction SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE {exists}",
        (row for a in analyses if (row := prediction_row(a)) is not None),
    )


def _put_qualities(connection: sqlite3.Connection, change: PutQualities) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO quality SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM field WHERE id = ?1)",
        (quality_row(field_id, quality) for field_id, quality in change.qualities),
    )


def _keys(ids: Iterable[int]) -> list[tuple[int]]:
    return [(i,) for i in ids]
