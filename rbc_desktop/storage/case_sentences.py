"""What the user is told when a case file can't be opened or written."""

from __future__ import annotations

import errno
import logging
import sqlite3
from pathlib import Path

from ..errors import CaseFileError
from .case_lock import LockUnsupportedError

_log = logging.getLogger(__name__)

_OPEN_ELSEWHERE = "{name} is open in another window; close it there first."


def _is_locked(error: BaseException) -> bool:
    return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)


def is_full(error: BaseException) -> bool:
    """Whether the disk, or the account's share of it, is full."""
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL or "full" in str(error)
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def cannot_open(path: Path, error: Exception) -> CaseFileError:
    """The sentence for a case file that can't be opened."""
    name = path.name
    if isinstance(error, FileNotFoundError):
        return CaseFileError(f"{name} doesn't exist any more; it may have been moved or renamed.")
    if isinstance(error, IsADirectoryError):
        return CaseFileError(f"{name} is a folder; choose a file that ends in .rbc.")
    if isinstance(error, PermissionError):
        return CaseFileError(f"{name} can't be read: permission denied; ask its owner for access.")
    if _is_locked(error):
        return CaseFileError(_OPEN_ELSEWHERE.format(name=name))
    if isinstance(error, LockUnsupportedError):
        return CaseFileError(f"{name} lies on a drive without locks; copy it to this computer and open the copy.")
    if isinstance(error, MemoryError):
        return CaseFileError(f"There isn't enough memory to open {name}; close other programs and try again.")
    if isinstance(error, sqlite3.OperationalError) and "interrupted" in str(error):
        return CaseFileError(f"{name} takes too long to read; it is damaged or no ordinary case: use a backup copy.")
    if is_full(error):
        return CaseFileError(f"The disk is full, so {name} could not be opened; free some space and try again.")
    _log.warning("A case could not be opened: %s", type(error).__name__)
    return CaseFileError(f"{name} is damaged and can't be opened; use a backup copy of it.")


def write_protected(path: Path) -> CaseFileError:
    """The sentence for a change of a case that is only read."""
    return CaseFileError(
        f"{path.name} is write-protected and open for reading only;"
        " save the case under another name to work on it (File › Save case as…)."
    )


def unreadable_trail(path: Path) -> CaseFileError:
    """The sentence for an audit trail that the file doesn't give."""
    return CaseFileError(f"The audit trail of {path.name} can't be read; save the case under another name.")


def cannot_write(path: Path, error: Exception) -> CaseFileError:
    """The sentence for a case file that can't be written."""
    _log.warning("A case could not be written: %s", type(error).__name__)
    if _is_locked(error):
        return CaseFileError(_OPEN_ELSEWHERE.format(name=path.name))
    if isinstance(error, LockUnsupportedError):
        return CaseFileError(f"The drive has no locks for {path.name}; save the case on this computer instead.")
    if is_full(error):
        return CaseFileError(f"The disk is full, so {path.name} could not be written; free some space and try again.")
    return CaseFileError(
        f"{path.name} could not be written; check that its folder exists and that you may write there."
    )
