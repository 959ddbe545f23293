"""Which part of an image shows the smear: not the frame around a round view, the border of a scan, or a banner.

Ordinary fields are wholly in view. What is found here takes part in nothing: background, density, scale, seeds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import cv2
import numpy as np
from numpy.typing import NDArray

from ...domain.arrays import BoolArray, FloatArray, Floats, U8Array
from ...domain.cells.mask import CellMask
from ...domain.fields.regions import Region, RegionReader, whole
from ...domain.geometry import Point
from .channels import highest

WORK_SIDE = 160
"""A round view and the background are looked at on a copy whose longer side has this many pixels."""

SURROUND_LEVEL, SURROUND_SHARE, PENUMBRA_LEVEL = 0.12, 0.05, 0.35
"""What is darker than the first share of the field's bright level and runs along its edge is no smear but the rim of an
eyepiece, a mask or a frame, when it covers at least the second share of the image; what borders it and is darker than
the third is its penumbra. The brightest channel counts, in which red cells and nuclei are brighter."""

LEAST_STRIP, LARGEST_STRIP = 3, 0.3
"""A border or banner has at least so many lines (one dark line along an image does no harm), and is looked for up to
the second share of the image's side."""

SAME, BLED, JUMP = 8, 48, 10
"""Levels: pixels that differ by at most the first in brightness and the second in any channel have the strip's colour
(JPEG keeps brightness sharp and lets colours bleed); at its inner edge at least one channel jumps by the third."""

LUMA = np.array([0.299, 0.587, 0.114], np.float32)
"""Brightness of red, green and blue (ITU-R BT.601, which JPEG uses)."""

FLAT, TEXT, STRAIGHT = 0.98, 0.45, 0.8
"""Least share of a line of a border that has its colour; of a line of a banner, where letters are; and of the length
of its inner edge along which the image jumps."""

READ_SIDE, FIRST_LINES, MOST_PIXELS = 256, 12, 2**27
"""About so many pixels of a line are looked at, and so many lines at first; larger images, slides, have no borders."""

CUT_PX = 2
"""A mask that comes so near to what shows no smear is cut by it."""

MOST_STRIPS = 3
"""Borders within borders, on one side: a frame and a line, a banner and a frame."""


Side = Literal["top", "bottom", "left", "right"]
SIDES: tuple[Side, ...] = get_args(Side)


@dataclass(frozen=True, slots=True, eq=False)
class FieldOfView:
    """What an image shows of the smear.

    Attributes:
        width, height: of the image, pixels.
        box: what straight borders and banners leave.
        surround: 1 where a dark surround lies, ``(h, w)`` uint8 on the reduced image; None without one.
        small: the image `reduced`, kept as uint8, since a very large one takes half a second to reduce.
    """

    width: int
    height: int
    box: Region
    surround: U8Array | None = None
    small: U8Array | None = None

    @property
    def is_whole(self) -> bool:
        """Whether all of the image is smear."""
        return self.surround is None and (self.box.width, self.box.height) == (self.width, self.height)

    @property
    def lit(self) -> Region:
        """The smallest rectangle that holds all that is in view; the whole image when nothing is."""
        if self.surround is None or self.surround.all():
            return self.box
        x0, x1 = _extent((self.surround == 0).any(axis=0), self.width)
        y0, y1 = _extent((self.surround == 0).any(axis=1), self.height)
        box = self.box
        lit = Region(max(x0, box.x0), max(y0, box.y0), min(x1, box.x1), min(y1, box.y1))
        return lit if lit.width > 0 and lit.height > 0 else box

    @property
    def share(self) -> float:
        """Share of the image that is in view, 0 to 1."""
        box = self.box.width * self.box.height / (self.width * self.height)
        if self.surround is None:
            return box
        small = self.outside_reduced(self.surround.shape[::-1])
        return 1.0 if small is None else float(1 - small.mean())

    def outside(self, region: Region) -> BoolArray | None:
        """True where a part of the image shows no smear, ``(h, w)``; None where all of the image does."""
        if self.is_whole:
            return None
        out = np.ones((region.height, region.width), bool)
        rows = slice(max(0, self.box.y0 - region.y0), max(0, self.box.y1 - region.y0))
        columns = slice(max(0, self.box.x0 - region.x0), max(0, self.box.x1 - region.x0))
        out[rows, columns] = False
        if self.surround is not None:
            across = nearest(region.x0, region.x1, length=self.width, known=self.surround.shape[1])
            down = nearest(region.y0, region.y1, length=self.height, known=self.surround.shape[0])
            out |= self.surround[down[:, None], across] > 0
        return out

    def outside_reduced(self, size: tuple[int, int]) -> BoolArray | None:
        """As `outside`, of the whole image reduced to a width and height: where any part of a pixel shows no smear."""
        if self.is_whole:
            return None
        width, height = size
        out = np.ones((height, width), bool)
        fx, fy = width / self.width, height / self.height
        rows = slice(int(np.ceil(self.box.y0 * fy)), int(np.floor(self.box.y1 * fy + 1e-6)))
        columns = slice(int(np.ceil(self.box.x0 * fx)), int(np.floor(self.box.x1 * fx + 1e-6)))
        out[rows, columns] = False
        if self.surround is not None:
            out |= cv2.resize(self.surround, size, interpolation=cv2.INTER_NEAREST) > 0
        return out

    def cuts(self, mask: CellMask) -> bool:
        """Whether a mask reaches what shows no smear, so that a part of its cell may be hidden."""
        if self.is_whole:
            return False
        rows, columns = mask.crop.shape
        near = Region(mask.x0, mask.y0, mask.x0 + columns, mask.y0 + rows)
        near = near.grown(CUT_PX, within=Region(0, 0, self.width, self.height))
        own = np.zeros((near.height, near.width), np.uint8)
        own[mask.y0 - near.y0 : mask.y0 - near.y0 + rows, mask.x0 - near.x0 : mask.x0 - near.x0 + columns] = mask.crop
        outside = self.outside(near)
        reach = cv2.dilate(own, np.ones((2 * CUT_PX + 1, 2 * CUT_PX + 1), np.uint8)) > 0
        return outside is not None and bool((outside & reach).any())

    def contains(self, point: Point) -> bool:
        """Whether a point of the image lies in view."""
        x, y = int(np.clip(point.x, 0, self.width - 1)), int(np.clip(point.y, 0, self.height - 1))
        outside = self.outside(Region(x, y, x + 1, y + 1))
        return outside is None or not outside[0, 0]


def field_of_view(field: RegionReader, *, small: NDArray[np.float32] | None = None) -> FieldOfView:
    """What an image shows of the smear; `small`: it `reduced`, where that is known."""
    box = whole(field)
    for _ in range(MOST_STRIPS):
        smaller = _without_strips(field, box)
        if smaller == box:
            break
        box = smaller
    small = reduced(field) if small is None else small
    return FieldOfView(field.width, field.height, box, surround_of(small), np.asarray(small, np.uint8))


def reduced(field: RegionReader) -> NDArray[np.float32]:
    """The image on at most 160 pixels, (h, w, 3) float32: enough for the background and a surround."""
    factor = min(1.0, WORK_SIDE / max(field.height, field.width))
    size = (max(8, round(field.width * factor)), max(8, round(field.height * factor)))
    return np.asarray(field.read(whole(field), size=size), np.float32)


def surround_of(small: NDArray[np.float32]) -> U8Array | None:
    """A dark surround on the reduced image, two pixels wider than it is, for the blur at its edge."""
    brightest = highest(small)
    bright = float(np.percentile(brightest, 98))
    dark = np.asarray(brightest < SURROUND_LEVEL * bright, np.uint8)
    if dark.mean() < SURROUND_SHARE:
        return None
    surround = _joined_to_edge(dark)
    if surround.mean() < SURROUND_SHARE:
        return None
    penumbra = np.asarray(brightest < PENUMBRA_LEVEL * bright, np.uint8)
    surround = np.maximum(surround, _joined_to_edge(np.maximum(penumbra, surround)))
    return np.asarray(cv2.dilate(surround, np.ones((5, 5), np.uint8)), np.uint8)


def nearest(first: int, last: int, *, length: int, known: int) -> NDArray[np.intp]:
    """The elements of an axis of `known` elements that stand for some pixels of one of `length`, as OpenCV takes them.

    Args:
        first, last: the pixels, half-open.
        length, known: of both axes.
    """
    return np.minimum((np.arange(first, last) * (known / length)).astype(np.intp), known - 1)


def _extent(lit: BoolArray, length: int) -> tuple[int, int]:
    """First and last pixel plus one of what is lit along an axis that was reduced."""
    at = np.flatnonzero(lit[nearest(0, length, length=length, known=len(lit))])
    return (int(at[0]), int(at[-1]) + 1) if len(at) else (0, length)


def _joined_to_edge(mask: U8Array) -> U8Array:
    """The part of a mask of 0 and 1 that touches the edge of the image."""
    framed = cv2.copyMakeBorder(mask, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=1)
    cv2.floodFill(framed, None, (0, 0), 2)
    return np.asarray(framed[1:-1, 1:-1] == 2, np.uint8)


def _without_strips(field: RegionReader, box: Region) -> Region:
    """What one border or banner on each side leaves of a part of the image."""
    if min(box.height, box.width) < 16 or field.width * field.height > MOST_PIXELS:
        return box
    top, bottom, left, right = (_strip(field, box, side) for side in SIDES)
    return Region(box.x0 + left, box.y0 + top, box.x1 - right, box.y1 - bottom)


def _strip(field: RegionReader, box: Region, side: Side) -> int:
    """How many lines along one side of a part are a border or a banner."""
    across = box.height if side in ("top", "bottom") else box.width
    reach = int(LARGEST_STRIP * across)
    count = FIRST_LINES
    has_colour: Floats = np.empty(0)
    while True:
        lines = _lines(field, box, side, min(count, reach + 2))
        apart = lines[len(has_colour) :] - np.median(lines[0], axis=0)
        is_same = (np.abs(apart @ LUMA) <= SAME) & (highest(np.abs(apart)) <= BLED)
        has_colour = np.concatenate([has_colour, is_same.mean(axis=1)])
        end = int((has_colour < TEXT).argmax())
        if has_colour[end] < TEXT and end < len(lines) - 2:
            return _inner_edge(lines, has_colour, end) if end else 0
        if count >= reach:
            return 0
        count *= 4


def _inner_edge(lines: FloatArray, has_colour: Floats, end: int) -> int:
    """The line at which a strip of one colour ends, which is straight; 0 without one.

    Letters may leave the last lines of a banner without enough of its colour, JPEG those of a border.
    """
    for line in range(end + 1, 0, -1):
        if _is_edge(lines, line):
            is_border = (has_colour[:line] >= FLAT).mean() > 0.9
            is_banner = (has_colour[:line] >= TEXT).mean() > 0.9
            return line if line >= LEAST_STRIP and (is_border or is_banner) else 0
    return 0


def _lines(field: RegionReader, box: Region, side: Side, count: int) -> FloatArray:
    """The outermost lines of a part on one side, ``(lines, pixels, 3)``, every so many pixels of them."""
    x0, y0, x1, y1 = box.x0, box.y0, box.x1, box.y1
    part = {
        "top": Region(x0, y0, x1, y0 + count),
        "bottom": Region(x0, y1 - count, x1, y1),
        "left": Region(x0, y0, x0 + count, y1),
        "right": Region(x1 - count, y0, x1, y1),
    }[side]
    lines = field.read(part)
    if side in ("left", "right"):
        lines = np.swapaxes(lines, 0, 1)
    if side in ("bottom", "right"):
        lines = lines[::-1]
    return np.asarray(lines[:, :: max(1, lines.shape[1] // READ_SIDE)], np.float32)


def _is_edge(lines: FloatArray, line: int) -> bool:
    """Whether the image jumps along all of this line, against the one before."""
    before, after = lines[line - 1], lines[min(line + 1, len(lines) - 1)]
    return bool((highest(np.abs(after - before)) > JUMP).mean() >= STRAIGHT)
