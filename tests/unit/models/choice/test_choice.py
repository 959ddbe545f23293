"""Choosing models: what is loaded, and why something is refused."""

import json
import shutil
from pathlib import Path

import pytest
import torch

from rbc_desktop.errors import ModelLoadError
from rbc_desktop.models.choice.choice import ModelChoice, load_classifier, load_segmenter
from rbc_desktop.models.segmenter.official_sam2 import build_official

BUNDLED = Path(__file__).resolve().parents[4] / "resources" / "weights"


@pytest.fixture
def own(tmp_path):
    """A folder of the laboratory's own: here a copy of the bundled models, named differently."""
    folder = tmp_path / "our models"
    shutil.copytree(BUNDLED, folder)
    change(folder, "segmenter", version="ours")
    change(folder, "classifier", version="ours")
    return folder


def change(folder, section, **values):
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest[section].update(values)
    path.write_text(json.dumps(manifest), encoding="utf-8")


def test_without_a_choice_the_bundled_models_run():
    segmenter, _ = load_segmenter(ModelChoice(device="cpu"), bundled=BUNDLED)
    assert segmenter.model_id.startswith("compact-sam2 ")
    assert load_classifier(ModelChoice(), bundled=BUNDLED).model_id.startswith("rbc-lightgbm ")


def test_a_folder_with_a_manifest_is_taken(own):
    choice = ModelChoice.of(segmenter=str(own), classifier=str(own), device="cpu")
    segmenter, notes = load_segmenter(choice, bundled=BUNDLED)
    assert segmenter.model_id.startswith("compact-sam2 ours (")
    assert notes == ()
    assert load_classifier(choice, bundled=BUNDLED).model_id.startswith("rbc-lightgbm ours (")


def test_a_checkpoint_is_taken(tmp_path):
    path = tmp_path / "sam2.1_hiera_tiny.pt"
    torch.save({"model": build_official("tiny").state_dict()}, path)
    segmenter, _ = load_segmenter(ModelChoice(segmenter=path, device="cpu"), bundled=BUNDLED)
    assert segmenter.model_id.startswith("sam2.1 tiny sam2.1_hiera_tiny (")


def test_a_device_that_is_not_there_is_said_to_be_missing(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    segmenter, [note] = load_segmenter(ModelChoice(device="cuda"), bundled=BUNDLED)
    assert segmenter.device == "cpu"
    assert note == "There is no usable CUDA device here; the CPU is used."


@pytest.mark.parametrize(
    ("section", "values", "reason"),
    [
        ("segmenter", {"sha256": "0" * 64}, "damaged or were replaced"),
        ("segmenter", {"architecture": "nnU-Net"}, "architecture 'nnU-Net'"),
        ("segmenter", {"config": {"widths": [8, 16, 24, 32]}}, "don't fit their configuration"),
        ("classifier", {"sha256": "0" * 64}, "damaged or were replaced"),
        ("classifier", {"feature_version": 99}, "features of version 99"),
        ("classifier", {"feature_names_sha256": "0" * 64}, "other names or another order"),
        ("classifier", {"red_sha256": "0" * 64}, "red_cell.txt is damaged"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason_and_never_by_reinstalling(own, section, values, reason):
    change(own, section, **values)
    with pytest.raises(ModelLoadError, match=reason) as caught:
        load(section, own)
    assert "choose another one" in caught.value.message
    assert "install the application again" not in caught.value.message


@pytest.mark.parametrize("section", ["segmenter", "classifier"])
def test_a_folder_without_a_manifest_is_refused(tmp_path, section):
    with pytest.raises(ModelLoadError, match=r"manifest\.json not found\); choose another one"):
        load(section, tmp_path)


def test_a_file_that_is_gone_is_refused(tmp_path):
    with pytest.raises(ModelLoadError, match=r"gone\.pt can't be read"):
        load("segmenter", tmp_path / "gone.pt")


def load(section, path):
    if section == "segmenter":
        load_segmenter(ModelChoice(segmenter=path, device="cpu"), bundled=BUNDLED)
    else:
        load_classifier(ModelChoice(classifier=path), bundled=BUNDLED)
