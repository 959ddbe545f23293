"""Pictures of the cells in a folder per class, at the pixels of their field, and a table of them.

    NAME_crops/
      index.csv                 file, class, and where the cell lies; written last
      normal/0001.png           the cell's number

All pictures of a field show a square of the same side, so that sizes compare. They are pixels without metadata.
"""

from __future__ import annotations

import contextlib
import csv
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np

from ...domain.case.case import Case, Field
from ...files import replace_atomically
from ...ports import RgbImage
from ..pdf.paper.pdf_images import OUTSIDE, window_px
from ..summary.rows import CellRow, rows_of
from ..summary.summary import RUO_LINE
from ..tables.csv_report import guard

INDEX = "index.csv"
COLUMNS = (
    "file", "class", "image", "cell", "x0", "y0", "side_px", "um_per_px", "reviewed", "class_probability", "counted",
    "notice",
)  # fmt: skip


def write_crops(
    folder: Path,
    case: Case,
    *,
    pixels: Callable[[Field], RgbImage],
    progress: Callable[[int], None] = lambda _done: None,
) -> None:
    """Write the pictures of all cells; those that an earlier table in the folder lists go first.

    Args:
        folder: where; made if it does not exist.
        case: whose cells.
        pixels: decoded pixels of a field, ``(H, W, 3)`` uint8 RGB.
        progress: called with the number of fields that are done.

    Raises:
        ImageReadError: when an image has gone or changed.
        OSError: when the disk refuses; a folder without `INDEX` isn't complete.
    """
    folder.mkdir(parents=True, exist_ok=True)
    remove_crops(folder)
    by_field: dict[int, list[CellRow]] = {}
    for row in rows_of(case):
        by_field.setdefault(row.field_id, []).append(row)
    lines: list[list[object]] = []
    for done, (field_id, rows) in enumerate(by_field.items()):
        progress(done)
        rgb, side = pixels(case.fields[field_id]), round(window_px(rows))
        lines += [_write_one(folder, rgb, row, side) for row in rows]
    with replace_atomically(folder / INDEX) as path, path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        writer.writerows(lines)


def crop_name(row: CellRow) -> str:
    """Path of a cell's picture within the folder."""
    group = re.sub(r"[^\w-]+", "_", row.group).strip("_") or "class"
    return f"{group}/{row.cell:04d}.png"


def _write_one(folder: Path, rgb: RgbImage, row: CellRow, side: int) -> list[object]:
    side = max(side, row.x1 - row.x0, row.y1 - row.y0)
    left, top = round((row.x0 + row.x1 - side) / 2), round((row.y0 + row.y1 - side) / 2)
    _, data = cv2.imencode(".png", np.ascontiguousarray(_window(rgb, left, top, side)[..., ::-1]))
    path = folder / crop_name(row)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data.tobytes())
    chance = "" if row.class_probability is None else f"{row.class_probability:.4f}"
    scale = "" if row.um_per_px is None else f"{row.um_per_px:.6f}"
    truths = [str(value).lower() for value in (row.reviewed, row.counted)]
    return [
        crop_name(row), guard(row.group), guard(row.image), row.cell, left, top, side, scale, truths[0], chance,
        truths[1], RUO_LINE,
    ]  # fmt: skip


def _window(rgb: RgbImage, left: int, top: int, side: int) -> RgbImage:
    """A square of the field, grey where it reaches beyond."""
    height, width = rgb.shape[:2]
    window = np.full((side, side, 3), OUTSIDE, np.uint8)
    x0, y0, x1, y1 = max(0, left), max(0, top), min(width, left + side), min(height, top + side)
    window[y0 - top : y1 - top, x0 - left : x1 - left] = rgb[y0:y1, x0:x1]
    return window


def remove_crops(folder: Path) -> None:
    """Remove what the table of an earlier export lists, and the table: a cell may have another class by now."""
    index = folder / INDEX
    with contextlib.suppress(OSError, UnicodeDecodeError, csv.Error):
        with index.open(encoding="utf-8-sig", newline="") as file:
            names: Sequence[str] = [str(row.get("file")) for row in csv.DictReader(file)]
        index.unlink()
        for name in names:
            if re.fullmatch(r"[\w-]+/\d{4,}\.png", name):
                (folder / name).unlink(missing_ok=True)
                with contextlib.suppress(OSError):
                    (folder / name).parent.rmdir()
