"""The network's shapes and invariances, with random weights."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from sam2.modeling.sam2_utils import LayerNorm2d

from rbc_desktop.models.segmenter import compact_sam2
from rbc_desktop.models.segmenter.compact_layers import OutlineHead, _ChannelNorm
from rbc_desktop.models.segmenter.compact_sam2 import OUTSIDE_LOGIT, CompactSam2, build
from rbc_desktop.models.segmenter.prompt_rendering import LOGIT, render_prompts
from rbc_desktop.models.segmenter.prompt_tensors import PromptTensors
from rbc_desktop.models.segmenter.prompt_window import prompt_turns
from rbc_desktop.models.segmenter.steady_answers import OUTLINED_SHARE
from rbc_desktop.models.segmenter.tile_input import normalise_tiles

NORMALISATION = {"kind": "white-point-density", "percentile": 95.0, "scale": 0.35}


@pytest.fixture(scope="module")
def model() -> CompactSam2:
    torch.manual_seed(0)
    return build({"widths": [8, 16, 24, 32], "depths": [1, 1, 1, 1], "d_model": 64}).eval()


@pytest.fixture(scope="module")
def image() -> torch.Tensor:
    return torch.randn(1, 3, 256, 256, generator=torch.Generator().manual_seed(1))


def click(x: float, y: float, *, image: int = 0) -> PromptTensors:
    points, labels = torch.tensor([[[float(x), float(y)]]]), torch.ones(1, 1, dtype=torch.int64)
    return PromptTensors(points, labels, image=torch.tensor([image]))


@torch.inference_mode()
def test_shapes_at_several_sizes(model: CompactSam2) -> None:
    for side in (128, 256, 320):
        embedding = model.encode(torch.zeros(2, 3, side, side))
        masks, iou = model.decode(embedding, click(40, 50, image=1))
        assert masks.shape == (1, 3, side // 2, side // 2)
        assert iou.shape == (1, 3)
        assert model.dense(embedding).offset.shape == (2, 2, side // 4, side // 4)


@torch.inference_mode()
def test_odd_sizes_are_refused(model: CompactSam2) -> None:
    with pytest.raises(ValueError, match="multiple of 32"):
        model.encode(torch.zeros(1, 3, 250, 250))


@torch.inference_mode()
def test_one_prompt_answers_as_in_a_batch(model: CompactSam2, image: torch.Tensor) -> None:
    embedding = model.encode(image)
    points = torch.tensor([[[40.0, 50.0]], [[200.0, 130.0]], [[128.0, 128.0]]])
    prompts = PromptTensors(points, torch.ones(3, 1, dtype=torch.int64))
    together, _ = model.decode(embedding, prompts)
    for n in range(3):
        alone, _ = model.decode(embedding, prompts.take(torch.tensor([n])))
        assert torch.allclose(alone[0], together[n], atol=1e-4)


@torch.inference_mode()
def test_padding_points_and_missing_boxes_change_nothing(model: CompactSam2, image: torch.Tensor) -> None:
    embedding = model.encode(image)
    plain = click(100, 90)
    points = torch.cat([plain.points, torch.zeros(1, 1, 2)], 1)
    labels = torch.cat([plain.labels, -torch.ones(1, 1, dtype=torch.int64)], 1)
    padded = PromptTensors(points, labels, torch.full((1, 4), torch.nan))
    window, same = model.prompt_window(plain, size=256), model.prompt_window(padded, size=256)
    assert torch.equal(window.corner, same.corner)
    first, _ = model.decode_window(embedding, window, plain)
    second, _ = model.decode_window(embedding, same, padded)
    assert torch.isfinite(second).all()
    assert first.shape == second.shape


def test_turns_begin_with_the_box_or_a_positive_point() -> None:
    turn, count = prompt_turns(torch.tensor([[0, 1, 1, -1, -1, -1], [0, 1, -1, -1, 2, 3], [1, -1, -1, -1, -1, -1]]))
    assert turn[0, :3].tolist() == [1, 0, 2]
    assert turn[1, [4, 5, 1, 0]].tolist() == [0, 0, 1, 2]
    assert count.tolist() == [3, 3, 1]


@torch.inference_mode()
def test_a_correction_is_a_second_round(
    model: CompactSam2, image: torch.Tensor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compact_sam2, "steadied", lambda answers, *_, **__: answers)
    embedding = model.encode(image)
    points = torch.tensor([[[40.0, 50.0], [60.0, 52.0]], [[200.0, 130.0], [0.0, 0.0]]])
    prompts = PromptTensors(points, torch.tensor([[1, 0], [1, -1]]))
    together, _ = model.decode(embedding, prompts)
    first, _ = model.decode(embedding, PromptTensors(points, torch.tensor([[1, -1], [1, -1]])))
    assert torch.allclose(together[1], first[1], atol=1e-4)
    corrected = prompts.take(torch.tensor([0]))
    window = model.prompt_window(corrected, size=256)
    coarse, iou = model.decode_window(embedding, window, PromptTensors(points[:1], torch.tensor([[1, -1]])))
    best = torch.full((1, 1, 64, 64), OUTSIDE_LOGIT)
    (x, y), side = window.corner_lists(4)[0], window.side // 4
    best[0, 0, y : y + side, x : x + side] = coarse[0, iou[0].argmax()]
    by_hand, _ = model.decode_window(embedding, window, replace(corrected, mask=best))
    in_rounds, _ = model.decode_window(embedding, window, corrected)
    assert torch.allclose(in_rounds, by_hand, atol=1e-4)
    assert not torch.allclose(together[0], first[0], atol=1e-2)


@torch.inference_mode()
def test_a_click_that_asks_for_nothing_keeps_the_answer_nearer_the_mask_before(
    model: CompactSam2, image: torch.Tensor, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedding, prompts = model.encode(image), click(40, 50)
    window = model.prompt_window(prompts, size=256)
    axis = torch.arange(64.0)
    disc = 12 - torch.hypot(axis[None] - 10, axis[:, None] - 12)
    answer = window.cut(2 + disc[None, None], [0], stride=4)
    monkeypatch.setattr(model, "_answer", lambda *_: (answer, torch.ones(1, 1)))
    found, _ = model.decode_window(embedding, window, replace(prompts, mask=disc[None, None]))
    inside = window.cut(disc[None, None], [0], stride=4)
    torch.testing.assert_close(found, (2 + inside + OUTLINED_SHARE * inside) / 2)


@torch.inference_mode()
def test_window_grows_for_a_large_box(model: CompactSam2) -> None:
    points, labels = torch.zeros(1, 0, 2), torch.zeros(1, 0, dtype=torch.int64)
    box = torch.tensor([[20.0, 30.0, 400.0, 300.0]])
    window = model.prompt_window(PromptTensors(points, labels, box), size=512)
    assert window.side >= 380
    assert (window.corner >= 0).all()
    assert (window.corner + window.side <= 512).all()


@torch.inference_mode()
def test_outside_the_window_is_outside_the_cell(model: CompactSam2, image: torch.Tensor) -> None:
    masks, _ = model.decode(model.encode(image), click(20, 20))
    assert (masks[..., -4:, -4:] == OUTSIDE_LOGIT).all()


@torch.inference_mode()
def test_outlines_begin_as_they_are_and_then_follow_the_edges_of_the_image() -> None:
    torch.manual_seed(0)
    head = OutlineHead(stem=4, d_model=8, width=6)
    edges = head.edges(torch.randn(2, 4, 32, 32), torch.randn(2, 8, 16, 16))
    masks = torch.randn(2, 4, 32, 32)
    assert torch.equal(head(edges, masks), masks[:, :1])
    head.change.weight.normal_()
    changed = head(edges, masks)
    assert not torch.allclose(changed, masks[:, :1], atol=0.1)
    assert not torch.allclose(head(edges.flip(-1), masks), changed, atol=0.1)


def test_faster_norm_is_the_same_norm() -> None:
    slow, fast = LayerNorm2d(12), _ChannelNorm(12)
    with torch.no_grad():
        slow.weight.uniform_()
        slow.bias.uniform_()
    fast.load_state_dict(slow.state_dict())
    x = torch.randn(2, 12, 5, 7)
    assert torch.allclose(slow(x), fast(x), atol=1e-5)


def two_cells() -> tuple[torch.Tensor, torch.Tensor]:
    """Dense answers for two touching discs of 48 px at (72, 96) and (120, 96) in a 192 px window."""
    axis = torch.arange(48.0) * 4 + 2
    y, x = torch.meshgrid(axis, axis, indexing="ij")
    offset, foreground = torch.zeros(1, 2, 48, 48), torch.zeros(1, 48, 48)
    for cx in (72.0, 120.0):
        inside = (x - cx) ** 2 + (y - 96) ** 2 < 24**2
        foreground[0][inside] = 1
        offset[0, 0][inside] = (cx - x)[inside]
        offset[0, 1][inside] = (96 - y)[inside]
    return foreground, offset


def render(points: list[list[float]], labels: list[int], previous: torch.Tensor | None = None) -> torch.Tensor:
    foreground, offset = two_cells()
    drawn = render_prompts(
        torch.tensor([points]),
        torch.tensor([labels]),
        foreground=foreground,
        offset=offset,
        previous=previous,
        cell_px=48,
    )
    assert drawn.shape == (1, 1, 48, 48)
    assert drawn.abs().max() <= LOGIT
    return drawn[0, 0]


def test_votes_separate_touching_cells() -> None:
    drawn = render([[64.0, 90.0]], [1])
    assert drawn[96 // 4, 60 // 4] > 3
    assert drawn[96 // 4, 90 // 4] > 3  # the far side of the clicked cell
    assert drawn[96 // 4, 102 // 4] < -3  # the neighbour, as near to the click


def test_negative_point_removes_its_cell() -> None:
    drawn = render([[64.0, 90.0], [120.0, 96.0], [122.0, 100.0]], [1, 1, 0])
    assert drawn[24, 16] > 3
    assert drawn[24, 31] < -3


def test_box_takes_the_cell_in_its_middle() -> None:
    drawn = render([[46.0, 70.0], [98.0, 122.0]], [2, 3])
    assert drawn[24, 18] > 3
    assert drawn[24, 30] < -3
    assert drawn[2, 2] < -3


def test_earlier_logits_are_kept_away_from_new_points() -> None:
    previous = torch.full((1, 1, 48, 48), -4.0)
    previous[..., 10:20, 10:20] = 5.0
    drawn = render([[150.0, 150.0]], [1], previous=previous)
    assert drawn[15, 15] == 5.0
    assert drawn[150 // 4, 150 // 4] > 3


def test_white_balance_and_brightness_cancel() -> None:
    generator = torch.Generator().manual_seed(2)
    density = torch.rand(1, 3, 64, 64, generator=generator)
    density[:, :, ::2] = 0
    first = normalise_tiles(200 * torch.exp(-density), NORMALISATION)
    light = torch.tensor([240.0, 190.0, 120.0]).view(1, 3, 1, 1)
    second = normalise_tiles(light * torch.exp(-density), NORMALISATION)
    assert torch.allclose(first, second, atol=1e-4)
