"""Outlines of touching cells on real fields: ``python -m training.data.scenes.pseudo_labels``.

A model that already separates composed cells outlines what the threshold can't cut out. On TXL-PBC
train an outline is kept only if its own box agrees with the human box; on Chula's fields, which have
no boxes, only if the prompt decoder agrees with what the dense head alone says of that cell. Those
outlines then train the next stretch, at a lower weight than exact masks.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as functional
from numpy.typing import NDArray
from tqdm import tqdm

from rbc_desktop.imaging.masks.proposals import clean
from rbc_desktop.imaging.masks.seeds import seeds_from_maps
from rbc_desktop.imaging.masks.tiles import padding_colour
from rbc_desktop.models.manifest import read_entry
from rbc_desktop.models.segmenter.compact_sam2 import MASK_STRIDE, OUTLINE_STRIDE, CompactEmbedding, CompactSam2
from rbc_desktop.models.segmenter.prompt_rendering import render_prompts
from rbc_desktop.models.segmenter.prompt_tensors import PromptTensors
from rbc_desktop.models.segmenter.prompt_window import Window
from rbc_desktop.models.segmenter.tile_input import normalise_tiles
from training.data.cells.bank import CACHE, guesses_file, iterate_fields
from training.data.scenes.real_scenes import BOX_TO_OUTLINE
from training.data.sets.fields import RED, RealField, box_iou, is_validation
from training.manifest_io import WEIGHTS_DIR, load_compact

MIN_BOX_IOU = 0.8
MIN_PREDICTED_IOU = 0.8
MIN_PREDICTED_ALONE = 0.85
"""Where no human box vouches for an outline, the model must be surer of it,"""
MIN_AGREEMENT = 0.85
"""and the dense head's votes must draw the same cell: IoU of the two at stride 4."""
KNOWN_SHARE = 0.5
"""A guess that overlaps a clean cell by so much of its area shows that cell."""

Outline = tuple[int, int, NDArray[np.bool_]]


def outline_boxes(model: CompactSam2, field: RealField, *, shift: float = 0.0) -> tuple[list[Outline], int]:
    """Kept outlines as (x, y, mask) in field pixels, and how many boxes were asked for.

    The human box is both the prompt (shrunk to the outline) and the check. shift: the manifest's ``mask_shift``.
    """
    boxes = _open_boxes(field)
    if not len(boxes):
        return [], 0
    embedding, factor = _embed(model, field)
    with torch.inference_mode():
        asked = torch.from_numpy(boxes * factor).float()
        middles = PromptTensors.clicks((asked[:, :2] + asked[:, 2:]) / 2)
        answers = _answers(model, embedding, replace(middles, boxes=asked))
    kept = []
    for box, mask, quality in zip(boxes, _in_field(answers, field, factor, shift), answers.iou.tolist(), strict=True):
        one = _cut_out(mask)
        if quality < MIN_PREDICTED_IOU or one is None:
            continue
        x, y, crop = one
        found = np.array([x, y, x + crop.shape[1], y + crop.shape[0]], np.float32)
        if box_iou(box, found[None])[0] >= MIN_BOX_IOU:
            kept.append(one)
    return kept, len(boxes)


def outline_seeds(model: CompactSam2, field: RealField, *, shift: float = 0.0) -> tuple[list[Outline], int]:
    """As `outline_boxes` for a field without boxes.

    A prompt stands on each seed of the dense head; the outline is kept where both heads agree.
    """
    embedding, factor = _embed(model, field)
    with torch.inference_mode():
        dense = model.dense(embedding)
        centre, foreground = dense.centre[0].sigmoid().numpy(), dense.foreground.sigmoid()
        seeds = seeds_from_maps(centre=centre, foreground=foreground[0].numpy(), stride=4)
        if not seeds:
            return [], 0
        clicks = PromptTensors.clicks(torch.tensor([[s.x, s.y] for s in seeds], dtype=torch.float32))
        answers = _answers(model, embedding, clicks)
        votes = render_prompts(
            clicks.points[:, :1],
            clicks.labels[:, :1],
            foreground=foreground.expand(len(seeds), -1, -1),
            offset=dense.offset.expand(len(seeds), -1, -1, -1),
            previous=None,
            cell_px=float(model.config["cell_px"]),
        )
        drawn = answers.window.cut(votes, list(range(len(seeds))), stride=MASK_STRIDE)[:, 0] > 0
        coarse = functional.avg_pool2d(answers.logits, MASK_STRIDE // OUTLINE_STRIDE) > 0
        agreement = (coarse & drawn).sum((1, 2)) / (coarse | drawn).sum((1, 2)).clamp(min=1)
    sure = (agreement >= MIN_AGREEMENT) & (answers.iou >= MIN_PREDICTED_ALONE)
    kept = []
    for mask, certain in zip(_in_field(answers, field, factor, shift), sure.tolist(), strict=True):
        one = _cut_out(mask) if certain else None
        if one is None:
            continue
        x, y, crop = one
        clean_cells = field.cells[y : y + crop.shape[0], x : x + crop.shape[1]]
        if (clean_cells[crop] > 0).mean() < KNOWN_SHARE:
            kept.append(one)
    return kept, len(seeds)


def _embed(model: CompactSam2, field: RealField) -> tuple[CompactEmbedding, float]:
    """The whole field at the model's scale, padded to a multiple of 32; and model pixels per field pixel."""
    factor = float(model.config["cell_px"]) / field.diameter
    height, width = field.cover.shape
    size = (round(width * factor), round(height * factor))
    side = -(-max(size) // 32) * 32
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    small = cv2.resize(field.rgb, size, interpolation=method)
    pad = (0, side - size[1], 0, side - size[0])
    tile = cv2.copyMakeBorder(small, *pad, cv2.BORDER_CONSTANT, value=padding_colour(field.rgb))
    with torch.inference_mode():
        pixels = torch.from_numpy(tile.transpose(2, 0, 1).copy())[None]
        return model.encode(normalise_tiles(pixels, model.config["normalisation"])), factor


@dataclass(frozen=True)
class _Answers:
    """The best mask of each of N prompts: logits (N, w, w) at stride 2 in its window, predicted IoU (N,)."""

    window: Window
    logits: torch.Tensor
    iou: torch.Tensor


def _answers(model: CompactSam2, embedding: CompactEmbedding, prompts: PromptTensors) -> _Answers:
    window = model.prompt_window(prompts, size=embedding.input_size)
    logits, iou = model.decode_window(embedding, window, prompts)
    best = logits[torch.arange(len(iou)), iou.argmax(1)][:, None]
    return _Answers(window, model.refine(embedding, window, best, prompts)[:, 0], iou.amax(1))


def _in_field(answers: _Answers, field: RealField, factor: float, shift: float) -> Iterator[NDArray[np.bool_]]:
    """Masks (H, W) in field pixels, one after the other; factor: model pixels per field pixel."""
    height, width = field.cover.shape
    for logits, (x, y) in zip(answers.logits.numpy(), answers.window.corner.tolist(), strict=True):
        step = factor / OUTLINE_STRIDE
        # Where the middle of a field's pixel lies in the window's grid.
        to_grid = [[step, 0, step / 2 - x / OUTLINE_STRIDE - 0.5], [0, step, step / 2 - y / OUTLINE_STRIDE - 0.5]]
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        found = cv2.warpAffine(
            logits, np.array(to_grid), (width, height), flags=flags, borderMode=cv2.BORDER_CONSTANT, borderValue=-12
        )
        yield found + shift > 0


def _cut_out(mask: NDArray[np.bool_]) -> Outline | None:
    """The cleaned mask cut to its box; None when nothing is left."""
    one = clean(mask)
    if not one.any():
        return None
    rows, columns = np.flatnonzero(one.any(1)), np.flatnonzero(one.any(0))
    x, y = int(columns[0]), int(rows[0])
    return x, y, one[y : int(rows[-1]) + 1, x : int(columns[-1]) + 1]


def _open_boxes(field: RealField) -> NDArray[np.float32]:
    """Red-cell boxes inside the field, shrunk to the outline, that no clean cell accounts for."""
    height, width = field.cover.shape
    known = []
    for number in range(1, int(field.cells.max()) + 1):
        rows = np.flatnonzero((field.cells == number).any(1))
        columns = np.flatnonzero((field.cells == number).any(0))
        if len(rows):
            known.append([columns[0], rows[0], columns[-1] + 1, rows[-1] + 1])
    clean_boxes = np.array(known, np.float32).reshape(-1, 4)
    out = []
    for box in field.boxes[field.kinds == RED]:
        x0, y0, x1, y1 = box
        if min(x1 - x0, y1 - y0) < 0.35 * field.diameter:
            continue
        if len(clean_boxes) and box_iou(box, clean_boxes).max() > 0.6:
            continue
        centre, half = (box[:2] + box[2:]) / 2, (box[2:] - box[:2]) / 2 * BOX_TO_OUTLINE
        low = np.where(box[:2] <= 2, box[:2], centre - half)
        high = np.where(box[2:] >= [width - 2, height - 2], box[2:], centre + half)
        out.append(np.concatenate([low, high]))
    return np.array(out, np.float32).reshape(-1, 4)


def layers_of(kept: list[tuple[int, int, NDArray[np.bool_]]], shape: tuple[int, int]) -> NDArray[np.int16]:
    """Spread masks that may overlap over as few label layers (L, H, W) as needed."""
    layers: list[NDArray[np.int16]] = []
    for number, (x, y, mask) in enumerate(kept, start=1):
        height, width = mask.shape
        for layer in layers:
            part = layer[y : y + height, x : x + width]
            if not part[mask].any():
                part[mask] = number
                break
        else:
            fresh = np.zeros(shape, np.int16)
            fresh[y : y + height, x : x + width][mask] = number
            layers.append(fresh)
    return np.stack(layers) if layers else np.zeros((0, *shape), np.int16)


def main() -> None:
    """Outline the training fields with exported weights."""
    parser = argparse.ArgumentParser(description="Outline touching cells for training.")
    parser.add_argument("--weights", type=Path, default=WEIGHTS_DIR, help="folder with a manifest")
    args = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    model = load_compact(args.weights)
    shift = float(read_entry("segmenter", args.weights).values.get("mask_shift", 0.0))
    (CACHE / "guesses").mkdir(parents=True, exist_ok=True)
    asked: Counter[str] = Counter()
    kept_total: Counter[str] = Counter()
    for field in tqdm(iterate_fields(cache=CACHE, limit=None), mininterval=10):
        if is_validation(field.source, field.name):
            continue
        kept, count = (outline_boxes if len(field.boxes) else outline_seeds)(model, field, shift=shift)
        asked[field.source] += count
        kept_total[field.source] += len(kept)
        file = guesses_file(CACHE, field.source, field.name)
        file.unlink(missing_ok=True)
        if kept:
            np.savez_compressed(file, layers=layers_of(kept, field.cover.shape))
    for source, count in asked.items():
        print(f"{source}: kept {kept_total[source]} of {count} outlines")


if __name__ == "__main__":
    main()
