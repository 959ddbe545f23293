"""A guarded connection to the database of a case file, and what SQLite keeps beside it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from .case_check import defend

LOG_ENDINGS = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database."""

_BUSY_SECONDS = 0.2


def connect(path: Path | str) -> sqlite3.Connection:
    """A guarded connection with explicit transactions that any thread may use, one at a time."""
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        defend(connection)
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def fold_log(connection: sqlite3.Connection, *, keeps_room: bool = False) -> None:
    """Write what the log holds into the database, if the disk lets it.

    Args:
        connection: to the database.
        keeps_room: the log stays as long as it is, and is written from its beginning again: its disk needs no new room.
    """
    with contextlib.suppress(sqlite3.Error):
        connection.execute(f"PRAGMA wal_checkpoint({'PASSIVE' if keeps_room else 'TRUNCATE'})").fetchall()


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """What happens in this block happens whole or not at all."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
