"""Healthy or anaemic from AneRBC's own table of features: ``python -m training.study.feature_table --data FOLDER``.

The table was made by others from all 1,000 fields and their masks. It serves for comparison and for this study; no
weights that ship come from it. `table_features` computes what can be reproduced.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

import cv2
import lightgbm
import numpy as np
from numpy.typing import NDArray

from rbc_desktop.errors import UsageError
from rbc_desktop.imaging.fields.mask_texture import mask_texture
from training.command import command
from training.data.sets.fields import DATA, read_rgb
from training.data.sets.prepared_set import ANAEMIC, HEALTHY
from training.data.sets.public_sets import BLOCK, find_anerbc
from training.measured_values import record
from training.study.image_labels import fit_tree
from training.study.metrics import LabelScores, label_scores
from training.study.results import save_labels

LABELS_FILE, FEATURES_FILE = "labels.csv", "segmentation_features.csv"
REGION_PX = 150
"""Area from which on an outer contour counts as a cell in the table."""

FOLDS, REPEATS = 5, 5
SEED = 1

BOOSTING: dict[str, Any] = {
    "objective": "binary", "deterministic": True, "num_threads": 1, "seed": 1, "verbosity": -1,
}  # fmt: skip
"""LightGBM's own defaults; smaller trees and lower rates were no better."""
BOOSTING_ROUNDS = 100


@dataclass(frozen=True)
class TableFeatures:
    """What the table holds of one field and our code reproduces; its other columns are of one arbitrary region.

    Attributes:
        rbc_count: outer contours of the mask over 150 px².
        contrast, correlation, energy, homogeneity: see `mask_texture`; of the mask, not of the image under it.
        mean_red, std_red: of the whole image with everything but the cells black.
        red_green_ratio: of the means of that image.
    """

    rbc_count: float
    contrast: float
    correlation: float
    energy: float
    homogeneity: float
    mean_red: float
    std_red: float
    red_green_ratio: float


FEATURES = tuple(f.name for f in fields(TableFeatures))


def table_features(rgb: NDArray[np.uint8], mask: NDArray[np.bool_]) -> TableFeatures:
    """The table's features of an image (H, W, 3) uint8 RGB and its mask (H, W) bool."""
    contours, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    texture = mask_texture(mask)
    red, green = (np.where(mask, rgb[..., channel], 0) for channel in (0, 1))
    return TableFeatures(
        rbc_count=float(sum(cv2.contourArea(contour) > REGION_PX for contour in contours)),
        contrast=texture.contrast,
        correlation=texture.correlation,
        energy=texture.energy,
        homogeneity=texture.homogeneity,
        mean_red=float(red.mean()),
        std_red=float(red.std()),
        red_green_ratio=float(red.mean() / max(green.mean(), 1e-9)),
    )


@dataclass(frozen=True)
class Table:
    """names: files; values: (N, 8), columns `FEATURES`; labels: (N,) `HEALTHY` or `ANAEMIC`; groups: (N,) blocks."""

    names: tuple[str, ...]
    values: NDArray[np.float64]
    labels: NDArray[np.int64]
    groups: NDArray[np.str_]


def has_table(folder: Path) -> bool:
    """Whether a folder of AneRBC's layout holds the table."""
    return (folder / FEATURES_FILE).exists() and (folder / LABELS_FILE).exists()


def read_table(folder: Path) -> Table:
    """The table of an AneRBC folder; ten consecutive numbers of one label are a group.

    Raises:
        UsageError: when its files are missing or don't belong together.
    """
    try:
        labelled, rows = (_rows(folder / name) for name in (LABELS_FILE, FEATURES_FILE))
        names = tuple(row["filename"] for row in labelled)
        labels = np.array([int(row["label"]) for row in labelled], np.int64)
        values = np.array([[float(row[name]) for name in FEATURES] for row in rows]).reshape(-1, len(FEATURES))
        numbers = [int("".join(c for c in name if c.isdigit())) for name in names]
    except (OSError, KeyError, ValueError) as error:
        raise UsageError(f"{folder} holds no readable {LABELS_FILE} and {FEATURES_FILE} ({error}).") from error
    if len(names) != len(values) or set(labels) != {HEALTHY, ANAEMIC}:
        raise UsageError(f"{LABELS_FILE} and {FEATURES_FILE} in {folder} don't belong together.")
    groups = [f"{label} {(number - 1) // BLOCK}" for label, number in zip(labels, numbers, strict=True)]
    return Table(names, values, labels, np.array(groups))


def fit_boosting(features: NDArray[np.float64], labels: NDArray[np.int64]) -> lightgbm.Booster:
    """LightGBM on few columns and many rows."""
    return lightgbm.train(BOOSTING, lightgbm.Dataset(features, labels), BOOSTING_ROUNDS)


Fit = Callable[[NDArray[np.float64], NDArray[np.int64]], lightgbm.Booster]
"""From features (N, F) and labels to a booster of probabilities."""

METHODS: Mapping[str, tuple[str, Fit]] = {
    "table-tree": ("feature table + decision tree", lambda x, y: fit_tree(x, y, x, y)),
    "table-lightgbm": ("feature table + LightGBM", fit_boosting),
}


def fold_of_groups(table: Table, groups: Sequence[str], *, seed: int = SEED) -> NDArray[np.int64]:
    """Fold of every row: the groups of each label in random order, dealt to the folds in turn."""
    fold: dict[str, int] = {}
    for label in (HEALTHY, ANAEMIC):
        names = sorted({group for group, own in zip(groups, table.labels, strict=True) if own == label})
        order = np.random.default_rng([seed, label]).permutation(len(names))
        fold |= {names[index]: place % FOLDS for place, index in enumerate(order)}
    return np.array([fold[group] for group in groups], np.int64)


def cross_validated(table: Table, fit: Fit, fold: NDArray[np.int64]) -> LabelScores:
    """Every row answered by a model that didn't see its fold."""
    chance = np.zeros(len(table.labels))
    for number in range(FOLDS):
        held = fold == number
        booster = fit(table.values[~held], table.labels[~held])
        chance[held] = np.clip(np.asarray(booster.predict(table.values[held], num_threads=1)), 0, 1)
    return label_scores(np.stack([1 - chance, chance], axis=1), table.labels)


def score_table(table: Table, results: Path) -> None:
    """Put both methods' scores by blocks into a folder of results, unless they are there."""
    for key, (title, fit) in METHODS.items():
        if not (results / f"{key}.json").exists():
            scores = cross_validated(table, fit, fold_of_groups(table, table.groups.tolist()))
            said = f"AneRBC's feature table, {len(table.labels)} fields in {FOLDS} folds by blocks of {BLOCK} numbers"
            save_labels(results, key, title, said, scores)


def mean_accuracy(table: Table, fit: Fit, groups: Sequence[str]) -> float:
    """Mean accuracy of `REPEATS` differently drawn sets of folds that keep these groups together."""
    folds = [fold_of_groups(table, groups, seed=SEED + number) for number in range(REPEATS)]
    return float(np.mean([cross_validated(table, fit, fold).accuracy for fold in folds]))


def differences(folder: Path, table: Table) -> dict[str, float]:
    """By feature: the largest share by which `table_features` differs from the table, on the fields that are there."""
    rows = []
    for source in find_anerbc(folder).sources:
        if source.image.name in table.names:
            rgb = read_rgb(source.image)
            mine = np.array(astuple(table_features(rgb, source.mask_of(rgb))))
            theirs = table.values[table.names.index(source.image.name)]
            rows.append(np.abs(mine - theirs) / np.maximum(np.abs(theirs), 1e-9))
    return dict(zip(FEATURES, np.max(rows, axis=0).tolist(), strict=True)) if rows else {}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@command
def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA / "anerbc", help="a folder of AneRBC with the table")
    parser.add_argument("--out", type=Path, help="folder of results, for the study's table and report")
    parser.add_argument("--write", action="store_true", help="record the values for the documents")
    args = parser.parse_args()
    table = read_table(args.data)
    values: dict[str, float] = {}
    alone = [str(number) for number in range(len(table.labels))]
    if args.out:
        score_table(table, args.out)
    for key, (title, fit) in METHODS.items():
        blocks, single = (mean_accuracy(table, fit, groups) for groups in (table.groups.tolist(), alone))
        name = key.replace("-", "_")
        values |= {f"{name}_accuracy": blocks, f"{name}_accuracy_random_folds": single}
        print(f"{title}: accuracy {blocks:.3f} by blocks of {BLOCK}, {single:.3f} on random folds")
    for name, share in differences(args.data, table).items():
        values[f"largest_difference_{name}"] = share
        print(f"{name}: differs from the table by at most {share:.1e} of its value")
    if args.write:
        record("feature_table", values, command="python -m training.study.feature_table --write")


if __name__ == "__main__":
    main()
