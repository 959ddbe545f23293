"""Official SAM 2.1 networks (tiny, small, base plus, large), built with plain Python from the public configurations.

Hydra, torchvision and the package's predictors are not used: their configuration search and jit scripting break in
frozen installations. Only the image part is built; memory (video) weights of a checkpoint are left out.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from sam2.modeling.backbones.hieradet import Hiera
from sam2.modeling.backbones.image_encoder import FpnNeck, ImageEncoder
from sam2.modeling.position_encoding import PositionEmbeddingSine
from sam2.modeling.sam2_base import SAM2Base
from torch import Tensor

from ...errors import ModelLoadError
from ...language import tr

IMAGE_SIZE = 1024
_IMAGE_PARTS = ("image_encoder.", "sam_prompt_encoder.", "sam_mask_decoder.", "no_mem_embed")


@dataclass(frozen=True, slots=True)
class HieraNumbers:
    """What differs between the sizes, from ``sam2/configs/sam2.1/sam2.1_hiera_*.yaml`` of the sam2 package."""

    embed_dim: int
    num_heads: int
    stages: tuple[int, ...]
    global_att_blocks: tuple[int, ...]
    background_size: tuple[int, int]
    window_spec: tuple[int, ...]


SIZES: dict[str, HieraNumbers] = {
    "tiny": HieraNumbers(96, 1, (1, 2, 7, 2), (5, 7, 9), (7, 7), (8, 4, 14, 7)),
    "small": HieraNumbers(96, 1, (1, 2, 11, 2), (7, 10, 13), (7, 7), (8, 4, 14, 7)),
    "base plus": HieraNumbers(112, 2, (2, 3, 16, 3), (12, 16, 20), (14, 14), (8, 4, 14, 7)),
    "large": HieraNumbers(144, 2, (2, 6, 36, 4), (23, 33, 43), (7, 7), (8, 4, 16, 8)),
}


def build_official(size: str, *, image_size: int = IMAGE_SIZE) -> SAM2Base:
    """The network of one size with random weights, in evaluation mode; weights fit any input size."""
    numbers = SIZES[size]
    trunk = Hiera(
        embed_dim=numbers.embed_dim,
        num_heads=numbers.num_heads,
        stages=numbers.stages,
        global_att_blocks=numbers.global_att_blocks,
        window_pos_embed_bkg_spatial_size=numbers.background_size,
        window_spec=numbers.window_spec,
    )
    neck = FpnNeck(
        position_encoding=PositionEmbeddingSine(256, normalize=True, scale=None, temperature=10000, warmup_cache=False),
        d_model=256,
        backbone_channel_list=trunk.channel_list,
        fpn_top_down_levels=[2, 3],
        fpn_interp_model="nearest",
    )
    network = SAM2Base(
        image_encoder=ImageEncoder(trunk, neck, scalp=1),
        memory_attention=None,
        memory_encoder=None,
        image_size=image_size,
        directly_add_no_mem_embed=True,
        use_high_res_features_in_sam=True,
        multimask_output_in_sam=True,
        iou_prediction_use_sigmoid=True,
        pred_obj_scores=True,
        pred_obj_scores_mlp=True,
    )
    return network.eval()


def read_checkpoint(path: Path) -> dict[str, Tensor]:
    """The tensors of a ``.pt`` (read without executing anything in it) or ``.safetensors`` file.

    Raises:
        ModelLoadError: when the file can't be read or is no SAM 2 checkpoint.
    """
    try:
        if path.suffix == ".safetensors":
            return dict(load_file(path))
        content = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, ValueError, EOFError, SafetensorError, pickle.UnpicklingError) as error:
        raise ModelLoadError(
            tr("{name} can't be read as SAM 2 weights; choose another file.", name=path.name)
        ) from error
    state = content.get("model", content) if isinstance(content, dict) else None
    if not isinstance(state, dict) or not all(_is_plain(name, value) for name, value in state.items()):
        raise ModelLoadError(tr("{name} holds no SAM 2 weights; choose another file.", name=path.name))
    return state


def _is_plain(name: object, value: object) -> bool:
    """Whether an entry is a named tensor of numbers that are there: not sparse, quantised or without memory (meta)."""
    return (
        isinstance(name, str)
        and isinstance(value, Tensor)
        and value.layout == torch.strided
        and not value.is_quantized
        and not value.is_meta
        and not value.is_complex()
    )


def size_of(state: Mapping[str, Tensor]) -> str:
    """Which size the weights belong to, by their own shapes.

    Raises:
        ModelLoadError: when it is none of the official ones.
    """
    patches = state.get("image_encoder.trunk.patch_embed.proj.weight")
    prefix = "image_encoder.trunk.blocks."
    blocks = {name[len(prefix) :].split(".")[0] for name in state if name.startswith(prefix)}
    for size, numbers in SIZES.items():
        if patches is not None and patches.shape[0] == numbers.embed_dim and len(blocks) == sum(numbers.stages):
            return size
    raise ModelLoadError(tr("These weights are not of SAM 2.1 tiny, small, base plus or large; choose another file."))


def load_official(path: Path) -> tuple[SAM2Base, str]:
    """The network with a checkpoint's weights, and its size.

    Raises:
        ModelLoadError: when the file can't be read or doesn't fit.
    """
    state = read_checkpoint(path)
    size = size_of(state)
    network = build_official(size)
    wanted = {name: value for name, value in network.state_dict().items() if name.startswith(_IMAGE_PARTS)}
    wrong = [name for name, value in wanted.items() if name not in state or state[name].shape != value.shape]
    if wrong:
        raise ModelLoadError(
            tr(
                "{name} doesn't fit SAM 2.1 {size}: {count} tensors are missing or of another shape, first"
                " {first}. Choose another file.",
                name=path.name,
                size=size,
                count=len(wrong),
                first=wrong[0],
            )
        )
    network.load_state_dict({name: state[name].float() for name in wanted}, strict=False)
    return network, size
