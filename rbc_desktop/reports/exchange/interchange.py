"""Masks for other tools: COCO with run-length encoding, GeoJSON polygons, label images."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import tifffile
from pycocotools import mask as coco_mask

from ...domain.arrays import U8Array
from ...domain.case.case import Case, Field, distinct_names
from ...domain.cells.mask import CellMask
from ...domain.classes.assessability import NOT_ASSESSABLE
from ...domain.classes.own_classes import class_content
from ...domain.classes.taxonomy import BUILT_IN, in_display_order
from ..summary.rows import CUT_BY_THE_EDGE, FIELD_LEFT_OUT, UNCLASSIFIED, CellRow, rows_of, segmenters_of, time_text
from ..summary.summary import RUO_LINE

CATEGORIES: tuple[str, ...] = (
    *(c.value for c in BUILT_IN), UNCLASSIFIED, CUT_BY_THE_EDGE, NOT_ASSESSABLE, FIELD_LEFT_OUT,
)  # fmt: skip
"""COCO categories in the order of their ids, which start at 1: many readers take 0 for the background. A laboratory's
own classes follow, by name."""

MEASURED = tuple(f.name for f in fields(CellRow) if f.type in ("float", "int", "float | None") and f.name not in
                 ("field_id", "cell", "x0", "y0", "x1", "y1"))  # fmt: skip
"""The numbers of a row that say something about its cell, named as the columns of `cells.csv`."""


def write_coco(path: Path, case: Case, *, cell_names: Mapping[int, str] | None = None, app_version: str = "") -> None:
    """Write every mask as COCO JSON with compressed run-length encoding.

    ``pycocotools.mask.decode(annotation["segmentation"])`` gives the mask ``(H, W)`` of the whole field. Annotation ids
    are the cells' ids, image ids the fields'; boxes are ``[x, y, width, height]``. `cell_names` and `app_version` as in
    `csv_report.write_cells`; the name stands under ``cell``, models under ``info`` and with each annotation.

    Raises:
        OSError: when the path can't be written to.
    """
    names, rows, images = cell_names or {}, rows_of(case), distinct_names(case.fields.values())
    named = categories(rows)
    ids = {c["name"]: c["id"] for c in named}
    annotations = [
        {
            **coco_annotation(
                row,
                case.cells[row.cell].mask,
                case.fields[row.field_id],
                name=names.get(row.cell, str(row.cell)),
                category=ids[category_of(row)],
            ),
            "counted": row.counted,
            "analysed": time_text(row.analysed),
        }
        for row in rows
    ]
    document = {
        "info": {
            "description": "Red cells segmented by RBC Desktop", "version": app_version,
            "segmenter": "; ".join(segmenters_of(rows)), "notice": RUO_LINE,
        },
        "images": [_image(field, images[field.id]) for field in case.fields.values()],
        "categories": named,
        "annotations": annotations,
    }  # fmt: skip
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def categories(rows: Iterable[CellRow]) -> list[dict[str, Any]]:
    """The built-in classes as COCO categories, then the own classes of these cells, each with its definition."""
    used = (row.cell_class for row in rows if row.cell_class is not None and row.cell_class.is_own)
    own = [{"name": c.value, "own_class": class_content(c)} for c in in_display_order(used)]
    named: list[dict[str, Any]] = [*({"name": name} for name in CATEGORIES), *own]
    return [{"id": number, "supercategory": "cell", **one} for number, one in enumerate(named, start=1)]


def category_of(row: CellRow) -> str:
    """The name of a cell's COCO category: its class, whether it is counted or not, else why it has none."""
    return row.group if row.cell_class is None else row.cell_class.value


def coco_annotation(row: CellRow, mask: CellMask, field: Field, *, name: str, category: int) -> dict[str, Any]:
    """One cell of a COCO document; `name` stands under ``cell``."""
    runs = {"size": [field.height, field.width], "counts": run_lengths(mask, width=field.width, height=field.height)}
    encoded = coco_mask.frPyObjects(runs, field.height, field.width)
    return {
        "id": row.cell,
        "cell": name,
        "image_id": row.field_id,
        "category_id": category,
        "segmentation": {"size": [int(n) for n in encoded["size"]], "counts": encoded["counts"].decode("ascii")},
        "area": row.area_px,
        "bbox": [row.x0, row.y0, row.x1 - row.x0, row.y1 - row.y0],
        "iscrowd": 0,
        "score": None if row.score is None else round(row.score, 4),
        "class_probability": None if row.class_probability is None else round(row.class_probability, 4),
        "classifier": row.classifier,
        "segmenter": row.segmenter,
        "provenance": row.provenance,
    }


def write_geojson(path: Path, case: Case, field: Field, *, app_version: str = "") -> None:
    """Write the cells of one field as GeoJSON polygons in pixels, y downwards, as QuPath reads them.

    They are those of the image; of a field that is a region, those of its slide, over which QuPath lays the outlines.

    Outlines follow the pixels' corners, so a filled polygon is exactly the mask's pixels. A mask of several parts,
    or of parts that only touch at corners, becomes a MultiPolygon; holes become inner rings. Numbers stand under
    ``measurements``, texts under ``metadata``: QuPath keeps both and drops whatever else is among the properties.

    Raises:
        OSError: when the path can't be written to.
    """
    rows = [row for row in rows_of(case) if row.field_id == field.id]
    features = [
        {
            "type": "Feature",
            "id": str(row.cell),
            "geometry": polygon_geometry(on_slide(case.cells[row.cell].mask, field)),
            "properties": _properties(row),
        }
        for row in rows
    ]
    document = {
        "type": "FeatureCollection", "notice": RUO_LINE, "image": distinct_names(case.fields.values())[field.id],
        "image_sha256": field.sha256, "app_version": app_version, "segmenter": "; ".join(segmenters_of(rows)),
        "classifier": "; ".join(dict.fromkeys(r.classifier for r in rows if r.classifier)), "features": features,
    }  # fmt: skip
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def on_slide(mask: CellMask, field: Field) -> CellMask:
    """A mask in the pixels of the slide of which its field is a region."""
    region = field.region
    return mask if region is None else CellMask(mask.x0 + region.x0, mask.y0 + region.y0, mask.crop)


def write_labels(path: Path, case: Case, field: Field) -> None:
    """Write a label TIFF of one field: each pixel holds the id of its cell, 0 for none.

    ``(height, width)`` uint16, or uint32 when an id needs it, deflate-compressed. Where cells overlap the smaller one
    wins, so that none disappears under another. The segmenters' names are the image's description.

    Raises:
        OSError: when the path can't be written to.
    """
    drawn_by = dict.fromkeys(cell.segmenter for cell in case.cells_of(field.id) if cell.segmenter)
    description = "; ".join(drawn_by) or None
    tifffile.imwrite(path, label_image(case, field), compression="zlib", metadata=None, description=description)


def label_image(case: Case, field: Field) -> npt.NDArray[np.uint16] | npt.NDArray[np.uint32]:
    """The label image of `write_labels`."""
    cells = case.cells_of(field.id)
    kind = np.uint16 if max((c.id for c in cells), default=0) <= np.iinfo(np.uint16).max else np.uint32
    labels = np.zeros((field.height, field.width), kind)
    for cell in sorted(cells, key=lambda c: -c.mask.area):
        visible = cell.mask.box.clipped(width=field.width, height=field.height)
        if visible is None:
            continue
        x0, y0, x1, y1 = int(visible.x0), int(visible.y0), int(visible.x1), int(visible.y1)
        mask = cell.mask
        labels[y0:y1, x0:x1][mask.crop[y0 - mask.y0 : y1 - mask.y0, x0 - mask.x0 : x1 - mask.x0]] = cell.id
    return labels


def polygon_geometry(mask: CellMask) -> dict[str, Any]:
    """GeoJSON geometry of a mask: rings along the pixels' corners, field pixels, closed.

    Pixels that touch at a corner only don't hang together: one ring through both would touch itself, which makes a
    polygon invalid.
    """
    count, labels = cv2.connectedComponents(np.pad(mask.crop.astype(np.uint8), 1), connectivity=4)
    parts = [part for label in range(1, count) for part in _polygons((labels == label).astype(np.uint8), mask)]
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def _polygons(crop: U8Array, mask: CellMask) -> list[list[list[list[float]]]]:
    """The rings of each polygon of a padded crop, the outer one first."""
    factor = 2  # contours run through pixel centres: on a doubled crop those lie beside the corners
    fine = cv2.resize(crop, None, fx=factor, fy=factor, interpolation=cv2.INTER_NEAREST)
    contours, hierarchy = cv2.findContours(fine, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    polygons: dict[int, list[list[list[float]]]] = {}
    for index, contour in enumerate(contours):
        parent = int(hierarchy[0][index][3])
        ring = _ring(np.asarray(contour, np.int32).reshape(-1, 2), mask)
        polygons.setdefault(index if parent < 0 else parent, []).insert(0 if parent < 0 else 10**6, ring)
    return list(polygons.values())


def _ring(points: npt.NDArray[np.int32], mask: CellMask) -> list[list[float]]:
    """From the doubled crop to corners of field pixels: every fine pixel lies beside exactly one corner."""
    corners = np.floor((points + 1) / 2) - 1 + [mask.x0, mask.y0]
    keep = np.any(corners != np.roll(corners, 1, axis=0), axis=1)
    corners = corners[keep]
    ahead, behind = np.roll(corners, -1, axis=0) - corners, corners - np.roll(corners, 1, axis=0)
    corners = corners[ahead[:, 0] * behind[:, 1] != ahead[:, 1] * behind[:, 0]]
    return [[float(x), float(y)] for x, y in [*corners, corners[0]]]


def run_lengths(mask: CellMask, *, width: int, height: int) -> list[int]:
    """COCO's uncompressed run lengths of a mask in a field of this size: zeros and ones in turn, column by column.

    Computed from the crop alone, so that the cost follows the cell and not the slide.
    """
    ys, xs = np.nonzero(mask.crop)
    xs, ys = xs + mask.x0, ys + mask.y0
    inside = (xs >= 0) & (xs < width) & (ys >= 0) & (ys < height)
    positions = np.sort(xs[inside].astype(np.int64) * height + ys[inside])
    if positions.size == 0:
        return [width * height]
    breaks = np.flatnonzero(np.diff(positions) > 1)
    starts = positions[np.concatenate([[0], breaks + 1])]
    ends = positions[np.concatenate([breaks, [-1]])] + 1
    edges = np.concatenate([np.stack([starts, ends], axis=1).ravel(), [width * height]])
    return [int(n) for n in np.diff(edges, prepend=0)]


def _image(field: Field, name: str) -> dict[str, Any]:
    scale = {"um_per_px": field.calibration.um_per_px} if field.calibration else {}
    return {
        "id": field.id, "file_name": name, "width": field.width, "height": field.height,
        "sha256": field.sha256, "page": field.page, **scale,
    }  # fmt: skip


def _properties(row: CellRow) -> dict[str, Any]:
    colour = row.cell_class.colour if row.cell_class else "#777777"
    return {
        "objectType": "annotation",
        "name": str(row.cell),
        "classification": {
            "name": row.group,
            "color": [int(colour[i : i + 2], 16) for i in (1, 3, 5)],
        },
        "measurements": {n: round(v, 6) for n in MEASURED if (v := getattr(row, n)) is not None},
        "metadata": {
            "class": row.cell_class.value if row.cell_class else "",
            "predicted_class": row.predicted_class.value if row.predicted_class else "",
            "needs_review": str(row.needs_review).lower(),
            "not_assessable": row.not_assessable,
            "reviewed": str(row.reviewed).lower(),
            "classifier": row.classifier,
            "segmenter": row.segmenter,
            "provenance": row.provenance,
            "analysed": time_text(row.analysed),
        },
    }
