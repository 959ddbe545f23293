"""The whole study: ``python -m training.study [--full]``.

Composes a set (or takes ``--data``, a folder of AneRBC's layout), prepares it, trains and scores every model, prints
the comparison table and writes a report. With ``--folds`` every image is tested once, by models that were trained on
the other folds. Each step is skipped when it was done before; an interrupted training resumes.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch

from rbc_desktop.errors import UsageError
from training.command import command
from training.data.sets.folds import are_parted, fold_sets
from training.data.sets.preparation import Preparation, described, prepare, summary
from training.data.sets.prepared_set import SPLIT_FILE, PreparedSet, load_set
from training.data.sets.public_sets import about, find_anerbc
from training.loop import Plan, is_finished
from training.measured_values import record
from training.segmenter.fitting.click_tuning import ClickPlan, finetune
from training.segmenter.fitting.promptable import exported, open_promptable
from training.study.baseline_networks import NETWORKS, NetworkName
from training.study.baselines import train_baseline
from training.study.composed_set import compose_set
from training.study.feature_table import has_table, read_table, score_table
from training.study.image_labels import LABELLINGS, can_learn
from training.study.image_labels import measure as measure_labels
from training.study.method_scores import measure, methods
from training.study.report import write_report
from training.study.results import load_results, pooled, save_labels, save_mask_result, table, values_of

RUNS = Path(__file__).resolve().parents[2] / ".runs" / "study"


@dataclass(frozen=True)
class Size:
    """How large a study is.

    Attributes:
        images: of the composed set, as are `width` and `height`.
        steps: of the networks' training, as are `side` and `crops`.
        clicks: steps of fine-tuning.
        validate_every: steps, as is `save_every`.
    """

    images: int
    width: int
    height: int
    steps: int
    side: int
    crops: int
    clicks: int
    validate_every: int = 100
    save_every: int = 500


SMALL = Size(
    images=160, width=640, height=502, steps=500, side=192, crops=4, clicks=400, validate_every=50, save_every=100
)
FULL = Size(images=1000, width=1224, height=960, steps=6000, side=256, crops=8, clicks=4000)


@dataclass(frozen=True)
class Given:
    """What is used instead of a composed set.

    Attributes:
        data: a folder of AneRBC's layout.
        prepared: a prepared one.
        checkpoint: an official SAM 2.1 to go along.
        folds: how many, for sets too small to hold a part out; 0 for the one split.
        record: what the values that documents quote begin with; None records none.
    """

    data: Path | None = None
    prepared: Path | None = None
    checkpoint: str | None = None
    folds: int = 0
    record: str | None = None


@dataclass(frozen=True)
class _Split:
    """A split of the set, and where its trainings and scores go."""

    study: PreparedSet
    runs: Path
    results: Path


class Study:
    """The steps, in order; each looks for its own output first."""

    def __init__(self, folder: Path, size: Size, given: Given, *, device: torch.device) -> None:
        self._folder, self._size, self._given, self._device = folder, size, given, device
        self._results = folder / "results"

    def run(self) -> None:
        """Everything; ends with the table."""
        prepared = self._prepared()
        for note in prepared.settings.get("notes", ()):
            print(note)
        splits = self._splits(prepared)
        for split in splits:
            print(f"{split.runs.parent.name}\n{summary(split.study)}")
            for name in NETWORKS:
                self._train_network(name, split)
            self._finetune("sam2-finetuned", "bundled", split)
            if self._given.checkpoint is not None:
                self._finetune("sam2-official-finetuned", self._given.checkpoint, split)
            self._score_masks(split)
        shown = splits[0].study
        if self._given.folds:
            shown = replace(shown, items=tuple(replace(item, part="test") for item in shown.items))
            for key in {row["key"] for split in splits for row in load_results(split.results)}:
                rows = [row for split in splits for row in load_results(split.results) if row["key"] == key]
                save_mask_result(self._results, pooled(rows))
        self._score_labels([split.study for split in splits])
        if self._given.data is not None and has_table(self._given.data):
            score_table(read_table(self._given.data), self._results)
        report = write_report(shown, runs=splits[0].runs, results=self._results, path=self._folder / "report.html")
        rows = load_results(self._results)
        if self._given.record is not None:
            record("study", values_of(rows, prefix=self._given.record), command="make study")
        text = table(rows)
        (self._folder / "table.md").write_text(text + "\n", encoding="utf-8")
        print(f"\n{text}\n\nReport: {report}")

    def _splits(self, prepared: PreparedSet) -> list[_Split]:
        folds = self._given.folds
        if not folds:
            return [_Split(prepared, self._folder / "runs", self._results)]
        said = f"{prepared.description}, {len(prepared.items)} images in {folds} folds"
        if are_parted(prepared, folds=folds):
            said += " (too few groups: images of one patient may lie in two folds)"
        places = [self._folder / f"fold{number + 1}" for number in range(folds)]
        sets = fold_sets(replace(prepared, description=said), folds=folds)
        return [_Split(study, p / "runs", p / "results") for study, p in zip(sets, places, strict=True)]

    def _prepared(self) -> PreparedSet:
        if self._given.prepared is not None:
            return load_set(self._given.prepared)
        out = self._folder / "prepared"
        if (out / SPLIT_FILE).exists():
            return load_set(out)
        data = self._given.data or self._composed()
        plan = Preparation(folds=self._given.folds)
        return prepare(find_anerbc(data), out, description=described("anerbc", data), plan=plan)

    def _composed(self) -> Path:
        out = self._folder / "data"
        if not about(out):  # written last
            shutil.rmtree(out, ignore_errors=True)
            compose_set(out, images=self._size.images, size=(self._size.width, self._size.height))
        return out

    def _plan(self, *, steps: int, rate: float) -> Plan:
        return Plan(steps=steps, rate=rate, validate_every=self._size.validate_every, save_every=self._size.save_every)

    def _train_network(self, name: NetworkName, split: _Split) -> None:
        out = split.runs / name
        if not is_finished(out):
            plan = self._plan(steps=self._size.steps, rate=2e-3)
            side, crops = self._size.side, self._size.crops
            train_baseline(name, split.study, out, plan=plan, side=side, crops=crops, device=self._device)

    def _finetune(self, key: str, model: str, split: _Split) -> None:
        out = split.runs / key
        if exported(out / "weights") is None:
            plan = self._plan(steps=self._size.clicks, rate=3e-4)
            network = open_promptable(model, device=self._device)
            finetune(network, split.study, out, plan=plan, clicks=ClickPlan(), trained=("decoder", "prompt-encoder"))

    def _score_masks(self, split: _Split) -> None:
        items, examples = split.study.part("test"), self._results / "examples"
        for key, make in methods(split.runs, device=self._device, checkpoint=self._given.checkpoint):
            if not (split.results / f"{key}.json").exists():
                save_mask_result(split.results, measure(make(), split.study, items, examples=examples))

    def _score_labels(self, studies: Sequence[PreparedSet]) -> None:
        if not all(can_learn(study) for study in studies):
            print("healthy or anaemic: too few labelled images to learn it from; left out")
            return
        for key, labelling in LABELLINGS.items():
            if not (self._results / f"{key}.json").exists():
                scores = measure_labels(labelling, studies)
                save_labels(self._results, key, labelling.title, studies[0].description, scores)


@command
def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="1,000 fields and full training instead of a small study")
    parser.add_argument("--data", type=Path, help="a folder of AneRBC's layout instead of a composed set")
    parser.add_argument("--set", type=Path, help="a folder that training.data.sets.preparation made, instead of either")
    parser.add_argument("--folds", type=int, default=0, help="test every image, in so many folds; for small sets")
    parser.add_argument("--checkpoint", help="an official SAM 2.1 checkpoint: scored as it is, and fine-tuned")
    parser.add_argument("--out", type=Path, help="folder of everything (default: .runs/study/small or full)")
    parser.add_argument("--record", metavar="NAME", help="record the scores for the documents, as NAME_METHOD_SCORE")
    parser.add_argument("--size", default="{}", help="JSON over the chosen size, for trials")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    chosen = Size(**{**asdict(FULL if args.full else SMALL), **json.loads(args.size)})
    if (args.data or args.set) and args.out is None:
        raise UsageError("With --data or --set say where the results go: add --out FOLDER.")
    folder = args.out or RUNS / ("full" if args.full else "small")
    start = time.monotonic()
    given = Given(args.data, args.set, args.checkpoint, args.folds, args.record)
    Study(folder, chosen, given, device=torch.device(args.device)).run()
    print(f"{(time.monotonic() - start) / 60:.1f} minutes")


if __name__ == "__main__":
    main()
