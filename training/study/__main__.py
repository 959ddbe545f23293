"""The whole study: ``python -m training.study [--full]``.

Composes a set (or takes ``--data``, a folder of AneRBC's layout), prepares it, trains and scores every model, prints
the comparison table and writes a report. Each step is skipped when it was done before; an interrupted training resumes.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from rbc_desktop.errors import UsageError
from training.command import command
from training.data.preparation import Preparation, described, prepare, summary
from training.data.prepared_set import SPLIT_FILE, PreparedSet, load_set
from training.data.public_sets import about, find_anerbc
from training.loop import Plan, is_finished
from training.segmenter.click_tuning import ClickPlan, finetune
from training.segmenter.promptable import exported, open_promptable
from training.study.baseline_networks import NETWORKS, NetworkName
from training.study.baselines import train_baseline
from training.study.composed_set import compose_set
from training.study.image_labels import LABELLINGS
from training.study.image_labels import measure as measure_labels
from training.study.method_scores import measure, methods
from training.study.report import write_report
from training.study.results import load_results, save_labels, save_mask_result, table

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
    """

    data: Path | None = None
    prepared: Path | None = None
    checkpoint: str | None = None


class Study:
    """The steps, in order; each looks for its own output first."""

    def __init__(self, folder: Path, size: Size, given: Given, *, device: torch.device) -> None:
        self._folder, self._size, self._given, self._device = folder, size, given, device
        self._runs, self._results = folder / "runs", folder / "results"

    def run(self) -> None:
        """Everything; ends with the table."""
        study = self._prepared()
        print(summary(study))
        for name in NETWORKS:
            self._train_network(name, study)
        self._finetune("sam2-finetuned", "bundled", study)
        if self._given.checkpoint is not None:
            self._finetune("sam2-official-finetuned", self._given.checkpoint, study)
        self._score(study)
        report = write_report(study, runs=self._runs, results=self._results, path=self._folder / "report.html")
        text = table(load_results(self._results))
        (self._folder / "table.md").write_text(text + "\n", encoding="utf-8")
        print(f"\n{text}\n\nReport: {report}")

    def _prepared(self) -> PreparedSet:
        if self._given.prepared is not None:
            return load_set(self._given.prepared)
        out = self._folder / "prepared"
        if (out / SPLIT_FILE).exists():
            return load_set(out)
        data = self._given.data or self._composed()
        return prepare(find_anerbc(data), out, description=described("anerbc", data), plan=Preparation())

    def _composed(self) -> Path:
        out = self._folder / "data"
        if not about(out):  # written last
            shutil.rmtree(out, ignore_errors=True)
            compose_set(out, images=self._size.images, size=(self._size.width, self._size.height))
        return out

    def _plan(self, *, steps: int, rate: float) -> Plan:
        return Plan(steps=steps, rate=rate, validate_every=self._size.validate_every, save_every=self._size.save_every)

    def _train_network(self, name: NetworkName, study: PreparedSet) -> None:
        out = self._runs / name
        if not is_finished(out):
            plan = self._plan(steps=self._size.steps, rate=2e-3)
            train_baseline(
                name, study, out, plan=plan, side=self._size.side, crops=self._size.crops, device=self._device
            )

    def _finetune(self, key: str, model: str, study: PreparedSet) -> None:
        out = self._runs / key
        if exported(out / "weights") is None:
            plan = self._plan(steps=self._size.clicks, rate=3e-4)
            network = open_promptable(model, device=self._device)
            finetune(network, study, out, plan=plan, clicks=ClickPlan(), trained=("decoder", "prompt-encoder"))

    def _score(self, study: PreparedSet) -> None:
        items = study.part("test")
        for key, make in methods(self._runs, device=self._device, checkpoint=self._given.checkpoint):
            if not (self._results / f"{key}.json").exists():
                save_mask_result(self._results, measure(make(), study, items, examples=self._results / "examples"))
        labelled = any(item.label is not None for item in items)
        for key, labelling in LABELLINGS.items():
            if labelled and not (self._results / f"{key}.json").exists():
                scores = measure_labels(labelling, study)
                save_labels(self._results, key, labelling.title, study.description, scores)


@command
def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="1,000 fields and full training instead of a small study")
    parser.add_argument("--data", type=Path, help="a folder of AneRBC's layout instead of a composed set")
    parser.add_argument("--set", type=Path, help="a folder that training.data.preparation made, instead of either")
    parser.add_argument("--checkpoint", help="an official SAM 2.1 checkpoint: scored as it is, and fine-tuned")
    parser.add_argument("--out", type=Path, help="folder of everything (default: .runs/study/small or full)")
    parser.add_argument("--size", default="{}", help="JSON over the chosen size, for trials")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    chosen = Size(**{**asdict(FULL if args.full else SMALL), **json.loads(args.size)})
    if (args.data or args.set) and args.out is None:
        raise UsageError("With --data or --set say where the results go: add --out FOLDER.")
    folder = args.out or RUNS / ("full" if args.full else "small")
    start = time.monotonic()
    given = Given(args.data, args.set, args.checkpoint)
    Study(folder, chosen, given, device=torch.device(args.device)).run()
    print(f"{(time.monotonic() - start) / 60:.1f} minutes")


if __name__ == "__main__":
    main()
