"""A field to one named feature vector for image-level models, the same in training and application.

Nothing of it depends on the lamp: densities are relative to the background. What depends on magnification and stain
(`RANGED`) means something only on fields like those that a model learnt from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from ...domain.arrays import FloatArray
from ...domain.cells.cell import Measurements
from ...domain.cells.mask import CellMask
from ..cells.field_context import FieldContext
from .mask_texture import mask_texture

FIELD_FEATURE_VERSION = 1

RANGED = ("diameter_px", "density", "red_over_green", "blue_over_green")
"""Cell size and stain: medians of the cells' diameters and densities, and ratios of the channels' densities."""

FIELD_FEATURES = (
    *RANGED,
    "covered", "contrast", "correlation", "energy", "homogeneity",
    "area_spread", "area_10", "area_90", "density_spread", "density_10", "density_90",
    "circularity_mean", "circularity_10", "axis_ratio_mean", "axis_ratio_90", "solidity_mean", "solidity_10",
    "pallor_mean", "pallor_10", "pallor_90", "core_rim_mean", "core_rim_10", "core_rim_90",
)  # fmt: skip
"""Numbers are percentiles; areas and densities but the first are relative to the field's median."""

LEAST_CELLS = 20
"""Fewer measured cells say nothing about a field."""

MOST_PIXELS = 50_000_000
"""Larger fields are parts of slides, which no model of single fields has seen."""


def field_features(
    context: FieldContext, masks: Sequence[CellMask], measurements: Sequence[Measurements]
) -> FloatArray | None:
    """`FIELD_FEATURES` of a field, ``(F,)`` float32; None with too few cells or too many pixels.

    Args:
        context: of the field.
        masks: every cell, also those that the edge cuts.
        measurements: of the whole red cells.
    """
    height, width = context.mean_density.shape[:2]
    if len(measurements) < LEAST_CELLS or height * width > MOST_PIXELS:
        return None
    covered = np.zeros((height, width), bool)
    for mask in masks:
        covered[mask.y0 : mask.y0 + mask.crop.shape[0], mask.x0 : mask.x0 + mask.crop.shape[1]] |= mask.crop
    area, density, circularity, axes, solidity, pallor, core = np.array(
        [
            (m.area_px, m.mean_density, m.circularity, m.axis_ratio, m.solidity, m.pallor_ratio, m.core_rim_ratio)
            for m in measurements
        ]
    ).T
    texture = mask_texture(covered)
    red, green, blue = (float(value) for value in context.cell_density)
    diameter = float(np.median([m.diameter_px for m in measurements]))
    level = max(float(np.median(density)), 1e-3)
    relative_area, relative_density = area / max(float(np.median(area)), 1.0), density / level
    values = (
        diameter, level, red / green, blue / green,
        covered.mean(), texture.contrast, texture.correlation, texture.energy, texture.homogeneity,
        relative_area.std(), *np.percentile(relative_area, (10, 90)),
        relative_density.std(), *np.percentile(relative_density, (10, 90)),
        circularity.mean(), np.percentile(circularity, 10), axes.mean(), np.percentile(axes, 90),
        solidity.mean(), np.percentile(solidity, 10),
        pallor.mean(), *np.percentile(pallor, (10, 90)), core.mean(), *np.percentile(core, (10, 90)),
    )  # fmt: skip
    return np.array(values, np.float32)


def field_names_hash() -> str:
    """Hex SHA-256 of the names in order: models of other features are refused by it."""
    return hashlib.sha256("\n".join(FIELD_FEATURES).encode()).hexdigest()
