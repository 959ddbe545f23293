"""The own classes that a case carries, as rows of its file: it opens where the laboratory's list isn't known.

A definition is kept as it was when the case first used it: whether a class counts as a red cell decides numbers that
somebody may have signed.
"""

from __future__ import annotations

import json
import sqlite3

from ....domain.case.changes import Change, own_classes_of
from ....domain.classes.own_classes import class_content, class_of
from ....domain.classes.taxonomy import CellClass
from ..values.case_values import text
from ..versions.schema import user_version

CLASSES_SINCE = 4
"""Version of the case file from which it has this table."""

MOST_CLASSES = 100
"""Own classes that a case may carry; a laboratory has ten at a time."""

LONGEST_DEFINITION = 2_000

ClassRow = tuple[int, str, str]
"""Number, name and definition as JSON."""


def new_class_rows(connection: sqlite3.Connection, change: Change) -> list[ClassRow]:
    """Rows for the own classes of a change that the file doesn't have yet."""
    wanted = {c.value: c for c in own_classes_of(change)}
    if not wanted:
        return []
    known = {name for (name,) in connection.execute("SELECT name FROM own_class")}
    (first,) = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM own_class").fetchone()
    new = (c for name, c in wanted.items() if name not in known)
    return [(number, c.value, json.dumps(class_content(c))) for number, c in enumerate(new, start=first)]


def class_rows(connection: sqlite3.Connection) -> list[ClassRow]:
    """The rows of a case file as they are, none in one of an earlier version."""
    if user_version(connection) < CLASSES_SINCE:
        return []
    return connection.execute("SELECT id, name, definition FROM own_class ORDER BY id LIMIT 1000").fetchall()


def load_classes(connection: sqlite3.Connection) -> dict[str, CellClass]:
    """The own classes of a case file by name, every value checked.

    Raises:
        ValueError: when one isn't sound, or there are too many.
        sqlite3.Error: when the file is damaged.
    """
    classes: dict[str, CellClass] = {}
    for _, name, stored in class_rows(connection):
        try:
            made = class_of(json.loads(text(stored, "definition", longest=LONGEST_DEFINITION)))
        except RecursionError as error:
            raise ValueError("definition") from error
        if made.value != name or len(classes) == MOST_CLASSES:
            raise ValueError("own classes")
        classes[made.value] = made
    return classes
