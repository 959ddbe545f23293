"""The compact and the official SAM 2 behind one face, for training and for whole fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, Protocol, get_args

import cv2
import numpy as np
import torch
import torch.nn.functional as functional
from numpy.typing import NDArray
from sam2.modeling.sam2_base import SAM2Base
from torch import Tensor, nn

from rbc_desktop.imaging.fields.scale import typical_diameter
from rbc_desktop.imaging.masks.tiles import padding_colour
from rbc_desktop.models.manifest import read_entry
from rbc_desktop.models.segmenter.compact_sam2 import CompactEmbedding, CompactSam2
from rbc_desktop.models.segmenter.networks import OfficialMaps, OfficialNetwork
from rbc_desktop.models.segmenter.official_sam2 import load_official
from rbc_desktop.models.segmenter.prompt_tensors import PromptTensors
from rbc_desktop.models.segmenter.tile_input import normalise_tiles
from training.loop import save_weights
from training.manifest_io import WEIGHTS_DIR, file_sha256, load_compact, update_manifest

Trained = Literal["decoder", "prompt-encoder", "neck", "all"]
TRAINABLE: tuple[Trained, ...] = get_args(Trained)

OFFICIAL_FILE = "sam2_finetuned.safetensors"
PROMPTS_AT_ONCE = 32
COMPACT_MULTIPLE = 32
ZOOM_LIMITS = (0.25, 4.0)


@dataclass(frozen=True)
class Answer:
    """Masks of N single clicks.

    Attributes:
        logits: (N, K, h, w): K candidates in a square of `side` input pixels at `corner`.
        iou: (N, K): their predicted IoU.
        corner: (N, 2) ``x, y``.
    """

    logits: Tensor
    iou: Tensor
    corner: Tensor
    side: int

    def best(self) -> Tensor:
        """The candidate of the best predicted IoU, (N, h, w)."""
        return self.logits[torch.arange(len(self.iou)), self.iou.argmax(1)]

    def cut(self, targets: Tensor) -> Tensor:
        """Targets (N, S, S) of the whole input under each answer's square, (N, h, w) float32, share covered."""
        rows = [
            t[y : y + self.side, x : x + self.side] for t, (x, y) in zip(targets, self.corner.tolist(), strict=True)
        ]
        height, width = self.logits.shape[-2:]
        return functional.adaptive_avg_pool2d(torch.stack(rows).float()[:, None], (height, width))[:, 0]


class Promptable(Protocol):
    """A network that answers clicks. module: with its weights; crop: side of the inputs that it is trained on."""

    module: nn.Module
    crop: int

    def zoom(self, rgb: NDArray[np.uint8]) -> float:
        """The factor by which a field (H, W, 3) is resampled for this network."""

    def input_side(self, longest: int) -> int:
        """Side of the square input that holds a resampled field with this longest side."""

    def encode(self, images: Tensor) -> Any:
        """Embed (B, 3, S, S) RGB 0..255."""

    def answer(self, embedding: Any, points: Tensor, image_index: Tensor) -> Answer:
        """Decode a click (N, 2) ``x, y``, input pixels, on the images (N,)."""

    def export(self, folder: Path, *, steps: int, data: str) -> Path:
        """Write the weights as the application loads them; returns what to give it."""


class CompactPromptable:
    """The compact SAM 2; sees red cells at 48 px, as in the application."""

    crop = 256

    def __init__(self, module: CompactSam2, manifest: Mapping[str, Any]) -> None:
        self.module = module
        self._manifest = manifest

    def zoom(self, rgb: NDArray[np.uint8]) -> float:
        """See `Promptable`."""
        return float(np.clip(float(self.module.config["cell_px"]) / typical_diameter(rgb), *ZOOM_LIMITS))

    def input_side(self, longest: int) -> int:
        """See `Promptable`."""
        return max(self.crop, -(-longest // COMPACT_MULTIPLE) * COMPACT_MULTIPLE)

    def encode(self, images: Tensor) -> CompactEmbedding:
        """See `Promptable`."""
        tiles = normalise_tiles(images, self.module.config["normalisation"])
        return self.module.encode(tiles.contiguous(memory_format=torch.channels_last))

    def answer(self, embedding: CompactEmbedding, points: Tensor, image_index: Tensor) -> Answer:
        """See `Promptable`."""
        prompts = replace(PromptTensors.clicks(points), image=image_index)
        window = self.module.prompt_window(prompts, size=embedding.input_size)
        logits, iou = self.module.decode_window(embedding, window, prompts)
        logits = self.module.refine(embedding, window, logits, prompts)
        return Answer(logits.float(), iou.float(), window.corner, window.side)

    def export(self, folder: Path, *, steps: int, data: str) -> Path:
        """See `Promptable`: a folder with its own manifest."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "segmenter.safetensors"
        save_weights(self.module, path)
        section = {k: v for k, v in self._manifest.items() if k != "scores"}
        changed = {
            "file": path.name,
            "sha256": file_sha256(path),
            "trained_on": f"{section.get('trained_on', '')}; fine-tuned for {steps} steps on: {data}",
            "version": f"{section.get('version', '')}-finetuned",
        }
        update_manifest("segmenter", {**section, **changed}, directory=folder)
        return folder


class OfficialPromptable:
    """An official SAM 2.1; sees the whole field, its longest side as long as the input's."""

    def __init__(self, module: SAM2Base) -> None:
        self.module = module
        self.crop = int(module.image_size)
        self._network = OfficialNetwork(module)

    def zoom(self, rgb: NDArray[np.uint8]) -> float:
        """See `Promptable`."""
        return self.crop / max(rgb.shape[:2])

    def input_side(self, longest: int) -> int:
        """See `Promptable`."""
        return self.crop

    def encode(self, images: Tensor) -> OfficialMaps:
        """See `Promptable`."""
        return self._network.embed(images)

    def answer(self, embedding: OfficialMaps, points: Tensor, image_index: Tensor) -> Answer:
        """See `Promptable`."""
        encoder, decoder = self.module.sam_prompt_encoder, self.module.sam_mask_decoder
        labels = torch.ones(len(points), 1, dtype=torch.int64, device=points.device)
        # SAM adds half a pixel to whole pixel numbers; these positions are exact already.
        sparse, dense = encoder((points[:, None] - 0.5, labels), None, None)
        masks, iou, _, _ = decoder.predict_masks(
            image_embeddings=embedding.image[image_index],
            image_pe=encoder.get_dense_pe(),
            sparse_prompt_embeddings=sparse,
            dense_prompt_embeddings=dense,
            repeat_image=False,
            high_res_features=[embedding.fine[image_index], embedding.middle[image_index]],
        )
        # The first mask token is meant for prompts that leave no doubt; one click does.
        return Answer(
            masks[:, 1:].float(), iou[:, 1:].float(), torch.zeros(len(points), 2, dtype=torch.int64), self.crop
        )

    def export(self, folder: Path, *, steps: int, data: str) -> Path:
        """See `Promptable`: one file."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / OFFICIAL_FILE
        save_weights(self.module, path)
        return path


def open_promptable(model: str, *, device: torch.device) -> Promptable:
    """``bundled``, a folder with a manifest of compact weights, or an official checkpoint (.pt, .safetensors).

    Raises:
        ModelLoadError: when weights are missing or don't fit.
    """
    path = WEIGHTS_DIR if model == "bundled" else Path(model)
    if path.is_file():
        network, _ = load_official(path)
        network.to(device)
        return OfficialPromptable(network)
    entry = read_entry("segmenter", path)
    module = load_compact(path).to(device, memory_format=torch.channels_last)
    return CompactPromptable(module, entry.values)


def exported(folder: Path) -> str | None:
    """What to give `open_promptable` for weights that `Promptable.export` wrote; None when it didn't come to that."""
    official = folder / OFFICIAL_FILE
    if official.exists():
        return str(official)
    return str(folder) if (folder / "manifest.json").exists() else None


def choose_trained(module: nn.Module, trained: Sequence[Trained]) -> None:
    """Let only the named parts require gradients; what never did (memory of videos) doesn't either."""
    for name, parameter in module.named_parameters():
        parameter.requires_grad_(parameter.requires_grad and _is_trained(name, trained))


def start_training(module: nn.Module) -> None:
    """Training mode for what is trained; the rest keeps the statistics of its batch normalisation."""
    module.eval()
    for child in module.modules():
        own = list(child.parameters(recurse=False))
        if own and all(p.requires_grad for p in own):
            child.train()


def predict_field(
    model: Promptable, rgb: NDArray[np.uint8], points: Sequence[tuple[float, float]]
) -> NDArray[np.float32]:
    """Probability (H, W) float32 that a pixel belongs to any of the clicked regions: the largest of all clicks."""
    height, width = rgb.shape[:2]
    device = next(model.module.parameters()).device
    zoom = model.zoom(rgb)
    size = (max(1, round(width * zoom)), max(1, round(height * zoom)))
    side = model.input_side(max(size))
    method = cv2.INTER_AREA if zoom < 1 else cv2.INTER_LINEAR
    window = np.full((side, side, 3), padding_colour(rgb), np.uint8)
    window[: size[1], : size[0]] = cv2.resize(rgb, size, interpolation=method)
    out = torch.zeros(side, side)
    scale = np.array([size[0] / width, size[1] / height])
    clicks = torch.tensor(np.array(points, np.float64).reshape(-1, 2) * scale, dtype=torch.float32, device=device)
    with torch.no_grad():
        embedding = model.encode(torch.from_numpy(window.transpose(2, 0, 1).copy())[None].to(device))
        for start in range(0, len(clicks), PROMPTS_AT_ONCE):
            some = clicks[start : start + PROMPTS_AT_ONCE]
            answer = model.answer(embedding, some, torch.zeros(len(some), dtype=torch.int64, device=device))
            full = functional.interpolate(
                answer.best()[:, None], size=(answer.side, answer.side), mode="bilinear", align_corners=False
            )[:, 0]
            for chance, (x, y) in zip(full.sigmoid().cpu(), answer.corner.tolist(), strict=True):
                part = out[y : y + answer.side, x : x + answer.side]
                torch.maximum(part, chance, out=part)
    field = out[: size[1], : size[0]].numpy()
    return np.asarray(cv2.resize(field, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def _is_trained(name: str, trained: Sequence[Trained]) -> bool:
    if "all" in trained:
        return True
    if name.startswith("image_encoder.neck."):
        return "neck" in trained
    if name.startswith("sam_prompt_encoder."):
        return "prompt-encoder" in trained
    # What is left beside the trunk and the dense head (which answers no prompts) makes the masks.
    return "decoder" in trained and not name.startswith(("image_encoder.", "dense_head."))
