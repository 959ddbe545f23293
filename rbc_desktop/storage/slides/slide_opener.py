"""Opening a slide with the reader that knows its format (`ports.SlideOpener`)."""

from __future__ import annotations

import contextlib
from pathlib import Path

from ...errors import ImageReadError
from ...language import tr
from ...ports import Slide
from ..formats.image_file import TIFF, check_file
from ..formats.image_limits import NotByPartsError, reading
from .pyramid import Pyramid
from .slideio_pyramid import SlideioPyramid, slideio_format
from .tiff_pyramid import TiffPyramid
from .vendor_pyramid import VendorPyramid, is_vendor_slide

SLIDE_PIXELS = 50_000_000
"""A larger picture is a slide, if it can be read part by part; a smaller one is decoded as a whole, as an image."""


def find_slide(path: Path) -> Slide | None:
    """The open slide, or None for a file that is read as an image: it is small, or can't be read part by part.

    Raises:
        ImageReadError: when a file that may be one can't be read.
    """
    try:
        slide = open_slide(path)
    except NotByPartsError:
        return None
    if slide.width * slide.height > SLIDE_PIXELS:
        return slide
    slide.close()
    return None


def is_small_slide(path: Path) -> bool:
    """Whether a file that `find_slide` leaves to be read as an image is a slide: a scanner's, or one with levels."""
    try:
        with contextlib.closing(open_slide(path)) as slide:
            return len(slide.info.levels) > 1 or is_vendor_slide(path)
    except ImageReadError:
        return False


def open_slide(path: Path, *, page: int = 0) -> Slide:
    """Open a slide, or any picture that can be read part by part.

    Args:
        path: the file.
        page: which of its pictures, from 0.

    Raises:
        ImageReadError: when the file is missing, damaged, or of no kind that is read part by part.
    """
    path = path.absolute()
    with reading(path):
        magic = check_file(path)
        driver = slideio_format(path, magic)
        if driver:
            return Pyramid(SlideioPyramid(path, driver=driver, page=page))
        if page == 0 and is_vendor_slide(path):
            return Pyramid(VendorPyramid(path))
        if magic.startswith(TIFF):
            return Pyramid(TiffPyramid(path, page=page))
    raise NotByPartsError(
        tr("{name} is no slide and no tiled TIFF; save it as one to read it part by part.", name=path.name)
    )
