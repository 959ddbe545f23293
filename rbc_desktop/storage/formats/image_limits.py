"""What an image file may be: its size in pixels and bytes, and what is said where it can't be read."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ...errors import ImageReadError
from ...language import tr

MAX_PIXELS = 200_000_000
"""Pixels of the largest image that is decoded as a whole: 600 MB as RGB, within the memory bound of the design."""

MIN_SIDE = 16
"""Pixels of the shortest side; below it no cell can be made out."""

SPARE_BYTES, MOST_BYTES_PER_PIXEL = 64 * 2**20, 16
"""A file may be larger than all its pixels by the first (previews, a short film beside the photograph); a pixel takes
at most the second: five channels of 16 bits, and as much again for reduced copies."""


class NotByPartsError(ImageReadError):
    """A file that can't be read region by region; it may still be an image."""


def damaged(path: Path) -> ImageReadError:
    """The error for a file that begins like an image and doesn't go on so."""
    return ImageReadError(tr("{name} is damaged or cut off; copy or export it again from its source.", name=path.name))


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Whatever goes wrong inside is said in a sentence about the file.

    Raises:
        ImageReadError: with that sentence.
    """
    try:
        yield
    except ImageReadError:
        raise
    except MemoryError as error:
        raise ImageReadError(
            tr("There isn't enough memory to open {name}; close other programs or crop it.", name=path.name)
        ) from error
    except PermissionError as error:
        raise ImageReadError(
            tr("{name} can't be read: permission denied; ask its owner for access.", name=path.name)
        ) from error
    except Exception as error:  # decoders raise whatever they stumble over
        hear_interrupt(error)
        raise damaged(path) from error


def hear_interrupt(error: Exception) -> None:
    """Go on, unless this is Ctrl+C that came while ctypes converted an argument, which hides it.

    Raises:
        KeyboardInterrupt: when it is.
    """
    if isinstance(error, ctypes.ArgumentError) and "KeyboardInterrupt" in str(error):
        raise KeyboardInterrupt from error


def check_page(path: Path, page: int, *, count: int) -> None:
    """Refuse a page, counted from 0, that a file of so many pages doesn't have.

    Raises:
        ImageReadError: with a sentence for the user.
    """
    if not 0 <= page < count:
        raise ImageReadError(
            tr("{name} has no page {page}; the last one is page {last}.", name=path.name, page=page + 1, last=count)
        )


def check_size(path: Path, *, width: int, height: int) -> None:
    """Refuse by the header, before any pixel is decoded.

    Raises:
        ImageReadError: when the image is too large or too small.
    """
    if width * height > MAX_PIXELS:
        raise ImageReadError(
            tr(
                "{name} is too large ({width:,} × {height:,} pixels; the limit is {most} million) to be decoded"
                " as a whole: save it as a tiled TIFF, which is opened as a slide and read part by part.",
                name=path.name,
                width=width,
                height=height,
                most=MAX_PIXELS // 10**6,
            )
        )
    if min(width, height) < MIN_SIDE:
        raise ImageReadError(
            tr(
                "{name} is too small ({width} × {height} pixels) to show cells; choose another image.",
                name=path.name,
                width=width,
                height=height,
            )
        )


def most_bytes(pixels: int) -> int:
    """Bytes of the largest file that so many pixels can need."""
    return SPARE_BYTES + MOST_BYTES_PER_PIXEL * pixels


def check_weight(path: Path, *, pixels: int, least: float) -> None:
    """Refuse by the file's size before it is read: hollow files, and headers that promise what can't follow.

    Args:
        path: the file.
        pixels: that its headers state, all pages together.
        least: bytes that the tightest compression needs for them.

    Raises:
        ImageReadError: when the file is too small or too large for its pixels.
    """
    size = path.stat().st_size
    if size < least:
        raise damaged(path)
    if size > most_bytes(pixels):
        raise ImageReadError(
            tr(
                "{name} is {size:.1f} GB large, far more than its pixels need; export the image again from its source.",
                name=path.name,
                size=size / 1000000000.0,
            )
        )
