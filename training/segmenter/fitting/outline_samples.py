"""What the frozen network hands its outline head for a prompt, and where the outline really runs.

The head's inputs don't depend on its weights, so they are made once and learnt from many times.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
import torch
import torch.nn.functional as functional
from numpy.typing import NDArray
from torch import Tensor

from rbc_desktop.imaging.masks.tiles import resample
from rbc_desktop.models.segmenter.compact_sam2 import OUTLINE_STRIDE, OUTSIDE_LOGIT, CompactEmbedding, CompactSam2
from rbc_desktop.models.segmenter.outline_crops import MARGIN, SIDE, Clicks, extents
from rbc_desktop.models.segmenter.prompt_tensors import PromptTensors
from rbc_desktop.models.segmenter.prompt_window import Window
from rbc_desktop.models.segmenter.tile_input import normalise_tiles
from training.data.batches.prompt_batches import Prompt, draw_prompts
from training.data.cells.true_cells import TrueBank
from training.data.scenes.composites import compose, random_diameter
from training.data.scenes.scene import Instance, Scene
from training.data.scenes.strange_fields import compose_strange, seen_small
from training.data.scenes.true_crops import true_crop
from training.segmenter.fitting.losses import correction_points

ORDINARY, STRANGE, SMALL, HARD = 0.5, 0.22, 0.2, 0.4
"""Shares of the scenes: composites at a field's own resolution, strange ones (the rest are real crops); of these
two those seen with few pixels; of the ordinary ones the hard."""

CLICKS = 3
"""Clicks a cell at most: the first and two corrections."""

MEANT_IOU = 0.6
"""An answer that agrees less with its cell means another one: nothing to learn about outlines there."""


@dataclass(frozen=True)
class Softly:
    """A scene at the model's scale.

    Attributes:
        scene: its pixels and cells.
        shares: for each of its instances and others the share of each pixel, (S, S) 0..255.
        seen: by number, where the outline of an instance is known, (S, S) bool; the others' is everywhere.
    """

    scene: Scene
    shares: list[NDArray[np.uint8]]
    seen: Mapping[int, NDArray[np.bool_]] = field(default_factory=dict)


@dataclass(frozen=True)
class Sample:
    """One crop of the head.

    Attributes:
        x, y: its corner, elements of stride 2; even, so that it begins with an element of the finest neck level.
        maps: (4, SIDE, SIDE) float16, the enlarged logits and their `click_maps`.
        goal: (2 SIDE, 2 SIDE) uint8, share of each model pixel that the cell covers; for an outline that is only
            guessed what the head says now, so that there it stays as it is.
        exact: whether the outline is known.
        clicks: that led there.
        seen: (2 SIDE, 2 SIDE) bool, where the outline is known; None for everywhere.
    """

    x: int
    y: int
    maps: Tensor
    goal: Tensor
    exact: bool
    clicks: int
    seen: Tensor | None = None


@dataclass(frozen=True)
class Learnt:
    """A scene's maps that the head reads, stem (C, S/2, S/2) and finest neck level (D, S/4, S/4), float16; samples."""

    stem: Tensor
    level: Tensor
    samples: list[Sample]


def draw_scene(bank: TrueBank, *, rng: np.random.Generator, side: int = 256, cell_px: float = 48.0) -> Softly:
    """A composite of a field's own resolution as the application enlarges it, a strange composite, or a real crop."""
    kind = rng.random()
    if kind < ORDINARY:
        diameter = random_diameter(rng, hard=False)
        pixels = max(96, int(side * diameter / cell_px * math.exp(rng.normal(0, 0.06))) // 4 * 4)
        return at_side(compose(bank.bank, rng=rng, side=pixels, hard=rng.random() < HARD, diameter=diameter), side=side)
    strange = kind < ORDINARY + STRANGE
    scene = compose_strange(bank.bank, rng=rng, side=side) if strange else true_crop(bank, rng=rng, side=side)
    return at_side(seen_small(scene, rng=rng) if rng.random() < SMALL else scene, side=side)


def at_side(scene: Scene, *, side: int) -> Softly:
    """A scene at another side, its outlines between pixels."""
    before = scene.rgb.shape[0]
    method = cv2.INTER_AREA if before > side else cv2.INTER_LINEAR
    groups: list[list[Instance]] = []
    shares = []
    for group in (scene.instances, scene.others):
        groups.append([])
        for instance in group:
            whole = np.zeros((before, before), np.uint8)
            height, width = instance.mask.shape
            whole[instance.y : instance.y + height, instance.x : instance.x + width] = instance.mask * 255
            share = np.asarray(cv2.resize(whole, (side, side), interpolation=method), np.uint8)
            rows, columns = np.flatnonzero((share > 127).any(1)), np.flatnonzero((share > 127).any(0))
            if len(rows):
                inside = share[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] > 127
                groups[-1].append(Instance(int(columns[0]), int(rows[0]), inside.astype(np.uint8), instance.exact))
                shares.append(share)
    return Softly(replace(scene, rgb=resample(scene.rgb, side), instances=groups[0], others=groups[1]), shares)


@torch.no_grad()
def samples_of(model: CompactSam2, of: Softly, *, rng: np.random.Generator, prompts: int) -> Learnt | None:
    """Some prompts of a scene, lone clicks with two corrections of what the model shows; None without any."""
    asked = draw_prompts(of.scene, rng=rng, count=prompts)
    image = torch.from_numpy(of.scene.rgb.transpose(2, 0, 1).copy())[None]
    embedding, stem, level = _encoded(model, normalise_tiles(image, model.config["normalisation"]))
    samples = [s for prompt in asked for s in _answered(model, embedding, prompt, of)]
    return Learnt(stem[0].half(), level[0].half(), samples) if samples else None


def _encoded(model: CompactSam2, image: Tensor) -> tuple[CompactEmbedding, Tensor, Tensor]:
    """The embedding of an image, and what the head's own two first layers read."""
    read: list[Tensor] = []
    layers = (model.outline_head.from_stem, model.outline_head.from_neck)
    watches = [layer.register_forward_pre_hook(lambda _, given: read.append(given[0])) for layer in layers]
    try:
        embedding = model.encode(image)
    finally:
        for watch in watches:
            watch.remove()
    stem, level = sorted(read, key=lambda each: -each.shape[-1])
    return embedding, stem, level


def _answered(model: CompactSam2, embedding: CompactEmbedding, prompt: Prompt, of: Softly) -> list[Sample]:
    """The samples of one prompt and its corrections; none of a cell whose outline is known in part."""
    share, seen = of.shares[prompt.number], of.seen.get(prompt.number)
    points, labels, box = (torch.from_numpy(a)[None] for a in (prompt.points, prompt.labels, prompt.box))
    points, box, truth = points.float(), box.float(), torch.from_numpy(share)[None].float() / 255
    alone = bool((labels >= 0).sum() == 1 and (labels == 1).any() and box.isnan().any())
    out = []
    for clicks in range(1, CLICKS + 1 if alone and seen is None else 2):
        prompts = PromptTensors(points, labels, box)
        window = model.prompt_window(prompts, size=embedding.input_size)
        masks, iou = model.decode_window(embedding, window, prompts)
        best = masks[:, iou.argmax(1)]
        shown = _on_tile(model.refine(embedding, window, best, prompts)[0, 0], window, embedding.input_size)
        if _iou(shown > 0, truth[0, ::OUTLINE_STRIDE, ::OUTLINE_STRIDE] > 0.5) > MEANT_IOU:
            cut = Clicks(window.inside(points), labels, float(model.config["cell_px"]), OUTLINE_STRIDE)
            crops = _crop(best, cut, window, shown, truth[0], exact=prompt.exact, clicks=clicks)
            out += [each if seen is None else replace(each, seen=_part(seen, each)) for each in crops]
        coarse = functional.avg_pool2d(truth[:, None], OUTLINE_STRIDE)[:, 0]
        spot, sign = correction_points(shown[None], coarse, stride=OUTLINE_STRIDE)
        if sign.item() < 0 or clicks == labels.shape[1]:
            break
        points[:, clicks], labels[:, clicks] = spot[:, 0], sign[:, 0]
    return out


def _crop(
    best: Tensor, clicks_at: Clicks, window: Window, shown: Tensor, truth: Tensor, *, exact: bool, clicks: int
) -> list[Sample]:
    """The crop that `refine_crops` takes of a mask (1, 1, h, w), unless it is too large for one."""
    large = functional.interpolate(best, scale_factor=2.0, mode="bilinear", align_corners=False)
    low, high = (each[0] for each in extents(large[0] > 0))
    if int((high - low).max()) + 2 * MARGIN > SIDE or not bool((high > low).all()) or min(large.shape[-2:]) < SIDE:
        return []
    maps = torch.cat([large[0, 0][None], clicks_at.maps(large)[0, 0]])
    last = torch.tensor([large.shape[-1] - SIDE, large.shape[-2] - SIDE])
    x, y = (torch.minimum(((low + high - SIDE) // 2).clamp(min=0), last) // 2 * 2).tolist()
    left, top = (int(c) + at for c, at in zip(window.corner[0] // OUTLINE_STRIDE, (x, y), strict=True))
    if exact:
        goal = truth[2 * top : 2 * (top + SIDE), 2 * left : 2 * (left + SIDE)]
    else:
        goal = finer(shown[None, None, top : top + SIDE, left : left + SIDE])[0, 0].sigmoid()
    crop = maps[:, y : y + SIDE, x : x + SIDE].half()
    return [Sample(left, top, crop, (goal * 255).round().byte(), exact, clicks)]


def _part(seen: NDArray[np.bool_], of: Sample) -> Tensor:
    """The part of a scene's layer under a sample."""
    top, left, side = OUTLINE_STRIDE * of.y, OUTLINE_STRIDE * of.x, OUTLINE_STRIDE * SIDE
    return torch.from_numpy(seen[top : top + side, left : left + side].copy())


def finer(logits: Tensor) -> Tensor:
    """Logits (N, 1, h, w) at stride 2 for each model pixel, as the application interpolates them."""
    return functional.interpolate(logits, scale_factor=float(OUTLINE_STRIDE), mode="bicubic", align_corners=False)


def _on_tile(mask: Tensor, window: Window, size: int) -> Tensor:
    """Logits (h, w) of a window on the whole tile at stride 2."""
    side = size // OUTLINE_STRIDE
    whole = mask.new_full((side, side), OUTSIDE_LOGIT)
    (x, y), (height, width) = window.corner_lists(OUTLINE_STRIDE)[0], mask.shape
    whole[y : y + height, x : x + width] = mask
    return whole


def _iou(mine: Tensor, real: Tensor) -> float:
    return float((mine & real).sum() / (mine | real).sum().clamp(min=1))
