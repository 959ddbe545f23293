"""The two kinds of network behind one face: tensors in, tensors out, no state between calls.

Every array is in model pixels: ``(x, y)``, origin at the top left corner of the top left pixel of the tile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Protocol, Self

import numpy as np
import torch
import torch.nn.functional as functional
from sam2.modeling.sam2_base import SAM2Base
from torch import Tensor

from ...ports import DenseMaps, MaskCandidates, TilePrompts
from .compact_sam2 import MASK_STRIDE, OUTLINE_STRIDE, CompactEmbedding, CompactSam2
from .folded_encoder import FoldedEncoder, fold_batch_norms
from .prompt_tensors import MIN_POINTS, PromptTensors
from .prompt_window import Window
from .tile_input import normalise_levels, normalise_tiles

MASK_LOGIT = 6.0
"""Logit of a pixel that is surely inside a previous mask; the limit of the drawn prompts in training."""

INPUT_STEP, LEAST_INPUT_SHARE = 32, 0.75
"""Sides of the compact network's tiles are multiples of the first, the smallest at least the second of the largest:
eight cells across, two thirds of them not shared with a neighbour."""

OFFICIAL_MEAN, OFFICIAL_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Normalisation of the official networks (``sam2.utils.transforms``), for RGB in 0 to 1."""

OFFICIAL_CELL_PX = 96.0
"""Diameter of a red cell in the input of an official network: large enough for its stride of 16, and a 1024 px tile
still holds ten cells across."""


@dataclass(frozen=True)
class Maps:
    """Tensors of one embedded tile; base of the two kinds of embedding."""

    @property
    def nbytes(self) -> int:
        """Memory in bytes."""
        return sum(t.element_size() * t.nelement() for t in self._tensors().values())

    def to(self, device: torch.device) -> Self:
        """The same maps on another device."""
        return type(self)(**{name: tensor.to(device) for name, tensor in self._tensors().items()})

    def _tensors(self) -> dict[str, Tensor]:
        return {f.name: getattr(self, f.name) for f in fields(self)}


@dataclass(frozen=True)
class CompactMaps(Maps):
    """See `CompactEmbedding`, for one tile."""

    image: Tensor
    middle: Tensor
    fine: Tensor
    dense: Tensor
    edges: Tensor


@dataclass(frozen=True)
class OfficialMaps(Maps):
    """image ``(1, 256, 64, 64)``; middle ``(1, 64, 128, 128)``; fine ``(1, 32, 256, 256)``."""

    image: Tensor
    middle: Tensor
    fine: Tensor


class Network(Protocol):
    """What the adapter needs of a network."""

    module: torch.nn.Module
    input_size: int
    input_sizes: Sequence[int]
    cell_px: float
    has_dense_head: bool

    def embed(self, rgb: Tensor) -> Maps:
        """Encode ``(1, 3, S, S)`` uint8 RGB on the network's device, S one of `input_sizes`."""

    def decode(self, maps: Any, prompts: Sequence[TilePrompts], *, best_only: bool = False) -> list[MaskCandidates]:
        """One answer for each set of prompts, in order; of its candidates only the best if so asked."""

    def dense(self, maps: Any) -> DenseMaps:
        """The dense head's maps."""


class CompactNetwork:
    """The bundled compact SAM 2.

    Args:
        module: with its weights; owned from now on, and changed: it can't be trained any more.
        input_size: largest side of a tile in model pixels, a multiple of 32.
        mask_shift: added to mask logits, so that masks are as large as cells: training measures it on composites.
        mask_scale: mask logits are multiplied by it. Outlines stay where they are; how steep logits are at them is what
            the stability of a mask is read off, so its limits hold for networks that are surer of outlines than others.
    """

    has_dense_head = True

    def __init__(
        self, module: CompactSam2, *, input_size: int, mask_shift: float = 0.0, mask_scale: float = 1.0
    ) -> None:
        fold_batch_norms(module.eval())
        self._encoder = FoldedEncoder(module)
        module.add_module("folded_encoder", self._encoder)  # goes with it from device to device
        self.module = module.to(memory_format=torch.channels_last)
        self.input_size = input_size
        self.input_sizes: Sequence[int] = range(_smallest_input(input_size), input_size + 1, INPUT_STEP)
        self._mask_shift, self._mask_scale = mask_shift, mask_scale
        self.cell_px = float(module.config["cell_px"])
        self._normalisation: Mapping[str, Any] = module.config["normalisation"]

    def embed(self, rgb: Tensor) -> CompactMaps:
        """See `Network.embed`."""
        whole = normalise_levels if rgb.device.type == "cpu" else normalise_tiles
        tile = whole(rgb, self._normalisation).contiguous(memory_format=torch.channels_last)
        found = self._encoder(tile)
        return CompactMaps(found.image, found.middle, found.fine, found.dense, found.edges)

    def decode(
        self, maps: CompactMaps, prompts: Sequence[TilePrompts], *, best_only: bool = False
    ) -> list[MaskCandidates]:
        """See `Network.decode`; prompts with windows of one size are decoded together."""
        embedding = CompactEmbedding(maps.image, maps.middle, maps.fine, maps.dense, maps.edges)
        groups: dict[tuple[int, bool], list[tuple[int, Tensor]]] = {}
        for index, prompt in enumerate(prompts):
            window = self._window(prompt, embedding)
            groups.setdefault((window.side, prompt.mask is not None), []).append((index, window.corner))
        answers: dict[int, MaskCandidates] = {}
        for (side, _), members in groups.items():
            chosen = [prompts[index] for index, _ in members]
            window = Window(corner=torch.cat([corner for _, corner in members]), side=side)
            found = self._decode(embedding, window, chosen, best_only=best_only)
            for (index, corner), answer in zip(members, found, strict=True):
                x, y = corner[0].tolist()
                answers[index] = MaskCandidates(*answer, x0=float(x), y0=float(y), stride=float(OUTLINE_STRIDE))
        return [answers[index] for index in range(len(prompts))]

    def dense(self, maps: CompactMaps) -> DenseMaps:
        """See `Network.dense`."""
        found = self.module.dense(CompactEmbedding(maps.image, maps.middle, maps.fine, maps.dense, maps.edges))
        return DenseMaps(
            foreground=_array(found.foreground[0].sigmoid()),
            distance=_array(found.distance[0]),
            centre=_array(found.centre[0].sigmoid()),
            to_centre=_array(found.offset[0].norm(dim=0)),
        )

    def _window(self, prompt: TilePrompts, embedding: CompactEmbedding) -> Window:
        given = _tensors([prompt], embedding.image.device)
        window: Window = self.module.prompt_window(given, size=embedding.input_size)
        return window

    def _decode(
        self, embedding: CompactEmbedding, window: Window, prompts: Sequence[TilePrompts], *, best_only: bool
    ) -> list[tuple[np.ndarray, np.ndarray]]:
        given = _tensors(prompts, embedding.image.device)
        logits, iou = self.module.decode_window(embedding, window, given)
        if best_only:  # the others needn't be refined
            best = iou.argmax(1, keepdim=True)
            iou, logits = iou.gather(1, best), logits[torch.arange(len(best), device=best.device)[:, None], best]
        logits = self.module.refine(embedding, window, logits, given)
        return list(zip(_array((logits + self._mask_shift) * self._mask_scale), _array(iou), strict=True))


class OfficialNetwork:
    """An official SAM 2.1 network, prompted in the ordinary way."""

    has_dense_head = False
    cell_px = OFFICIAL_CELL_PX

    def __init__(self, module: SAM2Base) -> None:
        self.module = module.eval()
        self.input_size = int(module.image_size)
        self.input_sizes: Sequence[int] = (self.input_size,)

    def embed(self, rgb: Tensor) -> OfficialMaps:
        """See `Network.embed`."""
        mean = torch.tensor(OFFICIAL_MEAN, device=rgb.device).reshape(1, 3, 1, 1)
        std = torch.tensor(OFFICIAL_STD, device=rgb.device).reshape(1, 3, 1, 1)
        fine, middle, image = self.module.forward_image((rgb.float() / 255 - mean) / std)["backbone_fpn"]
        return OfficialMaps(image + self.module.no_mem_embed.reshape(1, -1, 1, 1), middle, fine)

    def decode(
        self, maps: OfficialMaps, prompts: Sequence[TilePrompts], *, best_only: bool = False
    ) -> list[MaskCandidates]:
        """See `Network.decode`; prompts of one shape are decoded together, because SAM attends to padding too."""
        groups: dict[tuple[bool, bool, int], list[int]] = {}
        for index, prompt in enumerate(prompts):
            shape = prompt.mask is not None, prompt.box is not None, len(prompt.labels)
            groups.setdefault(shape, []).append(index)
        answers: dict[int, MaskCandidates] = {}
        for members in groups.values():
            found = self._decode(maps, [prompts[i] for i in members])
            answers.update(zip(members, found, strict=True))
        ordered = [answers[index] for index in range(len(prompts))]
        return [_best(answer) for answer in ordered] if best_only else ordered

    def dense(self, maps: OfficialMaps) -> DenseMaps:
        """There is none; `has_dense_head` says so."""
        raise NotImplementedError("official SAM 2.1 networks have no dense head")

    def _decode(self, maps: OfficialMaps, prompts: Sequence[TilePrompts]) -> list[MaskCandidates]:
        given = _tensors(prompts, maps.image.device, least=0)
        encoder, decoder = self.module.sam_prompt_encoder, self.module.sam_mask_decoder
        points, labels = given.points, given.labels
        # SAM takes a box as its two corners, of kinds 2 and 3, before the points.
        if prompts[0].box is not None and given.boxes is not None:
            points = torch.cat([given.boxes.reshape(-1, 2, 2), points], dim=1)
            labels = torch.cat([labels.new_tensor([[2, 3]]).expand(len(labels), 2), labels], dim=1)
        # SAM adds half a pixel to whole pixel numbers; our positions are exact already.
        sparse, dense = encoder((points - 0.5, labels), None, given.mask)
        masks, iou, _, _ = decoder.predict_masks(
            image_embeddings=maps.image,
            image_pe=encoder.get_dense_pe(),
            sparse_prompt_embeddings=sparse,
            dense_prompt_embeddings=dense,
            repeat_image=True,
            high_res_features=[maps.fine, maps.middle],
        )
        stride = self.input_size / masks.shape[-1]
        return [
            MaskCandidates(_array(m[first:]), _array(i[first:]), stride=stride)
            for m, i, first in zip(masks, iou, map(_first_token, prompts), strict=True)
        ]


def _smallest_input(largest: int) -> int:
    return int(np.ceil(LEAST_INPUT_SHARE * largest / INPUT_STEP)) * INPUT_STEP


def _best(answer: MaskCandidates) -> MaskCandidates:
    best = int(answer.scores.argmax())
    return replace(answer, logits=answer.logits[best : best + 1], scores=answer.scores[best : best + 1])


def _first_token(prompt: TilePrompts) -> int:
    """SAM's first mask token is meant for prompts that leave no doubt, so a lone click does without it."""
    return 1 if prompt.box is None and prompt.mask is None and len(prompt.labels) == 1 else 0


def _tensors(prompts: Sequence[TilePrompts], device: torch.device, *, least: int = MIN_POINTS) -> PromptTensors:
    """Prompts as tensors, padded to `least` points and to the longest; all of them have masks, or none."""
    most = max(least, *(len(p.labels) for p in prompts))
    points = np.zeros((len(prompts), most, 2), np.float32)
    labels = np.full((len(prompts), most), -1, np.int64)
    boxes = np.full((len(prompts), 4), np.nan, np.float32)
    for row, prompt in enumerate(prompts):
        points[row, : len(prompt.labels)] = prompt.points
        labels[row, : len(prompt.labels)] = prompt.labels
        if prompt.box is not None:
            boxes[row] = (prompt.box.x0, prompt.box.y0, prompt.box.x1, prompt.box.y1)
    masks = [prompt.mask for prompt in prompts if prompt.mask is not None]
    logits = None
    if masks:
        covered = torch.from_numpy(np.stack(masks)).to(device).float()[:, None]
        logits = (2 * functional.avg_pool2d(covered, MASK_STRIDE) - 1) * MASK_LOGIT
    return PromptTensors(
        torch.from_numpy(points).to(device),
        torch.from_numpy(labels).to(device),
        torch.from_numpy(boxes).to(device),
        logits,
    )


def _array(tensor: Tensor) -> np.ndarray:
    return np.ascontiguousarray(tensor.detach().float().cpu().numpy())
