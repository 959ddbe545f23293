"""Feature tables of clicked cells: one click of the bundled segmenter per labelled cell, also on changed fields."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.imaging.cells.field_context import field_context
from rbc_desktop.imaging.light.augment import moved
from rbc_desktop.models.manifest import read_entry
from training.classifier.changed_fields import CHANGES, TWIN_MIXES, UNCHANGED, ChangedField, stain_twins
from training.classifier.clicked import AGREEMENT, clicker
from training.classifier.dataset import (
    CHULA_NORMAL_PX,
    ORIGIN_OF_KIND,
    Table,
    cached,
    few_red,
    joined,
    table_rows,
)
from training.classifier.masks import point_masks
from training.data.scenes.twins import SEEDS
from training.data.sets import labelled_fields as sources
from training.data.sets.fields import read_rgb
from training.manifest_io import WEIGHTS_DIR

REFERENCE_SPREAD, CALIBRATION_SPREAD = 0.05, 0.02
"""Spread of the reference diameter and of the calibration in changed fields, natural logarithm."""

LEAST_PX = 9.0
"""Cells of fewer pixels across are no test of anything."""

BOXED_TWINS_EVERY = 6
"""TXL-PBC val fields of which twins are judged."""


def chula_clicks(kind: str, *, every: int = 1) -> Table:
    """The labelled cells of every n-th Chula field, changed as `changed_fields.CHANGES` says, in clicked masks."""

    def build() -> Table:
        rows: list[Table] = []
        first = 0
        for field in tqdm(sources.labelled_fields()[::every], desc=f"Chula clicks, {kind}", mininterval=20):
            rgb = read_rgb(field.path)
            random = np.random.default_rng([field.number, list(CHANGES).index(kind)])
            changed = CHANGES[kind](rgb, random)
            rows.append(_chula_rows(rgb, changed, field, first, random if kind not in ("plain", "half") else None))
            first += len(field.points)
        return joined(rows)

    return cached(_name(f"chula-clicks-{kind}-{every}"), build)


def boxed_clicks(part: str, kind: str, *, every: int) -> Table:
    """What a click on the middle of each box of every n-th TXL-PBC field returns, by `ORIGIN_…`; at most eight red.

    kind: of `changed_fields.CHANGES`, or the name of a twin.
    """

    def build() -> Table:
        rows: list[Table] = []
        first = 0
        chooser = np.random.default_rng(9)
        for number, field in enumerate(
            tqdm(sources.boxed_fields(part)[::every], desc=f"TXL {part} clicks, {kind}", mininterval=20)
        ):
            rgb = read_rgb(field.path)
            chosen = few_red(field, chooser)
            boxes = field.boxes[chosen]
            changed = _boxed_change(rgb, boxes, kind, number)
            if changed is None:
                continue
            masks = clicker().masks_at(changed.rgb, changed.points((boxes[:, :2] + boxes[:, 2:]) / 2))
            rows.append(
                table_rows(changed.rgb, masks, ORIGIN_OF_KIND[field.kinds[chosen]], number, first, 0, None, None)
            )
            first += len(masks)
        return joined([table for table in rows if len(table.target)])

    return cached(_name(f"txl-{part}-clicks-{kind.replace(' ', '_')}-{every}"), build)


def boxed_twins(*, every: int = BOXED_TWINS_EVERY) -> dict[str, Table]:
    """`boxed_clicks` of the recoloured twins of TXL-PBC val, by kind."""
    kinds = [f"mix {seed}" for seed in SEEDS[:TWIN_MIXES]] + ["nuclear hue", "grey", "density x2"]
    return {kind: boxed_clicks("val", kind, every=every) for kind in kinds}


def _chula_rows(
    rgb: NDArray[np.uint8],
    changed: ChangedField,
    field: sources.LabelledField,
    first: int,
    random: np.random.Generator | None,
) -> Table:
    """Rows of one changed field; random: spreads reference and calibration, None: neither."""
    masks = _agreeing(rgb, changed, field.points)
    reference, normal_px = None, CHULA_NORMAL_PX * changed.scale
    if random is not None:
        context = field_context(changed.rgb)
        reference = context.reference_diameter([m for m in masks if m], None)
        reference *= float(np.exp(random.normal(0, REFERENCE_SPREAD)))
        normal_px *= float(np.exp(random.normal(0, CALIBRATION_SPREAD)))
    return table_rows(changed.rgb, masks, field.classes, field.number, first, 0, normal_px, reference)


def _agreeing(rgb: NDArray[np.uint8], changed: ChangedField, points: NDArray[np.float64]) -> list[CellMask | None]:
    """Clicked masks, None where they disagree with Otsu's of the unchanged field: the label may not be theirs."""
    height, width = changed.rgb.shape[:2]
    inside = np.clip(changed.points(points), 0, np.array([width, height]) - 1)
    clicked = clicker().masks_at(changed.rgb, inside)
    plain = [None if m is None else moved(m, changed.matrix) for m in point_masks(field_context(rgb), points)]
    return [
        mask if mask is not None and other is not None and mask.iou(other) >= AGREEMENT else None
        for mask, other in zip(clicked, plain, strict=True)
    ]


def _boxed_change(rgb: NDArray[np.uint8], boxes: NDArray[np.float64], kind: str, number: int) -> ChangedField | None:
    """The changed TXL-PBC field, None where there is no such twin or its cells would be too small."""
    diameter = float(np.median((boxes[:, 2:] - boxes[:, :2]).mean(axis=1)))
    if kind not in CHANGES:
        twin = stain_twins(rgb, diameter=diameter).get(kind)
        return None if twin is None else ChangedField(twin, UNCHANGED)
    changed = CHANGES[kind](rgb, np.random.default_rng([number, list(CHANGES).index(kind)]))
    return changed if changed.scale * diameter >= LEAST_PX else None


def _name(name: str) -> str:
    """The name with the segmenter's, whose masks the table holds."""
    return f"{name}-{read_entry('segmenter', WEIGHTS_DIR).values['sha256'][:8]}"
