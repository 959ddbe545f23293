"""Which pages of a TIFF file are the levels of one picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..formats.tiff_pages import is_picture_of_glass, series_names

Planes = tuple[Any, ...]
"""The page of a level, or the three that hold its red, green and blue."""


def level_pages(tiff: Any, field: Sequence[int], *, is_only: bool) -> list[Planes]:
    """The pages of a field's levels, full size first.

    Levels are the SubIFDs of the field's page (OME-TIFF), or later pages of the file that are smaller and show the same
    proportions (reduced pages, as libvips, GDAL and the scanners write them). Those in strips are thumbnails of their
    own, unless a tag calls them reduced copies.

    Args:
        tiff: a `tifffile.TiffFile`.
        field: indices of its page, or of three colour planes; see `tiff_pages.field_pages`.
        is_only: the file has no other field, so that its later pages can only belong to this one.
    """
    full = tuple(tiff.pages[number].aspage() for number in field)
    below = [tuple(planes) for planes in zip(*(_sub_pages(page) for page in full), strict=False)]
    if is_only and len(full) == 1:
        below += [(page,) for page in _later_pages(tiff, full[0])]
    levels, widths = [full], {int(full[0].imagewidth)}
    for planes in sorted(below, key=lambda planes: -int(planes[0].imagewidth)):
        if int(planes[0].imagewidth) not in widths and _is_reduced(planes[0], full[0]):
            widths.add(int(planes[0].imagewidth))
            levels.append(planes)
    return levels


def _sub_pages(page: Any) -> list[Any]:
    return [] if page.pages is None else [sub.aspage() for sub in page.pages]


def _later_pages(tiff: Any, full: Any) -> list[Any]:
    names = series_names(tiff)
    later = [(page.aspage(), names.get(number, "")) for number, page in enumerate(tiff.pages)]
    return [
        page
        for page, name in later
        if page.index > full.index
        and not is_picture_of_glass(page, name)
        and (page.is_tiled or page.is_reduced or not full.is_tiled)
    ]


def _is_reduced(page: Any, full: Any) -> bool:
    """Whether it shows the same in fewer pixels of the same kind: its sides fit one factor to a pixel."""
    if page.imagewidth >= full.imagewidth or min(page.imagewidth, page.imagelength) < 1:
        return False
    factor = full.imagewidth / page.imagewidth
    same = page.samplesperpixel == full.samplesperpixel and page.bitspersample == full.bitspersample
    return bool(same and abs(full.imagelength / factor - page.imagelength) <= 1 + full.imagelength / full.imagewidth)
