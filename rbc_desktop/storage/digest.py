"""Hash of a file's bytes."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from pathlib import Path

_PIECE = 2**20


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


def known_digest(path: Path) -> str:
    """`sha256_of`, asked once for a file as it is: its pages and regions are read one after the other.

    Raises:
        OSError: when it can't be read.
    """
    status = path.stat()
    return _digest_of_version(path, status.st_size, status.st_mtime_ns)


@functools.lru_cache(maxsize=32)
def _digest_of_version(path: Path, _size: int, _mtime_ns: int) -> str:
    return sha256_of(path)
