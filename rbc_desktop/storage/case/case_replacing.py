"""Putting a complete case file under a name that another may have: old or new, never half."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from ...files import replace_atomically
from .case_connection import LOG_ENDINGS, connect

_NO_DATABASE = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


@contextlib.contextmanager
def replacing(path: Path, *, forsaken: bool = False, private: bool = False) -> Iterator[Path]:
    """`replace_atomically` for a database. Hold the lock of `path`.

    The old file keeps its log until the new one is complete; then the log is folded into it, because a log that
    outlives its database would be replayed into the new one. So at every moment the name leads to a whole case.

    Args:
        path: the name.
        forsaken: what lies there isn't to be opened, because the log beside it belongs to an open connection.
        private: only its owner may read it.

    Raises:
        OSError, sqlite3.Error: when either file can't be written; the old one is whole then.
    """
    with replace_atomically(path, private=private) as temporary:
        yield temporary
        if not forsaken and path.exists():
            _settle(path)
        for ending in LOG_ENDINGS:
            path.with_name(path.name + ending).unlink(missing_ok=True)


def _settle(path: Path) -> None:
    """Fold the log of an old case into it, and make sure that it is not open elsewhere.

    What is no database any more has no log worth keeping.
    """
    try:
        with contextlib.closing(connect(path)) as old:
            old.execute("BEGIN EXCLUSIVE")
            old.execute("COMMIT")
            busy, pages, folded = old.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy or pages != folded:
                raise sqlite3.OperationalError("the old log can't be folded: database is locked")
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is None or (code & 0xFF) not in _NO_DATABASE:
            raise
