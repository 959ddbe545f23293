"""What the user is told when a case file can't be opened or written."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

from ... import files
from ...errors import CaseFileError, CaseInUseError
from ...language import tr
from .case_lock import LockUnsupportedError

_log = logging.getLogger(__name__)


def _open_elsewhere(name: str) -> str:
    return tr("{name} is open in another window; close it there first.", name=name)


def _is_locked(error: BaseException) -> bool:
    return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)


def is_full(error: BaseException) -> bool:
    """Whether the disk, or the account's share of it, is full."""
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL or "full" in str(error)
    return isinstance(error, OSError) and files.is_full(error)


def cannot_open(path: Path, error: Exception) -> CaseFileError:
    """The sentence for a case file that can't be opened."""
    name = path.name
    if isinstance(error, FileNotFoundError):
        return CaseFileError(tr("{name} doesn't exist any more; it may have been moved or renamed.", name=name))
    if isinstance(error, IsADirectoryError):
        return CaseFileError(tr("{name} is a folder; choose a file that ends in .rbc.", name=name))
    if isinstance(error, PermissionError):
        return CaseFileError(tr("{name} can't be read: permission denied; ask its owner for access.", name=name))
    if _is_locked(error):
        return CaseInUseError(_open_elsewhere(name))
    if isinstance(error, LockUnsupportedError):
        return CaseFileError(
            tr("{name} lies on a drive without locks; copy it to this computer and open the copy.", name=name)
        )
    if isinstance(error, MemoryError):
        return CaseFileError(
            tr("There isn't enough memory to open {name}; close other programs and try again.", name=name)
        )
    if isinstance(error, sqlite3.OperationalError) and "interrupted" in str(error):
        return CaseFileError(
            tr("{name} takes too long to read; it is damaged or no ordinary case: use a backup copy.", name=name)
        )
    if is_full(error):
        return CaseFileError(
            tr("The disk is full, so {name} could not be opened; free some space and try again.", name=name)
        )
    _log.warning("A case could not be opened: %s", type(error).__name__)
    return CaseFileError(tr("{name} is damaged and can't be opened; use a backup copy of it.", name=name))


def write_protected(path: Path) -> CaseFileError:
    """The sentence for a change of a case that is only read."""
    return CaseFileError(
        tr(
            "{name} is write-protected and open for reading only; save the case under another name to work on it"
            " (File › Save case as…).",
            name=path.name,
        )
    )


def unreadable_trail(path: Path) -> CaseFileError:
    """The sentence for an audit trail that the file doesn't give."""
    return CaseFileError(
        tr("The audit trail of {name} can't be read; save the case under another name.", name=path.name)
    )


def cannot_write(path: Path, error: Exception) -> CaseFileError:
    """The sentence for a case file that can't be written."""
    _log.warning("A case could not be written: %s", type(error).__name__)
    if _is_locked(error):
        return CaseInUseError(_open_elsewhere(path.name))
    if isinstance(error, LockUnsupportedError):
        return CaseFileError(
            tr("The drive has no locks for {name}; save the case on this computer instead.", name=path.name)
        )
    if is_full(error):
        return CaseFileError(
            tr("The disk is full, so {name} could not be written; free some space and try again.", name=path.name)
        )
    return CaseFileError(
        tr("{name} could not be written; check that its folder exists and that you may write there.", name=path.name)
    )
