"""Training of the compact SAM 2 on drawn cells, from batches to weights that the application loads."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import torch

from rbc_desktop.models.segmenter.compact_sam2 import DEFAULT_CONFIG, build
from rbc_desktop.models.segmenter.segmenter import load_bundled
from tests.fakes.drawn_scenes import disc, drawn_bank, scene_of
from training.data.batches.generator import BatchPlan, BatchSource
from training.data.batches.prompt_batches import make_batch
from training.loop import LOSS, read_log
from training.manifest_io import WEIGHTS_DIR, load_compact
from training.segmenter.fitting.checks import Checks
from training.segmenter.fitting.trainer import PLAN, WEIGHTS, batch_losses, train_segmenter

SMALL = BatchPlan(composites=2, real=0, side=192, prompts=2)


def drawn_checks() -> Checks:
    scene = scene_of(disc(60, 60, 24), disc(140, 120, 22))
    batch = make_batch([scene], rng=np.random.default_rng(1), prompts=2, simple=True)
    crowded = replace(batch, crowded=np.ones_like(batch.crowded))
    boxes = np.array([instance.box for instance in scene.instances], np.float32)
    return Checks([crowded], [(scene.rgb, boxes)])


def test_every_loss_of_a_batch_reaches_the_network():
    torch.manual_seed(0)
    model = load_compact(WEIGHTS_DIR).train()
    losses = batch_losses(model, next(BatchSource(drawn_bank(), SMALL, seed=2, core=None)))
    assert set(WEIGHTS) <= set(losses)
    trained = [p for p in model.parameters() if p.requires_grad]
    for name in WEIGHTS:
        gradients = torch.autograd.grad(losses[name], trained, retain_graph=True, allow_unused=True)
        assert any(g is not None and g.abs().sum() > 0 for g in gradients), name
    assert 0 <= float(losses["reached"]) <= 1


def test_a_run_exports_averaged_weights_and_goes_on_when_it_is_longer(tmp_path):
    torch.manual_seed(0)
    model, checks = build(DEFAULT_CONFIG), drawn_checks()

    def run(steps: int) -> int:
        plan = replace(PLAN, steps=steps, log_every=1)
        source = BatchSource(drawn_bank(), SMALL, seed=3, core=None)
        return train_segmenter(
            model, source, checks, plan=plan, folder=tmp_path / "run", export_to=tmp_path / "weights", version="7"
        ).step

    assert run(2) == 2
    manifest = json.loads((tmp_path / "weights" / "manifest.json").read_text(encoding="utf-8"))["segmenter"]
    assert manifest["steps"] == 2
    assert set(manifest["scores"]) == {"composite_iou", "composite_crowded_iou", "txl_box_iou", "txl_box_share"}
    segmenter, _ = load_bundled(tmp_path / "weights", device=torch.device("cpu"))
    assert " 7 (" in segmenter.model_id
    exported = load_compact(tmp_path / "weights").state_dict()
    kept = model.state_dict()  # the averaged weights: a run ends with its best
    assert all(
        torch.allclose(exported[name].float(), value.float(), atol=1e-3, rtol=1e-3) for name, value in kept.items()
    )
    assert run(3) == 3
    rows = read_log(tmp_path / "run")
    assert [row["step"] for row in rows] == [1, 2, 3]
    assert all(np.isfinite(row[LOSS]) for row in rows)
