"""Batches for an accelerator: made by many processes, put together and waited for by a thread."""

from __future__ import annotations

import multiprocessing
import os
import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass, fields

import cv2
import numpy as np
import torch

from rbc_desktop.models.segmenter.compact_sam2 import DEFAULT_CONFIG
from rbc_desktop.models.segmenter.prompt_tensors import PromptTensors
from training.data.batches.prompt_batches import Batch, make_batch
from training.data.cells.true_cells import TrueBank
from training.data.scenes.scene import Scene
from training.data.scenes.strange_fields import compose_any, seen_small
from training.data.scenes.true_crops import true_crop

COMPOSITES, CROPS = 5, 3
"""Scenes of one small batch; a worker makes one at a time."""

SMALL = 0.3
"""Share of scenes with few pixels per cell."""

PROMPTS = 40
"""Of a small batch in a large one, on average: the same number in every step, because each new shape costs the
accelerator the choice of new kernels (0.5 s a step)."""

WIDEST = 0.75 * DEFAULT_CONFIG["window_px"]
"""Wider prompts get a larger window (`CompactSam2.prompt_window`), which would be another shape; they are rare."""

COMPACT = ("dense", "masks")
"""Travel between processes in half precision."""


@dataclass(frozen=True)
class Recipe:
    """Small batches that make up a large one; prompts a scene; side of a scene, pixels."""

    together: int = 8
    prompts: int = 6
    side: int = 256


def small_batches(bank: TrueBank, recipe: Recipe, *, seed: int) -> Iterator[Batch]:
    """Small batches without end, reproducible from the seed."""
    rng = np.random.default_rng(seed)
    while True:
        scenes: list[Scene] = [compose_any(bank.bank, rng=rng, side=recipe.side) for _ in range(COMPOSITES)]
        scenes += [true_crop(bank, rng=rng, side=recipe.side) for _ in range(CROPS)]
        scenes = [seen_small(scene, rng=rng) if rng.random() < SMALL else scene for scene in scenes]
        if any(scene.instances for scene in scenes):
            yield make_batch(scenes, rng=rng, prompts=recipe.prompts)


def joined(batches: list[Batch]) -> Batch:
    """One large batch."""
    columns = {f.name: np.concatenate([getattr(b, f.name) for b in batches]) for f in fields(Batch)}
    counts = [len(batch.rgb) for batch in batches]
    first = np.repeat(np.cumsum([0, *counts[:-1]]), [len(batch.points) for batch in batches])
    columns["image_index"] = columns["image_index"] + first
    return Batch(**columns)


def with_prompts(batch: Batch, count: int, *, rng: np.random.Generator) -> Batch:
    """The batch with exactly so many of its prompts, all of which fit a window of the usual side.

    Some come twice where there are too few.
    """
    low, high = PromptTensors(*map(torch.from_numpy, (batch.points, batch.labels, batch.boxes))).extent()
    fitting = np.flatnonzero(((high - low).amax(1) <= WIDEST).numpy())
    few = len(fitting) < count
    rows = rng.choice(fitting, count) if few else rng.permutation(fitting)[:count]
    columns = {f.name: getattr(batch, f.name) for f in fields(Batch)}
    return Batch(**{n: c if n in ("rgb", "dense") else c[rows] for n, c in columns.items()})


class Factory:
    """Large batches from `workers` processes that share the bank's memory (fork)."""

    def __init__(self, bank: TrueBank, recipe: Recipe, *, seed: int, workers: int) -> None:
        context = multiprocessing.get_context("fork")
        self._small: multiprocessing.Queue = context.Queue(maxsize=4 * recipe.together)
        self._ready: queue.Queue[Batch] = queue.Queue(maxsize=3)
        self._together = recipe.together
        self._rng = np.random.default_rng(seed)
        self.waited = 0
        for number in range(workers):
            arguments = (bank, recipe, seed + 7919 * number, self._small)
            context.Process(target=_work, args=arguments, daemon=True).start()
        threading.Thread(target=self._join, daemon=True).start()

    def __next__(self) -> Batch:
        self.waited += self._ready.empty()
        return self._ready.get(timeout=120)

    def _join(self) -> None:
        while True:
            batch = joined([self._small.get() for _ in range(self._together)])
            self._ready.put(with_prompts(batch, PROMPTS * self._together, rng=self._rng))


def _work(bank: TrueBank, recipe: Recipe, seed: int, out: multiprocessing.Queue) -> None:
    cv2.setNumThreads(1)
    parent = os.getppid()
    for batch in small_batches(bank, recipe, seed=seed):
        columns = {f.name: getattr(batch, f.name) for f in fields(Batch)}
        small = Batch(**{n: c.astype(np.float16) if n in COMPACT else c for n, c in columns.items()})
        while os.getppid() == parent:
            try:
                out.put(small, timeout=5)
                break
            except queue.Full:
                continue
        else:
            return  # the training process is gone
