"""How many pixels across a typical red cell is: from the calibration, else from the image alone (granulometry).

Granulometry fixes the model's scale and nothing else; it never yields micrometres. Factors and limits were set on
`txl-pbc/train` (other microscopes, with white cells) and Chula fields. Where clumps, blur or nuclei mislead it, the
segmenter's own dense maps tell (`confirmed_diameter`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np
from skimage.filters import threshold_multiotsu, threshold_otsu

from ...domain.arrays import FloatArray, U8Array
from ...domain.fields.calibration import Calibration
from ...domain.fields.regions import Region, RegionReader, whole
from ...domain.geometry import equivalent_diameter
from ..light.array_reader import ArrayReader
from ..light.blobs import disc_peaks, filled_above
from ..light.channels import averaged
from ..light.field_density import Density, stained_pixel_steps
from ..light.field_of_view import FieldOfView, field_of_view
from ..light.illumination import optical_density
from ..light.stain_levels import BAND_PIXELS, Counts, Steps, level_steps, result_of

WORK_SIDE = 640
"""Longer side of the reduced copy on which the diameter is measured."""

MAX_REDUCTION = 4
"""Images that would be reduced by more than this are measured in crops: their cells would become specks."""

CROP_CENTRES = ((0.5, 0.5), (0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75))
"""Where the crops lie, as shares of width and height."""

ALIKE, ENOUGH_SINGLE = 1.25, 0.7
"""Cells within the first factor of the typical diameter count as typical. A resolution is good enough when its share of
them is at least so much of the best one's: right to 7 % on 103 of 108 images of 12 to 75 megapixels, put together from
fields of four microscopes, cells 20 to 340 px across; to 13 % on the others."""

FALLBACK_SHARE, FALLBACK_SIDE = 1 / 12, 1280
"""Diameter as a share of the field's shorter side where nothing can be measured: 40 px on a 640×480 field. Larger
fields than the second, in pixels, show more cells and not larger ones."""

MIN_DIAMETER = 8.0
"""Pixels of the reduced copy; smaller things are specks."""

MAX_SHARE = 0.6
"""A believable diameter is at most this share of the field's shorter side."""

INSCRIBED_FACTOR = 1.08
"""Diameter of a red cell over that of its inscribed circle, median of single cells."""

SINGLE_WEIGHT = 2
"""A cell that stands alone counts so many times as much as a circle inscribed in a clump."""

DARK_LIMIT = 1.6
"""What is so much denser than the median candidate is a nucleus, not a red cell."""

SMALL_LIMIT = 0.5
"""What is under this share of the upper quartile of the diameters is a platelet or a speck."""

NOISE_LEVEL = 6
"""Grey level below which stain can't be told from noise."""

PALER_SHARE = 0.5
"""What is stained most isn't the red cells when it covers less than this share of all that is stained."""

AGREEMENT = 1.15
"""The scale is right when the diameter that the model sees and the one that it was told differ by less than this
factor."""

MAX_LOOKS, MAX_STEP = 4, 2.5
"""How often the scale is tried, and by which factor it changes at once."""

SMALLER = (3, 9)
"""Parts of a doubted diameter that are tried, too."""

DOUBTED_SHARE = 0.2
"""Of a field's shorter side: a larger diameter is doubted where the model sees no cell of that size anywhere. Up to
here a few tiles are all of the field, so that no cell is passed over."""

LEAST_SEEN = 150
"""Elements of the dense maps (stride 4) that must lie in cells before their size says something: about one and a half
cells."""


def typical_diameter(rgb: U8Array, *, calibration: Calibration | None = None, view: FieldOfView | None = None) -> float:
    """Diameter of a typical red cell in field pixels.

    Args:
        rgb: the field, ``(H, W, 3)`` uint8 RGB.
        calibration: when given, a normal cell's 7.5 µm decide and the image is not looked at.
        view: what the image shows of the smear, where that is known.
    """
    if calibration is not None:
        return calibration.normal_diameter_px
    measured = measured_diameter(rgb, view=view)
    return measured if measured is not None else max(MIN_DIAMETER, min(FALLBACK_SIDE, *rgb.shape[:2]) * FALLBACK_SHARE)


def confirmed_diameter(
    diameter: float, *, look: Callable[[float], float | None], doubted: float = float("inf")
) -> float:
    """The diameter at which the model sees cells as large as it was told; the given one where it never does.

    Args:
        diameter: first guess, field pixels.
        look: with the model's scale set for this diameter, how many times larger it sees the cells; None where it sees
            hardly any.
        doubted: a larger guess may be that of a clump. The model sees nothing at two and a half times the right
            diameter, but finds its way from a quarter of it, so smaller guesses follow.
    """
    guesses = [diameter, *(diameter / part for part in SMALLER if diameter > doubted)]
    found = (_settled(guess, look) for guess in guesses if guess >= MIN_DIAMETER)
    return next((settled for settled in found if settled is not None), diameter)


def _settled(tried: float, look: Callable[[float], float | None]) -> float | None:
    """Where the looks of `confirmed_diameter` lead from one guess; None where they don't settle."""
    for _ in range(MAX_LOOKS):
        seen = look(tried)
        if seen is None:
            return None
        if 1 / AGREEMENT < seen < AGREEMENT:
            return tried
        tried = max(MIN_DIAMETER, tried * float(np.clip(seen, 1 / MAX_STEP, MAX_STEP)))
    return None


def diameter_in_maps(foreground: FloatArray, to_centre: FloatArray) -> float | None:
    """Mean diameter of the cells in the dense maps, model pixels; None where they cover too little.

    The points of a disc lie a third of its diameter away from its centre, on average.

    Args:
        foreground: ``(h, w)`` float32, probability of a cell.
        to_centre: ``(h, w)`` float32, distance to the centre of the pixel's cell, model pixels.
    """
    inside = foreground > 0.5
    return 3 * float(to_centre[inside].mean()) if np.count_nonzero(inside) >= LEAST_SEEN else None


def measured_diameter(rgb: U8Array, *, view: FieldOfView | None = None) -> float | None:
    """Granulometry; None where nothing cell-like is stained.

    Candidates are cells that stand alone (one convex component) and circles inscribed in what is stained, so that
    clumps count too. Dark nuclei and specks are left out; the median weighted by diameter is the answer. Of a field in
    a dark surround (an eyepiece) only the part that is lit is looked at.
    """
    return diameter_seen_by(ArrayReader(rgb), view=view)


def diameter_seen_by(field: RegionReader, *, view: FieldOfView | None = None) -> float | None:
    """As `measured_diameter`, of a field that need not be in memory."""
    view = view or field_of_view(field)
    lit = view.lit
    if max(lit.width, lit.height) > MAX_REDUCTION * WORK_SIDE:
        return _measured_in_crops(field, lit)
    factor = min(1.0, WORK_SIDE / max(lit.width, lit.height))
    diameter, _ = _measured_at(factor, field, [lit], view=view if factor == 1.0 and lit == whole(field) else None)
    return diameter


def _measured_in_crops(field: RegionReader, lit: Region) -> float | None:
    """Granulometry of a large image: crops at full resolution, at half of it and so on down to the whole image.

    Too fine a crop holds hardly a whole cell, and in too coarse a copy the cells run together or into shapes that pass
    for cells. The answer is that of the finest resolution at which about as much of what is stained is single cells of
    the typical size as at the best one.
    """
    answers: list[tuple[float, float]] = []
    factor = 1.0
    while factor * max(lit.width, lit.height) > WORK_SIDE / 2:
        diameter, share = _measured_at(factor, field, _crops(lit, side=round(WORK_SIDE / factor)))
        if diameter is not None:
            answers.append((diameter, share))
        factor /= 2
    best = max((share for _, share in answers), default=0.0)
    if best == 0.0:  # no cell stands alone: the coarsest copy sees most of the field
        return answers[-1][0] if answers else None
    return next(diameter for diameter, share in answers if share >= ENOUGH_SINGLE * best)


def _crops(lit: Region, *, side: int) -> list[Region]:
    """Squares from the middle of a region and of its four quarters; itself when it is hardly larger."""
    width, height = lit.width, lit.height
    if side >= max(height, width):
        return [lit]
    crops = []
    for x, y in CROP_CENTRES:
        x0 = lit.x0 + int(np.clip(x * width - side / 2, 0, max(0, width - side)))
        y0 = lit.y0 + int(np.clip(y * height - side / 2, 0, max(0, height - side)))
        crops.append(Region(x0, y0, min(x0 + side, lit.x1), min(y0 + side, lit.y1)))
    return crops


def _measured_at(
    factor: float, field: RegionReader, crops: Sequence[Region], *, view: FieldOfView | None = None
) -> tuple[float | None, float]:
    """Typical diameter in field pixels, and the share of what is stained that single cells of about this size make up.

    Args:
        factor: resampling of the crops.
        field: what is measured.
        crops: parts of it.
        view: what it shows of the smear, where the one crop is all of it as it is.
    """
    found: list[FloatArray] = [np.empty((0, 3), np.float32)]
    count, shorter = 0, 0
    for crop in crops:
        size = (max(16, round(crop.width * factor)), max(16, round(crop.height * factor)))
        small = field.read(crop, size=None if factor == 1.0 else size)
        density = averaged(optical_density(small, view=view))
        stained = stained_area(density)
        if stained is None:
            continue
        found += [_single_cells(stained, density), _inscribed_circles(stained, density)]
        count, shorter = count + int(np.count_nonzero(stained)), max(shorter, min(stained.shape))
    candidates = np.concatenate(found)
    diameter = _typical(candidates)
    if diameter is None or not MIN_DIAMETER <= diameter <= MAX_SHARE * shorter:
        return None, 0.0
    single = candidates[candidates[:, 2] == SINGLE_WEIGHT, 0]
    alike = single[(single > diameter / ALIKE) & (single < diameter * ALIKE)]
    return float(diameter / factor), float(np.pi / 4 * np.square(alike).sum() / max(count, 1))


def typical_density(density: FloatArray) -> float:
    """Median optical density of what is stained in a field; 0 for a field without contrast.

    Args:
        density: ``(H, W)`` float32, mean of the channels.
    """
    return result_of(density_within_steps(density, stained_area(density)))


def density_within_steps(density: Density, stained: U8Array | None) -> Steps[float]:
    """As `typical_density`, of an area that `stained_area` gave; of a large field every so many rows are looked at."""
    pixels = np.empty(0) if stained is None else (yield from stained_pixel_steps(density, stained))
    return float(np.median(pixels)) if pixels.size else 0.0


def stained_area(density: Density) -> U8Array | None:
    """1 where the field is stained, holes filled, ``(H, W)`` uint8; None for a field without contrast.

    Args:
        density: ``(H, W)`` float32, optical density, mean of the channels.
    """
    return result_of(stained_area_steps(density))


def stained_area_steps(density: Density, *, band_pixels: int = BAND_PIXELS) -> Steps[U8Array | None]:
    """`stained_area`, so many pixels at a time."""
    field = Region(0, 0, density.shape[1], density.shape[0])
    levels, counts = yield from level_steps(
        lambda part: density[part.slices], field=field, sigma=1.0, band_pixels=band_pixels
    )
    threshold = stain_threshold(counts)
    return None if threshold is None else (yield from filled_above(levels, threshold))


def stain_threshold(counts: Counts) -> int | None:
    """The grey level above which a field is stained; None for one without contrast.

    The lower of Otsu's two thresholds between three classes, so that dark nuclei don't push it over the red cells.

    Where they do all the same, what lies below is parted once more, if that finds clearly more and isn't noise.
    """
    try:
        first = int(threshold_multiotsu(classes=3, hist=counts / counts.sum())[0])
    except ValueError:  # fewer grey levels than classes
        return None
    paler = counts[: first + 1]
    if np.count_nonzero(paler) > 1:
        second = int(threshold_otsu(hist=paler))
        if second >= NOISE_LEVEL and counts[first + 1 :].sum() < PALER_SHARE * counts[second + 1 :].sum():
            return second
    return max(first, 3)


def _single_cells(stained: U8Array, density: FloatArray) -> FloatArray:
    """Diameter, density and weight ``(N, 3)`` of convex, roundish components that lie wholly in the field."""
    height, width = stained.shape
    rows: list[tuple[float, float, float]] = []
    contours, _ = cv2.findContours(stained, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    for contour in contours:
        x, y, w, h = cv2.boundingRect(contour)
        area = cv2.contourArea(contour)
        if x <= 0 or y <= 0 or x + w >= width or y + h >= height or area < np.pi / 4 * MIN_DIAMETER**2:
            continue
        if area < 0.9 * cv2.contourArea(cv2.convexHull(contour)):
            continue
        _, (first, second), _ = cv2.fitEllipse(contour)
        if max(first, second) > 1.8 * min(first, second):
            continue
        inside = np.zeros((h, w), np.uint8)
        cv2.drawContours(inside, [contour], -1, 1, thickness=cv2.FILLED, offset=(-x, -y))
        dark = float(np.percentile(density[y : y + h, x : x + w][inside > 0], 75))
        # The contour runs through pixel centres: half a pixel all around is missing.
        rows.append((equivalent_diameter(area + cv2.arcLength(contour, True) / 2), dark, SINGLE_WEIGHT))
    return np.array(rows, np.float32).reshape(-1, 3)


def _inscribed_circles(stained: U8Array, density: FloatArray) -> FloatArray:
    """Diameter, density and weight ``(N, 3)`` from the largest circles inscribed in what is stained."""
    if stained.all():  # no border to inscribe a circle in
        return np.empty((0, 3), np.float32)
    distance = np.asarray(cv2.GaussianBlur(cv2.distanceTransform(stained, cv2.DIST_L2, 5), (0, 0), 1.5), np.float32)
    if distance.max() < MIN_DIAMETER / 2:
        return np.empty((0, 3), np.float32)
    reach = int(np.percentile(distance[distance > 0], 90))
    height, width = stained.shape
    rows: list[tuple[float, float, float]] = []
    for y, x in zip(*disc_peaks(distance, radius=reach, least=MIN_DIAMETER / 2), strict=True):
        radius = float(distance[y, x])
        if min(x, y, width - 1 - x, height - 1 - y) <= 0.8 * radius:
            continue
        half = int(radius)
        around = density[max(0, y - half) : y + half + 1, max(0, x - half) : x + half + 1]
        rows.append((2 * INSCRIBED_FACTOR * radius, float(np.percentile(around, 75)), 1.0))
    return np.array(rows, np.float32).reshape(-1, 3)


def _typical(found: FloatArray) -> float | None:
    """Median diameter of the candidates, each weighted by its diameter times its weight."""
    if len(found) == 0:
        return None
    red = found[found[:, 1] <= DARK_LIMIT * np.median(found[:, 1])]
    found = red if len(red) >= 2 else found
    spread = np.repeat(found[:, 0], found[:, 2].astype(int))
    found = found[found[:, 0] > SMALL_LIMIT * np.percentile(spread, 75)]
    found = found[np.argsort(found[:, 0])]
    total = np.cumsum(found[:, 0] * found[:, 2])
    return float(found[np.searchsorted(total, total[-1] / 2), 0])
