"""A tiny set of AneRBC's layout drawn by the renderer, with names as messy as they come."""

from __future__ import annotations

import functools
from pathlib import Path

import cv2
import numpy as np

from training.data.sets.preparation import Preparation, prepare
from training.data.sets.prepared_set import PreparedSet, write_png
from training.data.sets.public_sets import find_anerbc
from training.renderer import CellSpec, FieldStyle, Kind, render_field

WIDTH, HEIGHT, DIAMETER = 120, 96, 26.0
STYLE = FieldStyle(specks=0)


@functools.cache
def draw_field(seed: int, *, anaemic: bool) -> tuple[np.ndarray, np.ndarray]:
    """Image (96, 120, 3) and mask of five cells; anaemic ones are long or pale."""
    rng = np.random.default_rng(seed)
    kinds = (Kind.TEARDROP, Kind.HYPOCHROMIA, Kind.OVALOCYTE) if anaemic else (Kind.NORMAL,)
    places = [(22, 24), (60, 22), (98, 30), (30, 70), (84, 68)]
    specs = [CellSpec(kinds[rng.integers(len(kinds))], x, y, DIAMETER, float(rng.uniform(0, 6))) for x, y in places]
    field = render_field(specs, width=WIDTH, height=HEIGHT, seed=seed, style=STYLE)
    mask = np.zeros((HEIGHT, WIDTH), bool)
    for cell in field.cells:
        mask |= cell.mask.to_array(width=WIDTH, height=HEIGHT)
    return field.rgb, mask


def draw_set(root: Path, *, images: int = 6, first: int = 1, step: int = 5) -> Path:
    """`images` fields of each label, numbered `first`, `first + step`, …; the two halves are named differently."""
    for label, folder, original, binary in (
        (False, "Healthy_individuals", "Original_images", "Binary_segmented"),
        (True, "anemic individuals", "ORIGINAL IMAGES", "binary segmented"),
    ):
        for index in range(images):
            number = first + index * step
            rgb, mask = draw_field(number + 1000 * label, anaemic=label)
            grey = mask.astype(np.uint8) * 255
            if label:
                write_png(root / folder / original / f"{number:03d}_A.PNG", rgb)
                (root / folder / binary).mkdir(parents=True, exist_ok=True)
                # JPEG leaves greys around the edges of a binary mask.
                cv2.imwrite(str(root / folder / binary / f"{number}_a_mask.jpg"), grey)
            else:
                write_png(root / folder / original / f"{number:03d}_h.png", rgb)
                write_png(root / folder / binary / f"{number:03d}_h.png", grey)
    return root


def prepared_set(folder: Path, **plan: int) -> PreparedSet:
    """A drawn set, prepared."""
    data = draw_set(folder / "data")
    return prepare(find_anerbc(data), folder / "prepared", description="drawn fields", plan=Preparation(**plan))
