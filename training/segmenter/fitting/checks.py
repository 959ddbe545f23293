"""Quick measurements during training: held-out composites and human boxes of TXL-PBC val."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from rbc_desktop.imaging.masks.tiles import padding_colour
from rbc_desktop.models.segmenter.compact_sam2 import OUTLINE_STRIDE, CompactSam2
from rbc_desktop.models.segmenter.prompt_tensors import PromptTensors
from rbc_desktop.models.segmenter.tile_input import normalise_tiles
from training.data.batches.prompt_batches import Batch, make_batch
from training.data.cells.bank import load_bank
from training.data.scenes.composites import compose
from training.data.sets.fields import DATA, RED, box_diameter, box_iou, read_boxes, read_rgb
from training.segmenter.fitting.losses import mask_iou

CELL_PX = 48


@dataclass(frozen=True)
class Checks:
    """Fixed sets: composites of held-out Chula blocks; (tile (S, S, 3), boxes) of TXL-PBC val."""

    composites: list[Batch]
    tiles: list[tuple[NDArray[np.uint8], NDArray[np.float32]]]


def make_checks(*, scenes: int = 48, images: int = 60) -> Checks:
    """Build the sets, always the same ones."""
    bank, rng = load_bank(validation=True), np.random.default_rng(7)
    made = [compose(bank, rng=rng, hard=False) for _ in range(scenes)]
    batches = [make_batch(made[i : i + 8], rng=rng, prompts=8, simple=True) for i in range(0, len(made), 8)]
    paths = sorted((DATA / "txl-pbc" / "val" / "images").iterdir())
    tiles = []
    for path in paths[:: max(1, len(paths) // images)]:
        tile = _tile(read_rgb(path), *read_boxes_of(path))
        if tile is not None:
            tiles.append(tile)
    return Checks(batches, tiles)


def read_boxes_of(path: Any) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Boxes and classes of an image on disk, in its pixels."""
    return read_boxes(path, read_rgb(path).shape[:2])


def _tile(
    rgb: NDArray[np.uint8], boxes: NDArray[np.float32], kinds: NDArray[np.int64]
) -> tuple[NDArray[np.uint8], NDArray[np.float32]] | None:
    """The whole image at the model's scale (from its boxes), padded to a multiple of 32."""
    boxes = boxes[kinds == RED]
    diameter = box_diameter(boxes, rgb.shape[:2])
    if diameter is None:
        return None
    factor = CELL_PX / diameter
    size = (round(rgb.shape[1] * factor), round(rgb.shape[0] * factor))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
    side = -(-max(size) // 32) * 32
    pad = (0, side - size[1], 0, side - size[0])
    colour = padding_colour(rgb)
    return cv2.copyMakeBorder(small, *pad, cv2.BORDER_CONSTANT, value=colour), boxes * factor


def measure(model: CompactSam2, checks: Checks, config: Mapping[str, Any]) -> dict[str, float]:
    """One click each: IoU of masks on composites (all, crowded), of boxes on TXL-PBC val."""
    model.eval()
    device = next(model.parameters()).device
    ious, crowded, boxes = [], [], []
    with torch.inference_mode():
        for batch in checks.composites:
            images = normalise_tiles(torch.from_numpy(batch.rgb).to(device), config["normalisation"])
            points, labels, image = (
                torch.from_numpy(array).to(device) for array in (batch.points, batch.labels, batch.image_index)
            )
            masks, quality = model.decode(model.encode(images), PromptTensors(points, labels, image=image))
            each = mask_iou(masks, torch.from_numpy(batch.masks).to(device))
            ious.append(each.gather(1, quality.argmax(1, keepdim=True))[:, 0].cpu().numpy())
            crowded.append(batch.crowded)
        for rgb, human in checks.tiles:
            boxes.append(_box_click_ious(model, rgb, human, config))
    iou, touching, box = np.concatenate(ious), np.concatenate(crowded), np.concatenate(boxes)
    return {
        "composite_iou": float(iou.mean()),
        "composite_crowded_iou": float(iou[touching].mean()),
        "txl_box_iou": float(box.mean()),
        "txl_box_share": float((box >= 0.5).mean()),
    }


def _box_click_ious(
    model: CompactSam2,
    rgb: NDArray[np.uint8],
    human: NDArray[np.float32],
    config: Mapping[str, Any],
) -> NDArray[np.float32]:
    device = next(model.parameters()).device
    tensor = torch.from_numpy(rgb.transpose(2, 0, 1).copy())[None].to(device)
    embedding = model.encode(normalise_tiles(tensor, config["normalisation"]))
    centres = torch.from_numpy((human[:, :2] + human[:, 2:]) / 2)[:, None].float().to(device)
    labels = torch.ones(len(human), 1, dtype=torch.int64, device=device)
    masks, quality = model.decode(embedding, PromptTensors(centres, labels))
    best = masks[torch.arange(len(human)), quality.argmax(1)][:, None]
    full = torch.nn.functional.interpolate(best, scale_factor=OUTLINE_STRIDE, mode="bilinear")[:, 0] > 0
    out = np.zeros(len(human), np.float32)
    for n, mask in enumerate(full.cpu().numpy()):
        rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
        if len(rows):
            box = np.array([columns[0], rows[0], columns[-1] + 1, rows[-1] + 1], np.float32)
            out[n] = box_iou(box, human[n : n + 1])[0]
    return out
