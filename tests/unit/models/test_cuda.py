"""What a CUDA device must do as the CPU does; runs only where there is one.

``python -m pytest --noconftest --log-cli-level=INFO tests/unit/models/test_cuda.py`` needs neither Qt nor the rest of
the suite.
"""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from rbc_desktop.models import native

native.load()

import torch  # noqa: E402 - native libraries come first

from rbc_desktop.domain.cells.prompts import PromptSet  # noqa: E402
from rbc_desktop.engine.pipeline import Pipeline  # noqa: E402
from rbc_desktop.models.segmenter.segmenter import load_bundled  # noqa: E402
from rbc_desktop.ports import TilePrompts  # noqa: E402
from rbc_desktop.storage.images.image_reader import read_image  # noqa: E402

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no CUDA device here")

LOG = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[3]
WEIGHTS = ROOT / "resources" / "weights"
LEAST_IOU, TYPICAL_IOU = 0.95, 0.995
"""Of a mask by CUDA with the CPU's: reduced precision inside convolutions moves single pixels of an outline."""


def pipeline_on(device):
    return Pipeline(load_bundled(WEIGHTS, device=torch.device(device))[0], None)


@pytest.fixture(scope="module")
def sample():
    return read_image(ROOT / "resources" / "sample" / "sample_smear.png")


@pytest.fixture(scope="module")
def clicks(sample):
    cpu = pipeline_on("cpu")
    cells = [p for step in cpu.segment_all(cpu.prepare(sample)) for p in step.found]
    return [PromptSet.click(c.mask.centroid.x, c.mask.centroid.y) for c in cells]


@pytest.fixture(scope="module")
def answers(sample, clicks):
    """Masks of both devices for the same clicks."""
    found = []
    for device in ("cpu", "cuda"):
        pipeline = pipeline_on(device)
        found.append(pipeline.propose_many(pipeline.prepare(sample), clicks))
    return found


def tile(segmenter, seed):
    side = segmenter.input_size
    return np.random.default_rng(seed).integers(0, 255, (side, side, 3), dtype=np.uint8)


def test_it_is_chosen():
    segmenter, notes = load_bundled(WEIGHTS)
    assert segmenter.device == "cuda"
    assert notes == ()


def test_its_masks_are_the_cpus(answers):
    ious = [a.mask.iou(b.mask) for a, b in zip(*answers, strict=True)]
    LOG.info(f"{len(ious)} masks: least IoU {min(ious):.4f}, median {np.median(ious):.5f}")
    assert min(ious) >= LEAST_IOU
    assert np.median(ious) >= TYPICAL_IOU


def test_its_embeddings_are_the_cpus():
    maps = [
        (s := pipeline_on(device).segmenter).embed(tile(s, 3)).to(torch.device("cpu")) for device in ("cpu", "cuda")
    ]
    for name in ("image", "middle", "fine", "dense", "edges"):
        reference, other = (getattr(each, name) for each in maps)
        difference = float((other - reference).norm() / reference.norm())
        LOG.info(f"{name}: {difference:.2e}")
        assert difference < 1e-2, name


def test_segment_all_finds_the_same_cells(sample, clicks):
    pipeline = pipeline_on("cuda")
    found = [p.mask for step in pipeline.segment_all(pipeline.prepare(sample)) for p in step.found]
    assert abs(len(found) - len(clicks)) <= 1
    missed = [c for c in clicks if not any(mask.contains(c.anchor) for mask in found)]
    assert len(missed) <= 1


def test_embedding_another_tile_changes_no_answer():
    segmenter = pipeline_on("cuda").segmenter
    prompt = [click_in_the_middle(segmenter)]
    first = segmenter.embed(tile(segmenter, 1))
    fresh = segmenter.segment(first, prompt)[0]
    segmenter.embed(tile(segmenter, 2))
    again = segmenter.segment(first, prompt)[0]
    assert np.array_equal(fresh.logits, again.logits)
    assert np.array_equal(fresh.scores, again.scores)


def click_in_the_middle(segmenter):
    middle = segmenter.input_size / 2
    return TilePrompts(points=np.array([[middle, middle]], np.float32), labels=np.array([1], np.int32))


def test_out_of_memory_goes_on_with_the_cpu_and_says_so(sample, clicks, answers):
    pipeline = pipeline_on("cuda")
    prepared = pipeline.prepare(sample)
    torch.cuda.synchronize()
    torch.cuda.empty_cache()
    total = torch.cuda.get_device_properties(0).total_memory
    torch.cuda.set_per_process_memory_fraction((torch.cuda.memory_reserved() + 2**20) / total)
    try:
        found = pipeline.propose_many(prepared, clicks)
    finally:
        torch.cuda.set_per_process_memory_fraction(1.0)
    notices = pipeline.take_notices()
    LOG.info("%s, %s", notices, pipeline.segmenter.device)
    assert pipeline.segmenter.device == "cpu"
    assert any("ran out of memory" in text for text in notices)
    assert min(a.mask.iou(b.mask) for a, b in zip(found, answers[0], strict=True)) >= LEAST_IOU


def test_a_little_memory_is_enough_for_smaller_batches(sample, clicks):
    pipeline = pipeline_on("cuda")
    prepared = pipeline.prepare(sample)
    whole = pipeline.propose_many(prepared, clicks)
    torch.cuda.synchronize()
    torch.cuda.empty_cache()
    total = torch.cuda.get_device_properties(0).total_memory
    torch.cuda.set_per_process_memory_fraction((torch.cuda.memory_reserved() + 150 * 2**20) / total)
    try:
        found = pipeline.propose_many(prepared, clicks)
    finally:
        torch.cuda.set_per_process_memory_fraction(1.0)
    LOG.info("batches of %d on %s", pipeline.segmenter._batch, pipeline.segmenter.device)
    assert min(a.mask.iou(b.mask) for a, b in zip(found, whole, strict=True)) >= LEAST_IOU


def test_the_doctor_names_it(tmp_path):
    env = {**os.environ, "RBC_DESKTOP_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "rbc_desktop", "doctor", "--json"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    LOG.info("%s", told["checks"])
    assert told["device"] == "cuda"
