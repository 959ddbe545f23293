"""Endless training batches, made by a second process and, when it lags, by the caller."""

from __future__ import annotations

import multiprocessing
import os
import queue
from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np

from training.data.batches.prompt_batches import Batch, make_batch
from training.data.cells.bank import Bank
from training.data.scenes.appearance import from_afar
from training.data.scenes.composites import compose
from training.data.scenes.real_scenes import real_scene


@dataclass(frozen=True)
class BatchPlan:
    """Make-up of a batch.

    Attributes:
        composites: scenes composed of patches.
        real: crops of real fields.
        side: of each scene, pixels.
        prompts: per scene.
        afar: share of scenes seen `from_afar`.
    """

    composites: int = 5
    real: int = 3
    side: int = 256
    prompts: int = 6
    afar: float = 0.2


def generate(bank: Bank, plan: BatchPlan, *, seed: int) -> Iterator[Batch]:
    """Batches without end, reproducible from the seed."""
    rng = np.random.default_rng(seed)
    while True:
        scenes = [compose(bank, rng=rng, side=plan.side) for _ in range(plan.composites)]
        scenes += [real_scene(bank, rng=rng, side=plan.side) for _ in range(plan.real)]
        scenes = [replace(s, rgb=from_afar(s.rgb, rng=rng)) if rng.random() < plan.afar else s for s in scenes]
        if any(scene.instances for scene in scenes):
            yield make_batch(scenes, rng=rng, prompts=plan.prompts)


class BatchSource:
    """Iterator over `generate`, fed by a background process pinned to ``core`` (None: no process).

    The process shares the bank's memory (fork). When its queue is empty the batch is made here, so
    a busy machine slows training down but never stops it.
    """

    def __init__(self, bank: Bank, plan: BatchPlan, *, seed: int, core: int | None) -> None:
        self._own = generate(bank, plan, seed=seed + 1)
        self._queue = None
        self.made_here = self.given = 0
        if core is not None:
            context = multiprocessing.get_context("fork")
            self._queue = context.Queue(maxsize=8)
            process = context.Process(target=_feed, args=(bank, plan, seed, core, self._queue), daemon=True)
            process.start()

    def __iter__(self) -> Iterator[Batch]:
        return self

    def __next__(self) -> Batch:
        self.given += 1
        if self._queue is not None:
            try:
                return self._queue.get(timeout=0.02)
            except queue.Empty:
                pass
        self.made_here += 1
        return next(self._own)


def _feed(bank: Bank, plan: BatchPlan, seed: int, core: int, out: multiprocessing.Queue) -> None:
    os.sched_setaffinity(0, {core})
    os.nice(10)
    cv2.setNumThreads(1)
    parent = os.getppid()
    for batch in generate(bank, plan, seed=seed):
        while os.getppid() == parent:
            try:
                out.put(batch, timeout=5)
                break
            except queue.Full:
                continue
        else:
            return  # the training process is gone
