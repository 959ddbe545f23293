"""Kind: image files that are spoilt in every way, read with all their fields and looked at as a new field is."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np

from rbc_desktop.domain.case.case import missing_part
from rbc_desktop.imaging.cells.field_context import field_context
from rbc_desktop.imaging.fields.empty_field import no_cells_sentence
from rbc_desktop.imaging.fields.scale import typical_diameter
from rbc_desktop.storage.images.image_reader import read_fields
from tests.attack.child import ChildAttack, Outcome
from tests.attack.spoilt_pictures import good_pictures, spoilt

NAME = "images"
TRIES = 2000

_LOOKED_AT = 2_000_000
"""Pixels up to which a picture is also measured: what a large one costs is no question of damage."""


class Attack(ChildAttack):
    """One folder in which one image after the other is opened; a good one that is refused counts as lost work."""

    function = "open_image"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._good = good_pictures()

    def _spoilt(self, dice: random.Random) -> tuple[str, Path]:
        name = dice.choice(list(self._good))
        how, data = spoilt(self._good[name], dice)
        path = self._folder / name
        path.write_bytes(data)
        return f"{how} {name}", path

    def _judged(self, how: str, outcome: Outcome) -> Outcome:
        return Outcome.LOST if how.startswith("good ") and outcome is Outcome.SENTENCE else outcome


def open_image(path: str) -> None:
    """Read every field of a file, and measure what is small enough."""
    for image in read_fields(Path(path)):
        assert image.pixels.dtype == np.uint8
        assert image.pixels.shape == (image.height, image.width, 3)
        assert image.calibration is None or image.calibration.um_per_px > 0
        assert missing_part(image.facts).endswith(".")
        if image.width * image.height <= _LOOKED_AT:
            assert np.isfinite(typical_diameter(image.pixels))
            assert np.isfinite(field_context(image.pixels).cell_density).all()
            assert no_cells_sentence(image.path.name, image.pixels).endswith(".")
