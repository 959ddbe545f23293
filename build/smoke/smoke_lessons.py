"""A case to learn from, for the smoke run: drawn fields whose cells a person has reviewed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np

from rbc_desktop.domain.case.case import Field
from rbc_desktop.domain.case.changes import PutCells, PutFields
from rbc_desktop.domain.cells.cell import Cell
from rbc_desktop.domain.cells.prompts import PromptSet
from rbc_desktop.domain.fields.calibration import NORMAL_DIAMETER_UM, Calibration
from rbc_desktop.ports import LoadedImage
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.images.image_reader import read_image
from training.renderer import Kind, RenderedField, render_field, scatter

FIELDS = 3
KINDS = (Kind.NORMAL,) * 10 + (Kind.TARGET_CELL,) * 6
WIDTH, HEIGHT, DIAMETER = 640, 480, 39
"""Pixels."""


def write_lessons(folder: Path) -> Path:
    """The case file beside its images; ten cells and more of each class in three fields, as retraining asks for."""
    folder.mkdir(parents=True)
    pictures = [_drawn(20 * number + 1) for number in range(FIELDS)]
    paths = [folder / f"lesson {number}.png" for number in range(1, FIELDS + 1)]
    for path, picture in zip(paths, pictures, strict=True):
        path.write_bytes(cv2.imencode(".png", picture.rgb[..., ::-1])[1].tobytes())
    store = CaseFile.create(folder / "lessons.rbc")
    try:
        images = [read_image(path) for path in paths]
        fields = tuple(field_of(image, number) for number, image in enumerate(images, start=1))
        store.apply(PutFields(fields))
        store.apply(PutCells(tuple(_cells(pictures))))
    finally:
        store.close()
    return store.path


def field_of(image: LoadedImage, number: int) -> Field:
    """An image as a field with the scale that it was drawn at."""
    scale = Calibration(NORMAL_DIAMETER_UM / DIAMETER, "typed")
    return Field(number, image.path, image.sha256, image.width, image.height, calibration=scale)


def _cells(pictures: Sequence[RenderedField]) -> Iterator[Cell]:
    """Every cell with the mask that was drawn, and called what was drawn."""
    numbers = itertools.count(1)
    for field, picture in enumerate(pictures, start=1):
        for drawn in picture.cells:
            mask, middle = drawn.mask, drawn.mask.centroid
            cut = mask.touches_border(width=WIDTH, height=HEIGHT)
            kind = drawn.spec.kind.cell_class
            yield Cell(next(numbers), field, mask, PromptSet.click(middle.x, middle.y), 0.9, cut, reviewed_class=kind)


def _drawn(seed: int) -> RenderedField:
    specs = scatter(list(KINDS), width=WIDTH, height=HEIGHT, diameter=DIAMETER, rng=np.random.default_rng(seed))
    return render_field(specs, width=WIDTH, height=HEIGHT, seed=seed)
