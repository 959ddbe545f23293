"""Train the classifier: ``python -m training.classifier``.

Builds the feature tables (cached), judges every labelled cell out of fold, fits the scaling and the review limit on
those answers, fits the boosters on everything, and writes them with the manifest's section "classifier".
"""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import lightgbm
import numpy as np

from rbc_desktop.imaging.features import FEATURE_VERSION, names_hash
from rbc_desktop.models.classifier.classifier import ScoreScaling
from rbc_desktop.models.classifier.field_classes import FieldClasses
from rbc_desktop.models.classifier.second_opinion import SecondOpinion
from rbc_desktop.models.relearning.held_out import review_limit
from training.classifier import boosters, crossval, scores
from training.classifier.click_tables import boxed_clicks, chula_clicks
from training.classifier.dataset import (
    ORIGIN_RED,
    Table,
    chula_table,
    joined,
    red_table,
    speck_table,
)
from training.classifier.field_mixture import fit_with_field, sample_table, with_field
from training.classifier.opinions import fit_second
from training.data.sets.labelled_fields import CHULA_CLASSES
from training.manifest_io import WEIGHTS_DIR, file_sha256, update_manifest

VERSION = "3.4"
MORPHOLOGY, RED, SECOND = "classifier.txt", "red_cell.txt", "second_opinion.safetensors"
PRECISION = 0.90
"""Share of right answers that the review limit promises among the cells it lets pass (Chula, out of fold)."""

COPIES = 1
"""Changed copies of every labelled field."""

RED_SAMPLE = 6000
RED_FIELDS_EVERY = 2
CLICKED_RED_EVERY = 3
STRANGE_RED_EVERY = 1
SPECKS_EVERY = 4
CHANGED_EVERY = 4
"""Chula fields that are judged at half resolution and in any stain; "red or not" learns from the latter."""

FIRST_SAMPLE = 4
"""Number of the fields' samples among the judged tables: plain, half resolution, any hue."""


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep-folds", action="store_true", help="use the out-of-fold answers of the last run")
    parser.add_argument("--only-red", action="store_true", help='fit "red cell or not" alone; implies --keep-folds')
    parser.add_argument("--only-scaling", action="store_true", help="fit the scaling alone; implies --keep-folds")
    options = parser.parse_args()

    otsu, clicked = labelled_tables()
    half, strange = (chula_clicks(kind, every=CHANGED_EVERY) for kind in ("half", "strange"))
    if not (options.keep_folds or options.only_red or options.only_scaling):
        cells = [otsu, clicked, half, strange, *sample_tables()]
        crossval.out_of_fold([otsu, clicked], cells, second=[otsu, clicked, strange]).save()
    judged = crossval.OutOfFold.load()
    plain, sampled = judged.select(judged.source == 0), judged.select(judged.source == FIRST_SAMPLE)
    alone = boosters.fit_scaling(plain.calibrated, plain.target)
    scaling, mixture = fit_with_field(plain, sampled, alone)
    results = _results(plain, sampled, scaling, mixture)
    print(results)
    if options.only_red or options.only_scaling:
        morphology, second = lightgbm.Booster(model_file=str(WEIGHTS_DIR / MORPHOLOGY)), None
    else:
        morphology = boosters.fit_morphology(joined([otsu, clicked]))
        second = fit_second(joined([otsu, clicked, strange]))
    if options.only_scaling:
        red = lightgbm.Booster(model_file=str(WEIGHTS_DIR / RED))
    else:
        red = boosters.fit_red(red_tables([otsu, clicked]))
    write(morphology, second, red, scaling, mixture, results, WEIGHTS_DIR)


def sample_tables() -> list[Table]:
    """Sampled cells of the fields as they are, at half resolution and in any hue."""
    return [sample_table("plain"), *(sample_table(kind, every=CHANGED_EVERY) for kind in ("half", "strange"))]


def labelled_tables() -> tuple[Table, Table]:
    """Chula's labelled cells in Otsu's masks, also on changed copies, and in what a click of the segmenter returns."""
    return chula_table(copies=COPIES), chula_clicks("plain")


def red_tables(labelled: Sequence[Table], *, without: Collection[int] = ()) -> list[Table]:
    """What "red or not" learns from.

    TXL-PBC's boxes in Otsu's and in the segmenter's masks, those in any hue and density too, specks and bare
    background, and as red cells a sample of Chula's.

    Args:
        labelled: Chula's labelled cells.
        without: Chula fields to leave out.
    """
    strange = chula_clicks("strange", every=CHANGED_EVERY)
    cells = joined([*labelled, strange, speck_table(copies=0, every=SPECKS_EVERY)])
    red = np.arange(len(cells.target)) < sum(len(table.target) for table in [*labelled, strange])
    chosen = np.random.default_rng(5).random(len(red)) < np.where(red, RED_SAMPLE / max(red.sum(), 1), 1)
    chosen &= ~np.isin(cells.field, list(without))
    chula = replace(cells, target=np.where(red, ORIGIN_RED, cells.target)).select(chosen)
    boxes = red_table("train", copies=0, every=RED_FIELDS_EVERY)
    clicks = boxed_clicks("train", "plain", every=CLICKED_RED_EVERY)
    recoloured = boxed_clicks("train", "strange", every=STRANGE_RED_EVERY)
    return [boxes, clicks, recoloured, chula]


def write(
    morphology: lightgbm.Booster,
    second: SecondOpinion | None,
    red: lightgbm.Booster,
    scaling: ScoreScaling,
    mixture: FieldClasses,
    results: dict[str, float],
    directory: Path,
) -> None:
    """Both boosters as text, the networks (None: those that are there stay) and the manifest's section."""
    directory.mkdir(parents=True, exist_ok=True)
    files = {MORPHOLOGY: morphology, RED: red}
    for name, booster in files.items():
        part = directory / f"{name}.part"
        part.write_text(booster.model_to_string(), encoding="utf-8")
        part.replace(directory / name)
    if second is not None:
        second.save(directory / SECOND)
    for name in (*files, SECOND):
        print(f"{name}: {(directory / name).stat().st_size / 1e6:.1f} MB")
    update_manifest(
        "classifier",
        {
            "name": "rbc-lightgbm",
            "version": VERSION,
            "file": MORPHOLOGY,
            "sha256": file_sha256(directory / MORPHOLOGY),
            "red_file": RED,
            "red_sha256": file_sha256(directory / RED),
            "second_file": SECOND,
            "second_sha256": file_sha256(directory / SECOND),
            "classes": [c.value for c in CHULA_CLASSES],
            "groups": list(boosters.MORPHOLOGY_GROUPS),
            "red_groups": list(boosters.RED_GROUPS),
            "feature_version": FEATURE_VERSION,
            "feature_names_sha256": names_hash(),
            "temperature": scaling.temperature,
            "bias": [round(float(b), 6) for b in scaling.bias],
            "field_usual": [float(share) for share in mixture.usual],
            "field_power": mixture.power,
            "field_held_by": mixture.held_by,
            "review_limit": results["review_limit"],
            "review_precision": PRECISION,
            "trained_on": "Chula RBC-12 (MIT), TXL-PBC train (MIT)",
            "trained": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "scores": results,
        },
        directory=directory,
    )


def _results(
    judged: crossval.OutOfFold, sampled: crossval.OutOfFold, scaling: ScoreScaling, mixture: FieldClasses
) -> dict[str, float]:
    """The scores that the manifest states."""
    with_size, without = (
        with_field(judged, sampled, scaling, mixture, calibrated=calibrated) for calibrated in (True, False)
    )
    eleven = scores.score(with_size, judged.target, classes=scores.CLASSES_11)
    twelve = scores.score(with_size, judged.target, classes=scores.CLASSES_12)
    thirteen = scores.score(with_size, judged.target)
    plain = scores.score(without, judged.target, classes=scores.CLASSES_11)
    limit = review_limit(with_size, judged.target, precision=PRECISION)
    accepted = with_size.max(axis=1) >= limit
    values = {
        "accuracy_11": eleven.accuracy, "macro_f1_11": eleven.macro_f1,
        "accuracy_12": twelve.accuracy, "macro_f1_12": twelve.macro_f1,
        "accuracy_13": thirteen.accuracy, "macro_f1_13": thirteen.macro_f1,
        "accuracy_11_uncalibrated": plain.accuracy, "macro_f1_11_uncalibrated": plain.macro_f1,
        "calibration_error": scores.calibration_error(with_size, judged.target),
        "accepted_share": float(accepted.mean()), "review_limit": limit,
    }  # fmt: skip
    return {name: round(float(value), 4) for name, value in values.items()}
