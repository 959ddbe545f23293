"""Looking through all pages of a case file on a second core while its rows are read."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from pathlib import Path
from types import TracebackType

from .case_check import check_pages, defend, reading_only

_UNFOLDED = ("-wal", "-journal")
"""What SQLite keeps beside a database while its own file isn't all there is."""


class PageCheck:
    """`case_check.check_pages` on a thread and a connection of its own, begun with the block.

    The second connection takes no lock and sees the database's file alone, which is allowed because the first one holds
    it. Where the file isn't all there is, or can't be opened twice, the first connection looks before the block begins.

    Args:
        connection: holds the file exclusively; it may only be read in the block.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._second: sqlite3.Connection | None = None
        self._thread: threading.Thread | None = None
        self._error: sqlite3.Error | None = sqlite3.DatabaseError("the pages weren't looked through")

    def __enter__(self) -> PageCheck:
        """Begin.

        Raises:
            sqlite3.Error: when it is damaged, and had to be looked at now.
        """
        self._second = _second_connection(self._connection)
        if self._second is None:
            check_pages(self._connection)
            self._error = None
        else:
            self._thread = threading.Thread(target=self._run, args=(self._second,), name="pages of a case")
            self._thread.start()
        return self

    def wait(self) -> None:
        """Wait for the answer.

        Raises:
            sqlite3.Error: when the file is damaged.
        """
        if self._thread is not None:
            self._thread.join()
        if self._error is not None:
            raise self._error

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """End it, if it still goes on because reading failed."""
        if self._second is not None and self._thread is not None:
            while self._thread.is_alive():
                self._second.interrupt()
                self._thread.join(0.01)
            self._second.close()

    def _run(self, connection: sqlite3.Connection) -> None:
        try:
            with reading_only(connection):
                check_pages(connection)
            self._error = None
        except sqlite3.Error as error:
            self._error = error  # for whoever waits


def _second_connection(first: sqlite3.Connection) -> sqlite3.Connection | None:
    """Another one to the same file, or None where that would see something else."""
    name = first.execute("PRAGMA database_list").fetchone()[2]
    if not name:
        return None
    path = Path(name)
    second = None
    try:
        if any(_has_bytes(path.with_name(path.name + ending)) for ending in _UNFOLDED):
            return None
        address = path.absolute().as_uri() + "?mode=ro&immutable=1"
        second = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
        defend(second)
    except (sqlite3.Error, OSError, ValueError):
        if second is not None:
            second.close()
        return None
    return second


def _has_bytes(path: Path) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return path.stat().st_size > 0
    return False
