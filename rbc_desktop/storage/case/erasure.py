"""Deleting a patient's data from a case file, so that no byte of it stays and its audit trail is still one chain.

A row that held such data loses it and keeps its head, to which the next row is chained. What the row is then, with the
head before it, is digested into a row of its own at the end (`domain.case.audit_trail.emptied`), so that from then on
nothing of it can be changed unseen. Its old head was made over a random salt, which goes with the data: nobody can find
out by trying names what stood there. Rows that were written before rows had salts can be tried in that way.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from ...domain.case.audit_trail import NO_HEAD, Act, AuditEntry, emptied
from ...domain.case.patient_data import GONE, PATIENT_COLUMNS, scrubbed, scrubber, words_of
from ...domain.case.step_names import DELETE_PATIENT_DATA
from ..openable import IMAGE_SUFFIXES
from .audit import append, entries_of
from .audit_record import Record, present_digests
from .case_connection import fold_log, transaction

_UNFINISHED = "unfinished deletion"
"""Key of the view's values from the deletion until the file is written anew."""

_CHANGED = ("identity", "field", "sign-off")
"""Kinds of objects that a deletion changes."""


def erase(connection: sqlite3.Connection, *, operator: str, reason: str, image_names: bool) -> None:
    """Delete the patient's data of a case, and write the file anew.

    Args:
        connection: to the case file, with nothing under way.
        operator: who deletes.
        reason: why; the trail keeps it.
        image_names: the names of images and slides go, too; what they show can then be found by its hash only.

    Raises:
        sqlite3.Error: when it can't be written; nothing has changed then, or `finish` is still to be called.
    """
    connection.execute("PRAGMA secure_delete = ON")
    with transaction(connection):
        entries = entries_of(connection)
        pattern = scrubber(_words(connection, entries))
        listed = _empty_rows(connection, entries, pattern, image_names=image_names)
        columns = ", ".join(f"{name} = ''" for name in PATIENT_COLUMNS)
        connection.execute(f'UPDATE "case" SET {columns}')
        if image_names:
            _forget_names(connection)
        _scrub(connection, "field", "remarks", pattern)
        _scrub(connection, "sign_off", "reason", pattern)
        connection.execute('UPDATE view SET "values" = ?', (json.dumps({_UNFINISHED: True}),))
        put = {key: value for key, value in present_digests(connection) if key[0] in _CHANGED}
        append(connection, Record(put=put, emptied=listed), act=Act(DELETE_PATIENT_DATA, operator, reason))
    finish(connection)


def finish(connection: sqlite3.Connection) -> None:
    """Write the file anew, so that its free pages hold nothing; call it for a file that `is_unfinished`."""
    connection.execute("PRAGMA secure_delete = ON")
    fold_log(connection)
    connection.execute("VACUUM")
    connection.execute("""UPDATE view SET "values" = '{}'""")
    fold_log(connection)


def is_unfinished(connection: sqlite3.Connection) -> bool:
    """Whether the process ended between the deletion and writing the file anew."""
    row = connection.execute('SELECT "values" FROM view').fetchone()
    return row is not None and _UNFINISHED in str(row[0])


def _words(connection: sqlite3.Connection, entries: Sequence[AuditEntry]) -> Iterator[str]:
    """What the details say and ever said of the patient."""
    present = connection.execute(f'SELECT {", ".join(PATIENT_COLUMNS)} FROM "case"').fetchone()
    for name, value in zip(PATIENT_COLUMNS, present, strict=True):
        yield from words_of(name, value)
    for entry in entries:
        for name, values in _details(entry).get("was", {}).get("identity", {}).items():
            if name in PATIENT_COLUMNS:
                for value in values:
                    yield from words_of(name, str(value))


def _empty_rows(
    connection: sqlite3.Connection, entries: Sequence[AuditEntry], pattern: re.Pattern[str] | None, *, image_names: bool
) -> dict[int, str]:
    """Take the data out of the trail's rows; returns the digests of the rows that changed, by number."""
    listed, previous = {}, NO_HEAD
    for entry in entries:
        action = scrubbed(entry.action, pattern)
        action = _without_image(action) if image_names else action
        reason = scrubbed(entry.reason, pattern)
        details = _emptied_details(entry, pattern)
        if (action, reason, details) != (entry.action, entry.reason, entry.details):
            values = (action, reason, details, entry.number)
            connection.execute("UPDATE audit SET action = ?, reason = ?, details = ? WHERE id = ?", values)
            now = AuditEntry(entry.number, entry.time, entry.operator, action, reason, details, entry.head)
            listed[entry.number] = emptied(previous, now)
        previous = entry.head
    return listed


def _details(entry: AuditEntry) -> dict[str, Any]:
    details = json.loads(entry.details)
    return details if isinstance(details, dict) else {}


def _emptied_details(entry: AuditEntry, pattern: re.Pattern[str] | None) -> str:
    """Without old and new values of the patient's details, the digest of all details, and the salt."""
    details = _details(entry)
    was, put = details.get("was", {}), details.get("put", {})
    told = was.get("identity", {})
    kept = {name: values for name, values in told.items() if name not in PATIENT_COLUMNS}
    others = {kind: _scrubbed_values(values, pattern) for kind, values in was.items() if kind != "identity"}
    rest = {kind: values for kind, values in was.items() if kind != "identity"}
    if "identity" not in put and kept == told and others == rest:
        return entry.details
    if kept:
        others["identity"] = kept
    for name, part in (("was", others), ("put", {k: v for k, v in put.items() if k != "identity"})):
        details.pop(name, None)
        if part:
            details[name] = part
    details.pop("salt", None)
    return json.dumps(details, separators=(",", ":"))


def _scrubbed_values(values: Any, pattern: re.Pattern[str] | None) -> Any:
    """Texts without the words; keys are numbers of cells, and stay."""
    match values:
        case str():
            return scrubbed(values, pattern)
        case list():
            return [_scrubbed_values(value, pattern) for value in values]
        case dict():
            return {key: _scrubbed_values(value, pattern) for key, value in values.items()}
    return values


def _without_image(action: str) -> str:
    """An action that names an image, by its verb alone."""
    if not any(ending in action.casefold() for ending in IMAGE_SUFFIXES):
        return action
    verb = re.match(r"(?:(?:Undo|Redo): )?\S+", action)
    return f"{verb.group() if verb else ''} {GONE}".strip()


def _forget_names(connection: sqlite3.Connection) -> None:
    """Call images and slides by their number, in remarks, too."""
    for table in ("field", "slide"):
        for number, stored in connection.execute(f"SELECT id, path FROM {table}").fetchall():
            name = PurePath(os.fsdecode(stored)).name
            new = f"{table} {number}{PurePath(name).suffix.lower()}"
            connection.execute(f"UPDATE {table} SET path = ? WHERE id = ?", (new, number))
            if table == "field":
                (remarks,) = connection.execute("SELECT remarks FROM field WHERE id = ?", (number,)).fetchone()
                renamed = [[kind, text.replace(name, new)] for kind, text in json.loads(remarks)]
                connection.execute("UPDATE field SET remarks = ? WHERE id = ?", (json.dumps(renamed), number))


def _scrub(connection: sqlite3.Connection, table: str, column: str, pattern: re.Pattern[str] | None) -> None:
    for number, text in connection.execute(f"SELECT id, {column} FROM {table}").fetchall():
        if (new := _scrubbed_json(text, pattern) if column == "remarks" else scrubbed(text, pattern)) != text:
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (new, number))


def _scrubbed_json(text: str, pattern: re.Pattern[str] | None) -> str:
    """Remarks, whose texts are escaped in the file."""
    remarks = [[kind, scrubbed(said, pattern)] for kind, said in json.loads(text)]
    return text if remarks == json.loads(text) else json.dumps(remarks)
