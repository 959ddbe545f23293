"""Cells to named feature vectors, shared by the application and by training.

Everything is computed from the optical density against the local background, inside the mask and (for the edge) at
most 3 pixels beyond it, at one scale: the reference diameter (the field's median cell) becomes 40 pixels. Absolute
brightness and background never enter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ...domain.arrays import FloatArray
from ...domain.cells.mask import CellMask
from ..cells.field_context import FieldContext, field_context
from .edge import EDGE_NAMES, edge_features
from .hog import RING_NAMES, hog_length, hog_many, ring_gradients
from .profile import (
    COLOUR_NAMES,
    COLOUR_RELATIVE_NAMES,
    DENSITY_NAMES,
    PALE_NAMES,
    POLAR_NAMES,
    PROFILE_NAMES,
    colour_features,
    density_features,
    pale_features,
    polar_features,
    profile_features,
)
from .relative import RELATIVE_NAMES, Comparison
from .shape import (
    FOURIER_NAMES,
    PHYSICAL_NAMES,
    SHAPE_NAMES,
    SIZE_NAMES,
    largest_contour,
    physical_sizes,
    resampled_contour,
    shape_features,
    size_features,
)
from .views import NORMALISED_PX, WINDOW_PX, cell_view, normalised_view

FEATURE_VERSION = 2
"""Raised whenever a value changes its meaning; boosters of another version are refused."""

_WINDOW_CELL = 30
_NORMALISED_CELL = 20
_BATCH = 64

GROUPS: dict[str, tuple[str, ...]] = {
    "size": SIZE_NAMES,
    "physical_size": PHYSICAL_NAMES,
    "shape": SHAPE_NAMES,
    "fourier": FOURIER_NAMES,
    "profile": PROFILE_NAMES,
    "polar": POLAR_NAMES,
    "density": DENSITY_NAMES,
    "colour": COLOUR_NAMES,
    "pale": PALE_NAMES,
    "relative": RELATIVE_NAMES,
    "edge": EDGE_NAMES,
    "hog_window": tuple(f"hog_window_{i}" for i in range(hog_length(WINDOW_PX, cell=_WINDOW_CELL))),
    "rings": RING_NAMES,
    "hog_normalised": tuple(f"hog_normalised_{i}" for i in range(hog_length(NORMALISED_PX, cell=_NORMALISED_CELL))),
}
"""Feature names by group, in the order of the columns; training ablates by group."""

SUBGROUPS: dict[str, tuple[str, ...]] = {"colour_relative": COLOUR_RELATIVE_NAMES}
"""Parts of groups that a booster may take alone."""

FEATURE_NAMES: tuple[str, ...] = tuple(name for names in GROUPS.values() for name in names)
"""Column names of `extract_many`."""


def names_hash(names: Sequence[str] = FEATURE_NAMES) -> str:
    """SHA-256 of the column names in order, hex; LightGBM matches columns by position, so this guards it."""
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def extract_many(
    rgb: npt.NDArray[np.uint8],
    masks: Sequence[CellMask],
    *,
    field_median_diameter: float | None = None,
    normal_diameter_px: float | None = None,
    context: FieldContext | None = None,
) -> FloatArray:
    """Feature vectors ``(N, F)`` float32 of the masks of one field, columns as in `FEATURE_NAMES`.

    Where too few of the field's cells stand alone, the columns of the group ``relative`` are NaN.

    Args:
        rgb: ``(H, W, 3)`` uint8 RGB, the field the masks lie in.
        masks: any number of cells.
        field_median_diameter: pixels that count as one cell; without it the field's own estimate is used, as in
            training.
        normal_diameter_px: pixels of a normal cell's 7.5 µm where the field is calibrated
            (`Calibration.normal_diameter_px`); without it the columns of the group ``physical_size`` are NaN, which
            the boosters know how to take.
        context: the field's context where the caller has it already.
    """
    context = field_context(rgb) if context is None else context
    reference = context.reference_diameter(masks, field_median_diameter)
    comparison = Comparison(context.cells)
    out = np.empty((len(masks), len(FEATURE_NAMES)), np.float32)
    for start in range(0, len(masks), _BATCH):
        batch = slice(start, start + _BATCH)
        out[batch] = _vectors(context, comparison, masks[batch], reference, normal_diameter_px)
    return out


def _vectors(
    context: FieldContext,
    comparison: Comparison,
    masks: Sequence[CellMask],
    reference: float,
    normal_diameter_px: float | None,
) -> FloatArray:
    views = [cell_view(context, mask, reference=reference) for mask in masks]
    raws = [largest_contour(view.mask) for view in views]
    contours = np.stack([resampled_contour(raw) for raw in raws])
    outlines, inner = zip(*(normalised_view(view) for view in views), strict=True)
    normal = normal_diameter_px / reference if normal_diameter_px else None
    profiles = [profile_features(view) for view in views]
    windows = np.stack([view.window for view in views])
    parts = [
        [[*size_features(view), *physical_sizes(view, normal)] for view in views],
        shape_features(views, raws, contours, outlines),
        profiles,
        [polar_features(view) for view in views],
        [density_features(view, context.cell_density) for view in views],
        [colour_features(view, context.cell_density) for view in views],
        [pale_features(view) for view in views],
        [
            comparison.relative(
                diameter=mask.diameter,
                density=view.mean_inside,
                core_rim=profile[0],
                axis_ratio=view.axes[0] / view.axes[1],
            )
            for mask, view, profile in zip(masks, views, profiles, strict=True)
        ],
        edge_features(views, contours),
        hog_many(windows, cell=_WINDOW_CELL),
        ring_gradients(windows),
        hog_many(np.stack(inner), cell=_NORMALISED_CELL),
    ]
    return np.hstack([np.asarray(part, np.float32) for part in parts])
