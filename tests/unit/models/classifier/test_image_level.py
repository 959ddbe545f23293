"""A laboratory's image-level model: read, refused, and withheld from unlike fields."""

from __future__ import annotations

import json

import numpy as np
import pytest

from rbc_desktop.errors import InferenceError, ModelLoadError
from rbc_desktop.imaging.fields.field_features import FIELD_FEATURES
from rbc_desktop.models.choice.choice import ModelChoice, load_image_level
from rbc_desktop.models.choice.trial import try_model
from rbc_desktop.models.classifier.image_level import LightGbmImageModel
from rbc_desktop.models.manifest import file_sha256
from rbc_desktop.workflows.configuring import ChosenImageLevel
from tests.fakes.image_models import PALE, field_table, train_model


@pytest.fixture
def folder(tmp_path):
    return train_model(tmp_path / "ours")


def changed(folder, **values):
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["image-level model"].update(values)
    path.write_text(json.dumps(manifest))


def typical(*, pallor=1.0, **values):
    features = np.ones(len(FIELD_FEATURES), np.float32)
    features[FIELD_FEATURES.index("diameter_px")], features[FIELD_FEATURES.index("density")] = 40, 0.4
    features[PALE] = pallor
    for name, value in values.items():
        features[FIELD_FEATURES.index(name)] = value
    return features


def test_none_is_chosen_by_default():
    assert load_image_level(ModelChoice()) is None
    assert load_image_level(ModelChoice.of(classifier="/c")) is None


def test_a_field_like_those_learnt_gets_a_reading_with_the_accuracy(folder):
    model = LightGbmImageModel.load(folder)
    pale, ordinary = model.read(typical(pallor=1.3)), model.read(typical(pallor=0.95))
    assert (pale.label, ordinary.label) == ("anaemic", "healthy")
    assert 0.5 < pale.probability <= 1
    accuracy = json.loads((folder / "manifest.json").read_text())["image-level model"]["held_out_accuracy"]
    assert pale.sentence == (
        f"anaemic, probability {pale.probability:.2f}. {model.model_id} was right on {100 * accuracy:.0f} % of "
        "60 held-out fields."
    )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"diameter_px": 20}, "its cells are 20 px across, and the model learnt from"),
        ({"diameter_px": 90}, "its cells are 90 px across"),
        ({"density": 0.9}, "its stain is 0.90 dense"),
        ({"red_over_green": 2.0}, "another hue (red over green 2.00"),
        ({"blue_over_green": float("nan")}, "another hue (blue over green"),
    ],
)
def test_other_cell_sizes_and_stains_get_none(folder, values, said):
    reading = LightGbmImageModel.load(folder).read(typical(**values))
    assert reading.label == ""
    assert said in reading.withheld
    assert reading.sentence.startswith(f"Not given: {reading.withheld}. image-level ours (")


def test_too_few_cells_get_none(folder):
    assert "fewer than 20 whole cells" in LightGbmImageModel.load(folder).read(None).sentence


def test_a_vector_of_another_length_is_a_fault(folder):
    with pytest.raises(InferenceError):
        LightGbmImageModel.load(folder).read(np.ones(3, np.float32))


@pytest.mark.parametrize(
    "values",
    [
        {"labels": ["one", "one"]},
        {"labels": ["one"]},
        {"labels": ["one", "two", "three"]},
        {"labels": ["one", 2]},
        {"learnt": {}},
        {"learnt": {"diameter_px": [1, 2]}},
        {"feature_version": 99},
        {"feature_names_sha256": "0"},
        {"held_out_accuracy": 7},
        {"held_out_fields": "many"},
        {"version": "a\nb"},
        {"sha256": "0"},
    ],
)
def test_a_manifest_that_does_not_fit_is_refused_with_what_to_do(folder, values):
    changed(folder, **values)
    with pytest.raises(ModelLoadError, match="choose another one"):
        LightGbmImageModel.load(folder)


def test_what_is_missing_is_named(folder, tmp_path):
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    del manifest["image-level model"]["labels"]
    path.write_text(json.dumps(manifest))
    with pytest.raises(ModelLoadError, match="lacks 'labels'"):
        LightGbmImageModel.load(folder)
    with pytest.raises(ModelLoadError, match="not found"):
        LightGbmImageModel.load(tmp_path)


def test_a_good_model_passes_a_trial_and_a_damaged_one_does_not(folder):
    try_model("image-level model", folder)
    booster = folder / "image_level.txt"
    booster.write_text(booster.read_text().replace("left_child=1", "left_child=7777777"))
    changed(folder, sha256=file_sha256(booster))
    with pytest.raises(ModelLoadError):
        try_model("image-level model", folder)


def test_a_cut_off_booster_is_refused(folder):
    booster = folder / "image_level.txt"
    booster.write_text(booster.read_text()[:800])
    changed(folder, sha256=file_sha256(booster))
    with pytest.raises(ModelLoadError):
        try_model("image-level model", folder)


def test_training_twice_gives_the_same_model(tmp_path):
    one, other = (train_model(tmp_path / name, name="x") for name in ("a", "b"))
    assert (one / "image_level.txt").read_bytes() == (other / "image_level.txt").read_bytes()
    assert len(field_table().labels) == 60


def test_a_chosen_model_that_is_gone_is_said_at_a_start_and_refused_in_the_settings(tmp_path):
    choice = ModelChoice(image_level=tmp_path)
    model, notes = ChosenImageLevel(choice, fall_back=True)()
    assert model is None
    assert notes[0].startswith("Fields get no image-level reading. The models are missing")
    with pytest.raises(ModelLoadError):
        ChosenImageLevel(choice, fall_back=False)()
