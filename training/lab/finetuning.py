"""Fine-tune the segmenter on a laboratory's own cells: ``python -m training.lab.finetuning SET [SET …] --out FOLDER``.

SET is a training set that the application exported; the outlines of reviewed cells count. Starts from the bundled
compact SAM 2, from custom compact weights, or from an official SAM 2.1 checkpoint (``--model``), and goes through
`training.segmenter.fitting.click_tuning`: a click asks for the one cell under it. FOLDER then holds what the
application loads: choose it under Edit > Settings (for an official checkpoint the ``.safetensors`` file in it). A run
that broke off goes on when the command is given again.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.errors import UsageError
from rbc_desktop.models.relearning.lab_fields import LabField, groups_of
from training.command import command
from training.data.sets.crops import Crops
from training.data.sets.preparation import Preparation, prepare
from training.data.sets.prepared_set import SPLIT_FILE, PreparedSet
from training.data.sets.public_sets import Found, MaskOf, Source
from training.lab.sets import read_sets
from training.loop import Plan
from training.manifest_io import WEIGHTS_DIR, update_manifest
from training.segmenter.fitting.click_tuning import ClickPlan, click_batch, click_iou, finetune
from training.segmenter.fitting.promptable import Promptable, open_promptable

VISIBLE = 0.9
"""Cells that others cover more than this leaves are left out: the set can't say what lies where two overlap."""

GAP = 2 / 48
"""Width of the gap that is cut between touching cells, in diameters: two pixels of the compact model's input."""

LONGEST = 4096
"""Longest side of a prepared field, pixels."""

CROPS_A_FIELD = 4
SEED = 11


def separate_cells(masks: Sequence[CellMask], shape: tuple[int, int]) -> NDArray[np.bool_]:
    """The cells as regions that don't touch, ``(H, W)`` bool; cells that others cover are left out.

    Args:
        masks: of one field.
        shape: height and width of the field.
    """
    height, width = shape
    labels = np.zeros(shape, np.int32)
    full = [mask.to_array(width=width, height=height) for mask in masks]
    order = sorted(range(len(full)), key=lambda i: -int(full[i].sum()))
    for index in order:  # the smaller one lies on top
        labels[full[index]] = index + 1
    for index, mask in enumerate(full):
        own = labels == index + 1
        if own.sum() < VISIBLE * max(1, mask.sum()):
            labels[own] = 0
    diameter = float(np.median([mask.diameter for mask in masks])) if masks else 0.0
    side = 2 * max(1, round(GAP * diameter / 2)) + 1
    window = np.ones((side, side), np.uint8)
    highest = cv2.dilate(labels.astype(np.float32), window)
    lowest = cv2.erode(np.where(labels == 0, np.inf, labels).astype(np.float32), window)
    return (labels > 0) & (highest == lowest)


def prepare_fields(fields: Sequence[LabField], out: Path) -> PreparedSet:
    """The prepared set of some fields, in `out`.

    Raises:
        UsageError: with fewer than three groups, or when `out` holds a training on other cells.
    """
    sources = [
        Source(f"field_{field.field}", field.image, _mask_of(field), None, group)
        for field, group in zip(fields, groups_of(fields), strict=True)
    ]
    path = out / "prepared" / SPLIT_FILE
    before = path.read_text(encoding="utf-8") if path.exists() else None
    description = f"{sum(len(field.reviewed) for field in fields)} reviewed cells of {len(fields)} fields of {out.name}"
    prepared = prepare(
        Found(sources, [], exact=False), path.parent, description=description, plan=Preparation(side=LONGEST)
    )
    if before is not None and json.loads(before) != json.loads(path.read_text(encoding="utf-8")):
        path.write_text(before, encoding="utf-8")
        raise UsageError(f"{out} holds a training on other cells; choose another folder with --out.")
    return prepared


def held_out_iou(model: Promptable, prepared: PreparedSet) -> float:
    """Mean IoU of first answers to clicks on cells of the test part."""
    crops = Crops(prepared, prepared.part("test"), side=model.crop, zoom_of=model.zoom)
    rng = np.random.default_rng(SEED)
    plan = ClickPlan(meaning="cell")
    found = [
        click_batch([crops.cut(index, rng)], plan=plan, rng=rng)
        for index in range(len(crops))
        for _ in range(CROPS_A_FIELD)
    ]
    batches = [batch for batch in found if batch is not None]
    if not batches:
        raise UsageError("No reviewed cell lies in the fields held out; review cells in more fields and export again.")
    model.module.eval()
    with torch.no_grad():
        return click_iou(model, batches)


def retrain(model: Promptable, sets: Sequence[Path], out: Path, *, plan: Plan, clicks: ClickPlan) -> list[str]:
    """Fine-tune on some sets and put the weights into `out`; returns what to print.

    Raises:
        UsageError: when the sets can't be read or hold too little.
    """
    fields = [field for field in read_sets(sets) if field.reviewed]
    prepared = prepare_fields(fields, out)
    before = held_out_iou(model, prepared)
    outcome = finetune(model, prepared, out / "run", plan=plan, clicks=clicks, trained=("decoder", "prompt-encoder"))
    after = held_out_iou(model, prepared)
    weights = out / "run" / "weights"
    for path in sorted(weights.iterdir(), reverse=True):  # the manifest after what it names
        path.replace(out / path.name)
    manifest = out / "manifest.json"
    if manifest.exists():
        values = json.loads(manifest.read_text(encoding="utf-8"))["segmenter"]
        scores = {"lab_click_iou_before": round(before, 4), "lab_click_iou_after": round(after, 4)}
        version = values["version"].removesuffix("-finetuned")
        update_manifest("segmenter", {**values, "version": f"{version}-{out.name}", "scores": scores}, directory=out)
    chosen = out if manifest.exists() else next(out.glob("*.safetensors"))
    return [
        prepared.description,
        f"IoU of a click on cells held out ({len(prepared.part('test'))} of {len(prepared.items)} fields): "
        f"before {before:.4f}, after {after:.4f}",
        f"best of {outcome.step} steps: {outcome.best_step}",
        f"choose {chosen} in the application under Edit > Settings, Segmenter"
        + ("" if after >= before else "; the weights before were better on these cells, so better don't"),
    ]


def _mask_of(field: LabField) -> MaskOf:
    def mask_of(rgb: NDArray[np.uint8]) -> NDArray[np.bool_]:
        return separate_cells([cell.mask for cell in field.reviewed], (rgb.shape[0], rgb.shape[1]))

    return mask_of


@command
def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+", metavar="SET", help="a folder that the application exported")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where the weights go")
    parser.add_argument("--model", default="bundled", help="'bundled', a folder with a manifest, or a checkpoint file")
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    if args.out.resolve() == WEIGHTS_DIR.resolve():
        raise UsageError("The bundled weights are not replaced; choose another folder with --out.")
    model = open_promptable(args.model, device=torch.device(args.device))
    plan = Plan(steps=args.steps, rate=args.rate, validate_every=max(1, min(50, args.steps // 4)), save_every=100)
    print("\n".join(retrain(model, args.sets, args.out, plan=plan, clicks=ClickPlan(meaning="cell"))))


if __name__ == "__main__":
    main()
