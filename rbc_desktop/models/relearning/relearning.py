"""The classifier goes on learning from a laboratory's own cells, and what held-out cells say of it.

The bundled boosters get more trees (`more_trees`), which mend what booster and second opinion say together; how many is
decided on held-out fields or cases, and so are the scores before and after. A laboratory's own classes, which the
boosters have no outputs for, get a booster of their own that tells them from all other cells.
"""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from ...domain.classes.own_classes import class_content
from ...domain.classes.taxonomy import CellClass, class_from_name, in_display_order
from ...files import replace_atomically
from ..classifier.classifier import LightGbmClassifier, ScoreScaling, second_opinion
from ..classifier.second_opinion import SecondOpinion
from ..manifest import file_sha256, read_entry
from . import more_trees
from .boosting import class_weights, fit, raw_scores
from .held_out import binary_f1, folds_of, red_error, review_limit
from .lab_table import LabTable
from .learning_needs import check_enough
from .more_trees import ROUNDS
from .relearning_result import Gain, Relearnt

LIMIT_NEEDS = 200
"""Held-out cells from which the review limit is taken; with fewer the bundled one stays."""

OWN_ROUNDS = 80
"""Trees a class of the booster for own classes. On 24 drawn sickles held out, F1 was 0.94 with 20 trees, 0.98 with 40
and 80, 1.00 with 160; the log loss of 40 was three times that of 80."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Base:
    """The bundled classifier.

    Attributes:
        values: its manifest section.
        morphology, red: its boosters.
        second: file and networks of the second opinion, which stay as they are.
    """

    values: dict[str, Any]
    morphology: lightgbm.Booster
    red: lightgbm.Booster
    second: tuple[Path, SecondOpinion] | None = None

    def beside(self, features: NDArray[np.float32]) -> NDArray[np.float64] | float:
        """What the second opinion adds to the scores of the morphologies, (N, C) or nothing."""
        return 0.0 if self.second is None else self.second[1].scores(features)

    @property
    def classes(self) -> list[CellClass]:
        """Order of the morphologies."""
        return [class_from_name(name) for name in self.values["classes"]]

    @property
    def scaling(self) -> ScoreScaling:
        """From scores to probabilities."""
        return ScoreScaling(float(self.values["temperature"]), np.asarray(self.values["bias"], np.float64))


@dataclass(frozen=True)
class Boosters:
    """What was fitted. own: tells own classes from all other cells (output 0), None without any."""

    morphology: lightgbm.Booster
    red: lightgbm.Booster
    own: lightgbm.Booster | None = None


@dataclass(frozen=True)
class Judged:
    """What held-out cells were answered.

    Attributes:
        scores: (R, N, C) raw of the morphologies, for each of `ROUNDS`.
        red: (R, N) probability of being a red cell.
        own: (N, 1 + K) share of "none of them" and of each own class.
        target: (N,) number of the morphology; of no meaning where the cell is of none.
        is_red: (N,) 1 for red cells.
        own_target: (N,) 0, or 1 + number of the own class.
    """

    scores: NDArray[np.float64]
    red: NDArray[np.float64]
    own: NDArray[np.float64]
    target: NDArray[np.int64]
    is_red: NDArray[np.int64]
    own_target: NDArray[np.int64]

    @property
    def known(self) -> NDArray[np.bool_]:
        """(N,) the cells of a morphology that the bundled classifier has."""
        return np.asarray((self.is_red == 1) & (self.own_target == 0))


def load_base(directory: Path) -> Base:
    """The bundled boosters.

    Raises:
        ModelLoadError: when they are missing or damaged.
    """
    LightGbmClassifier.load(directory)
    values = dict(read_entry("classifier", directory).values)
    files = (directory / values["file"], directory / values["red_file"])
    morphology, red = (lightgbm.Booster(model_str=path.read_text(encoding="utf-8")) for path in files)
    second = second_opinion(directory, values)
    return Base(values, morphology, red, None if second is None else (directory / values["second_file"], second))


def usable(table: LabTable) -> LabTable:
    """The cells of classes that have enough of them.

    Raises:
        RelearnError: as `check_enough`.
    """
    counts = Counter(table.classes[table.original].tolist())
    enough = check_enough(counts, groups=len(set(table.group.tolist())))
    chosen = table.select(np.array([name in enough for name in table.classes], bool))
    check_enough(counts, groups=len(set(chosen.group.tolist())))
    return chosen


def own_of(table: LabTable) -> tuple[CellClass, ...]:
    """The own classes of a table, in display order."""
    return in_display_order(c for c in table.classes.tolist() if c.is_own)


def relearn(
    table: LabTable, out: Path, *, base: Base, name: str, fields: int, progress: Progress = lambda _done, _total: None
) -> Relearnt:
    """Go on learning from a table's cells and write manifest and boosters to `out`.

    Args:
        table: reviewed cells and their changed copies.
        out: folder, made if it does not exist.
        base: the bundled classifier.
        name: what reports call the result, after the version.
        fields: how many the cells come from.
        progress: called with steps done and all of them.

    Raises:
        RelearnError: when the cells are too few.
    """
    everything = Counter(table.classes[table.original].tolist())
    table = usable(table)
    own, folds = own_of(table), int(folds_of(table.group).max()) + 1
    judged = judge(base, table, progress=lambda done: progress(done, folds + 1))
    rounds, red_rounds = best_rounds(base, judged), best_red_rounds(judged)
    bias = base.scaling.bias
    temperature = more_trees.fit_temperature(judged.scores[rounds][judged.known], bias, judged.target[judged.known])
    scaling = ScoreScaling(temperature, bias)
    before, after = _before(base, judged), _after(judged, scaling, rounds=rounds, red_rounds=red_rounds, own=own)
    progress(folds, folds + 1)
    fitted = _fit(base, table, rounds=(ROUNDS[rounds], ROUNDS[red_rounds]))
    counts = Counter(table.classes[table.original].tolist())
    cells = tuple((c.value, n) for c, n in counts.most_common())
    limit = _limit(base, scaling.probabilities(judged.scores[rounds][judged.known]), judged.target[judged.known])
    changed = {
        "version": f"{base.values['version']}-{name}",
        "temperature": scaling.temperature,
        "review_limit": limit,
        "trained_on": f"{base.values['trained_on']}; then {counts.total()} reviewed cells of {fields} fields of {name}",
        "trained": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "lab_cells": dict(cells),
        "scores": {"lab_held_out_before": asdict(before), "lab_held_out_after": asdict(after)},
    }
    model_id = write(out, base, changed, fitted, own=own)
    left_out = tuple((c.value, n) for c, n in everything.most_common() if c not in counts)
    progress(folds + 1, folds + 1)
    return Relearnt(
        out, model_id, cells, left_out, fields, folds, before, after, ROUNDS[rounds], ROUNDS[red_rounds], limit
    )


def judge(base: Base, table: LabTable, *, progress: Callable[[int], None] = lambda _done: None) -> Judged:
    """Every cell answered by boosters that never saw its field or case."""
    folds = folds_of(table.group)
    groups, red_groups = base.values["groups"], base.values["red_groups"]
    trees, red_trees = base.morphology.current_iteration(), base.red.current_iteration()
    parts = []
    for fold in range(int(folds.max()) + 1):
        progress(fold)
        held = table.select((folds == fold) & table.original)
        fitted = _fit(base, table.select(folds != fold), rounds=(ROUNDS[-1], ROUNDS[-1]), own=own_of(table))
        cells = held.features
        scores = np.stack([raw_scores(fitted.morphology, cells, groups, trees=trees + r) for r in ROUNDS])
        scores = scores + base.beside(cells)
        odds = np.stack([raw_scores(fitted.red, cells, red_groups, trees=red_trees + r) for r in ROUNDS])
        target, red = targets_of(base, held)
        parts.append((
            scores, 1 / (1 + np.exp(-odds)), own_shares(fitted.own, cells, groups), target, red,
            _own_targets(held, own_of(table)),
        ))  # fmt: skip
    columns = zip(zip(*parts, strict=True), (1, 1, 0, 0, 0, 0), strict=True)
    return Judged(*(np.concatenate(each, axis=axis) for each, axis in columns))


def best_rounds(base: Base, judged: Judged) -> int:
    """Which of `ROUNDS` gives the morphologies the least log loss on held-out cells."""
    bias, known = base.scaling.bias, judged.known
    losses = []
    for scores in judged.scores[:, known]:
        temperature = more_trees.fit_temperature(scores, bias, judged.target[known])
        losses.append(more_trees.log_loss(scores / temperature + bias, judged.target[known]))
    return int(np.argmin(losses))


def best_red_rounds(judged: Judged) -> int:
    """Which of `ROUNDS` errs least on "red cell or not"; the first, which changes nothing, without both kinds."""
    if len(set(judged.is_red.tolist())) < 2:
        return 0
    return int(np.argmin([red_error(chance, judged.is_red) for chance in judged.red]))


def targets_of(base: Base, table: LabTable) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Numbers of the morphologies (0 for cells of none), and 1 for red cells."""
    order = {name: number for number, name in enumerate(base.classes)}
    target = np.array([order.get(name, 0) for name in table.classes], np.int64)
    return target, np.array([name.is_red for name in table.classes], np.int64)


def own_shares(booster: lightgbm.Booster | None, features: NDArray[np.float32], groups: Sequence[str]) -> Any:
    """(N, 1 + K) share of "none of them" and of each own class; a column of ones without a booster."""
    if booster is None:
        return np.ones((len(features), 1))
    scores = raw_scores(booster, features, groups)
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    return shares / shares.sum(axis=1, keepdims=True)


def _own_targets(table: LabTable, own: Sequence[CellClass]) -> NDArray[np.int64]:
    order = {name: number for number, name in enumerate(own, start=1)}
    return np.array([order.get(name, 0) for name in table.classes], np.int64)


def _fit(base: Base, table: LabTable, *, rounds: tuple[int, int], own: Sequence[CellClass] | None = None) -> Boosters:
    """All boosters; "red or not" stays as it is when all cells are one of them."""
    target, red = targets_of(base, table)
    own = own_of(table) if own is None else own
    own_target = _own_targets(table, own)
    known = (red == 1) & (own_target == 0)
    morphology = more_trees.continued(
        base.morphology, table.features[known], target[known], groups=base.values["groups"],
        classes=len(base.classes), rounds=rounds[0] if known.any() else 0, beside=base.beside(table.features[known]),
    )  # fmt: skip
    both = len(set(red.tolist())) == 2
    is_red = more_trees.continued_red(
        base.red, table.features, red, groups=base.values["red_groups"], rounds=rounds[1] if both else 0
    )
    return Boosters(morphology, is_red, _fit_own(base, table, own_target, classes=1 + len(own)) if own else None)


def _fit_own(base: Base, table: LabTable, target: NDArray[np.int64], *, classes: int) -> lightgbm.Booster:
    settings = {
        **more_trees.SETTINGS, "objective": "multiclass", "num_class": classes,
        "min_data_in_leaf": more_trees.leaf(len(target)),
    }  # fmt: skip
    weights = class_weights(target, classes=classes)
    return fit(table.features, target, weights, base.values["groups"], settings, OWN_ROUNDS)


def _before(base: Base, judged: Judged) -> Gain:
    """What the bundled classifier answered, which knows no own class."""
    answer = base.scaling.probabilities(judged.scores[0]).argmax(axis=1)
    return _gain(answer, judged.red[0], judged, own_f1={})


def _after(judged: Judged, scaling: ScoreScaling, *, rounds: int, red_rounds: int, own: Sequence[CellClass]) -> Gain:
    morphology = judged.own[:, :1] * scaling.probabilities(judged.scores[rounds])
    answer = np.column_stack([morphology, judged.own[:, 1:]]).argmax(axis=1)
    first = morphology.shape[1]
    f1 = {
        c.value: round(binary_f1(answer == first + k, judged.own_target == 1 + k), 4) for k, c in enumerate(own)
    }  # fmt: skip
    return _gain(answer, judged.red[red_rounds], judged, own_f1=f1)


def _gain(answer: NDArray[np.int64], chance: NDArray[np.float64], judged: Judged, *, own_f1: dict[str, float]) -> Gain:
    """Scores over the cells of known morphologies; every class may be the answer."""
    answer, target = answer[judged.known], judged.target[judged.known]
    f1 = [binary_f1(answer == number, target == number) for number in np.unique(target)]
    values = ((answer == target).mean(), np.mean(f1), red_error(chance, judged.is_red))
    accuracy, macro_f1, mistaken = (round(float(value), 4) for value in values)
    return Gain(accuracy, macro_f1, mistaken, own_f1)


def _limit(base: Base, probabilities: NDArray[np.float64], target: NDArray[np.int64]) -> float:
    """The review limit that keeps the bundled promise on the laboratory's held-out cells, or the bundled one."""
    if len(target) < LIMIT_NEEDS:
        return float(base.values["review_limit"])
    return review_limit(probabilities, target, precision=float(base.values["review_precision"]))


def write(out: Path, base: Base, changed: dict[str, Any], fitted: Boosters, *, own: Sequence[CellClass]) -> str:
    """Write manifest and boosters; returns what reports call the classifier.

    Raises:
        OSError: when the folder can't be written to.
        ModelLoadError: when the application could not load what was written.
    """
    out.mkdir(parents=True, exist_ok=True)
    values = {**base.values, **changed}
    files = {"": (fitted.morphology, "classifier.txt"), "red_": (fitted.red, "red_cell.txt")}
    if fitted.own is not None:
        files["own_"] = (fitted.own, "own_classes.txt")
        values["own_classes"] = [class_content(c) for c in own]
    for prefix, (booster, name) in files.items():
        (out / name).write_text(booster.model_to_string(), encoding="utf-8")
        values.update({f"{prefix}file": name, f"{prefix}sha256": file_sha256(out / name)})
    if base.second is not None:
        (out / base.second[0].name).write_bytes(base.second[0].read_bytes())
    with replace_atomically(out / "manifest.json") as part:
        text = json.dumps({"classifier": values}, indent=2, sort_keys=True)
        part.write_text(text + "\n", encoding="utf-8")
    return LightGbmClassifier.load(out).model_id  # what the application will do
