"""Healthy or anaemic, from a whole image: HOG with LightGBM, and mask features with one decision tree.

Run: ``python -m training.study.image_labels --set DIR --out DIR``.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import lightgbm
import numpy as np
from numpy.typing import NDArray
from skimage.feature import hog
from tqdm import tqdm

from rbc_desktop.errors import UsageError
from training.command import command
from training.data.sets.prepared_set import PARTS, Item, PreparedSet, load_set
from training.study.metrics import LabelScores, label_scores
from training.study.results import save_labels

HOG_SIDE = 128
MIN_REGION_PX = 20

BOOSTING: dict[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": 7,
    "min_data_in_leaf": 8,
    "feature_fraction": 0.1,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 1.0,
    "deterministic": True,
    "num_threads": 1,
    "seed": 1,
    "verbosity": -1,
}
BOOSTING_ROUNDS = 300
PATIENCE = 40

TREE: dict[str, Any] = {
    # Least squares on 0/1 labels splits where Gini impurity would, and a leaf's mean is its probability.
    "objective": "regression",
    "learning_rate": 1.0,
    "num_leaves": 8,
    "max_depth": 4,
    "min_data_in_leaf": 6,
    "deterministic": True,
    "num_threads": 1,
    "seed": 1,
    "verbosity": -1,
}

MASK_FEATURES = (
    "regions", "covered", "area median", "area spread", "area 10 %", "area 90 %", "circularity mean",
    "circularity spread", "circularity 10 %", "axis ratio mean", "axis ratio 90 %", "solidity mean", "solidity 10 %",
)  # fmt: skip


@dataclass(frozen=True)
class Labelling:
    """An image-level method: its features of an image and mask, and its fit (train, validation) to probabilities."""

    key: str
    title: str
    features: Callable[[NDArray[np.uint8], NDArray[np.bool_]], NDArray[np.float64]]
    fit: Callable[[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]], lightgbm.Booster]


def hog_features(rgb: NDArray[np.uint8], _mask: NDArray[np.bool_]) -> NDArray[np.float64]:
    """HOG of the whole image, grey and reduced to 128 px: the study's image-level features."""
    grey = cv2.resize(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), (HOG_SIDE, HOG_SIDE), interpolation=cv2.INTER_AREA)
    return np.asarray(hog(grey, orientations=9, pixels_per_cell=(16, 16), cells_per_block=(2, 2)), np.float64)


def mask_features(_rgb: NDArray[np.uint8], mask: NDArray[np.bool_]) -> NDArray[np.float64]:
    """`MASK_FEATURES` of the regions of a mask (H, W).

    Areas are relative to their median, so that magnification doesn't tell.
    """
    contours, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    rows = np.array([_region(c) for c in contours if cv2.contourArea(c) >= MIN_REGION_PX], np.float64).reshape(-1, 4)
    if not len(rows):
        return np.zeros(len(MASK_FEATURES))
    area, round_, ratio, solid = rows.T
    median = float(np.median(area))
    relative = area / median
    values = [
        len(rows), mask.mean(), median / mask.size, relative.std(), *np.percentile(relative, (10, 90)),
        round_.mean(), round_.std(), np.percentile(round_, 10), ratio.mean(), np.percentile(ratio, 90),
        solid.mean(), np.percentile(solid, 10),
    ]  # fmt: skip
    return np.array(values, np.float64)


def fit_boosting(
    features: NDArray[np.float64], labels: NDArray[np.int64], unseen: NDArray[np.float64], truth: NDArray[np.int64]
) -> lightgbm.Booster:
    """LightGBM that stops where the validation loss is least."""
    data = lightgbm.Dataset(features, labels)
    check = lightgbm.Dataset(unseen, truth, reference=data)
    stop = lightgbm.early_stopping(PATIENCE, verbose=False)
    return lightgbm.train(BOOSTING, data, BOOSTING_ROUNDS, valid_sets=[check], callbacks=[stop])


def fit_tree(
    features: NDArray[np.float64], labels: NDArray[np.int64], _unseen: NDArray[np.float64], _truth: NDArray[np.int64]
) -> lightgbm.Booster:
    """One decision tree."""
    return lightgbm.train(TREE, lightgbm.Dataset(features, labels.astype(np.float64)), 1)


LABELLINGS: Mapping[str, Labelling] = {
    "hog": Labelling("hog", "HOG + LightGBM", hog_features, fit_boosting),
    "mask-tree": Labelling("mask-tree", "mask features + decision tree", mask_features, fit_tree),
}


def can_learn(study: PreparedSet) -> bool:
    """Whether the training part has labels enough for a tree to split once."""
    return sum(item.label is not None for item in study.part("train")) >= 2 * TREE["min_data_in_leaf"]


def measure(labelling: Labelling, studies: Sequence[PreparedSet]) -> LabelScores:
    """Fit on the training part, score on the test part; all folds together where there are several.

    Raises:
        UsageError: when the images carry no labels.
    """
    chances, truths = [], []
    for study in studies:
        tables = {part: _table(labelling, study, study.part(part)) for part in PARTS}
        if any(not len(labels) for _, labels in tables.values()):
            raise UsageError("These images carry no labels healthy or anaemic; use a set of AneRBC's layout.")
        booster = labelling.fit(*tables["train"], *tables["validation"])
        features, truth = tables["test"]
        chances.append(np.clip(np.asarray(booster.predict(features, num_threads=1)), 0, 1))
        truths.append(truth)
    chance = np.concatenate(chances)
    return label_scores(np.stack([1 - chance, chance], axis=1), np.concatenate(truths))


def _table(
    labelling: Labelling, study: PreparedSet, items: Sequence[Item]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    labelled = [item for item in items if item.label is not None]
    bar = tqdm(labelled, desc=labelling.key, mininterval=5)
    features = [labelling.features(study.rgb(item), study.mask(item)) for item in bar]
    return np.array(features), np.array([item.label for item in labelled], np.int64)


def _region(contour: NDArray[np.int32]) -> tuple[float, float, float, float]:
    """Area, circularity, axis ratio and solidity of a region's outline."""
    area, length = cv2.contourArea(contour), cv2.arcLength(contour, True)
    hull = cv2.contourArea(cv2.convexHull(contour))
    _, (first, second), _ = cv2.minAreaRect(contour)
    ratio = max(first, second) / max(min(first, second), 1.0)
    return area, 4 * np.pi * area / max(length, 1.0) ** 2, ratio, area / max(hull, 1.0)


@command
def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", type=Path, required=True, help="a prepared folder whose images carry labels")
    parser.add_argument("--out", type=Path, required=True, help="folder of results")
    args = parser.parse_args()
    study = load_set(args.set)
    for labelling in LABELLINGS.values():
        scores = measure(labelling, [study])
        save_labels(args.out, labelling.key, labelling.title, study.description, scores)
        print(f"{labelling.title}: accuracy {scores.accuracy:.3f}, macro F1 {scores.f1:.3f}")


if __name__ == "__main__":
    main()
