"""Reading image files: upright 8-bit RGB, or one sentence that says why not and what to do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from ...domain.fields.regions import Region
from ...errors import ImageReadError
from ...language import tr
from ...ports import LoadedImage
from ..formats.image_file import TIFF, check_file
from ..formats.image_limits import MAX_PIXELS, check_size, check_weight, reading
from ..formats.picture_decoder import FORMATS, decode_picture, format_of, stated_size
from ..formats.tiff_reader import read_tiff
from ..openable import kinds_text
from ..slides.slide_regions import read_region, read_small_slide
from ..slides.slideio_pyramid import slideio_format
from ..slides.vendor_pyramid import is_vendor_slide


def read_image(path: Path, *, page: int = 0, region: Region | None = None) -> LoadedImage:
    """Decode one field of an image file (`ports.ImageReader`), known by its content, not its ending.

    Of a GIF or WebP film the first picture is read. Grey, palette, CMYK and 16-bit images become 8-bit RGB, colours
    with an ICC profile become sRGB, transparency is laid over white. 16-bit values are divided by the full scale of the
    camera's bit depth (see `pixel_formats.to_8_bit`).

    Args:
        path: the file.
        page: which of its fields, from 0; only TIFF files have more than one.
        region: the part of a slide that is wanted, in its pixels, as stored at full size; None for a whole image.

    Raises:
        ImageReadError: when the file is missing, not an image, damaged, cut off or too large; nothing half is returned
            but what `LoadedImage.complete_share` says.
    """
    path = path.absolute()
    with reading(path):
        magic = check_file(path)
        if region is not None:
            return read_region(path, page=page, region=region)
        if page == 0 and slideio_format(path, magic):
            return read_small_slide(path)
        if magic.startswith(TIFF):
            return _read_tiff(path, page=page)
        if page == 0 and is_vendor_slide(path):  # before JPEG: an MRXS file begins like one
            return read_small_slide(path)
        name = format_of(magic)
        if name is not None:
            if page != 0:
                raise ImageReadError(
                    tr("{name} has only one page; page {page} can't be opened.", name=path.name, page=page + 1)
                )
            return _read_picture(path, name)
    raise ImageReadError(
        tr(
            "{name} is not an image or slide of a known kind; save it as one of these and open that: {kinds}.",
            name=path.name, kinds=kinds_text(),
        )
    )  # fmt: skip


def read_fields(path: Path) -> Iterator[LoadedImage]:
    """The fields of a file, one after the other, so that no two are in memory.

    Raises:
        ImageReadError: as `read_image`, when it is their turn.
    """
    page = count = 0
    while page == 0 or page < count:
        image = read_image(path, page=page)
        page, count = page + 1, image.page_count
        yield image
        del image


def _read_tiff(path: Path, *, page: int) -> LoadedImage:
    """A TIFF file; where tifffile can't decode what a scanner wrote, OpenSlide may."""
    try:
        return read_tiff(path, page=page)
    except ImageReadError:
        if page == 0 and is_vendor_slide(path):
            return read_small_slide(path)
        raise


def _read_picture(path: Path, name: str) -> LoadedImage:
    """All formats but TIFF: one read, so that hash and pixels belong to the same bytes."""
    check_weight(path, pixels=MAX_PIXELS, least=0)  # some decoders read a whole file to find its size
    with path.open("rb") as file:
        width, height = stated_size(file, name)
        check_size(path, width=width, height=height)
        check_weight(path, pixels=width * height, least=width * height / FORMATS[name].pixels_per_byte)
        file.seek(0)
        data = file.read()
    pixels, share = decode_picture(data, name)
    pixels.setflags(write=False)
    return LoadedImage(path=path, pixels=pixels, sha256=hashlib.sha256(data).hexdigest(), complete_share=share)
