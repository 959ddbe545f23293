"""Train an image-level model on a laboratory's labelled fields: ``python -m training.lab.image_level_training FOLDER``.

FOLDER holds images and ``labels.csv`` with the columns ``image,label`` and, better, ``group``: which patient or slide a
field is of. Every field is outlined, measured and classified as the application does it, then LightGBM learns from
`rbc_desktop.imaging.fields.field_features`. The folder named by ``--out`` is what the application loads: choose it
under Edit > Settings, Image-level reading. Fields that were measured before are not measured again.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from rbc_desktop.domain.arrays import FloatArray
from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.case.image_reading import ImageReading
from rbc_desktop.engine.pipeline import Pipeline
from rbc_desktop.errors import RbcError, UsageError
from rbc_desktop.imaging.fields.field_features import FIELD_FEATURE_VERSION, FIELD_FEATURES, RANGED, field_names_hash
from rbc_desktop.models.choice.choice import ModelChoice
from rbc_desktop.models.classifier.image_level import LightGbmImageModel
from rbc_desktop.models.relearning.held_out import folds_of
from rbc_desktop.storage.images.image_reader import read_image
from rbc_desktop.workflows.analysis.analysing import CaseWriter, analyse_image
from rbc_desktop.workflows.configuring import build_pipeline
from training.command import command
from training.manifest_io import WEIGHTS_DIR, file_sha256, update_manifest

LABELS_FILE, BOOSTER_FILE, MEASURED_FILE = "labels.csv", "image_level.txt", "measured_fields.json"
FIELDS_A_LABEL = 10
GROUPS_A_LABEL = 3
"""What a label needs: fields, and patients or slides that they come from, since some are held out."""

MOST_LABELS = 20
WIDENED = 0.1
"""Share by which the range of the learnt fields is widened on both sides for the fields that get a reading."""

SETTINGS: dict[str, Any] = {
    "objective": "multiclass", "learning_rate": 0.05, "num_leaves": 4, "min_data_in_leaf": 5, "feature_fraction": 0.5,
    "lambda_l2": 1.0, "deterministic": True, "force_row_wise": True, "num_threads": 1, "seed": 1, "verbosity": -1,
}  # fmt: skip
ROUNDS = 100


@dataclass(frozen=True)
class LabelledField:
    """One image, its label, and what a split must keep together: its path where nothing is known of it."""

    image: Path
    label: str
    group: str


@dataclass(frozen=True)
class FieldTable:
    """features: (N, F) float32; labels, groups: (N,)."""

    features: NDArray[np.float32]
    labels: NDArray[np.str_]
    groups: NDArray[np.str_]


@dataclass(frozen=True)
class HeldOut:
    """Accuracy on fields whose groups weren't learnt from, beside that of always saying the commonest label."""

    accuracy: float
    balanced: float
    commonest: float


def read_labels(folder: Path) -> list[LabelledField]:
    """The labelled fields of a folder.

    Raises:
        UsageError: when ``labels.csv`` is missing, lacks a column, or names an image that isn't there.
    """
    path = folder / LABELS_FILE
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [{k: (v or "").strip() for k, v in row.items() if k} for row in csv.DictReader(file)]
    except (OSError, UnicodeError) as error:
        raise UsageError(f"{folder} has no readable {LABELS_FILE}; write one with the columns image,label.") from error
    if not rows or not {"image", "label"} <= set(rows[0]):
        raise UsageError(f"{path.name} needs the columns image and label, and better a third, group.")
    places = [folder / row["image"] for row in rows]
    groups = [row.get("group") or str(place) for place, row in zip(places, rows, strict=True)]
    fields = [LabelledField(p, row["label"], group) for p, row, group in zip(places, rows, groups, strict=True)]
    missing = next((f.image.name for f in fields if not f.image.is_file()), None)
    if missing is not None:
        raise UsageError(f"{path.name} names {missing}, which is not in the folder; correct the name.")
    return [field for field in fields if field.label]


class _Recorder:
    """Takes the place of an image-level model and keeps what one would see."""

    model_id = "recorder"

    def __init__(self) -> None:
        self.features: FloatArray | None = None

    def read(self, features: FloatArray | None) -> ImageReading:
        """Keep the features of a field."""
        self.features = features
        return ImageReading(self.model_id, 0.0, 0, withheld="it is being learnt from")

    def probabilities(self, features: FloatArray) -> FloatArray:
        """None are known yet."""
        return np.zeros(0, np.float32)


def measured(fields: Sequence[LabelledField], pipeline: Pipeline, out: Path) -> tuple[FieldTable, list[str]]:
    """Features of every field, and a sentence for each that has none; what was measured before is read from `out`."""
    recorder = _Recorder()
    pipeline.image_level = recorder
    path = out / MEASURED_FILE
    known: dict[str, list[float] | None] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    rows, left_out = [], []
    for field in tqdm(fields, desc="measure"):
        key = _key(field.image, pipeline)
        if key not in known:
            try:
                analyse_image(CaseWriter(Case()), pipeline, read_image(field.image), calibration=None)
            except RbcError as error:
                left_out.append(error.message)
                continue
            found, recorder.features = recorder.features, None
            known[key] = None if found is None else [float(value) for value in found]
            out.mkdir(parents=True, exist_ok=True)
            path.with_suffix(".part").write_text(json.dumps(known) + "\n", encoding="utf-8")
            path.with_suffix(".part").replace(path)
        features = known[key]
        if features is None:
            left_out.append(f"{field.image.name} shows too few whole cells and is left out.")
        else:
            rows.append((features, field.label, field.group))
    features = np.array([row[0] for row in rows], np.float32).reshape(-1, len(FIELD_FEATURES))
    labels, groups = (np.array([row[place] for row in rows], np.str_) for place in (1, 2))
    return FieldTable(features, labels, groups), left_out


def check_enough(table: FieldTable) -> None:
    """Refuse what nothing can be learnt from, or measured on.

    Raises:
        UsageError: with what is missing.
    """
    names = sorted(set(table.labels.tolist()))
    if not 2 <= len(names) <= MOST_LABELS:
        raise UsageError(f"The fields have {len(names)} labels; 2 to {MOST_LABELS} are needed. Label more fields.")
    for name in names:
        own = table.labels == name
        groups = len(set(table.groups[own].tolist()))
        if own.sum() < FIELDS_A_LABEL or groups < GROUPS_A_LABEL:
            raise UsageError(
                f"“{name}” has {own.sum()} fields of {groups} groups; {FIELDS_A_LABEL} of {GROUPS_A_LABEL} groups "
                "are needed, because some are held out to measure what was learnt. Label more fields."
            )


def fitted(features: NDArray[np.float32], target: NDArray[np.int64], *, labels: int) -> lightgbm.Booster:
    """A booster in which every label weighs the same. target: (N,) numbers of labels."""
    counts = np.bincount(target, minlength=labels)
    weights = len(target) / (labels * np.maximum(counts, 1)[target])
    data = lightgbm.Dataset(features, target, weight=weights, feature_name=list(FIELD_FEATURES))
    return lightgbm.train({**SETTINGS, "num_class": labels}, data, ROUNDS)


def held_out(table: FieldTable) -> HeldOut:
    """Every field answered by a booster that saw none of its group."""
    names, target = np.unique(table.labels, return_inverse=True)
    folds, answer = folds_of(table.groups), np.zeros(len(target), np.int64)
    for fold in range(int(folds.max()) + 1):
        held = folds == fold
        booster = fitted(table.features[~held], target[~held], labels=len(names))
        answer[held] = np.asarray(booster.predict(table.features[held], num_threads=1)).argmax(axis=1)
    right = answer == target
    balanced = np.mean([right[target == number].mean() for number in range(len(names))])
    return HeldOut(float(right.mean()), float(balanced), float(np.bincount(target).max() / len(target)))


def learnt_range(features: NDArray[np.float32]) -> dict[str, list[float]]:
    """By `RANGED` feature: lowest and highest value of a field that gets a reading."""
    columns = features[:, [FIELD_FEATURES.index(name) for name in RANGED]]
    low, high = np.percentile(columns, (1, 99), axis=0)
    pairs = zip((low * (1 - WIDENED)).tolist(), (high * (1 + WIDENED)).tolist(), strict=True)
    return dict(zip(RANGED, (list(pair) for pair in pairs), strict=True))


def train(table: FieldTable, out: Path, *, name: str) -> list[str]:
    """Train on all fields and write manifest and booster to `out`; returns what to print.

    Raises:
        UsageError: when the fields are too few.
    """
    check_enough(table)
    scores = held_out(table)
    names, target = np.unique(table.labels, return_inverse=True)
    booster = fitted(table.features, target, labels=len(names))
    out.mkdir(parents=True, exist_ok=True)
    (out / BOOSTER_FILE).write_text(booster.model_to_string(), encoding="utf-8")
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    values: Mapping[str, Any] = {
        "file": BOOSTER_FILE,
        "sha256": file_sha256(out / BOOSTER_FILE),
        "name": "image-level",
        "version": name,
        "labels": names.tolist(),
        "learnt": learnt_range(table.features),
        "feature_version": FIELD_FEATURE_VERSION,
        "feature_names_sha256": field_names_hash(),
        "held_out_accuracy": round(scores.accuracy, 4),
        "held_out_fields": len(target),
        "trained_on": f"{len(target)} fields of {len(set(table.groups.tolist()))} groups of {name}",
        "trained": today,
    }
    update_manifest("image-level model", values, directory=out)
    LightGbmImageModel.load(out)  # what the application will do
    counts = ", ".join(f"{label} {count}" for label, count in Counter(table.labels.tolist()).most_common())
    useless = scores.accuracy <= scores.commonest
    return [
        f"{values['trained_on']}: {counts}",
        f"on fields of groups held out: accuracy {scores.accuracy:.3f}, mean over labels {scores.balanced:.3f}; "
        f"always saying the commonest label: {scores.commonest:.3f}",
        f"written to {out}: choose this folder in the application under Edit > Settings, Image-level reading"
        + ("; it is no better than always saying the commonest label, so better don't" if useless else ""),
    ]


def _key(image: Path, pipeline: Pipeline) -> str:
    """What the features of an image depend on."""
    classifier = pipeline.classifier.model_id if pipeline.classifier else ""
    parts = (file_sha256(image), pipeline.segmenter.model_id, classifier, str(FIELD_FEATURE_VERSION))
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


@command
def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help=f"images and {LABELS_FILE}")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where manifest and booster go")
    parser.add_argument("--name", help="what reports call it (default: the folder's name)")
    parser.add_argument("--segmenter", type=Path, metavar="PATH", help="the one that the application is set to")
    parser.add_argument("--classifier", type=Path, metavar="PATH", help="likewise")
    args = parser.parse_args()
    if args.out.resolve() == WEIGHTS_DIR.resolve():
        raise UsageError("The bundled weights are not replaced; choose another folder with --out.")
    fields = read_labels(args.folder)
    pipeline = build_pipeline(notify=print, models=ModelChoice(args.segmenter, args.classifier))
    table, left_out = measured(fields, pipeline, args.out)
    if all(field.group == str(field.image) for field in fields):
        left_out.append(f"{LABELS_FILE} has no column group: fields of one patient may be held out and learnt from.")
    print("\n".join([*left_out, *train(table, args.out, name=args.name or args.out.name)]))


if __name__ == "__main__":
    main()
