"""Custom models that would end or hold up the process that reads them are refused with a sentence."""

import json

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from rbc_desktop.errors import ModelLoadError
from rbc_desktop.files import resource_root
from rbc_desktop.models.choice.trial import try_model
from rbc_desktop.models.manifest import file_sha256
from rbc_desktop.models.manifest_values import CLASSIFIER, CONFIG, SEGMENTER, check_values
from rbc_desktop.storage.laboratory.proven_models import is_proven, remember
from rbc_desktop.workflows import configuring

WEIGHTS = resource_root() / "weights"


def copy_of_bundled(folder, *, change=None, section="classifier"):
    """The bundled models in a folder of their own, one file changed and its hash made to fit."""
    manifest = json.loads((WEIGHTS / "manifest.json").read_text(encoding="utf-8"))
    for name in ("classifier.txt", "red_cell.txt", "second_opinion.safetensors", "segmenter.safetensors"):
        (folder / name).write_bytes((WEIGHTS / name).read_bytes())
    if change is not None:
        change(folder)
    manifest["classifier"]["sha256"] = file_sha256(folder / "classifier.txt")
    manifest["classifier"]["red_sha256"] = file_sha256(folder / "red_cell.txt")
    manifest["segmenter"]["sha256"] = file_sha256(folder / "segmenter.safetensors")
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def test_a_good_classifier_passes_and_is_remembered_as_it_is(tmp_path):
    folder = copy_of_bundled(tmp_path)
    try_model("classifier", folder)
    remember(folder)
    assert is_proven(folder)
    (folder / "classifier.txt").write_text("other")
    assert not is_proven(folder)


@pytest.mark.parametrize("share", [0.02, 0.4, 0.9])
def test_a_booster_that_was_cut_off_is_refused(tmp_path, share):
    def cut(folder):
        text = (folder / "red_cell.txt").read_text(encoding="utf-8")
        (folder / "red_cell.txt").write_text(text[: int(share * len(text))], encoding="utf-8")

    with pytest.raises(ModelLoadError, match="choose another one"):
        try_model("classifier", copy_of_bundled(tmp_path, change=cut))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("left_child=1", "left_child=7777777"),
        ("num_leaves=", "num_leaves=99999999 #"),
        ("leaf_value=", "leaf_value=nan "),
        ("split_feature=", "split_feature=99999 "),
    ],
)
def test_a_booster_with_wild_numbers_ends_in_a_sentence_or_works(tmp_path, old, new):
    """Whatever LightGBM makes of it, this process lives on."""

    def spoil(folder):
        text = (folder / "red_cell.txt").read_text(encoding="utf-8")
        (folder / "red_cell.txt").write_text(text.replace(old, new), encoding="utf-8")

    with pytest.raises(ModelLoadError, match="choose another one"):
        try_model("classifier", copy_of_bundled(tmp_path, change=spoil))


def test_a_model_that_hangs_is_given_up(tmp_path):
    with pytest.raises(ModelLoadError, match="failed a trial run"):
        try_model("classifier", copy_of_bundled(tmp_path), seconds=0.01)


def test_a_segmenter_that_answers_no_numbers_is_refused(tmp_path):
    def poison(folder):
        path = folder / "segmenter.safetensors"
        state = load_file(path)
        save_file(
            {name: torch.full_like(t, float("nan")) if t.is_floating_point() else t for name, t in state.items()}, path
        )

    with pytest.raises(ModelLoadError, match="answers no numbers"):
        try_model("segmenter", copy_of_bundled(tmp_path, change=poison))


def test_a_chosen_model_is_tried_once_and_the_bundled_one_never(tmp_path, monkeypatch):
    tried = []
    monkeypatch.setattr(configuring, "try_model", lambda section, path: tried.append((section, path)))
    folder = copy_of_bundled(tmp_path)
    configuring.prove("classifier", None)
    configuring.prove("classifier", folder)
    configuring.prove("classifier", folder)
    assert tried == [("classifier", folder)]


def bundled_values(section):
    return json.loads((WEIGHTS / "manifest.json").read_text(encoding="utf-8"))[section]


def test_the_bundled_manifest_lies_within_the_bounds():
    check_values(bundled_values("classifier"), CLASSIFIER)
    check_values(bundled_values("segmenter"), SEGMENTER)
    check_values(bundled_values("segmenter")["config"], CONFIG)


@pytest.mark.parametrize(
    "odd", [None, True, "many", -1, 0, 1e300, float("nan"), float("inf"), 10**40, [], [[]], {}, "x" * 999]
)
@pytest.mark.parametrize(
    ("checks", "name"),
    [(checks, name) for checks in (CLASSIFIER, SEGMENTER, CONFIG) for name in checks],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_no_value_of_a_manifest_may_be_odd(checks, name, odd):
    allowed = (name in ("mask_shift", "review_limit") and odd in (0, -1) and odd is not True) or (
        name in ("file", "version", "red_file", "second_file", "own_file", "name") and odd == "many"
    )
    if name == "review_limit" and odd == -1:
        allowed = False
    if allowed:
        check_values({name: odd}, checks)
    else:
        with pytest.raises(ValueError, match=name):
            check_values({name: odd}, checks)


def odd_states():
    plain = torch.zeros(4, 4)
    yield "a whole number as name", {7: plain}
    yield "sparse", {"a": plain.to_sparse()}
    yield "without memory", {"a": torch.zeros(4, 4, device="meta")}
    yield "no tensor", {"a": [1, 2]}
    yield "complex", {"a": plain.to(torch.complex64)}


@pytest.mark.parametrize(("kind", "state"), list(odd_states()), ids=[kind for kind, _ in odd_states()])
def test_odd_checkpoints_get_the_sentence(tmp_path, kind, state):
    from rbc_desktop.models.segmenter.official_sam2 import read_checkpoint

    path = tmp_path / "odd.pt"
    torch.save({"model": state}, path)
    with pytest.raises(ModelLoadError, match="choose another file"):
        read_checkpoint(path)


def test_features_of_zeros_are_what_the_trial_asks(tmp_path):
    """The trial's question is one that the bundled classifier answers with shares."""
    from rbc_desktop.imaging.features import FEATURE_NAMES
    from rbc_desktop.models.classifier.classifier import LightGbmClassifier

    answer = LightGbmClassifier.load(WEIGHTS).classify(np.zeros((1, len(FEATURE_NAMES)), np.float32))
    assert answer.sum() == pytest.approx(1, abs=1e-5)
