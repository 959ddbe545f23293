"""Outlines of touching cells on real fields: ``python -m training.guesses``.

A model that already separates composed cells outlines the boxed cells of TXL-PBC train that the
threshold can't cut out. An outline is kept only if its own box agrees with the human box; those
outlines then train the next stretch, at a lower weight than exact masks.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from tqdm import tqdm

from rbc_desktop.imaging.proposals import clean
from rbc_desktop.imaging.tiles import padding_colour
from rbc_desktop.models.compact_sam2 import CompactSam2, build
from rbc_desktop.models.tile_input import normalise_tiles
from training.bank import CACHE, iterate_fields
from training.fields import RED, RealField, box_iou
from training.real_scenes import BOX_TO_OUTLINE
from training.segmenter import RUNS

MIN_BOX_IOU = 0.8
MIN_PREDICTED_IOU = 0.8


def outline_boxes(model: CompactSam2, field: RealField) -> tuple[list[tuple[int, int, NDArray[np.bool_]]], int]:
    """Kept outlines as (x, y, mask) in field pixels, and how many boxes were asked for.

    The human box is both the prompt (shrunk to the outline) and the check.
    """
    boxes = _open_boxes(field)
    if not len(boxes):
        return [], 0
    factor = float(model.config["cell_px"]) / field.diameter
    height, width = field.cover.shape
    size = (round(width * factor), round(height * factor))
    side = -(-max(size) // 32) * 32
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    small = cv2.resize(field.rgb, size, interpolation=method)
    pad = (0, side - size[1], 0, side - size[0])
    colour = padding_colour(field.rgb)
    tile = cv2.copyMakeBorder(small, *pad, cv2.BORDER_CONSTANT, value=colour)
    with torch.inference_mode():
        pixels = torch.from_numpy(tile.transpose(2, 0, 1).copy())[None]
        embedding = model.encode(normalise_tiles(pixels, model.config["normalisation"]))
        prompts = torch.from_numpy(boxes * factor).float()
        points = torch.zeros(len(boxes), 5, 2)
        points[:, 0] = (prompts[:, :2] + prompts[:, 2:]) / 2
        labels = torch.full((len(boxes), 5), -1, dtype=torch.int64)
        labels[:, 0] = 1
        logits, iou = model.decode(embedding, points, labels, boxes=prompts)
        best = logits[torch.arange(len(boxes)), iou.argmax(1)][:, None]
        scale = 4 / factor
        full = torch.nn.functional.interpolate(
            best, size=(round(side / 4 * scale), round(side / 4 * scale)), mode="bilinear"
        )[:, 0, :height, :width]
    kept = []
    for box, mask, quality in zip(boxes, (full > 0).numpy(), iou.amax(1).tolist(), strict=True):
        one = clean(mask)
        if quality < MIN_PREDICTED_IOU or not one.any():
            continue
        rows, columns = np.flatnonzero(one.any(1)), np.flatnonzero(one.any(0))
        found = np.array([columns[0], rows[0], columns[-1] + 1, rows[-1] + 1], np.float32)
        if box_iou(box, found[None])[0] >= MIN_BOX_IOU:
            x0, y0, x1, y1 = found.astype(int)
            kept.append((int(x0), int(y0), one[y0:y1, x0:x1]))
    return kept, len(boxes)


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


def _load(path: Path) -> CompactSam2:
    state: Mapping[str, Any] = torch.load(path, weights_only=True)
    model = build(state["config"])
    model.load_state_dict(state["average"])
    return model.eval()


def main() -> None:
    """Outline all TXL-PBC train fields with the averaged weights of a run."""
    parser = argparse.ArgumentParser(description="Outline touching cells for training.")
    parser.add_argument("--state", type=Path, default=RUNS / "segmenter" / "state.pt")
    args = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    model = _load(args.state)
    folder = CACHE / "guesses"
    folder.mkdir(parents=True, exist_ok=True)
    asked = kept_total = 0
    for field in tqdm(iterate_fields(cache=CACHE, limit=None), mininterval=10):
        if field.source != "txl":
            continue
        kept, count = outline_boxes(model, field)
        asked, kept_total = asked + count, kept_total + len(kept)
        layers = layers_of(kept, field.cover.shape)
        if len(layers):
            np.savez_compressed(folder / f"{field.name}.npz", layers=layers)
    print(f"kept {kept_total} of {asked} outlines")


if __name__ == "__main__":
    main()
