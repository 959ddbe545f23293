"""Retrain the classifier on a laboratory's own cells: ``python -m training.lab.retraining SET [SET …] --out FOLDER``.

SET is a training set that the application exported; only reviewed cells count. The bundled boosters go on learning
(see `training.lab.more_trees`); how long is decided on held-out fields or cases, and so are the scores that are
printed, before and after. FOLDER then holds a manifest and two boosters: choose it in the application under
Edit > Settings.
"""

from __future__ import annotations

import argparse
import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from rbc_desktop.domain.taxonomy import CellClass, class_from_name
from rbc_desktop.errors import UsageError
from rbc_desktop.models.classifier import LightGbmClassifier, ScoreScaling
from rbc_desktop.models.manifest import read_entry
from training.classifier.boosters import raw_scores
from training.classifier.scores import binary_f1, review_limit
from training.command import command
from training.lab import more_trees
from training.lab.cells import LabTable, lab_table
from training.lab.more_trees import ROUNDS
from training.lab.sets import groups_of, read_sets
from training.manifest_io import WEIGHTS_DIR, file_sha256, update_manifest

CELLS_A_CLASS = 10
"""Reviewed cells that a class needs; cells of smaller classes are left out."""

GROUPS_NEEDED = 3
"""Fields or cases that the cells must come from: some are held out to measure what was gained."""

MOST_FOLDS = 5
LIMIT_NEEDS = 200
"""Held-out cells from which the review limit is taken; with fewer the bundled one stays."""


@dataclass(frozen=True)
class Base:
    """The bundled classifier. values: its manifest section; morphology, red: its boosters."""

    values: dict[str, Any]
    morphology: lightgbm.Booster
    red: lightgbm.Booster

    @property
    def classes(self) -> list[CellClass]:
        """Order of the morphologies."""
        return [class_from_name(name) for name in self.values["classes"]]

    @property
    def scaling(self) -> ScoreScaling:
        """From scores to probabilities."""
        return ScoreScaling(float(self.values["temperature"]), np.asarray(self.values["bias"], np.float64))


@dataclass(frozen=True)
class Judged:
    """What held-out cells were answered.

    Attributes:
        scores: (R, N, C) raw, for each of `ROUNDS`.
        red: (R, M) probability of being a red cell.
        target: (N,) classes.
        is_red: (M,).
    """

    scores: NDArray[np.float64]
    red: NDArray[np.float64]
    target: NDArray[np.int64]
    is_red: NDArray[np.int64]


def load_base(directory: Path = WEIGHTS_DIR) -> Base:
    """The bundled boosters.

    Raises:
        ModelLoadError: when they are missing or damaged.
    """
    LightGbmClassifier.load(directory)
    values = dict(read_entry("classifier", directory).values)
    files = (directory / values["file"], directory / values["red_file"])
    morphology, red = (lightgbm.Booster(model_str=path.read_text(encoding="utf-8")) for path in files)
    return Base(values, morphology, red)


def usable(table: LabTable) -> LabTable:
    """The cells of classes that have enough of them.

    Raises:
        UsageError: when that leaves too little to learn from, or to hold out.
    """
    counts = Counter(table.classes[table.original])
    enough = {name for name, count in counts.items() if count >= CELLS_A_CLASS}
    if len(enough) < 2:
        listed = ", ".join(f"{name} {count}" for name, count in counts.most_common()) or "none"
        raise UsageError(
            f"Too few reviewed cells: at least two classes need {CELLS_A_CLASS} each, here are: {listed}. Review more "
            "cells in the application and export again."
        )
    chosen = table.select(np.array([name in enough for name in table.classes], bool))
    if len(set(chosen.group)) < GROUPS_NEEDED:
        raise UsageError(
            f"The reviewed cells come from {len(set(chosen.group))} fields; at least {GROUPS_NEEDED} are needed, "
            "because some are held out to measure what was gained. Review cells in more fields and export again."
        )
    return chosen


def judge(base: Base, table: LabTable) -> Judged:
    """Every cell answered by boosters that never saw its field or case."""
    folds = folds_of(table.group)
    groups, red_groups = base.values["groups"], base.values["red_groups"]
    trees, red_trees = base.morphology.current_iteration(), base.red.current_iteration()
    scores, chances, targets, kinds = [], [], [], []
    for fold in range(int(folds.max()) + 1):
        held = table.select((folds == fold) & table.original)
        morphology, is_red = _fit(base, table.select(folds != fold), rounds=(ROUNDS[-1], ROUNDS[-1]))
        target, red = _targets(base, held)
        cells = held.features[red == 1]
        scores.append(np.stack([raw_scores(morphology, cells, groups, trees=trees + r) for r in ROUNDS]))
        odds = [raw_scores(is_red, held.features, red_groups, trees=red_trees + r) for r in ROUNDS]
        chances.append(1 / (1 + np.exp(-np.stack(odds))))
        targets.append(target[red == 1])
        kinds.append(red)
    return Judged(
        np.concatenate(scores, axis=1), np.concatenate(chances, axis=1), np.concatenate(targets), np.concatenate(kinds)
    )


def best_rounds(base: Base, judged: Judged) -> int:
    """Which of `ROUNDS` gives the morphologies the least log loss on held-out cells."""
    bias = base.scaling.bias
    losses = []
    for scores in judged.scores:
        temperature = more_trees.fit_temperature(scores, bias, judged.target)
        losses.append(more_trees.log_loss(scores / temperature + bias, judged.target))
    return int(np.argmin(losses))


def best_red_rounds(judged: Judged) -> int:
    """Which of `ROUNDS` errs least on "red cell or not"; the first, which changes nothing, without both kinds."""
    if len(set(judged.is_red.tolist())) < 2:
        return 0
    return int(np.argmin([red_error(chance, judged.is_red) for chance in judged.red]))


def red_error(chance: NDArray[np.float64], is_red: NDArray[np.int64]) -> float:
    """Mean of the two shares of mistaken cells, so that the few that are not red cells count as much as the others."""
    wrong = (chance >= 0.5) != (is_red == 1)
    return float(np.mean([wrong[is_red == side].mean() for side in np.unique(is_red)]))


@dataclass(frozen=True)
class Gain:
    """What the held-out cells say. accuracy, macro_f1: of the morphologies; red_error: see `red_error`."""

    accuracy: float
    macro_f1: float
    red_error: float

    def __str__(self) -> str:
        return f"accuracy {self.accuracy:.3f}, macro-F1 {self.macro_f1:.3f}, red or not mistaken {self.red_error:.3f}"


def retrain(sets: Sequence[Path], out: Path, *, base: Base, name: str) -> list[str]:
    """Retrain on some sets and write manifest and boosters to `out`; returns what to print.

    Raises:
        UsageError: when the sets can't be read or hold too little.
    """
    fields = [field for field in read_sets(sets) if field.reviewed]
    table = usable(lab_table(fields))
    judged = judge(base, table)
    rounds, red_rounds = best_rounds(base, judged), best_red_rounds(judged)
    bias = base.scaling.bias
    scaling = ScoreScaling(more_trees.fit_temperature(judged.scores[rounds], bias, judged.target), bias)
    probabilities = scaling.probabilities(judged.scores[rounds])
    before = _gain(base.scaling.probabilities(judged.scores[0]), judged.red[0], judged)
    after = _gain(probabilities, judged.red[red_rounds], judged)
    counts = Counter(str(c) for c in table.classes[table.original]).most_common()
    cells, limit = int(table.original.sum()), _limit(base, probabilities, judged.target)
    changed = {
        "version": f"{base.values['version']}-{name}",
        "temperature": scaling.temperature,
        "review_limit": limit,
        "trained_on": f"{base.values['trained_on']}; then {cells} reviewed cells of {len(fields)} fields of {name}",
        "trained": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "lab_cells": dict(counts),
        "scores": {"lab_held_out_before": asdict(before), "lab_held_out_after": asdict(after)},
    }
    _write(out, base, changed, _fit(base, table, rounds=(ROUNDS[rounds], ROUNDS[red_rounds])))
    held_by = "case" if groups_of(fields) == [field.case for field in fields] else "field"
    return [
        f"{cells} reviewed cells: {', '.join(f'{c} {n}' for c, n in counts)}",
        f"scores on cells held out by {held_by}, {int(folds_of(table.group).max()) + 1} folds:",
        f"  before  {before}",
        f"  after   {after}",
        f"{ROUNDS[rounds]} trees a class and {ROUNDS[red_rounds]} for red or not were added; review limit {limit:.2f}",
        f"written to {out}: choose this folder in the application under Edit > Settings, Classifier",
    ]


def _gain(probabilities: NDArray[np.float64], chance: NDArray[np.float64], judged: Judged) -> Gain:
    """Macro-F1 is over the classes that the cells have; every class may be the answer."""
    answer, target = probabilities.argmax(axis=1), judged.target
    f1 = [binary_f1(answer == number, target == number) for number in np.unique(target)]
    values = ((answer == target).mean(), np.mean(f1), red_error(chance, judged.is_red))
    return Gain(*(round(float(value), 4) for value in values))


def _targets(base: Base, table: LabTable) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Class numbers (0 for what is no red cell), and 1 for red cells."""
    order = {name: number for number, name in enumerate(base.classes)}
    target = np.array([order.get(name, 0) for name in table.classes], np.int64)
    return target, np.array([name is not CellClass.NOT_RED_CELL for name in table.classes], np.int64)


def folds_of(group: NDArray[np.str_]) -> NDArray[np.int64]:
    """Fold of every row: groups in order of their size, each to the fold that holds the least."""
    names, sizes = np.unique(group, return_counts=True)
    held = np.zeros(min(MOST_FOLDS, len(names)))
    fold_of = {}
    for index in np.argsort(-sizes, kind="stable"):
        fold_of[names[index]] = int(held.argmin())
        held[fold_of[names[index]]] += sizes[index]
    return np.array([fold_of[name] for name in group], np.int64)


def _fit(base: Base, table: LabTable, *, rounds: tuple[int, int]) -> tuple[lightgbm.Booster, lightgbm.Booster]:
    """Both boosters with so many more trees; "red or not" stays as it is when all cells are one of them."""
    target, red = _targets(base, table)
    morphology = more_trees.continued(
        base.morphology,
        table.features[red == 1],
        target[red == 1],
        groups=base.values["groups"],
        classes=len(base.classes),
        rounds=rounds[0],
    )
    both = len(set(red.tolist())) == 2
    return morphology, more_trees.continued_red(
        base.red, table.features, red, groups=base.values["red_groups"], rounds=rounds[1] if both else 0
    )


def _limit(base: Base, probabilities: NDArray[np.float64], target: NDArray[np.int64]) -> float:
    """The review limit that keeps the bundled promise on the laboratory's held-out cells, or the bundled one."""
    if len(target) < LIMIT_NEEDS:
        return float(base.values["review_limit"])
    return review_limit(probabilities, target, precision=float(base.values["review_precision"]))


def _write(out: Path, base: Base, changed: dict[str, Any], boosters: tuple[lightgbm.Booster, lightgbm.Booster]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    values = {**base.values, **changed}
    for booster, prefix, name in zip(boosters, ("", "red_"), ("classifier.txt", "red_cell.txt"), strict=True):
        (out / name).write_text(booster.model_to_string(), encoding="utf-8")
        values.update({f"{prefix}file": name, f"{prefix}sha256": file_sha256(out / name)})
    update_manifest("classifier", values, directory=out)
    LightGbmClassifier.load(out)  # what the application will do


@command
def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+", metavar="SET", help="a folder that the application exported")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where manifest and boosters go")
    parser.add_argument("--name", help="what reports call it, after the version (default: the folder's name)")
    args = parser.parse_args()
    if args.out.resolve() == WEIGHTS_DIR.resolve():
        raise UsageError("The bundled weights are not replaced; choose another folder with --out.")
    print("\n".join(retrain(args.sets, args.out, base=load_base(), name=args.name or args.out.name)))


if __name__ == "__main__":
    main()
