"""Reading the training sets that the application exports (see `rbc_desktop.reports.training_set`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pycocotools import mask as coco_mask

from rbc_desktop.domain.calibration import NORMAL_DIAMETER_UM
from rbc_desktop.domain.cell import median_diameter_px
from rbc_desktop.domain.mask import CellMask
from rbc_desktop.domain.taxonomy import CellClass, class_from_name
from rbc_desktop.errors import UsageError
from rbc_desktop.reports.training_set import CELLS_FILE, FORMAT, FORMAT_VERSION
from training.data.fields import read_rgb

CASES_NEEDED = 3
"""From so many cases on, cases are kept together in a split; with fewer, fields are."""


@dataclass(frozen=True)
class LabCell:
    """One exported cell. reviewed_class: what a person set or confirmed, else None."""

    mask: CellMask
    reviewed_class: CellClass | None
    touches_border: bool


@dataclass(frozen=True)
class LabField:
    """One exported field. case, field: hashes by which both are known again; um_per_px: None without a scale."""

    image: Path
    case: str
    field: str
    um_per_px: float | None
    cells: tuple[LabCell, ...]

    def rgb(self) -> NDArray[np.uint8]:
        """(H, W, 3) uint8 RGB.

        Raises:
            UsageError: when the image is gone or damaged.
        """
        try:
            return read_rgb(self.image)
        except (OSError, ValueError) as error:
            raise UsageError(f"{self.image} can't be read; export the training set again.") from error

    @property
    def reviewed(self) -> list[LabCell]:
        """The cells that count as labels."""
        return [cell for cell in self.cells if cell.reviewed_class is not None]

    @property
    def normal_diameter_px(self) -> float | None:
        """Pixels of a normal red cell, None without a scale."""
        return None if self.um_per_px is None else NORMAL_DIAMETER_UM / self.um_per_px

    @property
    def median_diameter_px(self) -> float | None:
        """Median diameter of the complete cells, None when they are few."""
        return median_diameter_px(self.cells)


def read_sets(folders: Sequence[Path]) -> list[LabField]:
    """The fields of all sets; one that was exported several times counts as the last set given has it.

    Raises:
        UsageError: when a folder is no training set, or of another version.
    """
    fields: dict[str, LabField] = {}
    for folder in folders:
        for field in _read_set(folder):
            fields[field.field] = field
    return list(fields.values())


def groups_of(fields: Sequence[LabField]) -> list[str]:
    """What a split must keep together: the case, or the field where there are too few cases."""
    by_case = len({field.case for field in fields}) >= CASES_NEEDED
    return [field.case if by_case else field.field for field in fields]


def _read_set(folder: Path) -> list[LabField]:
    path = folder / CELLS_FILE
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        info = content["info"]
        if info.get("description") != FORMAT or info.get("version") != FORMAT_VERSION:
            raise UsageError(f"{path} is no training set of this version; export it again.")
        names = {c["id"]: c["name"] for c in content["categories"]}
        cells: dict[int, list[LabCell]] = {image["id"]: [] for image in content["images"]}
        for row in content["annotations"]:
            cell = _cell(row, names)
            if cell is not None:
                cells[row["image_id"]].append(cell)
        return [
            LabField(
                folder / image["file_name"], info["case"], image["field"], image.get("um_per_px"),
                tuple(cells[image["id"]]),
            )
            for image in content["images"]
        ]  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{folder} can't be read as a training set; name folders that the application exported (they hold "
            f"{CELLS_FILE} and images)."
        ) from error


def _cell(row: dict[str, Any], names: dict[int, str]) -> LabCell | None:
    """None for a cell that lies outside the image altogether."""
    mask = CellMask.from_array(coco_mask.decode(row["segmentation"]))
    if mask is None:
        return None
    reviewed = class_from_name(names[row["category_id"]]) if row["reviewed"] else None
    return LabCell(mask, reviewed, bool(row["touches_border"]))
