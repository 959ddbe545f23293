"""Micrometres per pixel, with where the figure came from."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

from ...phrases import template

CalibrationSource = Literal["typed", "line", "file", "command line", "preset"]

NORMAL_DIAMETER_UM = 7.5
"""Diameter of a normal red cell on a dried film (6.7–7.7 µm; NCBI Bookshelf NBK254)."""

PLAUSIBLE_UM_PER_PX = (0.03, 0.30)
"""Range of usual microscope cameras at 40× to 100×; outside it the application warns."""

POSSIBLE_UM_PER_PX = (0.02, 1.0)
"""Outside this range a scale is a mistake: no red cell can be made out, or pixels are finer than any camera's."""

CONTRADICTION = 1.5
"""Factor between the diameter that a scale makes a normal cell have and the one that the image shows, from which on
the scale is doubted. Typical cells of real samples lie between 5.5 and 9.5 µm."""

_LINE_PX = re.compile(r"over ([\d.]+) px")
"""In the detail that `Calibration.from_line` writes."""

_LINE = template("{length:g} µm over {px:.1f} px")
_CHECK = template(
    "{name}: at {scale:.4g} µm/px, the given scale, a typical cell would be {seen:.3g} µm across instead of about"
    " {normal:g} µm; check it, and calibrate again unless it is right."
)
_CHECK_FILE = template(
    "{name}: at {scale:.4g} µm/px, the scale that the file states, a typical cell would be {seen:.3g} µm across instead"
    " of about {normal:g} µm; check it, and calibrate again unless it is right."
)
_LEFT_ASIDE = template(
    "{name}: at {scale:.4g} µm/px, the given scale, a typical cell would be {seen:.3g} µm across instead of about"
    " {normal:g} µm; it was left aside."
)
_LEFT_ASIDE_FILE = template(
    "{name}: at {scale:.4g} µm/px, the scale that the file states, a typical cell would be {seen:.3g} µm across instead"
    " of about {normal:g} µm; it was left aside."
)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Scale of a field.

    Attributes:
        um_per_px: micrometres per pixel, positive and finite.
        source: typed by a person, a drawn line of known length, stated by the image file, the command line, or kept by
            the laboratory for an objective.
        detail: what a reader of the report needs besides, e.g. the line's length in µm and pixels, the objective.
    """

    um_per_px: float
    source: CalibrationSource
    detail: str = ""

    def __post_init__(self) -> None:
        if not math.isfinite(self.um_per_px) or self.um_per_px <= 0:
            raise ValueError("µm per pixel must be a positive number")

    @classmethod
    def from_line(cls, *, length_um: float, length_px: float) -> Calibration:
        """Scale from a line of known length drawn on the image."""
        if length_px <= 0:
            raise ValueError("the line has no length")
        return cls(length_um / length_px, "line", _LINE(length=length_um, px=length_px))

    @property
    def relative_error(self) -> float:
        """How far off the scale may be by the way it was given, relative; what a file states is taken as it is.

        A drawn line is off by a pixel at each end, a number that was typed by half of its
        last digit, the third one where fewer were typed, since nobody types zeros at the end.
        """
        if self.source == "line":
            found = _LINE_PX.search(self.detail)
            return math.sqrt(2) / float(found[1]) if found is not None and float(found[1]) > 0 else 0.0
        if self.source == "file":
            return 0.0
        mantissa, _, exponent = f"{self.um_per_px:.5e}".partition("e")
        digits = max(2, len(mantissa.rstrip("0").partition(".")[2]))
        return 0.5 * 10.0 ** (int(exponent) - digits) / self.um_per_px

    @property
    def is_plausible(self) -> bool:
        """Whether the scale lies in the usual range."""
        low, high = PLAUSIBLE_UM_PER_PX
        return low <= self.um_per_px <= high

    @property
    def normal_diameter_px(self) -> float:
        """Diameter of a normal red cell in pixels."""
        return NORMAL_DIAMETER_UM / self.um_per_px


@dataclass(frozen=True, slots=True)
class ScaleDoubt:
    """A scale that makes the cells of a field implausibly large or small.

    Attributes:
        calibration: the scale in doubt.
        seen_px: diameter of a typical cell as the image shows it, pixels.
    """

    calibration: Calibration
    seen_px: float

    def sentence(self, name: str, *, left_aside: bool = False) -> str:
        """What contradicts what, and what to do; to be `told`.

        Args:
            name: of the field, for the user.
            left_aside: the scale isn't used.
        """
        stated = self.calibration
        check, aside = (_CHECK_FILE, _LEFT_ASIDE_FILE) if stated.source == "file" else (_CHECK, _LEFT_ASIDE)
        seen_um = self.seen_px * stated.um_per_px
        return (aside if left_aside else check)(
            name=name, scale=stated.um_per_px, seen=seen_um, normal=NORMAL_DIAMETER_UM
        )


def scale_doubt(calibration: Calibration, seen_px: float | None) -> ScaleDoubt | None:
    """Whether the image contradicts a scale by more than `CONTRADICTION`; None where it doesn't or shows no cells.

    Args:
        calibration: the scale.
        seen_px: diameter of a typical cell as the image shows it, pixels; None when it shows none.
    """
    if seen_px is None or 1 / CONTRADICTION <= seen_px / calibration.normal_diameter_px <= CONTRADICTION:
        return None
    return ScaleDoubt(calibration, seen_px)
