"""Opening a case file: its lock, its checks, its migration, and the reading-only way for what is write-protected."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from ...domain.case.case import Case
from ...domain.case.step_names import EMPTIED, TOOK_OVER
from ...files import ScratchFolder
from ...ports import TaskControl
from ..network_share import is_share
from .audit import SINCE, begin_trail, earlier_difference, head_of
from .case_check import MOST_BYTES, check_kind, check_objects, not_a_case, reading_only
from .case_connection import LOG_ENDINGS, connect, fold_log, transaction
from .case_lock import CaseLock, LockUnsupportedError
from .case_place import CasePlace
from .erasure import finish, is_unfinished
from .page_check import PageCheck
from .rows.case_places import absolute_images
from .rows.case_rows import load_case
from .values.column_checks import Tell, nobody
from .versions.schema import SCHEMA_VERSION, migrate, user_version
from .working_copy import WorkingCopy

_READ_ONLY = {errno.EACCES, errno.EPERM, errno.EROFS}

_TOLD_AT_MOST = 50
"""Times that the window hears how much is read: each costs the thread that reads some of its time."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hold:
    """An open case file.

    Attributes:
        path: absolute.
        connection: to the file, or to a copy in memory when it is only read.
        lock: held for as long as this is; None when it is only read.
        places: the database and its write-ahead log as they were opened; empty when it is only read.
        absolute: files of images and slides that the case named by an absolute path.
        copy: of a case on a network share; connection and places are those of the copy then.
    """

    path: Path
    connection: sqlite3.Connection
    lock: CaseLock | None
    places: tuple[CasePlace, ...] = ()
    absolute: frozenset[Path] = frozenset()
    copy: WorkingCopy | None = None

    @property
    def file(self) -> Path:
        """The database that is open."""
        return self.path if self.copy is None else self.copy.file

    def let_go(self, *, discard: bool = False) -> None:
        """Fold the log into the file and close it, or remove it; then release the lock."""
        try:
            kept = all(place.is_kept for place in self.places)
            if self.places and not kept:
                fold_log(self.connection)  # on closing, SQLite leaves the log of a file that was renamed where it is
            self.connection.close()
            if discard and kept and self.places:
                remove_files(self.file)
                if self.copy is not None:
                    remove_files(self.path)
            elif self.places and not kept:
                self._remove_empty_log()
        finally:
            if self.lock is not None:
                self.lock.release()

    def _remove_empty_log(self) -> None:
        log = self.places[1]
        with contextlib.suppress(OSError):
            if log.is_kept and log.path.stat().st_size == 0:
                log.path.unlink()


def remove_files(path: Path) -> None:
    """Remove a database and what SQLite keeps beside it; hold its lock."""
    for ending in ("", *LOG_ENDINGS):
        with contextlib.suppress(OSError):
            path.with_name(path.name + ending).unlink(missing_ok=True)


LONGEST_LOG = 25_000
"""Pages of 4 KiB from which on a commit folds the log itself, which takes half of its time: `CaseFile.fold` comes first
wherever nobody changes the case for two seconds."""


def start_work(
    path: Path, lock: CaseLock, *, connection: sqlite3.Connection | None = None, copy: WorkingCopy | None = None
) -> Hold:
    """Hold a case file for writing; on a network share, a copy of it.

    Args:
        path: as the user knows it.
        lock: of that path.
        connection: to the file, when it is open already.
        copy: of a case on a network share, fetched; found here when there is no connection yet.

    Raises:
        sqlite3.Error: when it can't be written to, or another window has it.
        OSError: when it is gone again.
    """
    if connection is None and copy is None and is_share(path):
        copy = WorkingCopy.of(path)
        copy.fetch()
    file = path if copy is None else copy.file
    connection = connect(file) if connection is None else connection
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA wal_autocheckpoint = {LONGEST_LOG}")
        connection.execute("BEGIN IMMEDIATE")  # takes the exclusive hold now and finds out whether the file is writable
        connection.execute("COMMIT")
        places = (CasePlace.of(file), CasePlace.of(file.with_name(file.name + "-wal")))
        return Hold(path, connection, lock, places, absolute_images(connection), copy)
    except BaseException:
        connection.close()
        raise


def open_case(path: Path, *, control: TaskControl | None = None) -> tuple[Hold, Case]:
    """Lock, check, bring up to date and read a case file; one that can't be written to is read only.

    Args:
        path: absolute.
        control: hears how much is read; may be cancelled until everything is.

    Raises:
        TaskCancelled: when the control says so.
        CaseFileError: when it is open elsewhere, no case file, or of a newer version.
        Exception: whatever a damaged file leads to; the caller makes a sentence of it.
    """
    if path.is_dir():
        raise IsADirectoryError(path)
    if path.stat().st_size > MOST_BYTES:
        raise not_a_case(path)
    try:
        lock = take_lock(path)
    except LockUnsupportedError:
        raise
    except OSError as error:
        if error.errno in _READ_ONLY:
            return open_to_read(path, control=control)
        raise
    opened = None
    try:
        if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
            opened = _open_to_work(path, lock, control)
    except sqlite3.OperationalError as error:
        if not _is_read_only(error):
            raise
    finally:
        if opened is None:
            lock.release()
    return open_to_read(path, control=control) if opened is None else opened


def take_lock(path: Path) -> CaseLock:
    """Lock a case; on a share without locks, against other windows of this computer at least.

    Raises:
        CaseFileError, OSError: as `CaseLock.take`.
    """
    try:
        return CaseLock.take(path)
    except LockUnsupportedError:
        if not is_share(path):
            raise
        return CaseLock.take(WorkingCopy.of(path).file)


def _open_to_work(path: Path, lock: CaseLock, control: TaskControl | None) -> tuple[Hold, Case]:
    copy = WorkingCopy.of(path) if is_share(path) else None
    if copy is not None:
        copy.fetch()
    connection = connect(path if copy is None else copy.file)
    try:
        case = _checked_case(connection, path, control)
        _bring_up(connection)
        if is_unfinished(connection):
            finish(connection)
    except BaseException:
        connection.close()
        raise
    return start_work(path, lock, connection=connection, copy=copy), case


def _checked_case(connection: sqlite3.Connection, path: Path, control: TaskControl | None) -> Case:
    """Read the case, every value of it checked, before a migration would change anything."""
    with reading_only(connection):
        try:
            check_kind(connection, path)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
                raise not_a_case(path) from error
            raise
        check_objects(connection, path)
        with PageCheck(connection) as pages:
            case = load_case(connection, folder=path.parent, tell=_teller(connection, control))
            pages.wait()
        return case


def _teller(connection: sqlite3.Connection, control: TaskControl | None) -> Tell:
    """Tells a control how many cells' worth is read: mostly a cell has a row in each of three tables."""
    if control is None:
        return nobody
    total = int(connection.execute("SELECT count(*) FROM cell").fetchone()[0])
    done, told, step = 0, 0, max(1, total // _TOLD_AT_MOST)

    def tell(rows: int) -> None:
        nonlocal done, told
        done += rows
        here = min(done // 3, total - 1)
        if here - told < step:
            control.check()
        else:
            told = here
            control.progress(here, total)

    return tell


def _bring_up(connection: sqlite3.Connection) -> None:
    """Migrate an older case; a row of its audit trail takes over what it holds."""
    version = user_version(connection)
    is_older = version < SCHEMA_VERSION
    difference = earlier_difference(connection) if is_older else ""
    emptied = version >= SINCE and not head_of(connection)
    migrate(connection)
    if is_older or emptied:
        with transaction(connection):
            action = EMPTIED if emptied else TOOK_OVER(version=version)
            begin_trail(connection, action=action, reason=difference)


def _is_read_only(error: sqlite3.OperationalError) -> bool:
    return (error.sqlite_errorcode & 0xFF) in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)


def open_to_read(path: Path, *, control: TaskControl | None = None) -> tuple[Hold, Case]:
    """Read a case through a private copy, log included, and keep it in memory; nothing of the file changes.

    Raises:
        Exception: as `open_case`.
    """
    _refuse_while_written(path)
    with contextlib.closing(ScratchFolder("reading")) as scratch:
        copy = scratch.path / "case.rbc"
        for ending in ("", "-wal"):
            source = path.with_name(path.name + ending)
            if not ending or source.exists():
                shutil.copyfile(source, copy.with_name(copy.name + ending))
        with contextlib.closing(connect(copy)) as connection:
            case = _checked_case(connection, path, control)
            _bring_up(connection)
            absolute = absolute_images(connection)
            memory = connect(":memory:")
            connection.backup(memory)
    _log.info("A case is opened for reading only.")
    return Hold(path, memory, None, (), absolute), case


def _refuse_while_written(path: Path) -> None:
    """Refuse a write-protected case that is open elsewhere with write access.

    Raises:
        sqlite3.OperationalError: "database is locked".
    """
    try:
        with contextlib.closing(connect(path)) as probe:
            probe.execute("SELECT 1 FROM sqlite_schema").fetchone()
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            raise
