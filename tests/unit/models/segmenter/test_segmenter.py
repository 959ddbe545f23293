"""The adapter's contract, for the compact network (random and bundled weights) and for SAM 2.1 tiny.

SAM 2.1 tiny is built by the authors' own code from their public configuration, with random weights, and goes through a
file of the official layout: a real checkpoint takes the same way.
"""

import hashlib
import json

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from sam2.build_sam import build_sam2

from rbc_desktop.domain.geometry import Box
from rbc_desktop.errors import InferenceError, ModelLoadError
from rbc_desktop.models.segmenter.compact_sam2 import build
from rbc_desktop.models.segmenter.networks import OFFICIAL_MEAN, OFFICIAL_STD, CompactNetwork
from rbc_desktop.models.segmenter.segmenter import Sam2Segmenter, _started, load_bundled, load_checkpoint
from rbc_desktop.ports import TilePrompts
from rbc_desktop.storage.paths import resource_root

CPU = torch.device("cpu")


def compact(*, size=256):
    torch.manual_seed(1)
    return Sam2Segmenter(CompactNetwork(build({}), input_size=size), model_id="random compact", device=CPU)


@pytest.fixture(scope="module")
def public_tiny():
    """The authors' network with all its parts, those for videos included."""
    torch.manual_seed(1)
    return build_sam2("configs/sam2.1/sam2.1_hiera_t.yaml", None, device="cpu", apply_postprocessing=False)


@pytest.fixture(scope="module")
def tiny_file(public_tiny, tmp_path_factory):
    """Its weights as the authors publish theirs."""
    path = tmp_path_factory.mktemp("official") / "sam2.1_hiera_tiny.pt"
    torch.save({"model": public_tiny.state_dict()}, path)
    return path


@pytest.fixture(scope="module")
def tiny(tiny_file):
    return load_checkpoint(tiny_file, device=CPU)[0]


@pytest.fixture(scope="module", params=["compact", "bundled", "sam2.1-tiny"])
def segmenter(request):
    if request.param == "compact":
        return compact()
    if request.param == "bundled":
        return load_bundled(resource_root() / "weights", device=CPU)[0]
    return request.getfixturevalue("tiny")


@pytest.fixture(scope="module")
def embedding(segmenter):
    """One embedded tile for the tests that only decode: SAM 2.1 takes seconds per tile on a CPU."""
    return segmenter.embed(tile(segmenter, 3))


def tile(segmenter, seed):
    side = segmenter.input_size
    return np.random.default_rng(seed).integers(0, 255, (side, side, 3), dtype=np.uint8)


def click(x, y):
    return TilePrompts(points=np.array([[x, y]], np.float32), labels=np.array([1], np.int32))


def same(first, second, *, atol=2e-4):
    assert (first.x0, first.y0, first.stride) == (second.x0, second.y0, second.stride)
    np.testing.assert_allclose(first.logits, second.logits, atol=atol)
    np.testing.assert_allclose(first.scores, second.scores, atol=atol)


def test_segmenting_a_after_embedding_b_equals_a_fresh_a(segmenter):
    embedding_a = segmenter.embed(tile(segmenter, 1))
    expected = segmenter.segment(embedding_a, [click(100, 90)])[0]
    embedding_b = segmenter.embed(tile(segmenter, 2))
    other = segmenter.segment(embedding_b, [click(100, 90)])[0]
    again = segmenter.segment(embedding_a, [click(100, 90)])[0]
    fresh = segmenter.segment(segmenter.embed(tile(segmenter, 1)), [click(100, 90)])[0]
    same(again, expected, atol=0)
    same(fresh, expected, atol=0)
    assert not np.allclose(other.logits, expected.logits, atol=1e-3)


def test_a_batch_answers_as_single_prompts_do(segmenter, embedding):
    side = segmenter.input_size
    prompts = [
        click(side * 0.2, side * 0.3),
        TilePrompts(np.empty((0, 2), np.float32), np.empty(0, np.int32), box=Box(20, 30, side * 0.9, side * 0.8)),
        TilePrompts(np.array([[60, 60], [70, 90]], np.float32), np.array([1, 0], np.int32), box=Box(40, 40, 90, 90)),
        TilePrompts(np.array([[60, 60]], np.float32), np.array([1], np.int32), mask=disc(side, 60, 60, 20)),
        click(side - 1.0, 1.0),
    ]
    together = segmenter.segment(embedding, prompts)
    for prompt, answer in zip(prompts, together, strict=True):
        same(answer, segmenter.segment(embedding, [prompt])[0])


def test_the_best_candidate_alone_is_the_best_of_all(segmenter, embedding):
    prompts = [click(90 + 20 * n, 80 + 7 * n) for n in range(5)]
    whole, best = segmenter.segment(embedding, prompts), segmenter.segment(embedding, prompts, best_only=True)
    for several, one in zip(whole, best, strict=True):
        first = int(several.scores.argmax())
        assert one.logits.shape == (1, *several.logits.shape[1:])
        np.testing.assert_allclose(one.logits[0], several.logits[first], atol=2e-4)
        np.testing.assert_allclose(one.scores, several.scores[first : first + 1], atol=2e-4)


def test_sam_2_1_answers_as_the_authors_code_does(public_tiny, tiny):
    image = tile(tiny, 6)
    embedding = tiny.embed(image)
    [clicked] = tiny.segment(embedding, [click(300.5, 400.5)])
    [boxed] = tiny.segment(
        embedding,
        [TilePrompts(np.empty((0, 2), np.float32), np.empty(0, np.int32), box=Box(200.5, 300.5, 420.5, 510.5))],
    )
    pixels = (torch.from_numpy(image).permute(2, 0, 1)[None] / 255 - _column(OFFICIAL_MEAN)) / _column(OFFICIAL_STD)
    with torch.inference_mode():
        fine, middle, deep = public_tiny.forward_image(pixels)["backbone_fpn"]
        deep = deep + public_tiny.no_mem_embed.reshape(1, -1, 1, 1)
        expected = []
        for points, labels, several in (([[300, 400]], [1], True), ([[200, 300], [420, 510]], [2, 3], False)):
            encoder = public_tiny.sam_prompt_encoder
            prompt = torch.tensor([points], dtype=torch.float32), torch.tensor([labels])
            sparse, dense = encoder(points=prompt, boxes=None, masks=None)
            masks, iou, *_ = public_tiny.sam_mask_decoder(
                image_embeddings=deep, image_pe=encoder.get_dense_pe(), sparse_prompt_embeddings=sparse,
                dense_prompt_embeddings=dense, multimask_output=several, repeat_image=False,
                high_res_features=[fine, middle],
            )  # fmt: skip
            expected.append((masks[0].numpy(), iou[0].numpy()))
    np.testing.assert_allclose(clicked.logits, expected[0][0], atol=2e-4)
    np.testing.assert_allclose(clicked.scores, expected[0][1], atol=2e-4)
    np.testing.assert_allclose(boxed.logits[:1], expected[1][0], atol=2e-4)
    np.testing.assert_allclose(boxed.scores[:1], expected[1][1], atol=2e-4)


def _column(values):
    return torch.tensor(values).reshape(1, 3, 1, 1)


def disc(side, x, y, radius):
    ys, xs = np.mgrid[:side, :side] + 0.5
    return (xs - x) ** 2 + (ys - y) ** 2 < radius**2


def test_answers_have_the_shapes_of_the_port(segmenter, embedding):
    assert embedding.nbytes > 10_000
    [answer] = segmenter.segment(embedding, [click(128, 128)])
    count, height, width = answer.logits.shape
    assert answer.logits.dtype == np.float32
    assert answer.scores.shape == (count,)
    assert count >= 3
    assert 0 <= answer.x0 <= segmenter.input_size - width * answer.stride
    assert 0 <= answer.y0 <= segmenter.input_size - height * answer.stride
    assert ((answer.scores >= 0) & (answer.scores <= 1)).all()


def test_no_prompts_no_answers(segmenter, embedding):
    assert segmenter.segment(embedding, []) == []


def test_a_tile_of_the_wrong_size_is_refused(segmenter):
    with pytest.raises(ValueError, match="a tile is"):
        segmenter.embed(np.zeros((32, 32, 3), np.uint8))


def test_dense_maps_are_probabilities_at_stride_four():
    segmenter = compact()
    maps = segmenter.dense(segmenter.embed(tile(segmenter, 5)))
    for values in (maps.foreground, maps.distance, maps.centre):
        assert values.shape == (64, 64)
        assert values.min() >= 0
        assert values.max() <= 1


class SmallDevice:
    """The compact network on a device that holds only so many prompts at once and forgets nothing."""

    def __init__(self, *, room, on_cpu=None):
        self._inner = CompactNetwork(build({}), input_size=256)
        self.module, self.input_size, self.cell_px = self._inner.module, 256, 48.0
        self.input_sizes = self._inner.input_sizes
        self.has_dense_head = True
        self.room, self.sizes = room, []
        self.module.to = lambda device: self.moved.append(device.type)
        self.moved = []

    def embed(self, rgb):
        return self._inner.embed(rgb)

    def decode(self, maps, prompts, *, best_only=False):
        self.sizes.append(len(prompts))
        if len(prompts) > self.room:
            raise torch.OutOfMemoryError("out of memory")
        return self._inner.decode(maps, prompts, best_only=best_only)

    def dense(self, maps):
        return self._inner.dense(maps)


def test_out_of_memory_halves_the_batch_and_loses_no_prompt():
    network = SmallDevice(room=5)
    segmenter = Sam2Segmenter(network, model_id="small", device=CPU)
    embedding = segmenter.embed(tile(segmenter, 1))
    prompts = [click(20 + 10 * i, 128) for i in range(20)]
    answers = segmenter.segment(embedding, prompts)
    assert network.sizes[:3] == [20, 10, 5]
    assert max(network.sizes[2:]) <= 5
    reference = network._inner.decode(embedding, prompts)
    for answer, expected in zip(answers, reference, strict=True):
        same(answer, expected)


def test_the_cpu_without_memory_is_one_sentence():
    segmenter = Sam2Segmenter(SmallDevice(room=0), model_id="small", device=CPU)
    with pytest.raises(InferenceError, match="not enough memory"):
        segmenter.segment(segmenter.embed(tile(segmenter, 1)), [click(1, 1)])


def test_a_full_device_hands_over_to_the_cpu_and_says_so(monkeypatch):
    network = SmallDevice(room=0)
    segmenter = Sam2Segmenter(network, model_id="small", device=torch.device("meta"))
    monkeypatch.setattr(type(segmenter), "_here", lambda self, embedding: embedding)
    embedding = network.embed(torch.zeros(1, 3, 256, 256, dtype=torch.uint8))
    original = network.decode

    def decode(maps, prompts, *, best_only=False):
        if network.moved[-1] == "cpu":
            network.room = 100
        return original(maps, prompts, best_only=best_only)

    network.decode = decode
    assert len(segmenter.segment(embedding, [click(1, 1), click(9, 9)])) == 2
    assert segmenter.device == "cpu"
    [notice] = segmenter.take_notices()
    assert "CPU" in notice
    assert segmenter.take_notices() == ()


class LacksAKernel(SmallDevice):
    """The compact network on a device that can't do one of its steps."""

    def embed(self, rgb):
        if self.moved[-1] != "cpu":
            raise NotImplementedError("aten::kthvalue is not implemented for this device")
        return super().embed(rgb)


def test_a_device_on_which_the_network_does_not_run_is_passed_over(monkeypatch):
    network = LacksAKernel(room=9)
    monkeypatch.setattr(torch.Tensor, "to", lambda self, *_args, **_kwargs: self)
    segmenter, [note] = _started(network, model_id="m", device=torch.device("cuda"))
    assert segmenter.device == "cpu"
    assert network.moved == ["cuda", "cpu"]
    assert "aten::kthvalue is not implemented" in note


SMALL = {"widths": [8, 16, 24, 32], "depths": [1, 1, 1, 1], "d_model": 64}


def write_bundle(folder, *, sha256=None, section="segmenter", **changes):
    state = {k: v.half() if v.is_floating_point() else v for k, v in build(SMALL).state_dict().items()}
    path = folder / "segmenter.safetensors"
    save_file({k: v.contiguous() for k, v in state.items()}, path)
    values = {
        "file": path.name,
        "sha256": sha256 or hashlib.sha256(path.read_bytes()).hexdigest(),
        "architecture": "compact-sam2",
        "config": SMALL,
        "input_size": 256,
        "cell_px": 48,
        "version": "7",
    }
    (folder / "manifest.json").write_text(json.dumps({section: {**values, **changes}}), encoding="utf-8")


def test_the_bundle_loads_and_names_itself(tmp_path):
    write_bundle(tmp_path)
    segmenter, notes = load_bundled(tmp_path, device=CPU)
    assert notes == ()
    assert segmenter.model_id.startswith("compact-sam2 7 (")
    assert segmenter.segment(segmenter.embed(tile(segmenter, 1)), [click(9, 9)])


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"sha256": "0" * 64}, "damaged or were replaced"),
        ({"section": "other"}, "no segmenter"),
        ({"architecture": "other"}, "architecture 'other'"),
        ({"config": {"widths": [8, 16, 24, 40]}}, "don't fit their configuration"),
        ({"config": {**SMALL, "normalisation": 31}}, "don't fit their configuration"),
        ({"config": {**SMALL, "cell_px": 10**400}}, "don't fit their configuration"),
        ({"file": "gone.safetensors"}, "can't be read"),
        ({"file": "a\0b"}, "can't be read"),
    ],
)
def test_a_bundle_that_does_not_fit_is_refused_with_the_reason(tmp_path, changes, reason):
    write_bundle(tmp_path, **changes)
    with pytest.raises(ModelLoadError, match=reason):
        load_bundled(tmp_path, device=CPU)


def test_a_missing_manifest_is_refused(tmp_path):
    with pytest.raises(ModelLoadError, match="models are missing"):
        load_bundled(tmp_path, device=CPU)


def test_a_manifest_nested_deeper_than_python_counts_is_refused(tmp_path):
    (tmp_path / "manifest.json").write_text('{"segmenter": ' + "[" * 200_000 + "]" * 200_000 + "}", encoding="utf-8")
    with pytest.raises(ModelLoadError, match="can't be read"):
        load_bundled(tmp_path, device=CPU)


def test_a_mask_shift_moves_logits_and_a_mask_scale_only_says_how_steep_they_are():
    torch.manual_seed(1)
    module = build({})
    plain, changed = (
        Sam2Segmenter(
            CompactNetwork(module, input_size=256, mask_shift=shift, mask_scale=scale), model_id="m", device=CPU
        )
        for shift, scale in ((0.0, 1.0), (0.25, 0.5))
    )
    embedding = plain.embed(tile(plain, 3))
    (before,), (after,) = (s.segment(embedding, [click(60, 60)]) for s in (plain, changed))
    np.testing.assert_allclose(after.logits, 0.5 * (before.logits + 0.25), atol=1e-6)
    np.testing.assert_array_equal(after.scores, before.scores)
