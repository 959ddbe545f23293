"""Cells to named feature vectors, shared by the application and by training.

Everything is computed from the optical density against the local background, inside the mask, at one scale: the
reference diameter (the field's median cell) becomes 40 pixels. Absolute brightness and background never enter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from ...domain.mask import CellMask
from ..field_context import FieldContext, FloatArray, field_context
from .hog import hog_length, hog_many
from .profile import (
    COLOUR_NAMES,
    COLOUR_RELATIVE_NAMES,
    DENSITY_NAMES,
    POLAR_NAMES,
    PROFILE_NAMES,
    colour_features,
    density_features,
    polar_features,
    profile_features,
)
from .shape import FOURIER_NAMES, PHYSICAL_NAMES, SHAPE_NAMES, SIZE_NAMES, physical_sizes, shape_features, size_features
from .views import NORMALISED_PX, WINDOW_PX, cell_view, normalised_view

FEATURE_VERSION = 1
"""Raised whenever a value changes its meaning; boosters of another version are refused."""

_WINDOW_CELL = 15
_NORMALISED_CELL = 10
_PIXELS = 10
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
    "pixels": tuple(f"pixel_{i}" for i in range(_PIXELS**2)),
    "hog_window": tuple(f"hog_window_{i}" for i in range(hog_length(WINDOW_PX, cell=_WINDOW_CELL))),
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
    out = np.empty((len(masks), len(FEATURE_NAMES)), np.float32)
    for start in range(0, len(masks), _BATCH):
        batch = slice(start, start + _BATCH)
        out[batch] = _vectors(context, masks[batch], reference, normal_diameter_px)
    return out


def _vectors(
    context: FieldContext, masks: Sequence[CellMask], reference: float, normal_diameter_px: float | None
) -> FloatArray:
    rows, windows, normalised = [], [], []
    for mask in masks:
        view = cell_view(context, mask, reference=reference)
        outline, density = normalised_view(view)
        windows.append(view.window)
        normalised.append(density)
        rows.append(
            [
                *size_features(view),
                *physical_sizes(view, normal_diameter_px / reference if normal_diameter_px else None),
                *shape_features(view, outline),
                *profile_features(view),
                *polar_features(view),
                *density_features(view, context.cell_density),
                *colour_features(view, context.cell_density),
                *_pixels(density),
            ]
        )
    hogs = hog_many(np.stack(windows), cell=_WINDOW_CELL), hog_many(np.stack(normalised), cell=_NORMALISED_CELL)
    return np.asarray(np.hstack([np.asarray(rows, np.float32), *hogs]), dtype=np.float32)


def _pixels(normalised: FloatArray) -> FloatArray:
    """The normalised view at 10×10 over its mean, ``(100,)``."""
    small = cv2.resize(normalised, (_PIXELS, _PIXELS), interpolation=cv2.INTER_AREA)
    return np.asarray(small.ravel() / max(float(small.mean()), 0.02), dtype=np.float32)
