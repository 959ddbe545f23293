"""The case file: one SQLite database in which every command is one durable transaction."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..domain.case import Case, Identity
from ..domain.changes import (
    Change,
    DeleteCells,
    DeleteFields,
    PutAnalyses,
    PutCells,
    PutFields,
    PutIdentity,
    PutReviews,
    Together,
)
from ..errors import CaseFileError
from ..files import replace_atomically
from .case_rows import (
    IDENTITY_COLUMNS,
    cell_row,
    field_row,
    load_case,
    measurement_row,
    prediction_row,
    prompt_rows,
    resolved_path,
    stored_path,
)
from .schema import APPLICATION_ID, SCHEMA_VERSION, create_tables, migrate

SUFFIX = ".rbc"

_MAGIC = b"SQLite format 3\0"
_BUSY_SECONDS = 0.2

_log = logging.getLogger(__name__)


class CaseFile:
    """An open case file (`ports.CaseStore`).

    It holds the file exclusively: a second window can't open it until `close`. Its methods may be called from any
    thread, one at a time. Durability: write-ahead log with ``synchronous=FULL``, so a change survives the end of the
    process and a power cut once `apply` has returned; see docs/decisions/0003-case-file.md.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Use `create` or `open`."""
        self._path = path
        self._connection = connection
        self._lock = threading.Lock()

    @classmethod
    def create(cls, path: Path) -> CaseFile:
        """A new, empty case file. An existing case file of this name is replaced, unless it is open.

        Raises:
            CaseFileError: when the folder can't be written to or the file is open elsewhere.
        """
        path = path.absolute()
        try:
            with _replacing(path) as temporary, contextlib.closing(_connect(temporary)) as connection:
                create_tables(connection)
            return cls(path, _open_for_work(path))
        except (OSError, sqlite3.Error) as error:
            raise _cannot_write(path, error) from error

    @classmethod
    def open(cls, path: Path) -> tuple[CaseFile, Case]:
        """Open a case file and read its case.

        Raises:
            CaseFileError: when it is missing, no case file, from a newer version, damaged, read-only or open elsewhere.
        """
        path = path.absolute()
        _check_header(path)
        connection: sqlite3.Connection | None = None
        try:
            connection = _open_for_work(path)
            if connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("quick_check failed")
            migrate(connection)
            case = load_case(connection, folder=path.parent)
        except (sqlite3.Error, ValueError, TypeError, KeyError) as error:
            if connection is not None:
                connection.close()
            raise _cannot_open(path, error) from error
        return cls(path, connection), case

    @property
    def path(self) -> Path:
        """Where the file is, absolute."""
        return self._path

    def apply(self, change: Change) -> None:
        """Store one change as one transaction; it is on the disk when the call returns.

        Raises:
            CaseFileError: when the disk refuses; nothing of the change is stored then.
        """
        with self._lock:
            try:
                with _transaction(self._connection):
                    _write(self._connection, change, folder=self._path.parent)
            except (sqlite3.Error, OSError) as error:
                raise _cannot_write(self._path, error) from error

    def save_copy(self, path: Path) -> None:
        """Write the case to another file, complete or not at all, and go on with this one.

        Raises:
            CaseFileError: when the copy can't be written.
        """
        path = path.absolute()
        with self._lock:
            self._copy_to(path)

    def save_as(self, path: Path) -> None:
        """Write the case to another file and go on with that one; the old file stays as it is.

        Raises:
            CaseFileError: when it can't be written; the work goes on in the old file then.
        """
        path = path.absolute()
        with self._lock:
            if path == self._path:
                return
            self._copy_to(path)
            try:
                connection = _open_for_work(path)
            except sqlite3.Error as error:
                raise _cannot_write(path, error) from error
            self._connection.close()
            self._connection, self._path = connection, path

    def close(self) -> None:
        """Fold the log into the file and close it."""
        with self._lock:
            self._connection.close()

    def _copy_to(self, path: Path) -> None:
        if path == self._path:
            raise CaseFileError(f"{path.name} is the open case itself; choose another name for the copy.")
        try:
            with _replacing(path) as temporary:
                self._connection.execute("VACUUM INTO ?", (str(temporary),))
                _move_paths(temporary, old_folder=self._path.parent, new_folder=path.parent)
        except (OSError, sqlite3.Error) as error:
            raise _cannot_write(path, error) from error


# Opening


def _connect(path: Path) -> sqlite3.Connection:
    """A connection with explicit transactions that any thread may use, one at a time."""
    return sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)


def _open_for_work(path: Path) -> sqlite3.Connection:
    connection = _connect(path)
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN IMMEDIATE")  # takes the exclusive hold now and finds out whether the file is writable
        connection.execute("COMMIT")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _check_header(path: Path) -> None:
    """Refuse what isn't a case file before SQLite touches it."""
    try:
        if path.is_dir():
            raise IsADirectoryError(path)
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise _cannot_open(path, error) from error
    if not header.startswith(_MAGIC) or len(header) < 100 or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise CaseFileError(f"{path.name} is not a case file of this application; choose a file that ends in {SUFFIX}.")
    if int.from_bytes(header[60:64], "big") > SCHEMA_VERSION:
        raise CaseFileError(f"{path.name} was written by a newer version of this application; update to open it.")


@contextlib.contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """`replace_atomically`, after making sure that no window has the old file open and no old log stays beside it.

    A log that outlived its database would be replayed into the new one.
    """
    if path.exists():
        with contextlib.suppress(sqlite3.DatabaseError), contextlib.closing(_connect(path)) as old:
            try:
                old.execute("PRAGMA locking_mode = EXCLUSIVE")
                old.execute("BEGIN EXCLUSIVE")
                old.execute("COMMIT")
            except sqlite3.OperationalError as error:
                if _is_locked(error):
                    raise CaseFileError(_OPEN_ELSEWHERE.format(name=path.name)) from error
    for ending in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    with replace_atomically(path) as temporary:
        yield temporary


def _move_paths(path: Path, *, old_folder: Path, new_folder: Path) -> None:
    """Make the image paths of a copy relative to its new folder."""
    with contextlib.closing(_connect(path)) as connection, _transaction(connection):
        for number, stored in connection.execute("SELECT id, path FROM field").fetchall():
            place = stored_path(resolved_path(stored, folder=old_folder), folder=new_folder)
            connection.execute("UPDATE field SET path = ? WHERE id = ?", (place, number))


# Writing


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _write(connection: sqlite3.Connection, change: Change, *, folder: Path) -> None:
    match change:
        case Together():
            for part in change.changes:
                _write(connection, part, folder=folder)
        case PutIdentity():
            _put_identity(connection, change.identity)
        case PutFields():
            _put_fields(connection, change, folder=folder)
        case DeleteFields():
            connection.executemany("DELETE FROM field WHERE id = ?", _keys(change.ids))
        case PutCells():
            _put_cells(connection, change)
        case DeleteCells():
            connection.executemany("DELETE FROM cell WHERE id = ?", _keys(change.ids))
        case PutReviews():
            _put_reviews(connection, change)
        case PutAnalyses():
            _put_analyses(connection, change)


def _put_identity(connection: sqlite3.Connection, identity: Identity) -> None:
    columns = ", ".join(f"{name} = ?" for name in IDENTITY_COLUMNS)
    connection.execute(f'UPDATE "case" SET {columns}', [getattr(identity, name) for name in IDENTITY_COLUMNS])


def _put_fields(connection: sqlite3.Connection, change: PutFields, *, folder: Path) -> None:
    for field in change.fields:
        connection.execute(
            "INSERT INTO field (id, path, sha256, width, height, page) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET path = excluded.path, sha256 = excluded.sha256,"
            " width = excluded.width, height = excluded.height, page = excluded.page",
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
        "INSERT INTO cell (id, field_id, x0, y0, mask, mask_revision, score, touches_border, origin)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET field_id = excluded.field_id, x0 = excluded.x0, y0 = excluded.y0,"
        " mask = excluded.mask, mask_revision = excluded.mask_revision, score = excluded.score,"
        " touches_border = excluded.touches_border, origin = excluded.origin",
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
    connection.executemany("DELETE FROM review WHERE cell_id = ?", _keys(i for i, _ in change.reviews))
    connection.executemany(
        "INSERT INTO review (cell_id, class) SELECT id, ? FROM cell WHERE id = ?",
        ((reviewed.value, i) for i, reviewed in change.reviews if reviewed is not None),
    )


def _put_analyses(connection: sqlite3.Connection, change: PutAnalyses) -> None:
    analyses = change.analyses
    keys = _keys(a.cell_id for a in analyses)
    connection.executemany("DELETE FROM measurement WHERE cell_id = ?", keys)
    connection.executemany("DELETE FROM prediction WHERE cell_id = ?", keys)
    exists = "EXISTS (SELECT 1 FROM cell WHERE id = ?1)"
    connection.executemany(f"INSERT INTO measurement SELECT ?1, ?2, ?3 WHERE {exists}", map(measurement_row, analyses))
    connection.executemany(
        f"INSERT INTO prediction SELECT ?1, ?2, ?3, ?4, ?5 WHERE {exists}",
        (row for a in analyses if (row := prediction_row(a)) is not None),
    )


def _keys(ids: Iterable[int]) -> list[tuple[int]]:
    return [(i,) for i in ids]


# Sentences for the user

_OPEN_ELSEWHERE = "{name} is open in another window; close it there first."


def _is_locked(error: BaseException) -> bool:
    return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)


def _cannot_open(path: Path, error: Exception) -> CaseFileError:
    name = path.name
    if isinstance(error, FileNotFoundError):
        return CaseFileError(f"{name} doesn't exist any more; it may have been moved or renamed.")
    if isinstance(error, IsADirectoryError):
        return CaseFileError(f"{name} is a folder; choose a file that ends in {SUFFIX}.")
    if isinstance(error, PermissionError):
        return CaseFileError(f"{name} can't be read: permission denied; ask its owner for access.")
    if _is_locked(error):
        return CaseFileError(_OPEN_ELSEWHERE.format(name=name))
    if isinstance(error, sqlite3.OperationalError) and ("readonly" in str(error) or "unable to open" in str(error)):
        return CaseFileError(
            f"{name} is write-protected; copy it to a folder in which you may write and open the copy."
        )
    _log.warning("Cannot open %s", path, exc_info=error)
    return CaseFileError(f"{name} is damaged and can't be opened; use a backup copy of it.")


def _cannot_write(path: Path, error: Exception) -> CaseFileError:
    _log.warning("Cannot write %s", path, exc_info=error)
    if _is_locked(error):
        return CaseFileError(_OPEN_ELSEWHERE.format(name=path.name))
    if "full" in str(error) or "No space" in str(error):
        return CaseFileError(f"The disk is full, so {path.name} could not be written; free some space and try again.")
    return CaseFileError(
        f"{path.name} could not be written; check that its folder exists and that you may write there."
    )
