"""Tune the outline head alone: ``python -m training.segmenter.fitting.outline_tuning --out FOLDER``.

All else stays as it is to the last bit: seeds, scores and which cell is meant. The head's inputs are made once
(`training.segmenter.fitting.outline_samples`), so one core learns from a thousand scenes in twenty minutes.
"""

from __future__ import annotations

import argparse
import copy
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as functional
from safetensors.torch import load_file, save_file
from torch import Tensor

from rbc_desktop.engine.pipeline import Pipeline
from rbc_desktop.imaging.masks.proposals import STABILITY_OFFSET
from rbc_desktop.models.segmenter.compact_layers import OutlineHead
from rbc_desktop.models.segmenter.compact_sam2 import CompactSam2
from rbc_desktop.models.segmenter.outline_crops import MARGIN, SIDE
from rbc_desktop.models.segmenter.segmenter import load_bundled
from training.command import command
from training.data.cells.true_cells import load_true_bank
from training.loop import IOU, LOSS, Outcome, Plan, train
from training.manifest_io import WEIGHTS_DIR, file_sha256, load_compact, update_manifest
from training.segmenter.fitting.field_edges import edge_scene, edged_fields, training_fields
from training.segmenter.fitting.outline_samples import Learnt, Sample, Softly, draw_scene, finer, samples_of

BAND = 15
"""Width of the band along the outline in which an error counts, model pixels."""

AREA_WEIGHT, GUESSED_WEIGHT = 0.3, 0.5
"""Of the wrong area beside the entropy, and of outlines that are only guessed beside known ones."""

CLICK_WEIGHT = 20.0
"""By how much more an error counts at a correction: what a user clicked on has to be right afterwards."""

PLAN = Plan(
    rate=1e-3, floor=0.03, warm_up=60, weight_decay=1e-3, accumulate=1, decay=0.995, validate_seconds=60,
    save_every=100, patience=0, mixed=False,
)  # fmt: skip


@dataclass(frozen=True)
class Crops:
    """Samples of some scenes, and what counts in them.

    Attributes:
        edges: (N, width, SIDE, SIDE).
        maps: (N, 4, SIDE, SIDE).
        goal: (N, 2 SIDE, 2 SIDE) 0..1.
        band: likewise, 1 along the outline.
        exact, later: (N,) 0 or 1: whether the outline is known, and whether a correction led here.
    """

    edges: Tensor
    maps: Tensor
    goal: Tensor
    band: Tensor
    exact: Tensor
    later: Tensor


def crops_of(head: OutlineHead, scenes: Sequence[Learnt]) -> Crops:
    """The samples of some scenes as the head reads them."""
    edges = head.edges(torch.stack([s.stem for s in scenes]).float(), torch.stack([s.level for s in scenes]).float())
    rows = [(k, sample) for k, scene in enumerate(scenes) for sample in scene.samples]
    goal = torch.stack([s.goal for _, s in rows])
    return Crops(
        torch.stack([edges[k, :, s.y : s.y + SIDE, s.x : s.x + SIDE] for k, s in rows]),
        torch.stack([s.maps for _, s in rows]).float(),
        goal.float() / 255,
        torch.from_numpy(np.stack([_band(s) for _, s in rows])).float(),
        torch.tensor([float(s.exact) for _, s in rows]),
        torch.tensor([float(s.exact and s.clicks > 1) for _, s in rows]),
    )


def _band(of: Sample) -> np.ndarray:
    """Where an error of the outline counts: where it is known, not so near the crop's rim that the head sees beyond."""
    kernel, mask = np.ones((BAND, BAND), np.uint8), (of.goal.numpy() > 127).astype(np.uint8)
    band = np.zeros_like(mask)
    part = np.s_[MARGIN:-MARGIN, MARGIN:-MARGIN]
    band[part] = (cv2.dilate(mask, kernel) - cv2.erode(mask, kernel))[part]
    return band if of.seen is None else band * of.seen.numpy().astype(np.uint8)


def head_losses(head: OutlineHead, scenes: Sequence[Learnt]) -> dict[str, Tensor]:
    """The loss, and the share of the cells' area that is on the wrong side of the outline where that is known."""
    crops = crops_of(head, scenes)
    logits = finer(head(crops.edges, crops.maps).float())[:, 0]
    inside = (crops.goal > 0.5).float()
    area = inside.sum((1, 2)).clamp(min=200)
    spots = functional.interpolate(
        crops.maps[:, 1:3].sum(1, keepdim=True).clamp(max=1), scale_factor=2.0, mode="bilinear"
    )[:, 0]
    counts = crops.band * (1 + CLICK_WEIGHT * crops.later[:, None, None] * spots.pow(4))
    entropy = functional.binary_cross_entropy_with_logits(logits, crops.goal, reduction="none")
    along = (entropy * counts).sum((1, 2)) / crops.band.sum((1, 2)).clamp(min=1)
    wrong = ((logits.sigmoid() - crops.goal).abs() * crops.band).sum((1, 2)) / area
    weight = torch.where(crops.exact > 0, 1.0, GUESSED_WEIGHT)
    missed = (((logits > 0) != (inside > 0)).float() * crops.band).sum((1, 2)).detach() / area
    return {
        LOSS: ((along + AREA_WEIGHT * wrong) * weight).sum() / weight.sum(),
        "missed": (missed * crops.exact).sum() / crops.exact.sum().clamp(min=1),
    }


@torch.no_grad()
def unsteadiness(head: OutlineHead, scenes: Sequence[Learnt]) -> float:
    """Median share of a mask's area that the stability's thresholds (`STABILITY_OFFSET`) take away."""
    shares = []
    for scene in scenes:
        crops = crops_of(head, [scene])
        logits = finer(head(crops.edges, crops.maps).float())[:, 0]
        tight, loose = ((logits > side * STABILITY_OFFSET).sum((1, 2)) for side in (1, -1))
        shares += (1 - tight / loose.clamp(min=1)).tolist()
    return float(np.median(shares))


def make_samples(model: CompactSam2, draw: Callable[..., Softly], *, seed: int, prompts: int = 9) -> Iterator[Learnt]:
    """Scenes without end of what `draw` draws with its generator `rng`, reproducible from the seed."""
    rng = np.random.default_rng(seed)
    torch.manual_seed(seed)
    while True:
        made = samples_of(model, draw(rng=rng), rng=rng, prompts=prompts)
        if made is not None:
            yield made


def tune(
    model: CompactSam2, learnt: Sequence[Learnt], held: Sequence[Learnt], *, folder: Path, plan: Plan, together: int = 6
) -> Outcome:
    """Train the model's head in place, so many scenes a step; its averaged weights are judged on `held`."""
    head = model.outline_head.train()
    average = copy.deepcopy(head).eval()

    def loss_of(rng: np.random.Generator) -> dict[str, Tensor]:
        return head_losses(
            head, [learnt[k] for k in rng.choice(len(learnt), min(together, len(learnt)), replace=False)]
        )

    def validate() -> dict[str, float]:
        parts = [head_losses(average, held[k : k + together]) for k in range(0, len(held), together)]
        return {IOU: 1 - float(torch.stack([part["missed"] for part in parts]).mean())}

    return train(head, loss_of=loss_of, validate=validate, folder=folder, plan=plan, average=average)


def export_head(
    head: OutlineHead, *, start: Path, folder: Path, steps: int, version: str, steeper: float = 1.0
) -> None:
    """The weights of `start` with this head, all others to the last bit, and their manifest section.

    Args:
        head: tuned.
        start: folder of the weights before.
        folder: gets the weights.
        steps: of the tuning.
        version: in the manifest.
        steeper: how much steeper logits are at outlines than before; ``mask_scale`` takes it back, so that
            *Segment all* keeps the masks that it kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    manifest = json.loads((start / "manifest.json").read_text(encoding="utf-8"))
    section: Mapping[str, object] = manifest["segmenter"]
    path = folder / str(section["file"])
    tensors = load_file(start / str(section["file"]))
    own = {f"outline_head.{name}": value.half().contiguous() for name, value in head.state_dict().items()}
    part = path.with_suffix(".part")
    save_file({**tensors, **own}, part)
    part.chmod(0o644)
    part.replace(path)
    if not (folder / "manifest.json").exists():
        shutil.copyfile(start / "manifest.json", folder / "manifest.json")
    scale = round(float(str(section.get("mask_scale", 1.0))) / steeper, 2)
    changed = {
        "mask_scale": scale,
        "sha256": file_sha256(path),
        "version": version,
        "steps": int(str(section["steps"])) + steps,
    }
    update_manifest("segmenter", {**section, **changed}, directory=folder)


@command
def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Tune the outline head alone.")
    parser.add_argument("--from", dest="start", type=Path, default=WEIGHTS_DIR, help="folder of exported weights")
    parser.add_argument("--out", type=Path, required=True, help="state and log; weights in its folder 'weights'")
    parser.add_argument("--scenes", type=int, default=560, help="composites and crops whose outlines are known")
    parser.add_argument("--fields", type=int, default=50, help="real fields of each source with what shows of edges")
    parser.add_argument("--edges", type=int, default=420, help="scenes of these fields")
    parser.add_argument("--held", type=int, default=40, help="further scenes of either kind that judge the weights")
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--every", type=int, default=3, help="take each so-manieth training field")
    parser.add_argument("--version", default="1")
    args = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    bank = load_true_bank(validation=False, every=args.every)
    model = load_compact(args.start)
    pipeline = Pipeline(load_bundled(args.start, device=torch.device("cpu"))[0], None)
    fields = list(edged_fields(pipeline, list(training_fields(each=args.fields))))
    sources = [
        (make_samples(model, partial(edge_scene, fields[::6]), seed=2), 0),
        (make_samples(model, partial(edge_scene, [f for k, f in enumerate(fields) if k % 6]), seed=3), args.edges),
        (make_samples(model, partial(draw_scene, bank), seed=1), args.scenes),
    ]
    held = [next(source) for source, _ in sources[::2] for _ in range(args.held)]
    learnt = [next(source) for source, count in sources for _ in range(count)]
    before = unsteadiness(model.outline_head, held)
    outcome = tune(model, learnt, held, folder=args.out, plan=replace(PLAN, steps=args.steps))
    export_head(
        model.outline_head, start=args.start, folder=args.out / "weights", steps=outcome.best_step,
        version=args.version, steeper=before / unsteadiness(model.outline_head, held),
    )  # fmt: skip
    print(f"wrong share {1 - outcome.best:.4f} at step {outcome.best_step}; weights in {args.out / 'weights'}")


if __name__ == "__main__":
    main()
