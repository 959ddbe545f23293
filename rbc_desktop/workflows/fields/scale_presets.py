"""Scales that a laboratory keeps by objective, per microscope and camera, and which of them fits an image."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from ...domain.fields.calibration import Calibration
from ...language import mark, tr
from .calibrating import as_taken

MOST_PRESETS = 50
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class ScalePreset:
    """A scale with a name.

    Attributes:
        objective: e.g. "100× oil"; never empty.
        microscope: which one it is, may be empty.
        camera: maker and model as images state them, or typed; may be empty.
        width, height: pixels of the images that it holds for: a camera's modes differ in it.
        um_per_px: the scale.
    """

    objective: str
    microscope: str
    camera: str
    width: int
    height: int
    um_per_px: float

    def __post_init__(self) -> None:
        texts = (self.objective, self.microscope, self.camera)
        if not self.objective.strip() or any(type(t) is not str or len(t) > LONGEST_NAME for t in texts):
            raise ValueError("a preset needs an objective")
        "".join(texts).encode()  # half a surrogate pair can't be shown
        if any(type(n) is not int or not 0 < n < 10**8 for n in (self.width, self.height)):
            raise ValueError("a preset holds for images of one size")
        Calibration(self.um_per_px, "preset")

    @property
    def name(self) -> str:
        """Objective and microscope, for lists and reports."""
        return f"{self.objective} · {self.microscope}" if self.microscope else self.objective

    @property
    def text(self) -> str:
        """The name, the scale, and what images it holds for."""
        if not self.camera:
            text = mark("{name}: {scale:.4g} µm/px ({width} × {height} px)")
            return tr(text, name=self.name, scale=self.um_per_px, width=str(self.width), height=str(self.height))
        return tr(
            "{name}: {scale:.4g} µm/px ({camera}, {width} × {height} px)",
            name=self.name, scale=self.um_per_px, camera=self.camera, width=str(self.width), height=str(self.height),
        )  # fmt: skip

    @property
    def calibration(self) -> Calibration:
        """The scale with its source."""
        return Calibration(self.um_per_px, "preset", self.name)

    @property
    def kept_as(self) -> tuple[object, ...]:
        """What it is kept for: of two that are kept for the same, the later one takes the place of the other."""
        texts = (self.objective, self.microscope, self.camera)
        return (*(" ".join(text.casefold().split()) for text in texts), *as_taken(self.width, self.height))


def presets_of(texts: Sequence[str]) -> tuple[ScalePreset, ...]:
    """The presets that the settings hold, the one used last first; what is none is passed over."""
    found = []
    for text in texts:
        try:
            found.append(ScalePreset(**json.loads(text)))
        except (ValueError, TypeError, AttributeError, RecursionError):
            continue
    return tuple(found)


def with_preset(texts: Sequence[str], preset: ScalePreset) -> tuple[str, ...]:
    """The presets with this one first, as the settings hold them."""
    return (json.dumps(asdict(preset), ensure_ascii=False), *without_preset(texts, preset))[:MOST_PRESETS]


def without_preset(texts: Sequence[str], preset: ScalePreset) -> tuple[str, ...]:
    """The presets without this one, as the settings hold them."""
    others = (each for each in presets_of(texts) if each.kept_as != preset.kept_as)
    return tuple(json.dumps(asdict(each), ensure_ascii=False) for each in others)


def proposed_preset(presets: Sequence[ScalePreset], *, camera: str, width: int, height: int) -> ScalePreset | None:
    """The preset that fits an image best, None where none does.

    It must be kept for images of this size, upright or on their side; of those the one for this camera comes first,
    then one that names no camera. One for another camera doesn't fit. Where several fit equally well, as with two
    objectives on one camera, it is the one that was used last.

    Args:
        presets: the one used last first.
        camera: as the image states it, "" where it doesn't: then any camera fits.
        width, height: of the image, pixels.
    """
    size = as_taken(width, height)
    of_size = [preset for preset in presets if as_taken(preset.width, preset.height) == size]
    if not camera:
        return next(iter(of_size), None)
    of_camera = [preset for preset in of_size if preset.camera.casefold() == camera.casefold()]
    return next(iter([*of_camera, *(preset for preset in of_size if not preset.camera)]), None)
