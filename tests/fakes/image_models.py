"""Small image-level models trained on invented fields."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from rbc_desktop.imaging.fields.field_features import FIELD_FEATURES, RANGED
from training.lab.image_level_training import FieldTable, train

PALE = FIELD_FEATURES.index("pallor_mean")


def field_table(*, fields: int = 60, gap: float = 4.0, groups: int = 12, seed: int = 1) -> FieldTable:
    """Fields of two labels, which differ in their cells' pallor by `gap` standard deviations."""
    rng = np.random.default_rng(seed)
    number = np.arange(fields)
    group = number % groups
    labels = np.where(group % 2, "anaemic", "healthy")
    features = rng.normal(1, 0.05, (fields, len(FIELD_FEATURES))).astype(np.float32)
    features[:, PALE] += (gap * 0.05 * (labels == "anaemic")).astype(np.float32)
    features[:, FIELD_FEATURES.index("diameter_px")] *= 40
    features[:, FIELD_FEATURES.index("density")] *= 0.4
    return FieldTable(features, labels, np.array([f"patient {g}" for g in group]))


def train_model(folder: Path, *, wide: bool = False, name: str = "ours") -> Path:
    """A model in a folder; with `wide` it takes any field for one like those that it learnt from."""
    table = field_table()
    if wide:
        columns = [FIELD_FEATURES.index(feature) for feature in RANGED]
        table.features[::2, columns] = 1e-4
        table.features[1::2, columns] = 900
    train(table, folder, name=name)
    return folder
