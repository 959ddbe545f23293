"""What a change does to the objects of a case file, as digests: the content of its row in the audit trail.

Objects are the identity, grading, sign-offs, slides, fields and what their images show, cells (with prompts), reviews,
own classes, analyses.
"""

from __future__ import annotations

import functools
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

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
from ...domain.case.stored_pairs import Pairs
from ...domain.cells.cell import Cell, CellAnalysis
from ...domain.sample.sign_off import state_of
from .rows.case_places import SLIDES_SINCE
from .rows.case_rows import (
    IDENTITY_COLUMNS,
    REMEMBERED,
    cell_row,
    field_row,
    measurement_row,
    prediction_row,
    prompt_rows,
    quality_row,
)
from .rows.class_rows import class_rows, new_class_rows
from .rows.column_rows import rows_of
from .rows.reading_rows import READINGS_SINCE, read_cell_rows, reading_row
from .rows.row_digests import digest, digest_of, digestible
from .rows.sample_rows import grading_row, sign_off_row
from .rows.slide_rows import slide_row
from .versions.schema import user_version

Key = tuple[str, int]
"""Kind and number of an object."""

_UNREAD = (None, None)
"""Second and settled class of a cell that isn't read yet."""


@dataclass(slots=True)
class Record:
    """What one change does, in the order in which it does it.

    Attributes:
        put: digest of each object that exists afterwards.
        gone: objects that don't.
        was: old and new value of what a person reads: class, scale, details of the sample.
        emptied: digests of rows that lost a patient's data, by number; see `erasure`.
        salt: random, so that what stood in a row can't be found by trying once it is deleted.
    """

    put: dict[Key, str] = field(default_factory=dict)
    gone: dict[Key, None] = field(default_factory=dict)
    was: dict[str, dict[str, list[Any]]] = field(default_factory=lambda: defaultdict(dict))
    emptied: dict[int, str] = field(default_factory=dict)
    salt: str = ""

    def set(self, key: Key, value: str | None) -> None:
        """The object has this digest, or is gone."""
        if value is None:
            self.put.pop(key, None)
            self.gone[key] = None
        else:
            self.gone.pop(key, None)
            self.put[key] = value

    def put_all(self, kind: str, digests: Iterable[tuple[int, str]]) -> None:
        """Objects of a kind have these digests; many at once."""
        put = {(kind, number): value for number, value in digests}
        if self.gone:
            for key in put:
                self.gone.pop(key, None)
        self.put.update(put)

    def drop_all(self, kind: str, numbers: Iterable[int]) -> None:
        """Objects of a kind are gone."""
        keys = [(kind, number) for number in numbers]
        if self.put:
            for key in keys:
                self.put.pop(key, None)
        self.gone.update(dict.fromkeys(keys))

    def text(self) -> str:
        """As JSON."""
        put: dict[str, dict[int, str]] = defaultdict(dict)
        gone: dict[str, list[int]] = defaultdict(list)
        for (kind, number), value in self.put.items():
            put[kind][number] = value
        for kind, number in self.gone:
            gone[kind].append(number)
        named = {"put": put, "gone": gone, "was": self.was, "emptied": self.emptied, "salt": self.salt}
        parts = {name: part for name, part in named.items() if part}
        return json.dumps(parts, separators=(",", ":"))


def record_of(connection: sqlite3.Connection, change: Change) -> Record:
    """What a change will do to the objects; call it in the change's transaction, before the change is written."""
    record = Record()
    for row in new_class_rows(connection, change):
        record.set(("own class", row[0]), digest(row))
    _note(connection, change, record)
    return record


def present_digests(connection: sqlite3.Connection) -> Iterator[tuple[Key, str]]:
    """Every object of the file with its digest."""
    yield ("identity", 1), digest(_identity_row(connection))
    yield ("grading", 1), digest(connection.execute("SELECT * FROM grading").fetchone())
    for row in connection.execute("SELECT id, * FROM sign_off ORDER BY id"):
        yield ("sign-off", row[0]), digest(row[1:])
    if user_version(connection) >= READINGS_SINCE:
        read = _rows_by_number(connection, "SELECT reading_id, * FROM reading_cell ORDER BY reading_id, cell_id")
        for row in connection.execute("SELECT id, * FROM reading ORDER BY id").fetchall():
            yield ("reading", row[0]), digest(row[1:], *read.get(row[0], ()))
    yield from _slides(connection)
    scales = _rows_by_number(connection, "SELECT field_id, * FROM calibration")
    for row in connection.execute("SELECT id, * FROM field ORDER BY id").fetchall():
        yield ("field", row[0]), digest(_without_path(row[1:]), *(_scale(s) for s in scales.get(row[0], ())))
    for row in connection.execute("SELECT field_id, * FROM quality ORDER BY field_id"):
        yield ("quality", row[0]), digest(row[1:])
    prompts = _rows_by_number(connection, "SELECT cell_id, * FROM prompt ORDER BY cell_id, position")
    for row in connection.execute("SELECT id, * FROM cell ORDER BY id"):
        yield ("cell", row[0]), digest(row[1:], *prompts.get(row[0], ()))
    for number, name in connection.execute("SELECT cell_id, class FROM review ORDER BY cell_id"):
        yield ("review", number), _class_digest(name)
    yield from ((("own class", row[0]), digest(row)) for row in class_rows(connection))
    predictions = _rows_by_number(connection, "SELECT cell_id, * FROM prediction")
    for row in connection.execute("SELECT cell_id, * FROM measurement ORDER BY cell_id"):
        yield ("analysis", row[0]), digest(row[1:], *predictions.get(row[0], ()))


def _slides(connection: sqlite3.Connection) -> Iterator[tuple[Key, str]]:
    if user_version(connection) >= SLIDES_SINCE:
        for row in connection.execute("SELECT id, * FROM slide ORDER BY id"):
            yield ("slide", row[0]), digest(_without_path(row[1:]))


def _note(connection: sqlite3.Connection, change: Change, record: Record) -> None:  # noqa: C901 - one arm per kind
    match change:
        case Together():
            for part in change.changes:
                _note(connection, part, record)
        case PutIdentity():
            _note_identity(connection, change.identity, record)
        case PutGrading():
            _note_grading(connection, change, record)
        case PutSignOffs():
            _note_sign_offs(connection, change, record)
        case PutReading():
            _note_reading(connection, change, record)
        case PutSlides():
            for slide in change.slides:
                record.set(("slide", slide.id), digest(_without_path(slide_row(slide, folder=slide.path.parent))))
        case DeleteSlides():
            for number in _numbers(connection, "SELECT id FROM slide WHERE id", change.ids):
                record.set(("slide", number), None)
        case PutFields():
            _note_fields(connection, change, record)
        case DeleteFields():
            _note_gone(connection, _numbers(connection, "SELECT id FROM cell WHERE field_id", change.ids), record)
            for number in _numbers(connection, "SELECT id FROM field WHERE id", change.ids):
                record.set(("field", number), None)
            for number in _numbers(connection, "SELECT field_id FROM quality WHERE field_id", change.ids):
                record.set(("quality", number), None)
        case PutCells():
            _note_cells(connection, change, record)
        case BringBack():
            _note_back(connection, change.pairs, record)
        case DeleteCells():
            _note_gone(connection, _numbers(connection, "SELECT id FROM cell WHERE id", change.ids), record)
        case PutReviews():
            _note_reviews(connection, change, record)
        case PutAnalyses():
            _note_analyses(connection, change, record)
        case PutQualities():
            _note_qualities(connection, change, record)


def _note_identity(connection: sqlite3.Connection, identity: Identity, record: Record) -> None:
    new = tuple(getattr(identity, name) for name in IDENTITY_COLUMNS)
    old = _identity_row(connection)
    for name, before, after in zip(IDENTITY_COLUMNS, old, new, strict=True):
        if before != after:
            record.was["identity"][name] = [before, after]
    record.set(("identity", 1), digest(new))


def _identity_row(connection: sqlite3.Connection) -> tuple[Any, ...]:
    """The columns of the identity, in a case of an earlier version those that it has."""
    _, _, _, *identity = connection.execute('SELECT * FROM "case"').fetchone()
    return tuple(identity)


def _note_grading(connection: sqlite3.Connection, change: PutGrading, record: Record) -> None:
    new = grading_row(change.grading)
    old = connection.execute("SELECT * FROM grading").fetchone()
    for name, before, after in zip(("scheme", "confirmed", "blood_count"), old[1:], new[1:], strict=True):
        if before != after:
            record.was["grading"][name] = [before, after]
    record.set(("grading", 1), digest(new))


def _note_sign_offs(connection: sqlite3.Connection, change: PutSignOffs, record: Record) -> None:
    last = connection.execute("SELECT state FROM sign_off ORDER BY id DESC LIMIT 1").fetchone()
    old, new = last[0] if last else "draft", state_of(change.sign_offs)
    if old != new:
        record.was["state"]["report"] = [old, new]
    for number, step in enumerate(change.sign_offs, start=1):
        record.set(("sign-off", number), digest(sign_off_row(number, step)))


def _note_reading(connection: sqlite3.Connection, change: PutReading, record: Record) -> None:
    reading = change.reading
    rows = read_cell_rows(reading)
    if change.changed != ():
        known = connection.execute(
            "SELECT cell_id, second, settled FROM reading_cell WHERE reading_id = ?", (reading.number,)
        )
        old = {cell: (second, settled) for cell, second, settled in known}
        for _, cell, _, second, settled in rows:
            before, agreed = old.get(cell, _UNREAD)
            if second != before:
                record.was["second"][f"{cell} in reading {reading.number}"] = [before, second]
            if settled != agreed:
                record.was["settled"][f"{cell} in reading {reading.number}"] = [agreed, settled]
    values = [[float(number), float(cell), *classes] for number, cell, *classes in rows]
    record.set(("reading", reading.number), digest_of([digestible(reading_row(reading)), *values]))


def _note_fields(connection: sqlite3.Connection, change: PutFields, record: Record) -> None:
    numbers = json.dumps([f.id for f in change.fields])
    old = dict(
        connection.execute(
            "SELECT field_id, um_per_px FROM calibration WHERE field_id IN (SELECT value FROM json_each(?))", (numbers,)
        )
    )
    for f in change.fields:
        scale = f.calibration
        rows = () if scale is None else ((scale.um_per_px, scale.source, scale.detail),)
        row = field_row(f, folder=f.path.parent)
        record.set(("field", f.id), digest(_without_path(row), *rows))
        new = None if scale is None else scale.um_per_px
        if old.get(f.id) != new:
            record.was["um_per_px"][str(f.id)] = [old.get(f.id), new]


def _note_cells(connection: sqlite3.Connection, change: PutCells, record: Record) -> None:
    numbers = json.dumps([c.id for c in change.cells])
    within = "cell_id IN (SELECT value FROM json_each(?))"
    revisions = dict(
        connection.execute(f"SELECT cell_id, mask_revision FROM measurement WHERE {within}", (numbers,)).fetchall()
    )
    reviewed = dict(connection.execute(f"SELECT cell_id, class FROM review WHERE {within}", (numbers,)).fetchall())
    for cell in change.cells:
        record.set(("cell", cell.id), cell_digest(cell))
        new = None if cell.reviewed_class is None else cell.reviewed_class.value
        if new is not None:
            record.set(("review", cell.id), _class_digest(new))
        elif cell.id in reviewed:
            record.set(("review", cell.id), None)
        if reviewed.get(cell.id) != new:
            record.was["class"][str(cell.id)] = [reviewed.get(cell.id), new]
        if revisions.get(cell.id, cell.mask_revision) != cell.mask_revision:
            record.set(("analysis", cell.id), None)


def _note_back(connection: sqlite3.Connection, pairs: Pairs, record: Record) -> None:
    """Some of them may be there, otherwise: with another mask, class or analysis."""
    made = rows_of(pairs)
    cells, analyses = made.digests()
    reviews: dict[int, str] = dict(made.reviews)
    reviewed = _classes(connection, pairs.numbers)
    analysed = _numbers(connection, "SELECT cell_id FROM measurement WHERE cell_id", pairs.numbers)
    record.drop_all("review", reviewed.keys() - reviews.keys())
    record.drop_all("analysis", set(analysed).difference(analyses))
    record.put_all("cell", cells.items())
    record.put_all("review", ((number, _class_digest(name)) for number, name in made.reviews))
    record.put_all("analysis", analyses.items())
    for number in sorted(reviewed.keys() | reviews.keys()):
        if reviewed.get(number) != reviews.get(number):
            record.was["class"][str(number)] = [reviewed.get(number), reviews.get(number)]


def _note_gone(connection: sqlite3.Connection, cells: list[int], record: Record) -> None:
    reviewed = _classes(connection, cells)
    analysed = set(_numbers(connection, "SELECT cell_id FROM measurement WHERE cell_id", cells))
    record.drop_all("cell", cells)
    record.drop_all("review", (number for number in cells if number in reviewed))
    record.drop_all("analysis", (number for number in cells if number in analysed))
    if reviewed:
        record.was["class"].update((str(n), [reviewed[n], None]) for n in cells if n in reviewed)


def _note_reviews(connection: sqlite3.Connection, change: PutReviews, record: Record) -> None:
    numbers = [number for number, _ in change.reviews]
    known, old = _known(connection, numbers, record), _classes(connection, numbers)
    names = {id(given): None if given is None else given.value for _, given in change.reviews}
    digests = {key: _class_digest(name) for key, name in names.items() if name is not None}
    reviews = [(number, id(given)) for number, given in change.reviews if number in known]
    record.put_all("review", ((number, digests[key]) for number, key in reviews if key in digests))
    for number, key in reviews:
        if key not in digests and number in old:
            record.set(("review", number), None)
    if reviews:
        record.was["class"].update((str(number), [old.get(number), names[key]]) for number, key in reviews)


def _known(connection: sqlite3.Connection, numbers: Iterable[int], record: Record) -> set[int]:
    """The cells among these that exist once the parts before this one are written."""
    asked = list(numbers)
    existing = set(_numbers(connection, "SELECT id FROM cell WHERE id", asked))
    if not record.put and not record.gone:
        return existing
    return {n for n in asked if ("cell", n) in record.put or (n in existing and ("cell", n) not in record.gone)}


def _classes(connection: sqlite3.Connection, cells: Iterable[int]) -> dict[int, str]:
    sql = "SELECT cell_id, class FROM review WHERE cell_id IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(sql, (json.dumps(list(cells)),)).fetchall())


def _numbers(connection: sqlite3.Connection, sql: str, numbers: Iterable[int]) -> list[int]:
    found = connection.execute(f"{sql} IN (SELECT value FROM json_each(?))", (json.dumps(list(numbers)),))
    return [row[0] for row in found]


def _rows_by_number(connection: sqlite3.Connection, sql: str) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for number, *row in connection.execute(sql):
        found[number].append(tuple(row))
    return found


def _note_analyses(connection: sqlite3.Connection, change: PutAnalyses, record: Record) -> None:
    known = _known(connection, (a.cell_id for a in change.analyses), record)
    for analysis in change.analyses:
        if analysis.cell_id in known:
            record.set(("analysis", analysis.cell_id), analysis_digest(analysis))


def _note_qualities(connection: sqlite3.Connection, change: PutQualities, record: Record) -> None:
    asked = [number for number, _ in change.qualities]
    existing = set(_numbers(connection, "SELECT id FROM field WHERE id", asked))
    for number, quality in change.qualities:
        key = ("field", number)
        if key in record.put or (number in existing and key not in record.gone):
            record.set(("quality", number), digest(quality_row(number, quality)))


@functools.lru_cache(REMEMBERED)
def cell_digest(cell: Cell) -> str:
    """Digest of a cell with its prompts."""
    return digest(cell_row(cell), *prompt_rows(cell))


@functools.lru_cache(REMEMBERED)
def analysis_digest(analysis: CellAnalysis) -> str:
    """Digest of measurements and prediction."""
    prediction = prediction_row(analysis)
    return digest(measurement_row(analysis), *(() if prediction is None else (prediction,)))


@functools.lru_cache(REMEMBERED)
def _class_digest(name: str) -> str:
    """Digest of a review: few names, thousands of cells."""
    return digest((name,))


def _without_path(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A field's row but for the place of its image, which changes with the folder of the case."""
    return (row[0], *row[2:])


def _scale(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return row[1:]
