"""Masks as the application makes them: one click of the bundled segmenter on every labelled cell."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.cells.prompts import PromptSet
from rbc_desktop.engine.pipeline import Pipeline
from rbc_desktop.models.segmenter.segmenter import load_bundled
from rbc_desktop.ports import LoadedImage
from training.manifest_io import WEIGHTS_DIR

AGREEMENT = 0.5
"""IoU with the Otsu region below which a click went astray (a clump, half a cell): the label may not be the mask's."""


class Clicker:
    """Clicks through the application's own pipeline; holds the segmenter, so make one and keep it."""

    def __init__(self) -> None:
        segmenter, _ = load_bundled(WEIGHTS_DIR)
        self.pipeline = Pipeline(segmenter, None)

    def masks_at(self, rgb: NDArray[np.uint8], points: NDArray[np.float64]) -> list[CellMask | None]:
        """The first answer to a click on each point; points: (n, 2), x then y."""
        image = LoadedImage(Path("field"), rgb, hashlib.sha256(rgb.tobytes()).hexdigest())
        field = self.pipeline.prepare(image)
        prompts = [PromptSet.click(float(x), float(y)) for x, y in points]
        return [None if p is None else p.mask for p in self.pipeline.propose_many(field, prompts)]


@functools.cache
def clicker() -> Clicker:
    """The one clicker of this process."""
    return Clicker()
