"""Telling whether a file may be an image or slide that a case knows by size and hash, as cheaply as the file allows."""

from __future__ import annotations

import contextlib
import stat
from collections.abc import Callable, Collection
from pathlib import Path

from ...errors import ImageReadError
from ..digest import sha256_of
from ..formats.image_limits import MAX_PIXELS, check_size, check_weight, most_bytes
from ..formats.picture_decoder import format_of, stated_size
from ..slides.slide_opener import open_slide

_PLAIN = frozenset({"PNG", "JPEG", "BMP"})
"""Formats whose header states the size of the decoded picture, but for a quarter turn."""


SlideSize = tuple[int, int, int]
"""Page of a slide, and its width and height in pixels."""


def sides(width: int, height: int) -> tuple[int, int]:
    """Shorter and longer side: the same before and after a quarter turn."""
    return min(width, height), max(width, height)


def fingerprint(
    path: Path,
    *,
    sizes: Collection[tuple[int, int]],
    slides: Collection[SlideSize] = (),
    check: Callable[[], None],
) -> str:
    """Hex SHA-256 of a file that may be one of these, "" of any other and of what can't be read.

    The header is compared first, where it tells the size; a file over the limits of `image_limits` is not read. A slide
    has gigabytes, so only one of exactly the wanted size is: which slide it is, nothing but all of its bytes can tell.

    Args:
        path: the file.
        sizes: of wanted images, as `sides` gives them, pixels.
        slides: sizes of wanted slides.
        check: called between pieces of the file; what it raises ends the reading.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size == 0:
            return ""
        if not (_may_be(path, sizes) or _may_be_slide(path, slides)):
            return ""
    except Exception:  # noqa: BLE001 - whatever a damaged header provokes; it is not the image
        return ""
    try:
        return sha256_of(path, check=check)
    except OSError:
        return ""


def _may_be(path: Path, sizes: Collection[tuple[int, int]]) -> bool:
    if not sizes:
        return False
    with path.open("rb") as file:
        name = format_of(file.read(16))
        if name not in _PLAIN:
            return path.stat().st_size <= most_bytes(MAX_PIXELS)
        file.seek(0)
        width, height = stated_size(file, name)
    check_size(path, width=width, height=height)
    check_weight(path, pixels=width * height, least=0)
    return sides(width, height) in sizes


def _may_be_slide(path: Path, slides: Collection[SlideSize]) -> bool:
    """Whether it opens as a slide of a wanted size; bytes that its pixels can't need are hollow."""
    for page, width, height in slides:
        if path.stat().st_size > most_bytes(width * height):
            continue
        with contextlib.suppress(ImageReadError), contextlib.closing(open_slide(path, page=page)) as slide:
            if (slide.width, slide.height) == (width, height):
                return True
    return False
