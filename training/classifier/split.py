"""Which fields may share a fold: blocks of ten consecutive numbers, whole, twins together; never cells."""

from __future__ import annotations

import functools

import cv2
import numpy as np
from numpy.typing import NDArray

from training.data.sets.fields import DATA, read_rgb
from training.data.sets.labelled_fields import CHULA_CLASSES, CONFOUNDED, labelled_fields

FOLDS = 5
SEED = 20
TWIN_CORRELATION = 0.98


@functools.cache
def fold_by_field() -> dict[int, int]:
    """Fold 0..4 of every labelled Chula field; the same on every machine with the same data."""
    fields = labelled_fields()
    numbers = np.concatenate([np.full(len(f.classes), f.number) for f in fields])
    blocks = block_of(numbers)
    folds = fold_of_block(blocks, np.concatenate([f.classes for f in fields]))
    return {int(number): folds[int(block)] for number, block in zip(numbers, blocks, strict=True)}


def block_of(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Group of each field: blocks of ten consecutive numbers, joined where a field occurs again in another block."""
    unique = np.unique(numbers)
    parent = {int(n) // 10: int(n) // 10 for n in unique}

    def root(block: int) -> int:
        while parent[block] != block:
            block = parent[block]
        return block

    for a, b in twins([int(n) for n in unique]):
        parent[root(a // 10)] = root(b // 10)
    return np.array([root(int(n) // 10) for n in numbers], np.int64)


def twins(numbers: list[int]) -> list[tuple[int, int]]:
    """Pairs of Chula fields that show the same place, by the correlation of small grey copies."""
    small = []
    for number in numbers:
        grey = cv2.cvtColor(read_rgb(DATA / "chula" / "images" / f"{number}.jpg"), cv2.COLOR_RGB2GRAY)
        values = cv2.resize(grey, (64, 48), interpolation=cv2.INTER_AREA).astype(np.float64).ravel()
        values -= cv2.blur(values.reshape(48, 64), (15, 15)).ravel()
        small.append(values / max(float(np.linalg.norm(values)), 1e-9))
    correlation = np.array(small) @ np.array(small).T
    rows, columns = np.nonzero(np.triu(correlation, 1) > TWIN_CORRELATION)
    return [(numbers[i], numbers[j]) for i, j in zip(rows, columns, strict=True)]


def fold_of_block(blocks: NDArray[np.int64], classes: NDArray[np.int64], *, seed: int = SEED) -> dict[int, int]:
    """Fold 0..4 of every block, so that the folds share the classes evenly: a seeded shuffle, then the best swaps.

    Only the counts of the labels decide; "uncategorised" and elliptocytes (which a few blocks hold alone) are left
    out of them. blocks, classes: (n,) of every labelled cell.
    """
    unique = np.unique(blocks)
    table = np.array([np.bincount(classes[blocks == b], minlength=len(CHULA_CLASSES)) for b in unique], float)
    table = table[:, [i for i, c in enumerate(CHULA_CLASSES) if c not in CONFOUNDED]]
    folds = np.random.default_rng(seed).permutation(np.arange(len(unique)) % FOLDS)
    cost, improved = _unevenness(table, folds), True
    while improved:
        improved = False
        for i in range(len(unique)):
            for j in range(i):
                folds[[i, j]] = folds[[j, i]]
                swapped = _unevenness(table, folds)
                if swapped < cost - 1e-9:
                    cost, improved = swapped, True
                else:
                    folds[[i, j]] = folds[[j, i]]
    return {int(b): int(f) for b, f in zip(unique, folds, strict=True)}


def _unevenness(table: NDArray[np.float64], folds: NDArray[np.int64]) -> float:
    sums = np.stack([table[folds == f].sum(axis=0) for f in range(FOLDS)])
    return float(((sums / sums.mean(axis=0) - 1) ** 2).sum())
