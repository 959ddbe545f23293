"""Checks of a case file before anything in it is believed: it may be damaged, or made to do harm."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ...errors import CaseFileError
from ...language import tr
from .versions.schema import APPLICATION_ID, SCHEMA_VERSION, expected_objects, objects_of, user_version

MOST_BYTES = 2 * 1024**3
"""Size of a case file; 100,000 cells take 40 MB."""

MOST_SECONDS = 60.0
"""Processor time that may be spent on checking and reading a case; 200,000 cells take 3, of earlier versions 8."""

_STEPS = 100_000
"""Virtual machine instructions between two looks at the clock."""

_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 64 * 1024**2,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 100,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 50,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 5,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 20,
    sqlite3.SQLITE_LIMIT_ATTACHED: 1,  # VACUUM INTO attaches its target
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 100,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 10,  # deletions that cascade count as triggers
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}


def defend(connection: sqlite3.Connection) -> None:
    """Set every limit and guard that a database from elsewhere calls for; reads nothing."""
    for limit, value in _LIMITS.items():
        connection.setlimit(limit, value)
    set_config = getattr(connection, "setconfig", None)  # Python 3.12
    if set_config is not None:
        set_config(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)  # type: ignore[attr-defined]
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA mmap_size = 0")


@contextmanager
def reading_only(connection: sqlite3.Connection) -> Iterator[None]:
    """Nothing is written in this block, and it ends with `sqlite3.OperationalError` when it takes too long."""
    end = time.thread_time() + MOST_SECONDS
    connection.execute("PRAGMA query_only = ON")
    connection.set_progress_handler(lambda: int(time.thread_time() > end), _STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)
        connection.execute("PRAGMA query_only = OFF")


def check_kind(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse what isn't a case file, or is one of a newer version.

    Raises:
        CaseFileError: with the reason.
        sqlite3.Error: when SQLite can't read it.
    """
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise not_a_case(path)
    if user_version(connection) > SCHEMA_VERSION:
        raise CaseFileError(
            tr("{name} was written by a newer version of this application; update to open it.", name=path.name)
        )


def check_objects(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a case file that defines other things than a case file does.

    Raises:
        CaseFileError: for triggers and views, which could change the work unseen.
        sqlite3.Error: when it is damaged.
    """
    found = objects_of(connection)
    if any(kind in ("trigger", "view") for kind, *_ in found):
        raise CaseFileError(
            tr(
                "{name} holds triggers or views, which could change your work unseen; it isn't opened: ask"
                " whoever made it for a copy from this application.",
                name=path.name,
            )
        )
    if found != expected_objects(user_version(connection)):
        raise sqlite3.DatabaseError("the tables are not those of a case file")


def check_pages(connection: sqlite3.Connection) -> None:
    """Refuse a case file whose pages or references are broken.

    Raises:
        sqlite3.Error: when it is damaged.
    """
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise sqlite3.DatabaseError("quick_check failed")
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise sqlite3.DatabaseError("foreign_key_check failed")


def not_a_case(path: Path) -> CaseFileError:
    """The error for a file that isn't a case file."""
    return CaseFileError(
        tr("{name} is not a case file of this application, or it is damaged; choose another case.", name=path.name)
    )
