"""Official SAM 2.1 networks: files of both formats, what is refused, and numbers as the authors publish them."""

import inspect
from pathlib import Path

import pytest
import sam2
import torch
import yaml
from safetensors.torch import save_file
from sam2.modeling.backbones.hieradet import Hiera

from rbc_desktop.errors import ModelLoadError
from rbc_desktop.models.segmenter.official_sam2 import (
    IMAGE_SIZE,
    SIZES,
    HieraNumbers,
    build_official,
    load_official,
    size_of,
)
from rbc_desktop.models.segmenter.segmenter import load_checkpoint

CPU = torch.device("cpu")


def test_an_official_checkpoint_loads_from_both_formats(tmp_path):
    torch.manual_seed(3)
    network = build_official("tiny")
    state = {**network.state_dict(), "memory_encoder.some.video.weight": torch.zeros(3)}
    torch.save({"model": state}, tmp_path / "tiny.pt")
    save_file({k: v.contiguous().clone() for k, v in state.items()}, tmp_path / "tiny.safetensors")
    for name in ("tiny.pt", "tiny.safetensors"):
        loaded, size = load_official(tmp_path / name)
        assert size == "tiny"
        key = "image_encoder.trunk.blocks.3.attn.qkv.weight"
        assert torch.equal(loaded.state_dict()[key], state[key])
    segmenter, _ = load_checkpoint(tmp_path / "tiny.pt", device=CPU)
    assert segmenter.model_id.startswith("sam2.1 tiny tiny (")
    assert not segmenter.has_dense_head


def test_checkpoints_that_do_not_fit_are_refused(tmp_path):
    (tmp_path / "text.pt").write_bytes(b"not weights")
    with pytest.raises(ModelLoadError, match="can't be read"):
        load_official(tmp_path / "text.pt")
    torch.save({"model": {"a.weight": torch.zeros(2)}}, tmp_path / "other.pt")
    with pytest.raises(ModelLoadError, match=r"not of SAM 2\.1"):
        load_official(tmp_path / "other.pt")
    state = build_official("tiny").state_dict()
    del state["sam_mask_decoder.iou_token.weight"]
    torch.save({"model": state}, tmp_path / "part.pt")
    with pytest.raises(ModelLoadError, match="1 tensors are missing"):
        load_official(tmp_path / "part.pt")


@pytest.mark.parametrize(("size", "letter"), [("tiny", "t"), ("small", "s"), ("base plus", "b+"), ("large", "l")])
def test_the_numbers_are_those_of_the_public_configurations(size, letter):
    folder = Path(sam2.__file__).parent / "configs" / "sam2.1"
    public = yaml.safe_load((folder / f"sam2.1_hiera_{letter}.yaml").read_text(encoding="utf-8"))["model"]
    trunk = public["image_encoder"]["trunk"]
    defaults = {name: p.default for name, p in inspect.signature(Hiera.__init__).parameters.items()}
    expected = HieraNumbers(
        trunk["embed_dim"],
        trunk["num_heads"],
        *(
            tuple(trunk.get(name, defaults[name]))
            for name in ("stages", "global_att_blocks", "window_pos_embed_bkg_spatial_size", "window_spec")
        ),
    )
    assert SIZES[size] == expected
    assert public["image_size"] == IMAGE_SIZE
    assert size_of(shapes_of(expected)) == size


def shapes_of(numbers):
    """Just the tensors by which a size is recognised."""
    state = {f"image_encoder.trunk.blocks.{i}.attn.qkv.weight": torch.empty(0) for i in range(sum(numbers.stages))}
    return {**state, "image_encoder.trunk.patch_embed.proj.weight": torch.empty(numbers.embed_dim, 3, 7, 7)}
