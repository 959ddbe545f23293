"""A training set: the images of a case, every mask, and which classes a person reviewed, for `training/lab`.

    NAME_training/
      cells.json             COCO with run-length masks; see `training_document`
      images/field_001.png   the fields, lossless, numbered as in the case

Nothing in it says whose blood it is: files are numbered, an image is pixels without metadata, and where fields or
cases must be known again there are shortened hashes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import cv2

from ...domain.case.case import Case, Field
from ...files import replace_atomically
from ...ports import RgbImage
from ..summary.rows import rows_of, segmenters_of
from ..summary.summary import RUO_LINE
from .interchange import categories, category_of, coco_annotation
from .training_fields import case_hash, field_hash, training_fields

CELLS_FILE = "cells.json"
FORMAT = "rbc-desktop training set"
FORMAT_VERSION = 1


def write_training_set(
    folder: Path,
    case: Case,
    *,
    pixels: Callable[[Field], RgbImage],
    progress: Callable[[int], None] = lambda _done: None,
) -> None:
    """Write a training set of a case.

    Args:
        folder: where; made if it does not exist.
        case: fields without a reviewed cell are left out.
        pixels: decoded pixels of a field, ``(H, W, 3)`` uint8 RGB.
        progress: called with the number of images written.

    Raises:
        ImageReadError: when an image has gone or changed.
        OSError: when the disk refuses; `CELLS_FILE` comes last, so a set without it is not complete.
    """
    fields = training_fields(case)
    (folder / "images").mkdir(parents=True, exist_ok=True)
    for done, field in enumerate(fields):
        progress(done)
        _, data = cv2.imencode(".png", pixels(field)[..., ::-1])
        with replace_atomically(folder / image_name(field)) as path:
            path.write_bytes(data.tobytes())
    document = training_document(case, fields)
    with replace_atomically(folder / CELLS_FILE) as path:
        path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def image_name(field: Field) -> str:
    """Path of a field's image within the set."""
    return f"images/field_{field.id:03d}.png"


def training_document(case: Case, fields: Iterable[Field]) -> dict[str, Any]:
    """COCO with four additions.

    ``info.case`` and ``images[].field``, by which a split keeps together what belongs together; ``images[].um_per_px``
    where the field is calibrated; ``annotations[].reviewed``.
    """
    chosen = {field.id: field for field in fields}
    rows = [row for row in rows_of(case) if row.field_id in chosen]
    named = categories(rows)
    ids = {c["name"]: c["id"] for c in named}
    return {
        "info": {
            "description": FORMAT, "version": FORMAT_VERSION, "case": case_hash(case),
            "segmenter": "; ".join(segmenters_of(rows)), "notice": RUO_LINE,
        },
        "images": [_image(field, code=case.identity.sample_id) for field in chosen.values()],
        "categories": named,
        "annotations": [
            {
                **coco_annotation(
                    row, case.cells[row.cell].mask, chosen[row.field_id], name=str(row.cell),
                    category=ids[category_of(row)],
                ),
                "reviewed": row.reviewed,
                "touches_border": row.touches_border,
            }
            for row in rows
        ],
    }  # fmt: skip


def _image(field: Field, *, code: str) -> dict[str, Any]:
    """`code` stands for the hash of a file that isn't named."""
    scale = {"um_per_px": field.calibration.um_per_px} if field.calibration else {}
    return {
        "id": field.id, "file_name": image_name(field), "width": field.width, "height": field.height,
        "field": field_hash(field, code=code), **scale,
    }  # fmt: skip
