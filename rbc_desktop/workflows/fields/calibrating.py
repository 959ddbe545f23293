"""The scale of a field: what is typed or drawn, what it means, and whether it can be right."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ...domain.fields.calibration import NORMAL_DIAMETER_UM, PLAUSIBLE_UM_PER_PX, Calibration, scale_doubt
from ...language import mark, tr

MOST_SCALES = 20
"""Sizes of images of which the scale is remembered."""


def parse_positive(text: str) -> float | None:
    """A positive, finite number typed with a point or a comma, else None."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) and value > 0 else None


def typed_calibration(text: str) -> Calibration | None:
    """The scale typed as µm per pixel, or None while it is no positive number."""
    value = parse_positive(text)
    return Calibration(value, "typed") if value is not None else None


def line_calibration(text: str, *, length_px: float | None) -> Calibration | None:
    """The scale from a drawn line and its typed length in µm, or None while one of them is missing."""
    value = parse_positive(text)
    if value is None or not length_px or length_px <= 0:
        return None
    return Calibration.from_line(length_um=value, length_px=length_px)


def result_text(calibration: Calibration | None, *, median_px: float | None) -> str:
    """What the scale means: µm per pixel and the diameter that the median cell gets."""
    if calibration is None:
        return tr("Type the scale, or draw a line of known length on the image.")
    scale = calibration.um_per_px
    if median_px is None:
        text = mark("{scale:.4g} µm per pixel; a normal red cell would be {px:.0f} px across")
        return tr(text, scale=scale, px=calibration.normal_diameter_px)
    return tr("{scale:.4g} µm per pixel; the median cell is {um:.1f} µm across", scale=scale, um=median_px * scale)


def doubt_text(calibration: Calibration | None, *, median_px: float | None = None) -> str:
    """Why a scale looks wrong, or an empty text.

    Args:
        calibration: the scale; None is not doubted.
        median_px: diameter of the median cell in pixels, or None without cells.
    """
    if calibration is None:
        return ""
    if not calibration.is_plausible:
        low, high = PLAUSIBLE_UM_PER_PX
        text = mark("Usual smear cameras give {low:.2f} to {high:.2f} µm per pixel. Please check the number.")
        return tr(text, low=low, high=high)
    if scale_doubt(calibration, median_px) is not None:
        text = mark("Normal red cells are about {um:.1f} µm across. Please check the number.")
        return tr(text, um=NORMAL_DIAMETER_UM)
    return ""


def as_taken(width: int, height: int) -> tuple[int, int]:
    """The size of an image as its camera takes it, the longer side first: turned by a quarter it has the same scale."""
    return max(width, height), min(width, height)


def known_scale(scales: Sequence[str], *, width: int, height: int) -> float | None:
    """The scale in µm per pixel that images of this size had last, or None.

    Args:
        scales: as `with_scale` made them; anything else in them is passed over.
        width, height: pixels.
    """
    begins = _begins(width, height)
    found = (parse_positive(text.partition(" ")[2]) for text in scales if text.startswith(begins))
    return next((scale for scale in found if scale is not None and Calibration(scale, "typed").is_plausible), None)


def _begins(width: int, height: int) -> tuple[str, str]:
    """How what is known of images of this size begins."""
    return f"{width}x{height} ", f"{height}x{width} "


def with_scale(scales: Sequence[str], um_per_px: float, *, width: int, height: int) -> tuple[str, ...]:
    """The scales with this one for images of this size, newest first."""
    others = (text for text in scales if not text.startswith(_begins(width, height)))
    return (f"{width}x{height} {um_per_px:.6g}", *others)[:MOST_SCALES]
