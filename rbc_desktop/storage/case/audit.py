"""The audit trail in a case file: appended in the transaction of each change, and compared with what the file holds.

A row says what the case holds after its change as one digest per object, so that anything changed behind the
application's back is named.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterable
from typing import Any

from ...domain.case.audit_trail import NO_HEAD, Act, AuditEntry, TrailRow, chained
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
from ...domain.case.step_names import TOOK_OVER
from ...domain.clock import now
from ...domain.laboratory.operator import plain_name
from ...phrases import template
from .audit_record import Key, Record, present_digests
from .versions.schema import user_version

SINCE = 3
"""The version of the case file from which on it has a trail."""

_WORDS: dict[type[Any], str] = {
    PutIdentity: template("Edit sample details")(),
    PutGrading: template("Edit grades")(),
    PutSignOffs: template("Sign")(),
    PutSlides: template("Add or change slides")(),
    DeleteSlides: template("Remove slides")(),
    PutFields: template("Change fields")(),
    DeleteFields: template("Remove fields")(),
    PutCells: template("Add or change cells")(),
    BringBack: template("Add or change cells")(),
    DeleteCells: template("Delete cells")(),
    PutReviews: template("Set classes")(),
    PutAnalyses: template("Measure and classify cells")(),
    PutQualities: template("Measure fields")(),
    PutReading: template("Second reading")(),
    Together: template("Several changes")(),
}


_TAKEN_OVER = TOOK_OVER.one.format(version="")

_UNREADABLE = template("Row {number} of the audit trail can't be read.")
_UNKNOWN = template("{what} is in the file, but no row of the audit trail put it there.")
_CHANGED = template("{what} isn't as row {number} of the audit trail left it.")
_MISSING = template("{what}, which row {number} of the audit trail put there, is missing.")

_ANALYSIS = template("The analysis of cell {number}")
_OBJECTS = {
    "identity": template("What is known of the sample"),
    "grading": template("The grading"),
    "sign-off": template("Signature {number}"),
    "reading": template("Second reading {number}"),
    "slide": template("Slide {number}"),
    "field": template("Field {number}"),
    "quality": template("What is known of the image of field {number}"),
    "cell": template("Cell {number}"),
    "own class": template("Own class {number}"),
    "review": template("The class of cell {number}"),
}
"""What the objects of a case are called in a sentence, by their kind."""


def append(connection: sqlite3.Connection, record: Record, *, act: Act, change: Change | None = None) -> None:
    """Add a row; call it in the transaction of its change."""
    row = connection.execute("SELECT id, head FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    number, previous = (row[0] + 1, row[1]) if row else (1, NO_HEAD)
    if act.reason or "identity" in record.was:
        record.salt = secrets.token_hex(16)
    time, details = now().astimezone().isoformat(), record.text()
    action = act.action or _WORDS[type(change)]
    head = chained(
        previous, number=number, time=time, operator=act.operator, action=action, reason=act.reason, details=details
    )
    values = (number, time, act.operator, action, act.reason, details, head)
    connection.execute(
        "INSERT INTO audit (id, time, operator, action, reason, details, head) VALUES (?, ?, ?, ?, ?, ?, ?)", values
    )


def begin_trail(connection: sqlite3.Connection, *, action: str, reason: str = "") -> None:
    """A row that takes over everything as it is: for a new case, and for one of an earlier version.

    Args:
        connection: in a transaction.
        action: what the row says.
        reason: `earlier_difference` of a case that had a trail, which the row would hide otherwise.
    """
    record = Record(put=dict(present_digests(connection)))
    append(connection, record, act=Act(action, reason=reason))


def earlier_difference(connection: sqlite3.Connection) -> str:
    """`first_difference` of a case of an earlier version, before it is brought up; "" when it has no trail yet."""
    if user_version(connection) < SINCE:
        return ""
    try:
        return first_difference(connection, entries_of(connection))
    except ValueError as error:
        return str(error)


def entries_of(connection: sqlite3.Connection) -> list[AuditEntry]:
    """All rows, oldest first."""
    rows = connection.execute("SELECT id, time, operator, action, reason, details, head FROM audit ORDER BY id")
    return [AuditEntry(*row) for row in rows]


def rows_after(connection: sqlite3.Connection, number: int, *, most: int) -> list[TrailRow]:
    """At most so many rows after this one, oldest first; details that are no JSON are left out."""
    rows = connection.execute(
        "SELECT id, time, operator, action, reason,"
        " CASE WHEN json_valid(details) THEN coalesce(json_extract(details, '$.was'), '') ELSE '' END, head"
        " FROM audit WHERE id > ? ORDER BY id LIMIT ?",
        (number, most),
    )
    return [TrailRow(*row) for row in rows]


def last_read_by(connection: sqlite3.Connection, operator: str) -> str:
    """The time of the newest row by this person that gave or took classes, in a second reading too; "" without one."""
    rows = connection.execute(
        "SELECT operator, time FROM audit WHERE operator <> ''"
        """ AND (instr(details, '"class":{') OR instr(details, '"second":{')) ORDER BY id DESC"""
    )
    wanted = plain_name(operator)
    return next((str(time) for name, time in rows if plain_name(name) == wanted), "")


def head_of(connection: sqlite3.Connection) -> str:
    """The newest row's hash, which stands for the whole trail; "" without rows."""
    row = connection.execute("SELECT head FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    return str(row[0]) if row else NO_HEAD


def first_difference(connection: sqlite3.Connection, entries: Iterable[AuditEntry]) -> str:
    """A sentence about the first object that isn't as its last row left it; "" when all are.

    What was found wrong when a case of an earlier version was brought up stays the first difference.

    Raises:
        ValueError: when the details of a row can't be read.
    """
    expected: dict[Key, tuple[str, int]] = {}
    for entry in entries:
        try:
            parts = json.loads(entry.details)
            put = [((k, int(n)), str(v)) for k, objects in parts.get("put", {}).items() for n, v in objects.items()]
            gone = [(k, int(n)) for k, numbers in parts.get("gone", {}).items() for n in numbers]
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError(_UNREADABLE(number=entry.number)) from error
        for key in gone:
            expected.pop(key, None)
        expected.update((key, (value, entry.number)) for key, value in put)
        if entry.reason and entry.action.startswith(_TAKEN_OVER):
            return entry.reason
    for key, value in present_digests(connection):
        known = expected.pop(key, None)
        if known is None:
            return _UNKNOWN(what=_name(key))
        if known[0] != value:
            return _CHANGED(what=_name(key), number=known[1])
    for key, (_, number) in expected.items():
        return _MISSING(what=_name(key), number=number)
    return ""


def _name(key: Key) -> str:
    kind, number = key
    return _OBJECTS.get(kind, _ANALYSIS)(number=number)
