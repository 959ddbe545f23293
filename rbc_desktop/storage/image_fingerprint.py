"""Telling whether a file may be an image that a case knows by size and hash, as cheaply as the file allows."""

from __future__ import annotations

import stat
from collections.abc import Callable, Collection
from pathlib import Path

from .digest import sha256_of
from .image_limits import MAX_PIXELS, check_size, check_weight
from .picture_decoder import format_of, stated_size

_PLAIN = frozenset({"PNG", "JPEG", "BMP"})
"""Formats whose header states the size of the decoded picture, but for a quarter turn."""


def sides(width: int, height: int) -> tuple[int, int]:
    """Shorter and longer side: the same before and after a quarter turn."""
    return min(width, height), max(width, height)


def fingerprint(path: Path, *, sizes: Collection[tuple[int, int]], check: Callable[[], None]) -> str:
    """Hex SHA-256 of a file that may be an image of one of these sizes, "" of any other and of what can't be read.

    The header is compared first, where it tells the size; a file over the limits of `image_limits` is not read.

    Args:
        path: the file.
        sizes: wanted, as `sides` gives them, pixels.
        check: called between pieces of the file; what it raises ends the reading.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size == 0:
            return ""
        if not _may_be(path, sizes):
            return ""
    except Exception:  # noqa: BLE001 - whatever a damaged header provokes; it is not the image
        return ""
    try:
        return sha256_of(path, check=check)
    except OSError:
        return ""


def _may_be(path: Path, sizes: Collection[tuple[int, int]]) -> bool:
    with path.open("rb") as file:
        name = format_of(file.read(16))
        if name not in _PLAIN:
            check_weight(path, pixels=MAX_PIXELS, least=0)
            return True
        file.seek(0)
        width, height = stated_size(file, name)
    check_size(path, width=width, height=height)
    check_weight(path, pixels=width * height, least=0)
    return sides(width, height) in sizes
