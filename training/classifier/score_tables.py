"""Scores of the classifier: ``python -m training.classifier.score_tables [PART …]``.

Parts: ``cv`` reads the out-of-fold answers of the last training; ``labels`` those of cells that two people labelled;
``red`` judges TXL-PBC's val part; ``diseases`` shows what the bundled boosters call the cells of the unlabelled fields;
``assess`` shows where classes are withheld; ``ablation`` trains without and with single feature groups on the fixed
split (fold 0 held out). ``--write`` stores what is printed in docs/measured.json.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from typing import TextIO

import numpy as np
from numpy.typing import NDArray

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.engine.predictions import field_evidence
from rbc_desktop.imaging.cells.field_context import FieldContext, field_context
from rbc_desktop.imaging.features import extract_many
from rbc_desktop.models.classifier.classifier import LightGbmClassifier, ScoreScaling
from rbc_desktop.models.classifier.feature_columns import feature_columns
from rbc_desktop.models.classifier.field_classes import FieldClasses
from rbc_desktop.models.manifest import read_entry
from rbc_desktop.models.relearning.boosting import raw_scores
from rbc_desktop.models.relearning.held_out import binary_f1
from training.classifier import boosters, crossval, scores
from training.classifier.assessment_scores import print_assessment
from training.classifier.click_tables import boxed_clicks, boxed_twins
from training.classifier.dataset import (
    ORIGIN_BACKGROUND,
    ORIGIN_PLATELET,
    ORIGIN_RED,
    ORIGIN_SPECK,
    ORIGIN_WHITE,
    chula_table,
    red_table,
    speck_table,
)
from training.classifier.field_mixture import with_field
from training.classifier.fitting import COPIES, FIRST_SAMPLE, SPECKS_EVERY, labelled_tables, red_tables
from training.classifier.label_agreement import print_agreement, twice_labelled
from training.classifier.masks import regions
from training.classifier.split import fold_by_field
from training.data.sets.fields import DATA, read_rgb
from training.data.sets.labelled_fields import CHULA_CLASSES, labelled_fields
from training.manifest_io import WEIGHTS_DIR
from training.measured_values import record

FIXED_FOLD = 0
CLICKED_RED_VAL = 4
ABLATION_ROUNDS = 160
ORIGIN_NAMES = {
    ORIGIN_RED: "red cell",
    ORIGIN_WHITE: "white cell or its nucleus",
    ORIGIN_PLATELET: "platelet",
    ORIGIN_SPECK: "speck (Chula)",
    ORIGIN_BACKGROUND: "background",
}


def main() -> None:
    """Command line."""
    parts: dict[str, Callable[[], dict[str, float] | None]] = {
        "cv": print_cv,
        "labels": print_labels,
        "red": print_red,
        "diseases": print_diseases,
        "assess": print_assessment,
        "ablation": print_ablation,
    }
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help="all when none is named")
    parser.add_argument("--write", action="store_true", help="store values and tables for the documents")
    args = parser.parse_args()
    values: dict[str, float] = {}
    tables: dict[str, list[str]] = {}
    for name in args.parts or parts:
        print(f"\n## {name}\n")
        with contextlib.redirect_stdout(Copied(sys.stdout)) as copied:
            values |= parts[name]() or {}
        tables[name] = [line for line in copied.getvalue().splitlines() if line.startswith("|")]
    if args.write:
        command = "python -m training.classifier.score_tables --write"
        record("classifier", values, command=command, tables=tables)


class Copied(io.StringIO):
    """Keeps what is printed and shows it at once."""

    def __init__(self, shown: TextIO) -> None:
        super().__init__()
        self.shown = shown

    def write(self, text: str) -> int:
        """Print and keep a text."""
        self.shown.write(text)
        self.shown.flush()
        return super().write(text)


SAMPLE_OF_SOURCE = (0, 0, 1, 2)
"""Which of the samples from `FIRST_SAMPLE` on shows the fields of each judged table."""


def bundled_limit() -> float:
    """The review limit of the bundled boosters."""
    return float(read_entry("classifier", WEIGHTS_DIR).values["review_limit"])


def answers_of(
    judged: crossval.OutOfFold, source: int, *, calibrated: bool = True
) -> tuple[crossval.OutOfFold, NDArray[np.float64]]:
    """The cells of a judged table, and what the bundled scaling makes of them and of their fields, (N, 13)."""
    values = read_entry("classifier", WEIGHTS_DIR).values
    scaling = ScoreScaling(values["temperature"], np.asarray(values["bias"]))
    mixture = FieldClasses.of(values, outputs=len(CHULA_CLASSES))
    part = judged.select(judged.source == source)
    samples = judged.select(judged.source == FIRST_SAMPLE + SAMPLE_OF_SOURCE[source])
    if mixture is None:
        return part, scaling.probabilities(part.calibrated if calibrated else part.uncalibrated)
    return part, with_field(part, samples, scaling, mixture, calibrated=calibrated)


def print_cv() -> dict[str, float]:
    """Five folds, the fixed split, F1 by class, confusion, review limit; returns the values that documents quote."""
    judged, limit = crossval.OutOfFold.load(), bundled_limit()
    cells = [
        (key, title, *answers_of(judged, source, calibrated=key.partition("_")[2] != "uncalibrated"))
        for key, title, source in (
            ("otsu_calibrated", "Masks by Otsu, calibrated field", 0),
            ("otsu_uncalibrated", "Masks by Otsu, uncalibrated field", 0),
            ("clicks_calibrated", "Masks of the bundled segmenter, calibrated field", 1),
            ("clicks_uncalibrated", "Masks of the bundled segmenter, uncalibrated field", 1),
            ("half", "The same at half resolution, every fourth field, calibrated", 2),
            ("strange", "The same in any hue and density, every fourth field, calibrated", 3),
        )
    ]
    values = dict(read_entry("classifier", WEIGHTS_DIR).values["scores"])
    for key, title, part, probabilities in cells:
        print(f"\n{title}: accuracy / macro-F1\n")
        print("| Classes | fixed split | mean of 5 folds ± SD | all folds pooled |\n|---|---|---|---|")
        for name, classes in (("11", scores.CLASSES_11), ("12", scores.CLASSES_12), ("13", scores.CLASSES_13)):
            split = _split_scores(probabilities, part, classes)
            values |= {f"{key}_{name}_{measure}": round(value, 4) for measure, value in split.items()}
            print(f"| {name} | {_split_row(split)} |")
    (_, _, plain, probabilities), (*_, uncalibrated) = cells[:2]
    _print_classes(probabilities, uncalibrated, plain.target)
    _print_confusion(probabilities, plain.target)
    _print_review(probabilities, plain.target, limit)
    print(f"\n| At {limit:.2f} or more (13 classes) | cells | right | calibration error |\n|---|---|---|---|")
    for _, title, part, heard in cells:
        _print_accepted(title, heard, part.target, limit)
    values |= _print_rare(judged)
    accepted = probabilities.max(axis=1) >= limit
    right = (probabilities.argmax(axis=1) == plain.target)[accepted].mean()
    return values | {"accepted_right": round(float(right), 4)}


def _print_rare(judged: crossval.OutOfFold) -> dict[str, float]:
    """Clicked cells by how common a class is among their field's labels, without and with the field's sample."""
    clicked, heard = answers_of(judged, 1)
    values = read_entry("classifier", WEIGHTS_DIR).values
    alone = ScoreScaling(values["temperature"], np.asarray(values["bias"])).probabilities(clicked.calibrated)
    said = {"alone": alone.argmax(axis=1), "heard": heard.argmax(axis=1)}
    shares = np.zeros_like(alone)
    for field in np.unique(clicked.field):
        rows = clicked.field == field
        shares[rows] = np.bincount(clicked.target[rows], minlength=shares.shape[1]) / rows.sum()
    each = np.arange(len(shares))
    found: dict[str, float] = {}
    head = "Share of the class in its field's labels | cells | found by themselves | and with the field"
    print(f"\n| {head} | so called, right by themselves | and with the field |\n|---|---|---|---|---|---|")
    for key, name, low, high in (
        ("rare", "under 5%", 0.0, 0.05), ("some", "5 to 20%", 0.05, 0.2), ("common", "20% or more", 0.2, 1.1),
    ):  # fmt: skip
        rows, row = _within(shares[each, clicked.target], low, high), []
        if not rows.any():
            continue
        for what in said:
            row.append(float((said[what] == clicked.target)[rows].mean()))
            found[f"found_{key}_{what}"] = round(row[-1], 4)
        for answer in said.values():
            called = _within(shares[each, answer], low, high)
            row.append(float((answer == clicked.target)[called].mean()) if called.any() else 0.0)
        print(f"| {name} | {rows.sum()} | " + " | ".join(f"{value:.1%}" for value in row) + " |")
    return found


def _within(values: NDArray[np.float64], low: float, high: float) -> NDArray[np.bool_]:
    return (values >= low) & (values < high)


def print_labels() -> dict[str, float]:
    """What the labels allow: cells that two people labelled; returns the values that documents quote."""
    clicked, heard = answers_of(crossval.OutOfFold.load(), 1)
    by_cell = dict(zip(clicked.cell.tolist(), heard.argmax(axis=1).tolist(), strict=True))
    return print_agreement(twice_labelled(labelled_fields()), by_cell)


def _split_scores(p: NDArray[np.float64], judged: crossval.OutOfFold, classes: tuple[int, ...]) -> dict[str, float]:
    """Accuracy and macro-F1: fixed split, mean and SD of the folds, all folds pooled."""
    folds = np.unique(judged.fold)
    each = [scores.score(p[judged.fold == f], judged.target[judged.fold == f], classes=classes) for f in folds]
    pooled = scores.score(p, judged.target, classes=classes)
    values: dict[str, float] = {}
    for measure in ("accuracy", "macro_f1"):
        folded = np.array([getattr(e, measure) for e in each])
        values |= {
            f"{measure}_fixed": float(folded[FIXED_FOLD]),
            f"{measure}_mean": float(folded.mean()),
            f"{measure}_sd": float(folded.std(ddof=1)),
            f"{measure}_pooled": float(getattr(pooled, measure)),
        }
    return values


def _split_row(v: Mapping[str, float]) -> str:
    return (
        f"{v['accuracy_fixed']:.3f} / {v['macro_f1_fixed']:.3f} "
        f"| {v['accuracy_mean']:.3f} ± {v['accuracy_sd']:.3f} / {v['macro_f1_mean']:.3f} ± {v['macro_f1_sd']:.3f} "
        f"| {v['accuracy_pooled']:.3f} / {v['macro_f1_pooled']:.3f}"
    )


def _print_classes(p: NDArray[np.float64], plain: NDArray[np.float64], target: NDArray[np.int64]) -> None:
    print("\n| Class | cells | precision | recall | F1 | F1 uncalibrated |\n|---|---|---|---|---|---|")
    table, other = scores.confusion(p, target), scores.score(plain, target)
    for number, name in enumerate(CHULA_CLASSES):
        hits = table[number, number]
        precision, recall = hits / max(table[:, number].sum(), 1), hits / max(table[number].sum(), 1)
        f1 = 2 * hits / max(table[:, number].sum() + table[number].sum(), 1)
        print(
            f"| {name.value} | {table[number].sum()} | {precision:.2f} | {recall:.2f} | {f1:.2f} "
            f"| {other.f1[number]:.2f} |"
        )


def _print_confusion(p: NDArray[np.float64], target: NDArray[np.int64]) -> None:
    print("\nRows: label; columns: answer (13 classes, out of fold).\n")
    short = [name.value[:5] for name in CHULA_CLASSES]
    print("| | " + " | ".join(short) + " |\n|---" + "|---" * len(short) + "|")
    for name, row in zip(CHULA_CLASSES, scores.confusion(p, target), strict=True):
        print(f"| {name.value} | " + " | ".join(str(v) for v in row) + " |")


def _print_review(p: NDArray[np.float64], target: NDArray[np.int64], limit: float) -> None:
    best, right = p.max(axis=1), p.argmax(axis=1) == target
    print(f"\nExpected calibration error {scores.calibration_error(p, target):.3f}. Review limit {limit:.2f}.\n")
    print("| Probability at least | cells | right |\n|---|---|---|")
    for level in sorted({0.4, 0.5, 0.6, 0.7, 0.8, limit}):
        accepted = best >= level
        print(f"| {level:.2f} | {accepted.mean():.1%} | {right[accepted].mean():.1%} |")


def _print_accepted(title: str, p: NDArray[np.float64], target: NDArray[np.int64], limit: float) -> None:
    accepted, right = p.max(axis=1) >= limit, p.argmax(axis=1) == target
    error = scores.calibration_error(p, target)
    print(f"| {title} | {accepted.mean():.1%} | {right[accepted].mean():.1%} | {error:.3f} |")


def print_red() -> None:
    """Red or not on cells that took no part in training: TXL-PBC val, and Chula's held-out fold (another booster)."""
    classifier = LightGbmClassifier.load(WEIGHTS_DIR)
    clicked = boxed_clicks("val", "plain", every=CLICKED_RED_VAL)
    parts = (("masks by Otsu", red_table("val", copies=0)), ("a click of the bundled segmenter", clicked))
    answers = [_called_other(classifier, table.features) for _, table in parts]
    print("| TXL-PBC val | masks | cells | called not a red cell |\n|---|---|---|---|")
    for (source, table), other in zip(parts, answers, strict=True):
        for origin, name in ORIGIN_NAMES.items():
            rows = table.target == origin
            if rows.any():
                print(f"| {name} | {source} | {rows.sum()} | {other[rows].mean():.1%} |")
    print('\n| TXL-PBC val, white cells and platelets against red cells | F1 of "not a red cell" |\n|---|---|')
    for (source, table), other in zip(parts, answers, strict=True):
        boxed = table.target != ORIGIN_BACKGROUND
        print(f"| {source} | {binary_f1(other[boxed], table.target[boxed] != ORIGIN_RED):.3f} |")
    _print_red_twins(classifier)
    _print_red_held_out()


def _print_red_twins(classifier: LightGbmClassifier) -> None:
    """The same cells under other stains: only what is a cell by its box."""
    head = 'Clicks in a twin of every sixth image | cells that are no red ones | F1 of "not a red cell"'
    print(f"\n| {head} |\n|---|---|---|")
    for kind, table in boxed_twins().items():
        boxed = table.target != ORIGIN_BACKGROUND
        other, wanted = _called_other(classifier, table.features[boxed]), table.target[boxed] != ORIGIN_RED
        print(f"| {kind} | {wanted.sum()} | {binary_f1(other, wanted):.3f} |")


def _print_red_held_out() -> None:
    otsu, clicked = labelled_tables()
    fields = {field for field, fold in fold_by_field().items() if fold == FIXED_FOLD}
    booster = boosters.fit_red(red_tables([otsu, clicked], without=fields))
    specks = speck_table(copies=0, every=SPECKS_EVERY)
    print("\n| Chula, fixed split (own booster) | masks | called not a red cell |\n|---|---|---|")
    for name, table in (
        ("labelled cells, Otsu", otsu),
        ("labelled cells, clicks", clicked),
        ("specks, background", specks),
    ):
        features = table.features[np.isin(table.field, list(fields)) & (table.copy == 0)]
        probability = 1 / (1 + np.exp(-raw_scores(booster, features, boosters.RED_GROUPS)))
        print(f"| {name} | {len(features)} | {(probability < 0.5).mean():.1%} |")


def _called_other(classifier: LightGbmClassifier, features: NDArray[np.float32]) -> NDArray[np.bool_]:
    answers = classifier.classify(features).argmax(axis=1)
    return np.asarray(answers == classifier.classes.index(CellClass.NOT_RED_CELL))


def print_diseases() -> None:
    """What the bundled boosters call the cells of the unlabelled, brighter fields."""
    classifier = LightGbmClassifier.load(WEIGHTS_DIR)
    print(
        "| Folder | fields | cells | elliptocyte | ovalocyte | not red | most frequent |\n|---|---|---|---|---|---|---|"
    )
    for folder in sorted((DATA / "chula" / "diseases").iterdir()):
        images = sorted(p for p in folder.rglob("*") if p.suffix.lower() in {".jpg", ".jpeg", ".png", ".tif", ".bmp"})
        counts: Counter[CellClass] = Counter()
        for path in images:
            rgb = read_rgb(path)
            context = field_context(rgb)
            features = extract_many(rgb, _all_masks(context), context=context)
            evidence = field_evidence(classifier, rgb, context, median_diameter_px=None, normal_diameter_px=None)
            answers = classifier.classify(features, evidence=evidence).argmax(axis=1)
            counts.update(classifier.classes[i] for i in answers)
        total = max(sum(counts.values()), 1)
        common = ", ".join(f"{c.value} {n / total:.0%}" for c, n in counts.most_common(4))
        shares = (counts[c] / total for c in (CellClass.ELLIPTOCYTE, CellClass.OVALOCYTE, CellClass.NOT_RED_CELL))
        print(
            f"| {folder.name} | {len(images)} | {total} | " + " | ".join(f"{s:.1%}" for s in shares) + f" | {common} |"
        )


def _all_masks(context: FieldContext) -> list[CellMask]:
    """Every cell-sized region of a field that doesn't touch its edge, without any label."""
    labels = regions(context, np.zeros((0, 2)))
    height, width = labels.shape
    least = 0.15 * (context.cell_diameter or 40.0) ** 2
    found = (CellMask.from_array(labels == number) for number in np.unique(labels[labels > 0]))
    return [m for m in found if m is not None and m.area > least and not m.touches_border(width=width, height=height)]


def print_ablation() -> None:
    """Fixed split, 11 classes, calibrated fields, the booster alone, trained without changed copies."""
    table = chula_table(copies=COPIES)
    table = table.select(table.copy == 0)
    chosen = list(boosters.MORPHOLOGY_GROUPS)
    hog = ["hog_window", "hog_normalised"]
    trials = {
        "HOG alone": hog,
        "everything chosen": chosen,
        "everything chosen, and HOG": [*chosen, *hog],
        "everything chosen, and absolute colours": [*chosen, "colour"],
        **{f"without {group}": [g for g in chosen if g != group] for group in chosen},
    }
    print("| Features | values | accuracy | macro-F1 |\n|---|---|---|---|")
    for name, groups in trials.items():
        judged = crossval.out_of_fold([table], [table], folds=(FIXED_FOLD,), groups=groups, rounds=ABLATION_ROUNDS)
        result = scores.score(judged.calibrated, judged.target, classes=scores.CLASSES_11)
        values = len(feature_columns(groups))
        print(f"| {name} | {values} | {result.accuracy:.3f} | {result.macro_f1:.3f} |", flush=True)


if __name__ == "__main__":
    main()
