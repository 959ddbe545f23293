"""The case file: one SQLite database in which every command is one durable transaction."""

from __future__ import annotations

import contextlib
import logging
import shutil
import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

from ...domain.case.audit_trail import NOBODY, Act, TrailRow
from ...domain.case.case import Case
from ...domain.case.changes import Change
from ...domain.case.step_names import CREATE
from ...errors import CaseFileError, CaseMovedError, TaskCancelled
from ...files import ScratchFolder
from ...language import tr
from ...ports import TaskControl
from ..network_share import is_share
from .audit import append, begin_trail, head_of, last_read_by, rows_after
from .audit_record import record_of
from .case_connection import connect, fold_log, transaction
from .case_lock import CaseLock, lock_path
from .case_opening import Hold, open_case, start_work, take_lock
from .case_replacing import replacing
from .case_sentences import cannot_open, cannot_write, unreadable_trail, write_protected
from .case_view import CaseView, read_view, write_view
from .case_writer import write_change
from .erasure import erase
from .rows.case_places import move_paths
from .versions.schema import create_tables

SUFFIX = ".rbc"

_log = logging.getLogger(__name__)


class CaseFile:
    """An open case file (`ports.CaseStore`).

    It holds the file exclusively: a second window can't open it until `close`. Its methods may be called from any
    thread, one at a time. Durability: write-ahead log with ``synchronous=FULL``, so a change survives the end of the
    process and a power cut once `apply` has returned; see docs/decisions/0003-case-file.md.
    """

    def __init__(self, hold: Hold) -> None:
        """Use `create` or `open`."""
        self._hold = hold
        self._is_closed = False
        self._is_unsent = hold.copy is not None and hold.copy.is_resumed
        self._mutex = threading.Lock()

    @classmethod
    def create(cls, path: Path, *, private: bool = False) -> CaseFile:
        """A new, empty case file. An existing case file of this name is replaced, unless it is open.

        Args:
            path: where.
            private: only its owner may read it.

        Raises:
            CaseFileError: when the folder can't be written to or the file is open elsewhere.
        """
        path = path.absolute()
        lock = _take_lock(path)
        try:
            with (
                replacing(path, private=private) as temporary,
                contextlib.closing(connect(temporary)) as connection,
            ):
                create_tables(connection)
                begin_trail(connection, action=CREATE)
                connection.execute("PRAGMA journal_mode = WAL")
            return cls(start_work(path, lock))
        except (OSError, sqlite3.Error) as error:
            lock.release()
            raise cannot_write(path, error) from error

    @classmethod
    def open(cls, path: Path, *, control: TaskControl | None = None) -> tuple[CaseFile, Case]:
        """Open a case file and read its case; one that is write-protected is opened for reading only.

        Raises:
            CaseFileError: when it is missing, no case file, too new, damaged or open elsewhere.
            TaskCancelled: when the control says so, which hears how much is read.
        """
        try:
            hold, case = open_case(path := path.absolute(), control=control)
        except (CaseFileError, TaskCancelled):
            raise
        except Exception as error:  # a file from anywhere may lead anywhere; each way ends in a sentence
            raise cannot_open(path, error) from error
        return cls(hold), case

    @property
    def path(self) -> Path:
        """Where the file is, absolute."""
        return self._hold.path

    @property
    def is_read_only(self) -> bool:
        """Whether it is write-protected, so that every change is refused until it is saved under another name."""
        return self._hold.lock is None

    @property
    def absolute_images(self) -> frozenset[Path]:
        """Files of images and slides that the case named by an absolute path when it was opened."""
        return self._hold.absolute

    def check_place(self) -> None:
        """Find out whether the file is still where it was opened; cheap.

        Raises:
            CaseMovedError: when it was renamed, deleted or replaced.
        """
        with self._mutex:
            if not self._is_closed:
                self._check_place()

    def apply(self, change: Change, *, act: Act = NOBODY) -> None:
        """Store one change and its row of the audit trail as one transaction, on the disk when the call returns.

        Raises:
            CaseMovedError: when the file isn't where it was opened; nothing of the change is stored then.
            CaseFileError: when the disk refuses; nothing of the change is stored then.
        """
        with self._mutex:
            path = self._hold.path
            if self.is_read_only:
                raise write_protected(path)
            self._check_place()
            try:
                with transaction(connection := self._hold.connection):
                    record = record_of(connection, change)
                    write_change(connection, change, folder=path.parent)
                    append(connection, record, act=act, change=change)
                    self._hold.places[0].check()  # at the last moment before the commit
            except CaseMovedError:
                fold_log(self._hold.connection)
                raise
            except (sqlite3.Error, OSError, UnicodeError) as error:
                raise cannot_write(path, error) from error
            self._is_unsent = self._hold.copy is not None

    @property
    def head(self) -> str:
        """Head of the audit trail."""
        with self._mutex:
            return head_of(self._hold.connection)

    def trail(self, *, after: int = 0, most: int = 200) -> list[TrailRow]:
        """Rows of the audit trail after this number, oldest first; nothing once the file is closed.

        Raises:
            CaseFileError: when they can't be read.
        """
        with self._mutex:
            try:
                return [] if self._is_closed else rows_after(self._hold.connection, after, most=most)
            except sqlite3.Error as error:
                raise unreadable_trail(self._hold.path) from error

    def last_read_by(self, operator: str) -> str:
        """When this person last gave classes here, ISO 8601; "" for never; raises CaseFileError, see `trail`."""
        with self._mutex:
            try:
                return "" if self._is_closed else last_read_by(self._hold.connection, operator)
            except sqlite3.Error as error:
                raise unreadable_trail(self._hold.path) from error

    @property
    def view(self) -> CaseView:
        """What the window showed last."""
        with self._mutex:
            return read_view(self._hold.connection)

    def keep_view(self, view: CaseView) -> None:
        """Keep what the window shows, without a row of the audit trail; raises CaseFileError when the disk refuses."""
        with self._mutex:
            if self.is_read_only or self._is_closed:
                return
            self._check_place()
            try:
                write_view(self._hold.connection, view)
            except sqlite3.Error as error:
                raise cannot_write(self._hold.path, error) from error

    def erase_patient_data(self, *, operator: str, reason: str, image_names: bool) -> None:
        """Delete the patient's data for good, see `erasure`; what was read of the case before holds it still.

        Raises:
            CaseFileError: when it is write-protected, or the disk refuses.
        """
        with self._mutex:
            if self.is_read_only:
                raise write_protected(self._hold.path)
            self._check_place()
            try:
                erase(self._hold.connection, operator=operator, reason=reason, image_names=image_names)
            except sqlite3.Error as error:
                raise cannot_write(self._hold.path, error) from error
            self._is_unsent = self._hold.copy is not None

    @property
    def changed_rows(self) -> int:
        """How many rows were changed since the file was opened; it starts afresh where work goes on in another one."""
        with self._mutex:
            return 0 if self._is_closed else self._hold.connection.total_changes

    def fold(self) -> None:
        """Write what the log holds into the database, so that no later change has to. Not for the GUI thread."""
        with self._mutex:
            if not self._is_closed:
                fold_log(self._hold.connection, keeps_room=True)

    @property
    def is_on_share(self) -> bool:
        """Whether it lies on a network share, so that a copy on this computer is worked on."""
        return self._hold.copy is not None

    @property
    def was_set_aside(self) -> bool:
        """Whether earlier work on this share is an unsaved case now; see `WorkingCopy`."""
        return self._hold.copy is not None and self._hold.copy.was_set_aside

    @property
    def is_unsent(self) -> bool:
        """Whether the share lacks something that the copy has."""
        return self._is_unsent

    def send(self) -> None:
        """Write the copy back to the share. Not for the GUI thread.

        Raises:
            CaseFileError: when the share can't be reached or the case was changed there meanwhile; the copy holds
                everything then.
        """
        with self._mutex:
            self._send()

    def _send(self) -> None:
        copy = self._hold.copy
        if copy is None or not self._is_unsent or self._is_closed:
            return
        try:
            with contextlib.closing(ScratchFolder("sending")) as scratch:
                snapshot = scratch.path / "case.rbc"
                self._hold.connection.execute("VACUUM INTO ?", (str(snapshot),))
                copy.send(snapshot)
        except (OSError, sqlite3.Error) as error:
            raise CaseFileError(
                tr(
                    "{name} could not be written to its share; your work is kept on this computer and sent when"
                    " the share is back.",
                    name=self._hold.path.name,
                )
            ) from error
        self._is_unsent = False

    def copied(self) -> sqlite3.Connection | None:
        """The case as it is now, in memory and for the caller to close; None once it is closed."""
        with self._mutex:
            if self._is_closed:
                return None
            memory = connect(":memory:")
            self._hold.connection.backup(memory)
            return memory

    def save_as(self, path: Path, *, discard_old: bool = False) -> None:
        """Write the case to another file and go on with that one; the old file stays as it is.

        A case whose file has gone may be saved under its old name.

        Args:
            path: the new file.
            discard_old: remove the old file instead, once the new one is complete.

        Raises:
            CaseFileError: when it can't be written; work continues in the old file then.
        """
        path = path.absolute()
        with self._mutex:
            old = self._hold
            same_name = self._is_own(path)
            if same_name and old.places and all(place.is_kept for place in old.places):
                return
            lock = old.lock if same_name and old.lock is not None else _take_lock(path)
            with contextlib.suppress(CaseFileError):
                self._send()
            try:
                self._copy_to(path, forsaken=same_name)
                self._hold = start_work(path, lock)
            except (CaseFileError, OSError, sqlite3.Error) as error:
                if lock is not old.lock:
                    lock.release()
                raise error if isinstance(error, CaseFileError) else cannot_write(path, error) from error
            _leave(old, keeps_lock=lock is old.lock, discard=discard_old)
            self._leave_copy(old)
            self._is_unsent = False

    def close(self, *, discard: bool = False) -> None:
        """Fold the log into the file and close it; on a share, write it back.

        Args:
            discard: remove the file instead.
        """
        with self._mutex:
            if self._is_closed:
                return
            with contextlib.suppress(CaseFileError):
                self._send()
            self._is_closed = True
            self._hold.let_go(discard=discard)
            self._leave_copy(self._hold)

    def _leave_copy(self, hold: Hold) -> None:
        """A copy that the share has whole is not needed; another is taken up at the next opening."""
        if hold.copy is not None and not self._is_unsent:
            hold.copy.forget()

    def _is_own(self, path: Path) -> bool:
        return lock_path(path) == lock_path(self._hold.path)

    def _check_place(self) -> None:
        if not self._hold.places:
            return
        database, log = self._hold.places
        try:
            database.check()
        except CaseMovedError:
            fold_log(self._hold.connection)  # so that the file, wherever it is now, holds every action
            raise
        if not log.is_kept:
            self._renew_log()

    def _renew_log(self) -> None:
        """Somebody removed the write-ahead log: write what it holds into the database and begin another.

        Raises:
            CaseMovedError: when that can't be done.
        """
        hold = self._hold
        fold_log(hold.connection)
        memory = connect(":memory:")  # what there is to save if the file can't be opened again
        hold.connection.backup(memory)
        hold.connection.close()
        self._hold = replace(hold, connection=memory)
        try:
            assert hold.lock is not None
            self._hold = start_work(hold.path, hold.lock, copy=hold.copy)
        except (sqlite3.Error, OSError) as error:
            raise CaseMovedError(
                tr(
                    "The files of {name} were changed from outside; save the case under another name at once"
                    " (File › Save case as…).",
                    name=hold.path.name,
                )
            ) from error
        memory.close()

    def _copy_to(self, path: Path, *, forsaken: bool = False) -> None:
        old_folder = self._hold.path.parent
        try:
            with (
                replacing(path, forsaken=forsaken) as temporary,
                contextlib.closing(ScratchFolder("copying")) as scratch,
            ):
                # SQLite never works on a share: what goes there is made here.
                made = scratch.path / "case.rbc" if is_share(path) else temporary
                self._hold.connection.execute("VACUUM INTO ?", (str(made),))
                with contextlib.closing(connect(made)) as copy:
                    with transaction(copy):
                        move_paths(copy, old_folder=old_folder, new_folder=path.parent)
                    copy.execute("PRAGMA journal_mode = WAL")
                if made != temporary:
                    shutil.copyfile(made, temporary)
        except (OSError, sqlite3.Error, UnicodeError) as error:
            raise cannot_write(path, error) from error


def _leave(old: Hold, *, keeps_lock: bool, discard: bool) -> None:
    """Close the file that was left; the new one may go on with its lock."""
    without_lock = replace(old, lock=None) if keeps_lock else old
    with contextlib.suppress(sqlite3.Error):
        without_lock.let_go(discard=discard)


def _take_lock(path: Path) -> CaseLock:
    try:
        return take_lock(path)
    except OSError as error:
        raise cannot_write(path, error) from error
