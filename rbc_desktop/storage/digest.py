"""Hash of a file's bytes."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from pathlib import Path

_PIECE = 2**20
_MOST_KNOWN = 64
_known: dict[tuple[Path, int, int], str] = {}


def sha256_of(path: Path, *, check: Callable[[], None] = lambda: None) -> str:
    """Hex digest of the file, read in pieces.

    Args:
        path: the file.
        check: called before each piece; what it raises ends the reading.

    Raises:
        OSError: when it can't be read.
    """
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            check()
            digest.update(piece)
    return digest.hexdigest()


def known_digest(path: Path, *, check: Callable[[], None] = lambda: None) -> str:
    """`sha256_of`, asked once for a file as it is: its pages and regions are read one after the other.

    Raises:
        OSError: when it can't be read.
    """
    version = version_of(path)
    if (path, *version) not in _known:
        found = sha256_of(path, check=check)
        remember_digest(path, version=version, sha256=found)
        return found
    return _known[path, *version]


def version_of(path: Path) -> tuple[int, int]:
    """Size in bytes and time of the last change in ns: what changes when somebody writes to a file.

    Raises:
        OSError: when it isn't there.
    """
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def remember_digest(path: Path, *, version: tuple[int, int], sha256: str) -> None:
    """`known_digest` of a file in this version is this; another process may have read it."""
    while len(_known) >= _MOST_KNOWN:
        with contextlib.suppress(StopIteration, KeyError):  # another thread may have been faster
            del _known[next(iter(_known))]
    _known[path, *version] = sha256
