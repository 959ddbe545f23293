"""Slides and other big pictures in TIFF files, read tile by tile with tifffile."""

from __future__ import annotations

import re
import threading
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import tifffile

from ...domain.fields.regions import Region
from ...domain.slides.slide import SlideInfo, stored_levels
from ...errors import ImageReadError
from ...language import tr
from ...ports import RgbImage
from ..formats.image_limits import NotByPartsError, damaged
from ..formats.jpeg_stream import stated_size
from ..formats.pixel_formats import BIT_DEPTHS, SampleLayout, from_layout
from ..formats.tiff_layout import (
    JPEG,
    JPEG_HEAD,
    JPEG_PADDING,
    SEPARATE,
    check_compression,
    check_samples,
    colour_model,
    layout_of,
)
from ..formats.tiff_pages import chosen_field, field_pages
from ..formats.tiff_scale import stated_calibration
from .tiff_levels import Planes, level_pages

LARGEST_PIECE = 2**24
"""Pixels of the largest strip or tile that is decoded for a region; a file with larger ones is no slide."""

_MOST_DEPTH_PIXELS = 2**24


class TiffPyramid:
    """The levels of one picture of a TIFF file (`pyramid.LevelSource`).

    Args:
        path: absolute.
        page: which of its fields, from 0.

    Raises:
        ImageReadError: when it can't be read region by region; the sentence says why.
        Exception: whatever damaged metadata provokes; the caller makes a sentence of it.
    """

    def __init__(self, path: Path, *, page: int = 0) -> None:
        self._path = path
        self._tiff = tifffile.TiffFile(path, _multifile=False)
        try:
            fields = field_pages(self._tiff)
            pages = level_pages(self._tiff, chosen_field(path, fields, page), is_only=len(fields) == 1)
            lock = threading.Lock()
            self._levels = [_Pieces(path, planes, lock) for planes in pages]
            self._layouts = [_layout(level.planes) for level in self._levels]
            self.info = _info(self._tiff, path, pages, page=page, page_count=len(fields))
            self._settle_depth()
        except BaseException:
            self._tiff.close()
            raise

    def pixels(self, region: Region, *, level: int) -> RgbImage:
        """A region of a level; the file is locked only while its bytes are read."""
        return from_layout(self._levels[level].samples(region), self._layouts[level])

    def close(self) -> None:
        """Close the file."""
        self._tiff.close()

    def _settle_depth(self) -> None:
        """Look for the camera's bit depth in the smallest level: it is that of the slide, not of a region."""
        if self._layouts[0].bits < 16:
            return
        smallest = self.info.levels[-1]
        rows = max(1, min(smallest.height, _MOST_DEPTH_PIXELS // smallest.width))
        top = (smallest.height - rows) // 2
        largest = int(self._levels[-1].samples(Region(0, top, smallest.width, top + rows)).max(initial=0))
        bits = next(depth for depth in BIT_DEPTHS if largest < 2**depth)
        layout = self._layouts[0]
        fixed = SampleLayout(layout.model, bits, layout.alpha, layout.palette, layout.profile)
        self._layouts = [fixed for _ in self._layouts]


class _Pieces:
    """The strips or tiles of one level.

    Args:
        path: of the file, for sentences.
        planes: its page or pages.
        lock: held while the file is read; tifffile's own does nothing unless it is asked to.

    Raises:
        ImageReadError: when they can't be decoded one by one, or the file ends before them.
    """

    def __init__(self, path: Path, planes: Planes, lock: threading.Lock) -> None:
        first = planes[0]
        self.planes, self._lock = planes, lock
        for page in planes:
            _check_page(path, page)
        self._path, self._first = path, first
        self._width, self._height = int(first.imagewidth), int(first.imagelength)
        self._piece_width = int(first.tilewidth) if first.is_tiled else self._width
        self._piece_height = int(first.tilelength) if first.is_tiled else min(int(first.rowsperstrip), self._height)
        self._across = -(-self._width // self._piece_width)
        self._count = self._across * -(-self._height // self._piece_height)
        separate = int(first.planarconfig) == SEPARATE and first.samplesperpixel > 1
        self._sources = (
            [(first, plane * self._count) for plane in range(first.samplesperpixel)]
            if separate
            else [(page, 0) for page in planes]
        )
        for page, start in self._sources:
            if len(page.dataoffsets) < start + self._count:
                raise damaged(path)

    def samples(self, region: Region) -> npt.NDArray[Any]:
        """The samples of a region as stored, ``(h, w, C)``.

        Raises:
            ImageReadError: when a piece of it is missing.
        """
        step_x, step_y = self._piece_width, self._piece_height
        found: npt.NDArray[Any] | None = None
        for row in range(region.y0 // step_y, -(-region.y1 // step_y)):
            for column in range(region.x0 // step_x, -(-region.x1 // step_x)):
                piece = self._piece(row * self._across + column)
                x0, y0 = column * step_x, row * step_y
                part = Region(x0, y0, x0 + piece.shape[1], y0 + piece.shape[0]).clipped(region)
                if found is None:
                    found = np.empty((region.height, region.width, piece.shape[2]), piece.dtype)
                origin = Region(x0, y0, x0, y0)
                found[part.seen_from(region).slices] = piece[part.seen_from(origin).slices]
        assert found is not None  # a region has pixels
        return found

    def _piece(self, number: int) -> npt.NDArray[Any]:
        planes = [self._decoded(page, start + number) for page, start in self._sources]
        return planes[0] if len(planes) == 1 else np.concatenate(planes, axis=2)

    def _decoded(self, page: Any, number: int) -> npt.NDArray[Any]:
        offset, size = page.dataoffsets[number], page.databytecounts[number]
        if offset <= 0 or size <= 0:
            raise ImageReadError(
                tr(
                    "A part of {name} is missing from the file; copy or export it again from its source.",
                    name=self._path.name,
                )
            )
        handle = page.parent.filehandle
        with self._lock:
            handle.seek(offset)
            data = handle.read(size)
        if len(data) < size:
            raise OSError("the file ends before its pixels do")
        if int(page.compression) == JPEG:
            _check_stream(data, self._piece_width * self._piece_height)
        tables = {"jpegtables": page.jpegtables, "jpegheader": page.jpegheader} if int(page.compression) == JPEG else {}
        segment, _, shape = page.decode(data, number, **tables)
        if segment is None:
            raise ValueError("the decoder found nothing")
        return np.asarray(segment)[0, : shape[1], : shape[2]]


def _check_stream(data: bytes, area: int) -> None:
    """Refuse a JPEG stream that states more pixels than its piece has, before they are set aside.

    Raises:
        ValueError: it does.
    """
    width, height = stated_size(data[:JPEG_HEAD])
    if width * height > area + JPEG_PADDING * (width + height):
        raise ValueError("a stream is larger than its tile")


def _check_page(path: Path, page: Any) -> None:
    check_samples(path, page)
    check_compression(path, page)
    orientation = page.tags.get("Orientation")
    model = colour_model(page)
    if model == "ycbcr" or (orientation is not None and int(orientation.value) != 1):
        raise NotByPartsError(
            tr(
                "{name} is stored in a way that can't be read part by part; save it as a tiled TIFF and open that.",
                name=path.name,
            )
        )
    area = (
        page.tilewidth * page.tilelength
        if page.is_tiled
        else page.imagewidth * min(page.rowsperstrip, page.imagelength)
    )
    if not 0 < area <= LARGEST_PIECE:
        raise NotByPartsError(
            tr(
                "{name} is stored in one piece, which is too large to decode; save it as a tiled TIFF and open that.",
                name=path.name,
            )
        )
    offsets, counts = np.array(page.dataoffsets, np.int64), np.array(page.databytecounts, np.int64)
    if len(offsets) != len(counts) or bool(np.any(offsets + counts > path.stat().st_size)):
        raise damaged(path)


def _layout(planes: Planes) -> SampleLayout:
    model = "rgb" if len(planes) == 3 else colour_model(planes[0])
    return layout_of(planes[0], model=model)


def _info(tiff: Any, path: Path, pages: Sequence[Planes], *, page: int, page_count: int) -> SlideInfo:
    first = pages[0][0]
    sizes = [(int(planes[0].imagewidth), int(planes[0].imagelength)) for planes in pages]
    objective, scanner, scanned = _scan(tiff, first)
    return SlideInfo(
        path, stored_levels(sizes), stated_calibration(tiff, first), objective, scanner, scanned, page, page_count
    )


def _scan(tiff: Any, page: Any) -> tuple[float | None, str, str]:
    """Objective, scanner and date, from OME-XML where there is one, else from the tags."""
    made = [str(page.tags[name].value).strip() for name in ("Make", "Model") if name in page.tags]
    date = str(page.tags["DateTime"].value) if "DateTime" in page.tags else ""
    date = re.sub(r"^(\d{4}):(\d\d):(\d\d)", r"\1-\2-\3", date.strip("\0 "))
    if not tiff.is_ome or not tiff.ome_metadata:
        return None, " ".join(made), date
    try:
        elements = list(ElementTree.fromstring(tiff.ome_metadata).iter())
    except ElementTree.ParseError:
        return None, " ".join(made), date
    by_name = {element.tag.rpartition("}")[2]: element for element in reversed(elements)}
    microscope, objective = by_name.get("Microscope"), by_name.get("Objective")
    if microscope is not None:
        made = [value for value in (microscope.get("Manufacturer"), microscope.get("Model")) if value] or made
    acquired = by_name.get("AcquisitionDate")
    power = None if objective is None else _power(objective.get("NominalMagnification", ""))
    return power, " ".join(made), (acquired.text or "").strip() if acquired is not None else date


def _power(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 1 <= value <= 200 else None
