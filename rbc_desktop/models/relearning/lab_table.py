"""Feature tables of a laboratory's reviewed cells, measured as the application measures them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ...domain.cells.mask import CellMask
from ...domain.classes.taxonomy import CellClass
from ...imaging.features import FEATURE_NAMES, extract_many
from ...imaging.light.augment import augmented, clipped
from .lab_fields import LabField, groups_of

COPIES = 2
"""Changed copies of every field (turned, rescaled, other stain and focus, masks a little off)."""

LEAST_PX = 20
"""Masks of fewer pixels are no cells."""


Pixels = Callable[[LabField], NDArray[np.uint8] | None]
"""Decoded pixels of a field, ``(H, W, 3)`` uint8 RGB; None leaves the field out."""


@dataclass(frozen=True)
class LabTable:
    """Reviewed cells and their changed copies, one per row.

    Attributes:
        features: (N, F) float32.
        classes: (N,) reviewed classes.
        group: (N,) what a split must keep together.
        original: (N,) True for the cell as it is, False for changed copies.
    """

    features: NDArray[np.float32]
    classes: NDArray[np.object_]
    group: NDArray[np.str_]
    original: NDArray[np.bool_]

    def select(self, rows: NDArray[np.bool_]) -> LabTable:
        """The rows that are True."""
        return LabTable(self.features[rows], self.classes[rows], self.group[rows], self.original[rows])


def lab_table(
    fields: Sequence[LabField],
    *,
    pixels: Pixels,
    copies: int = COPIES,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> LabTable:
    """The reviewed cells of these fields.

    Args:
        fields: those whose cells are wanted.
        pixels: reads a field.
        copies: changed copies of each.
        progress: called with fields done and all of them.
    """
    read, tables = [], []
    for number, field in enumerate(fields):
        progress(number, len(fields))
        rgb = pixels(field)
        if rgb is not None:
            read.append(field)
            tables.append(_field_rows(field, rgb, copies=copies, seed=number))
    parts = [
        replace(part, group=np.full(len(part.classes), group))
        for group, of_field in zip(groups_of(read), tables, strict=True)
        for part in of_field
        if len(part.classes)
    ] or [_rows_of([], np.zeros((0, len(FEATURE_NAMES))), original=True)]
    return LabTable(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in LabTable.__dataclass_fields__)
    )


def _field_rows(field: LabField, rgb: NDArray[np.uint8], *, copies: int, seed: int) -> list[LabTable]:
    """The cells of a field and their copies; what they are kept together with is not known yet."""
    cells = field.reviewed
    masks, classes = [cell.mask for cell in cells], [cell.reviewed_class for cell in cells]
    median, normal = field.median_diameter_px, field.normal_diameter_px
    parts = [_measured(rgb, masks, classes, median=median, normal=normal, original=True)]
    random = np.random.default_rng([seed, len(masks)])
    for _ in range(copies):
        changed = augmented(rgb, masks, random)
        height, width = changed.rgb.shape[:2]
        inside = [clipped(mask, width=width, height=height) for mask in changed.masks]
        scaled = (None if value is None else value * changed.scale for value in (median, normal))
        parts.append(_measured(changed.rgb, inside, classes, median=next(scaled), normal=next(scaled), original=False))
    return parts


def _measured(
    rgb: NDArray[np.uint8],
    masks: Sequence[CellMask | None],
    classes: Sequence[CellClass | None],
    *,
    median: float | None,
    normal: float | None,
    original: bool,
) -> LabTable:
    kept = [(mask, name) for mask, name in zip(masks, classes, strict=True) if mask and mask.area >= LEAST_PX and name]
    features = extract_many(
        rgb, [mask for mask, _ in kept], field_median_diameter=median, normal_diameter_px=normal
    )  # fmt: skip
    return _rows_of([name for _, name in kept], features, original=original)


def _rows_of(classes: Sequence[CellClass], features: NDArray[np.floating], *, original: bool) -> LabTable:
    names = np.empty(len(classes), object)
    names[:] = list(classes)
    return LabTable(features.astype(np.float32), names, np.full(len(classes), ""), np.full(len(classes), original))
