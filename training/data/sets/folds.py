"""Folds of a prepared set: every image is in the test part once. For sets too small to hold a part out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from rbc_desktop.errors import UsageError
from training.data.sets.prepared_set import Item, Part, PreparedSet

VALIDATION_SHARE = 1 / 6
"""Of the images that are not a fold's test part: 600 / 100 of the published split."""


def fold_sets(prepared: PreparedSet, *, folds: int) -> tuple[PreparedSet, ...]:
    """The set once a fold, with that fold as its test part and the others as training and validation.

    Groups stay together where every label has a group for each fold. Where it hasn't (see `are_parted`), images are
    shared out one by one, so images of one patient may lie in two folds.

    Raises:
        UsageError: with fewer than two folds, or too few images to train, validate and test in each.
    """
    if folds < 2 or len(prepared.items) < 3 * folds:
        raise UsageError(f"{len(prepared.items)} images don't make {folds} folds; take 2 or more, of 3 images or more.")
    seed = int(prepared.settings.get("seed", 1))
    unit = {item.name: item.name if are_parted(prepared, folds=folds) else item.group for item in prepared.items}
    fold = _shared_out(prepared, unit, folds=folds, seed=seed)
    return tuple(_with_test(prepared, unit, {n for n, f in fold.items() if f == k}) for k in range(folds))


def are_parted(prepared: PreparedSet, *, folds: int) -> bool:
    """Whether groups are too few to stay together in so many folds."""
    labels = {item.label for item in prepared.items}
    return any(len({i.group for i in prepared.items if i.label == label}) < folds for label in labels)


def _shared_out(prepared: PreparedSet, unit: Mapping[str, str], *, folds: int, seed: int) -> dict[str, int]:
    """Fold of every unit: in random order, each to the fold with the fewest images of its label, then of all."""
    counts = np.zeros(folds)
    chosen: dict[str, int] = {}
    for label in sorted({str(item.label) for item in prepared.items}):
        mine = [item for item in prepared.items if str(item.label) == label]
        own = np.zeros(folds)
        names = sorted({unit[item.name] for item in mine})
        for index in np.random.default_rng([seed, *label.encode()]).permutation(len(names)):
            name = names[index]
            size = sum(unit[item.name] == name for item in mine)
            fold = chosen.setdefault(name, min(range(folds), key=lambda k: (own[k], counts[k])))
            own[fold] += size
            counts[fold] += size
    return chosen


def _with_test(prepared: PreparedSet, unit: Mapping[str, str], test: set[str]) -> PreparedSet:
    """Validation takes whole units from the rest, evenly over it, until it has its share."""
    rest = [item for item in prepared.items if unit[item.name] not in test]
    names = list(dict.fromkeys(unit[item.name] for item in rest))
    wanted = max(1, round(VALIDATION_SHARE * len(rest)))
    validation: set[str] = set()
    for index in np.linspace(0, len(names) - 1, len(names) + 1).round().astype(int)[1::2]:
        if sum(unit[item.name] in validation for item in rest) < wanted:
            validation.add(names[index])

    def part(item: Item) -> Part:
        name = unit[item.name]
        return "test" if name in test else "validation" if name in validation else "train"

    return replace(prepared, items=tuple(replace(item, part=part(item)) for item in prepared.items))
