"""The size that brush and eraser share."""

from __future__ import annotations

from dataclasses import dataclass

from ....language import tr
from ....storage.laboratory.settings import BRUSH_RANGES, Settings

STEP = 1.25
_DEFAULT = Settings()


@dataclass(slots=True)
class BrushSize:
    """A diameter in µm, so that it is the same on every calibrated field, and one in pixels for the others.

    Attributes:
        um: on calibrated fields.
        px: on the others.
        um_per_px: scale of the field on show, None without one.
    """

    um: float = _DEFAULT.brush_um
    px: float = _DEFAULT.brush_px
    um_per_px: float | None = None

    @property
    def diameter_px(self) -> float:
        """In pixels of the field on show."""
        return self.px if self.um_per_px is None else self.um / self.um_per_px

    @property
    def text(self) -> str:
        """With its unit."""
        return tr("{px:.0f} px", px=self.px) if self.um_per_px is None else tr("{um:.1f} µm", um=self.um)

    def step(self, steps: int) -> None:
        """Make it larger by so many steps, or smaller."""
        if self.um_per_px is None:
            self.px = _within(BRUSH_RANGES["brush_px"], self.px * STEP**steps)
        else:
            self.um = _within(BRUSH_RANGES["brush_um"], self.um * STEP**steps)


def _within(limits: tuple[float, float], value: float) -> float:
    return min(max(value, limits[0]), limits[1])
