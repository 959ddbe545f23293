"""The lock on an open case: a file of its own beside the case, locked for as long as a window works on it.

SQLite's own locks are not enough. POSIX drops every lock of a process on a file when *any* descriptor of that file is
closed, whoever opened it; ``flock`` (and ``LockFileEx`` on Windows) on another file has no such hole, and the system
lets go of it when the process ends.
"""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from ...errors import CaseInUseError
from ...language import tr

_UNSUPPORTED = {errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL}

_held: set[str] = set()
"""Lock files that this process holds, to tell this window from another."""


class LockUnsupportedError(OSError):
    """The file system has no locks."""


def lock_path(case: Path) -> Path:
    """The lock file of a case; links to a case share its lock."""
    real = Path(os.path.realpath(case))
    return real.with_name(f".{real.name}.lock")


class CaseLock:
    """A held lock; `take` it, and `release` it once the case file is closed or removed."""

    def __init__(self, lock: FileLock, path: Path) -> None:
        """Use `take`."""
        self._lock, self.path = lock, path
        self._identity = _identity(path)
        _held.add(str(path))

    @classmethod
    def take(cls, case: Path) -> Self:
        """Lock a case, or refuse at once.

        Raises:
            CaseFileError: when a window, this one or another, holds it.
            LockUnsupportedError: when the file system has no locks.
            OSError: when the folder is missing or can't be written to.
        """
        path = lock_path(case)
        if not path.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path.parent))
        # Any thread may let go of it; other accounts of the laboratory may take it next.
        lock = FileLock(path, timeout=0, mode=0o666, thread_local=False, fallback_to_soft=False)
        try:
            lock.acquire()
        except Timeout:
            if str(path) in _held:
                raise CaseInUseError(tr("{name} is open in this window already.", name=case.name)) from None
            sentence = tr("{name} is open in another window; close it there first.", name=case.name)
            raise CaseInUseError(sentence) from None
        except OSError as error:
            if error.errno in _UNSUPPORTED:
                raise LockUnsupportedError(error.errno, error.strerror, str(path)) from error
            raise
        return cls(lock, path)

    def release(self) -> None:
        """Remove the lock file while it is still locked, then let go: whoever waits for it sees that it is gone."""
        with contextlib.suppress(OSError):
            if _identity(self.path) == self._identity:
                self.path.unlink()
        _held.discard(str(self.path))
        with contextlib.suppress(OSError):
            self._lock.release()


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
