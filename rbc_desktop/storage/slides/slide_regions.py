"""Regions of slides as images, for fields that are regions; and small slides as a whole."""

from __future__ import annotations

from pathlib import Path

from ...domain.fields.regions import Region, whole
from ...errors import ImageReadError
from ...language import tr
from ...ports import LoadedImage, Slide
from ..digest import known_digest
from ..formats.image_limits import check_size
from .slide_opener import open_slide


def read_region(path: Path, *, page: int, region: Region) -> LoadedImage:
    """The pixels of a region at full size.

    Raises:
        ImageReadError: when the slide can't be read there, or is smaller.
    """
    slide = open_slide(path, page=page)
    try:
        if region.clipped(whole(slide)) != region:
            raise ImageReadError(tr("{name} is smaller than it was; locate the original.", name=path.name))
        return region_image(slide, region)
    finally:
        slide.close()


def region_image(slide: Slide, region: Region) -> LoadedImage:
    """A region of an open slide at full size.

    Raises:
        ImageReadError: when the slide can't be read there, or the region is larger than an image may be.
    """
    return _image(slide, region, of=region)


def read_small_slide(path: Path) -> LoadedImage:
    """All of a slide that is no larger than an image may be.

    Raises:
        ImageReadError: when it can't be read, or is too large to be decoded as a whole.
    """
    slide = open_slide(path)
    try:
        return _image(slide, whole(slide), of=None)
    finally:
        slide.close()


def _image(slide: Slide, part: Region, *, of: Region | None) -> LoadedImage:
    info = slide.info
    check_size(info.path, width=part.width, height=part.height)
    pixels = slide.read(part)
    pixels.setflags(write=False)
    return LoadedImage(
        info.path, pixels, known_digest(info.path), info.calibration, info.page, info.page_count, region=of
    )
