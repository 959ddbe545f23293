"""Why no red cell was found in a field: the likeliest reason, from its pixels."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ...phrases import template
from ..light.channels import averaged, highest, lowest
from ..light.illumination import optical_density, out_of_view
from .scale import measured_diameter, stained_area

U8Array = npt.NDArray[np.uint8]

WORK_SIDE = 640
"""Longer side of the copy that is looked at."""

BLACK_LEVEL, WHITE_LEVEL = 30, 250
"""Grey levels: what stays below the first almost everywhere was taken without light, what stays above the second
everywhere with too much of it."""

FLAT_DENSITY = 0.05
"""Optical density that not even the darkest hundredth of an empty field reaches."""

DARK_FIELD = 0.35
"""In a dark-field or fluorescence image the typical pixel has less than this share of the brightest ones' level; the
bare background of a smear is among the brightest."""

LIT_SHARE = 0.1
"""Of a usable image at least so much is lit."""

COVERED_SHARE = 0.85
"""Where more than this share is stained no cell stands out."""

FINE_PX, COARSE_SHARE = 12, 0.4
"""Diameter below which cells are too small to be told from specks, and the share of the shorter side above which hardly
one lies whole in the image."""

SMALL_SIDE = 100
"""Shorter side, pixels, below which an image is a thumbnail of a field or a piece of one."""

SMOOTHING, SHARPNESS = 1.5, 0.06
"""Pixels of the smoothing before slopes are taken, and the least slope at the sharpest places of a field in focus, in
shares of its range of levels per pixel: 106 fields of four microscopes have 0.10 or more."""

ISLANDS = 6
"""So many bright places apart from each other on black are no view through an eyepiece."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What decides, measured on a reduced copy.

    Attributes:
        low, middle, high: levels of the brightest channel: hundredth, median and 99th percentile of what is lit.
        density: 99th percentile of the optical density.
        lit: share of the image that no dark surround covers.
        islands: how many parts of it lie apart from each other.
        stained: share of what is lit that is stained.
        slope: 99.5th percentile of the density's slope over its range, per pixel of the image at full resolution.
        diameter: pixels, of what is cell-like; None where nothing is.
        width, height: pixels of the image.
    """

    low: float
    middle: float
    high: float
    density: float
    lit: float
    islands: int
    stained: float
    slope: float
    diameter: float | None
    width: int
    height: int

    @property
    def shorter(self) -> int:
        """Pixels of the shorter side."""
        return min(self.width, self.height)


def is_blank(rgb: U8Array) -> bool:
    """Whether a field ``(H, W, 3)`` uint8 RGB shows bare glass: not even its darkest places are stained."""
    side = max(rgb.shape[:2])
    factor = min(1.0, WORK_SIDE / side)
    size = max(1, round(rgb.shape[1] * factor)), max(1, round(rgb.shape[0] * factor))
    small = lowest(np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.float32))
    smooth = cv2.GaussianBlur(small, (0, 0), SMOOTHING)
    return bool(smooth.min() > np.percentile(smooth, 95) * np.exp(-FLAT_DENSITY))


_NONE = template("No red cells were found in {name}: {reason}.")
_BLACK = template("it is almost black; open the diaphragm or use a longer exposure")
_DARK_FIELD_IMAGE = template("it looks like a dark-field or fluorescence image; take it in transmitted light")
_OUT_OF_VIEW = template("nearly all of it lies outside the circle of the eyepiece; crop it to the smear")
_WHITE = template("it is white all over; use a shorter exposure")
_FLAT = template("it shows nothing but even background; choose a place with cells")
_BLURRED = template("it is out of focus; focus and take it again")
_SMALL = template("it is only {width} × {height} pixels; open it as the camera took it")
_THICK = template("nearly all of it is stained; choose a place where cells lie side by side")
_COARSE = template("what is stained is too large for it to show whole cells; use a weaker objective")
_OTHER = template("what it shows doesn't look like red cells; check focus and stain, or mark cells by hand")
_FINE = template("what is stained is only about {pixels:.0f} pixels across; use a stronger objective")


def no_cells_sentence(name: str, rgb: U8Array) -> str:
    """“No red cells were found in NAME”, with the likeliest reason and what to do about it; to be `told`.

    Args:
        name: of the field, for the user.
        rgb: its pixels, ``(H, W, 3)`` uint8 RGB.
    """
    return _NONE(name=name, reason=_reason(_look(rgb)))


def _look(rgb: U8Array) -> _Look:
    height, width = rgb.shape[:2]
    factor = min(1.0, WORK_SIDE / max(height, width))
    size = (max(16, round(width * factor)), max(16, round(height * factor)))
    small = np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)
    surround = out_of_view(small)
    lit = np.ones(small.shape[:2], bool) if surround is None else surround == 0
    if not lit.any():
        lit[:] = True
    levels = highest(small)[lit]
    density = averaged(optical_density(small))
    low, middle, high = (float(v) for v in np.percentile(levels, (1, 50, 99)))
    darkest = float(np.percentile(density[lit], 99))
    stained = stained_area(density)
    covered = 0.0 if stained is None or darkest < FLAT_DENSITY else float((stained[lit] > 0).mean())
    return _Look(
        low=low, middle=middle, high=high, density=darkest, lit=float(lit.mean()),
        islands=cv2.connectedComponents(lit.astype(np.uint8))[0] - 1, stained=covered,
        slope=_slope(rgb), diameter=measured_diameter(rgb), width=width, height=height,
    )  # fmt: skip


def _slope(rgb: U8Array) -> float:
    """How steep the steepest edges of the middle of the image are, relative to its range of levels, per pixel."""
    height, width = rgb.shape[:2]
    side = min(2 * WORK_SIDE, height, width)
    y0, x0 = (height - side) // 2, (width - side) // 2
    grey = cv2.GaussianBlur(rgb[y0 : y0 + side, x0 : x0 + side, 1].astype(np.float32), (0, 0), SMOOTHING)
    low, high = np.percentile(grey, (1, 99))
    edges = np.hypot(cv2.Sobel(grey, cv2.CV_32F, 1, 0, scale=1 / 8), cv2.Sobel(grey, cv2.CV_32F, 0, 1, scale=1 / 8))
    return float(np.percentile(edges, 99.5) / max(float(high - low), 1.0))


def _reason(look: _Look) -> str:
    return _of_light(look) or _of_stain(look)


def _of_light(look: _Look) -> str:
    """What is wrong with the light; "" where nothing is."""
    if look.high < BLACK_LEVEL:
        return _BLACK()
    if look.islands >= ISLANDS or look.middle < DARK_FIELD * look.high:
        return _DARK_FIELD_IMAGE()
    if look.lit < LIT_SHARE:
        return _OUT_OF_VIEW()
    if look.low > WHITE_LEVEL:
        return _WHITE()
    return ""


def _of_stain(look: _Look) -> str:
    if look.density < FLAT_DENSITY:
        return _FLAT()
    if look.shorter < SMALL_SIDE:
        return _SMALL(width=look.width, height=look.height)
    if look.slope < SHARPNESS:
        return _BLURRED()
    if look.stained > COVERED_SHARE:
        return _THICK()
    if look.diameter is not None and look.diameter < FINE_PX:
        return _FINE(pixels=look.diameter)
    if look.diameter is not None and look.diameter > COARSE_SHARE * look.shorter:
        return _COARSE()
    return _OTHER()
