"""Compact SAM 2: the `sam2` package's neck, prompt encoder and mask decoder over a light trunk.

The network is built from a plain dict (the ``config`` of the weights manifest), without Hydra,
torchvision or the package's predictors. Four things differ from the published models:

* a small residual convolution trunk (strides 2 to 32) instead of Hiera;
* a dense head on the finest neck level: foreground, distance to the border, cell centres, and for
  every pixel the offset to the centre of the cell it belongs to;
* prompts are decoded inside a window around them, cut from the embedding. Positions are relative
  to that window, so one set of weights serves any input size and a click costs the same anywhere;
* an outline head moves the decoded masks (stride 4) to the edges in the image (stride 2).

Coordinates are ``(x, y)`` in input pixels, origin at the top left corner of the top left pixel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as functional
from sam2.modeling.backbones.image_encoder import FpnNeck, ImageEncoder
from sam2.modeling.position_encoding import PositionEmbeddingRandom, PositionEmbeddingSine
from sam2.modeling.sam.mask_decoder import MaskDecoder
from sam2.modeling.sam.prompt_encoder import PromptEncoder
from sam2.modeling.sam.transformer import TwoWayTransformer
from sam2.modeling.sam2_base import SAM2Base
from torch import Tensor, nn

from .compact_layers import ConvTrunk, DenseHead, OutlineHead, replace_channel_norms
from .outline_crops import Clicks, refine_crops, refine_whole
from .prompt_rendering import render_prompts
from .prompt_tensors import PromptTensors
from .prompt_window import Window, prompt_turns, with_mask_extent
from .steady_answers import OUTLINED_SHARE, steadied

MASK_STRIDE = 4
OUTLINE_STRIDE = 2
EMBEDDING_STRIDE = 16
OUTSIDE_LOGIT = -12.0
"""Mask logit of pixels outside the decoded window."""

DEFAULT_CONFIG: dict[str, Any] = {
    "widths": [40, 80, 160, 240],
    "depths": [2, 2, 3, 1],
    "d_model": 128,
    "decoder_mlp": 384,
    "decoder_depth": 2,
    "dense_width": 48,
    "outline_width": 16,
    "position_scale": 1.0,
    "window_px": 192,
    "cell_px": 48,
    "prompt_rendering": "centre-votes",
    "normalisation": {"kind": "white-point-density", "percentile": 95.0, "scale": 0.35},
}


@dataclass(frozen=True)
class CompactEmbedding:
    """What the encoder knows about B inputs of S x S pixels; all float32.

    image (B, d_model, S/16, S/16); middle (B, d_model/4, S/8, S/8);
    fine (B, d_model/8, S/4, S/4); dense (B, 5, S/4, S/4): raw dense head output;
    edges (B, outline_width, S/2, S/2): what the outline head sees.
    """

    image: Tensor
    middle: Tensor
    fine: Tensor
    dense: Tensor
    edges: Tensor

    @property
    def input_size(self) -> int:
        """Side S of the input in pixels."""
        return int(self.fine.shape[-1]) * MASK_STRIDE


@dataclass(frozen=True)
class DenseMaps:
    """Dense head at stride 4. Shapes (B, S/4, S/4), offset (B, 2, S/4, S/4)."""

    foreground: Tensor
    """Logits: does a red cell cover this pixel?"""
    distance: Tensor
    """Distance to the cell's border over the cell's largest such distance, 0..1."""
    centre: Tensor
    """Logits of the cell-centre heatmap."""
    offset: Tensor
    """(dx, dy) in input pixels from the pixel to the centre of its cell."""


@dataclass(frozen=True)
class _WindowMaps:
    """The embedding under N windows, see `CompactEmbedding`."""

    image: Tensor
    middle: Tensor
    fine: Tensor
    dense: Tensor

    def take(self, rows: Tensor) -> _WindowMaps:
        """The maps of some of the prompts."""
        return _WindowMaps(self.image[rows], self.middle[rows], self.fine[rows], self.dense[rows])


class CompactSam2(SAM2Base):
    """SAM 2 for single images; see the module docstring. Build it with `build`."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        self.config = {**DEFAULT_CONFIG, **config}
        widths, d_model = list(self.config["widths"]), int(self.config["d_model"])
        trunk = ConvTrunk(widths=widths, depths=list(self.config["depths"]))
        neck = FpnNeck(
            position_encoding=PositionEmbeddingSine(d_model, warmup_cache=False),
            d_model=d_model,
            backbone_channel_list=trunk.channel_list,
            fpn_interp_model="nearest",
        )
        super().__init__(
            image_encoder=ImageEncoder(trunk, neck, scalp=1),
            memory_attention=None,
            memory_encoder=None,
            num_maskmem=1,
            image_size=int(self.config["window_px"]),
            backbone_stride=EMBEDDING_STRIDE,
            use_high_res_features_in_sam=True,
            multimask_output_in_sam=True,
            iou_prediction_use_sigmoid=True,
        )
        self.dense_head = DenseHead(d_model=d_model, width=int(self.config["dense_width"]))
        self.outline_head = OutlineHead(stem=widths[0] // 2, d_model=d_model, width=int(self.config["outline_width"]))
        self.prompt_to_fine = nn.Conv2d(1, d_model // 8, 3, padding=1)
        replace_channel_norms(self)
        for unused in (self.maskmem_tpos_enc, self.no_mem_embed, self.no_mem_pos_enc):
            unused.requires_grad_(False)

    def _build_sam_heads(self) -> None:
        """As SAM2Base, which fixes the decoder's MLP at 2048, with the configured width."""
        d_model, side = self.hidden_dim, self.image_size // self.backbone_stride
        self.sam_prompt_embed_dim = d_model
        self.sam_image_embedding_size = side
        self.sam_prompt_encoder = PromptEncoder(
            embed_dim=d_model,
            image_embedding_size=(side, side),
            input_image_size=(self.image_size, self.image_size),
            mask_in_chans=16,
        )
        self.sam_prompt_encoder.pe_layer = PositionEmbeddingRandom(
            d_model // 2, scale=float(self.config["position_scale"])
        )
        self.sam_mask_decoder = MaskDecoder(
            num_multimask_outputs=3,
            transformer=TwoWayTransformer(
                depth=int(self.config["decoder_depth"]),
                embedding_dim=d_model,
                mlp_dim=int(self.config["decoder_mlp"]),
                num_heads=8,
            ),
            transformer_dim=d_model,
            iou_head_depth=3,
            iou_head_hidden_dim=128,
            use_high_res_features=True,
            iou_prediction_use_sigmoid=True,
        )
        self.obj_ptr_proj = nn.Identity()
        self.obj_ptr_tpos_proj = nn.Identity()

    def encode(self, images: Tensor) -> CompactEmbedding:
        """Embed inputs (B, 3, S, S), float32, already normalised; S a multiple of 32."""
        if images.shape[-1] != images.shape[-2] or images.shape[-1] % 32:
            raise ValueError(f"input must be square, a multiple of 32, not {images.shape}")
        trunk = self.image_encoder.trunk
        stem = trunk.stem(images)
        fine, middle, image = self._neck_levels(trunk(stem))
        return CompactEmbedding(
            image=image,
            middle=self.sam_mask_decoder.conv_s1(middle),
            fine=self.sam_mask_decoder.conv_s0(fine),
            dense=self.dense_head(fine).float(),
            edges=self.outline_head.edges(stem, fine),
        )

    def _neck_levels(self, maps: list[Tensor]) -> list[Tensor]:
        """FPN levels at strides 4, 8, 16 of the trunk's maps. The neck's sine positions are not needed here."""
        neck = self.image_encoder.neck
        levels: list[Tensor] = []
        coarser: Tensor | None = None
        for lateral, x in zip(neck.convs, reversed(maps), strict=True):
            level = lateral(x)
            if coarser is not None:
                level = level + functional.interpolate(coarser, scale_factor=2.0, mode="nearest")
            coarser = level
            levels.insert(0, level)
        return levels[:3]

    def dense(self, embedding: CompactEmbedding) -> DenseMaps:
        """The dense head's maps, see `DenseMaps`."""
        raw = embedding.dense
        return DenseMaps(
            foreground=raw[:, 0],
            distance=raw[:, 1].sigmoid(),
            centre=raw[:, 2],
            offset=raw[:, 3:5] * (float(self.config["cell_px"]) / 2),
        )

    def decode(self, embedding: CompactEmbedding, prompts: PromptTensors) -> tuple[Tensor, Tensor]:
        """Decode N prompts into three candidate masks each: logits (N, 3, S/2, S/2) and predicted IoU (N, 3)."""
        window = self.prompt_window(prompts, size=embedding.input_size)
        masks, iou = self.decode_window(embedding, window, prompts)
        masks = self.refine(embedding, window, masks, prompts)
        side = embedding.input_size // OUTLINE_STRIDE
        full = masks.new_full((masks.shape[0], masks.shape[1], side, side), OUTSIDE_LOGIT)
        for row, mask, (x, y) in zip(full, masks, window.corner_lists(OUTLINE_STRIDE), strict=True):
            row[:, y : y + mask.shape[-2], x : x + mask.shape[-1]] = mask
        return full, iou

    def prompt_window(self, prompts: PromptTensors, *, size: int) -> Window:
        """The square window each prompt is decoded in: centred on it, inside the input of this side.

        The centre is the box's, else the middle of the positive points, else of all points. The
        side is ``window_px``, more if a box or far points need it, never more than the input.
        """
        low, high = prompts.extent()
        if prompts.mask is not None:
            low, high = with_mask_extent(low, high, prompts.mask, stride=MASK_STRIDE)
        needed = float((high - low).max()) if low.numel() else 0.0
        side = int(self.config["window_px"])
        margin = side // 4
        while side < size and needed + margin > side:
            side += EMBEDDING_STRIDE
        side = min(side, size)
        corner = ((low + high) / 2 - side / 2) / EMBEDDING_STRIDE
        corner = corner.round().clamp(0, (size - side) // EMBEDDING_STRIDE).long()
        return Window(corner=corner * EMBEDDING_STRIDE, side=side)

    def decode_window(
        self, embedding: CompactEmbedding, window: Window, prompts: PromptTensors
    ) -> tuple[Tensor, Tensor]:
        """As `decode`, but returns masks of the window only, before `refine`: (N, 3, side/4, side/4) and IoU.

        Several points without an earlier mask are answered one after the other, the best mask of
        each round being the mask prompt of the next, as the correction rounds of the training
        (which itself calls this in training mode and does its own rounds); each answer is `steadied` by the last.
        """
        index = prompts.images
        maps = _WindowMaps(
            image=window.cut(embedding.image, index, stride=EMBEDDING_STRIDE),
            middle=window.cut(embedding.middle, index, stride=8),
            fine=window.cut(embedding.fine, index, stride=MASK_STRIDE),
            dense=window.cut(embedding.dense.detach(), index, stride=MASK_STRIDE),
        )
        points, labels = prompts.with_corners()
        points = window.inside(points)
        if prompts.mask is not None:
            previous = window.cut(prompts.mask, list(range(len(index))), stride=MASK_STRIDE)
            masks, iou = self._answer(maps, points, labels, previous)
            if not self.training:
                masks = steadied(masks, previous, points, labels, stride=MASK_STRIDE, share=OUTLINED_SHARE)
            return masks, iou
        if self.training:
            return self._answer(maps, points, labels, None)
        return self._answer_in_rounds(maps, points, labels)

    def refine(self, embedding: CompactEmbedding, window: Window, masks: Tensor, prompts: PromptTensors) -> Tensor:
        """Final mask logits (N, K, side/2, side/2) of logits (N, K, side/4, side/4) that `decode_window` gave.

        prompts: all that led there, of which boxes and earlier masks don't matter here.
        """
        edges, index = embedding.edges, prompts.images
        large = functional.interpolate(masks, scale_factor=2.0, mode="bilinear", align_corners=False)
        cell_px = float(self.config["cell_px"])
        clicks = Clicks(window.inside(prompts.points), prompts.labels, cell_px, OUTLINE_STRIDE)
        if self.training:  # a mask at a time, without the loop over crops, and bent by nothing but the head
            return refine_whole(self.outline_head, edges, index, window, large, clicks).float()
        return clicks.obeyed(refine_crops(self.outline_head, edges, index, window, large, clicks).float())

    def _answer_in_rounds(self, maps: _WindowMaps, points: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        """The box or first positive point, then one more point at a time."""
        turn, count = prompt_turns(labels)
        masks, iou = self._answer(maps, points, labels.masked_fill(turn > 0, -1), None)
        for number in range(1, int(count.max()) if len(count) else 0):
            rows = torch.nonzero(count > number).flatten()
            best = masks[rows, iou[rows].argmax(1)][:, None]
            so_far = labels[rows].masked_fill(turn[rows] > number, -1)
            found, iou[rows] = self._answer(maps.take(rows), points[rows], so_far, best)
            masks[rows] = steadied(found, best, points[rows], so_far, stride=MASK_STRIDE)
        return masks, iou

    def _answer(
        self, maps: _WindowMaps, points: Tensor, labels: Tensor, previous: Tensor | None
    ) -> tuple[Tensor, Tensor]:
        """One pass through prompt encoder and mask decoder; points relative to the window."""
        prompt = self._mask_prompt(maps.dense, points, labels, previous)
        encoder, fine = self.sam_prompt_encoder, maps.fine
        # SAM 2 embeds integer pixel centres and adds half a pixel; ours are already exact.
        sparse = encoder._embed_points(points - 0.5, labels, pad=True)  # noqa: SLF001 - SAM 2 has no other way
        if prompt is None:
            dense = encoder.no_mask_embed.weight.reshape(1, -1, 1, 1).expand_as(maps.image)
        else:
            dense = encoder.mask_downscaling(prompt)
            fine = fine + self.prompt_to_fine(prompt)
        masks, iou, _, _ = self.sam_mask_decoder(
            image_embeddings=maps.image,
            image_pe=self._window_positions(maps.fine.shape[-1] * MASK_STRIDE),
            sparse_prompt_embeddings=sparse,
            dense_prompt_embeddings=dense,
            multimask_output=True,
            repeat_image=False,
            high_res_features=[fine, maps.middle],
        )
        return masks.float(), iou.float()

    def _mask_prompt(self, raw: Tensor, points: Tensor, labels: Tensor, previous: Tensor | None) -> Tensor | None:
        if self.config["prompt_rendering"] == "none":
            return previous
        with torch.no_grad():
            return render_prompts(
                points,
                labels,
                foreground=raw[:, 0].sigmoid(),
                offset=raw[:, 3:5] * (float(self.config["cell_px"]) / 2),
                previous=None if previous is None else previous.detach().float(),
                cell_px=float(self.config["cell_px"]),
            )

    def _window_positions(self, side: int) -> Tensor:
        """Position encoding of the embedding's cells in a window, in units of ``window_px``."""
        pe = self.sam_prompt_encoder.pe_layer
        device = pe.positional_encoding_gaussian_matrix.device
        axis = torch.arange(EMBEDDING_STRIDE / 2, side, EMBEDDING_STRIDE, device=device)
        axis = axis / float(self.image_size)
        grid = torch.stack(torch.meshgrid(axis, axis, indexing="xy"), dim=-1)
        encoded: Tensor = pe._pe_encoding(grid).permute(2, 0, 1).unsqueeze(0)  # noqa: SLF001
        return encoded


def build(config: Mapping[str, Any]) -> CompactSam2:
    """The network of a manifest's ``config`` with random weights; missing keys take defaults."""
    return CompactSam2(config)
