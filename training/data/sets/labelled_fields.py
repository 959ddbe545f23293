"""The labelled fields: Chula's points and TXL-PBC's boxes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rbc_desktop.domain.classes.taxonomy import CellClass
from training.data.sets.fields import DATA, read_rgb

CHULA_CLASSES: tuple[CellClass, ...] = (
    CellClass.NORMAL,
    CellClass.MACROCYTE,
    CellClass.MICROCYTE,
    CellClass.SPHEROCYTE,
    CellClass.TARGET_CELL,
    CellClass.STOMATOCYTE,
    CellClass.OVALOCYTE,
    CellClass.TEARDROP,
    CellClass.BURR_CELL,
    CellClass.SCHISTOCYTE,
    CellClass.UNCATEGORISED,
    CellClass.HYPOCHROMIA,
    CellClass.ELLIPTOCYTE,
)
"""Class by the number in the label files."""

CONFOUNDED = (CellClass.UNCATEGORISED, CellClass.ELLIPTOCYTE)
"""Left out of the 11-class scores: no morphology, and a class that occurs in one kind of field only."""


@dataclass(frozen=True)
class LabelledField:
    """A Chula field. points: (n, 2) float, x then y; classes: (n,) numbers of `CHULA_CLASSES`."""

    number: int
    path: Path
    points: NDArray[np.float64]
    classes: NDArray[np.int64]


@dataclass(frozen=True)
class BoxedField:
    """A TXL-PBC field. boxes: (n, 4) float ``x0, y0, x1, y1``; kinds: (n,) 0 white cell, 1 red cell, 2 platelet."""

    path: Path
    boxes: NDArray[np.float64]
    kinds: NDArray[np.int64]


def labelled_fields() -> list[LabelledField]:
    """Every Chula field with at least one label, by number."""
    fields = []
    for path in sorted((DATA / "chula" / "labels").glob("*.txt"), key=lambda p: int(p.stem)):
        rows = [line.split() for line in path.read_text().splitlines() if line.strip()]
        image = DATA / "chula" / "images" / f"{path.stem}.jpg"
        if rows and image.exists():
            table = np.array(rows, float)
            fields.append(LabelledField(int(path.stem), image, table[:, :2], table[:, 2].astype(np.int64)))
    return fields


def boxed_fields(part: str) -> list[BoxedField]:
    """The TXL-PBC fields of ``train`` or ``val`` with their boxes in pixels."""
    fields = []
    for path in sorted((DATA / "txl-pbc" / part / "images").iterdir()):
        label = path.parents[1] / "labels" / f"{path.stem}.txt"
        rows = [line.split() for line in label.read_text().splitlines() if line.strip()] if label.exists() else []
        if not rows:
            continue
        height, width = read_rgb(path).shape[:2]
        table = np.array(rows, float)
        centre, half = table[:, 1:3] * [width, height], table[:, 3:5] * [width, height] / 2
        fields.append(BoxedField(path, np.hstack([centre - half, centre + half]), table[:, 0].astype(np.int64)))
    return fields
