"""Reading the training sets that the application exports (see `rbc_desktop.reports.exchange.training_set`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pycocotools import mask as coco_mask

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.classes.own_classes import class_of
from rbc_desktop.domain.classes.taxonomy import CellClass, class_from_name
from rbc_desktop.errors import UsageError
from rbc_desktop.models.relearning.lab_fields import LabCell, LabField
from rbc_desktop.reports.exchange.training_set import CELLS_FILE, FORMAT, FORMAT_VERSION
from training.data.sets.fields import read_rgb


def read_pixels(field: LabField) -> NDArray[np.uint8]:
    """Pixels of an exported field, ``(H, W, 3)`` uint8 RGB.

    Raises:
        UsageError: when the image is gone or damaged.
    """
    try:
        return read_rgb(field.image)
    except (OSError, ValueError) as error:
        raise UsageError(f"{field.image} can't be read; export the training set again.") from error


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


def _read_set(folder: Path) -> list[LabField]:
    path = folder / CELLS_FILE
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        info = content["info"]
        if info.get("description") != FORMAT or info.get("version") != FORMAT_VERSION:
            raise UsageError(f"{path} is no training set of this version; export it again.")
        categories = content["categories"]
        own = {c["id"]: class_of(c["own_class"]) for c in categories if "own_class" in c}
        names = {c["id"]: c["name"] for c in categories}
        cells: dict[int, list[LabCell]] = {image["id"]: [] for image in content["images"]}
        for row in content["annotations"]:
            cell = _cell(row, names, own)
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


def _cell(row: dict[str, Any], names: dict[int, str], own: dict[int, CellClass]) -> LabCell | None:
    """None for a cell that lies outside the image altogether."""
    mask = CellMask.from_array(coco_mask.decode(row["segmentation"]))
    if mask is None:
        return None
    category = row["category_id"]
    reviewed = (own.get(category) or class_from_name(names[category])) if row["reviewed"] else None
    return LabCell(mask, reviewed, bool(row["touches_border"]))
