"""Which pages of a TIFF file are fields: not its thumbnails, reduced copies, masks, labels and overviews."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ...errors import ImageReadError
from ...language import tr
from .image_limits import check_page

MAX_PAGES = 2_000
"""Pages of the longest file that is looked through: more would be a film or an attack, and no case of smears."""

_NO_FIELD = re.compile(r"^\W*(label|macro|thumbnail|thumb|overview|preview|map|barcode)\b", re.IGNORECASE)
_SLIDE_LABEL = re.compile(r"^(label|macro)\b", re.MULTILINE | re.IGNORECASE)
"""How slide scanners name the pictures of the glass: alone, or on the second line of Aperio's description."""

_REDUCED, _MASK = 1, 4
_OLD_REDUCED = 2
_LEVEL_SIDE = 0.6
"""A tiled page of the first one's proportions with at most this share of its width is a level of its pyramid."""

_COLOURS = (("r", "g", "b"), ("red", "green", "blue"))


def chosen_field(path: Path, fields: Sequence[tuple[int, ...]], page: int) -> tuple[int, ...]:
    """The pages of the field that is asked for, of what `field_pages` found.

    Raises:
        ImageReadError: when the file shows no field, or not so many.
    """
    if not fields:
        raise ImageReadError(tr("{name} shows only a slide's label or overview; open the scan itself.", name=path.name))
    check_page(path, page, count=len(fields))
    return fields[page]


def field_pages(tiff: Any) -> list[tuple[int, ...]]:
    """For each field of a `tifffile.TiffFile` its pages: one, or three that hold red, green and blue.

    A file whose pages are all marked as copies still shows its first one, unless that is a slide's label.

    Raises:
        ValueError: when the file has no page, or too many (see `MAX_PAGES`).
    """
    pages = _pages(tiff)
    named = series_names(tiff)
    first = pages[0]
    allowed = [
        number
        for number, page in enumerate(pages)
        if not _is_copy(page) and not is_picture_of_glass(page, named.get(number, "")) and not _is_level(page, first)
    ]
    if not allowed:
        allowed = [n for n, page in enumerate(pages) if not is_picture_of_glass(page, named.get(n, ""))][:1]
    planes = {group[0]: group for group in _colour_planes(tiff, pages)}
    grouped = set(itertools.chain.from_iterable(planes.values()))
    return [planes.get(n, (n,)) for n in allowed if n in planes or n not in grouped]


def _pages(tiff: Any) -> list[Any]:
    pages = []
    for page in itertools.islice(tiff.pages, MAX_PAGES + 1):
        pages.append(page.aspage())
    if not pages:
        raise ValueError("the file ends before its first page")
    if len(pages) > MAX_PAGES:
        raise TooManyPagesError(f"more than {MAX_PAGES} pages")
    return pages


class TooManyPagesError(ValueError):
    """A file with more than `MAX_PAGES` pages."""


def _is_copy(page: Any) -> bool:
    """Whether its tags call the page a reduced copy or a mask of another one."""
    kind = page.tags.get("NewSubfileType")
    old = page.tags.get("SubfileType")
    marks = int(kind.value) if kind is not None else 0
    return bool(marks & (_REDUCED | _MASK)) or (old is not None and int(old.value) == _OLD_REDUCED)


def is_picture_of_glass(page: Any, series: str) -> bool:
    """Whether the page shows the slide and not what is on it: its label can carry a patient's name."""
    text = str(page.description or "")[:400]
    return bool(_NO_FIELD.match(series) or _NO_FIELD.match(text) or ("Aperio" in text and _SLIDE_LABEL.search(text)))


def _is_level(page: Any, first: Any) -> bool:
    if page is first or not page.is_tiled or not first.is_tiled or page.imagewidth > _LEVEL_SIDE * first.imagewidth:
        return False
    ratio = (page.imagewidth / page.imagelength) / (first.imagewidth / first.imagelength)
    return bool(0.98 < ratio < 1.02)


def series_names(tiff: Any) -> dict[int, str]:
    """Names that tifffile gives to the pictures of the slide formats that it knows."""
    names: dict[int, str] = {}
    for series in _series(tiff):
        for page in series.pages:
            if page is not None:
                names[page.index] = str(series.name or "")
    return names


def _series(tiff: Any) -> Sequence[Any]:
    try:
        return list(tiff.series)
    except Exception:  # noqa: BLE001  whatever damaged metadata provokes; the pages are still there
        return []


def _colour_planes(tiff: Any, pages: Sequence[Any]) -> Iterator[tuple[int, ...]]:
    """Groups of three grey pages that OME-XML or ImageJ calls the channels of one picture."""
    if not (tiff.is_ome or tiff.is_imagej):
        return
    for series in _series(tiff):
        axes, shape = series.axes, series.shape
        if axes[-2:] != "YX" or "C" not in axes or shape[axes.index("C")] != 3:
            continue
        indices = [None if page is None else page.index for page in series.pages]
        if None in indices or len(indices) != int(np.prod(shape[:-2])) or not _are_colours(tiff):
            continue
        order = np.moveaxis(np.reshape(np.array(indices, int), shape[:-2]), axes.index("C"), -1).reshape(-1, 3)
        for group in order.tolist():
            if all(int(pages[number].samplesperpixel) == 1 for number in group):
                yield tuple(group)


def _are_colours(tiff: Any) -> bool:
    """Whether channels have no names or those of the colours; dyes of fluorescence have other ones."""
    names = re.findall(r"<(?:\w+:)?Channel\b[^>]*\bName=\"([^\"]*)\"", tiff.ome_metadata or "") if tiff.is_ome else []
    plain = tuple(name.strip().casefold() for name in names[:3])
    return not plain or plain in _COLOURS or all(re.fullmatch(r"(channel|ch)?[ :_-]*\d*(:\d+)*", n) for n in plain)
