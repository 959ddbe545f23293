"""The classifier's contract, on boosters trained here in a moment; the bundled ones are looked at as well."""

import hashlib
import json
from pathlib import Path

import lightgbm
import numpy as np
import pytest

from rbc_desktop.domain.classes.taxonomy import CellClass, class_from_name
from rbc_desktop.errors import InferenceError, ModelLoadError
from rbc_desktop.imaging.features import FEATURE_NAMES, FEATURE_VERSION, extract_many, names_hash
from rbc_desktop.models.classifier.classifier import LightGbmClassifier, ScoreScaling
from rbc_desktop.models.classifier.feature_columns import feature_columns
from rbc_desktop.models.classifier.second_opinion import SecondOpinion
from tests.fakes.drawn_cells import drawn_field

CLASSES = [CellClass.NORMAL, CellClass.TARGET_CELL, CellClass.BURR_CELL]
RED_CELL_CLASSES_IN_FILES = tuple(
    class_from_name(name)
    for name in (
        "normal", "macrocyte", "microcyte", "spherocyte", "target cell", "stomatocyte", "ovalocyte", "teardrop",
        "burr cell", "schistocyte", "uncategorised", "hypochromia", "elliptocyte",
    )
)  # fmt: skip
GROUPS_USED, RED_GROUPS = ["size", "shape"], ["density"]


def booster(groups, target, features, **settings):
    columns = feature_columns(groups)
    data = lightgbm.Dataset(
        features[:, columns], target, feature_name=[FEATURE_NAMES[i] for i in columns], params={"verbosity": -1}
    )
    options = {"verbosity": -1, "num_threads": 1, "min_data_in_leaf": 5, "num_leaves": 7, **settings}
    return lightgbm.train(options, data, 12)


@pytest.fixture(scope="module")
def sample():
    """Vectors whose class shows in one column of each booster's groups."""
    random = np.random.default_rng(3)
    features = random.normal(size=(400, len(FEATURE_NAMES))).astype(np.float32)
    target, red = random.integers(0, 3, 400), random.integers(0, 2, 400)
    features[:, FEATURE_NAMES.index("circularity")] = target + 0.1 * random.normal(size=400)
    features[:, FEATURE_NAMES.index("density_mean")] = red + 0.1 * random.normal(size=400)
    return features, target, red


@pytest.fixture
def weights(tmp_path, sample):
    features, target, red = sample
    texts = {
        "classifier.txt": booster(GROUPS_USED, target, features, objective="multiclass", num_class=3),
        "red_cell.txt": booster(RED_GROUPS, red, features, objective="binary"),
    }
    for name, model in texts.items():
        (tmp_path / name).write_text(model.model_to_string(), encoding="utf-8")
    write(tmp_path)
    return tmp_path


def write(folder, **changes):
    digests = {n: hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in ("classifier.txt", "red_cell.txt")}
    values = {
        "name": "trial",
        "version": "7",
        "file": "classifier.txt",
        "sha256": digests["classifier.txt"],
        "red_file": "red_cell.txt",
        "red_sha256": digests["red_cell.txt"],
        "classes": [c.value for c in CLASSES],
        "groups": GROUPS_USED,
        "red_groups": RED_GROUPS,
        "feature_version": FEATURE_VERSION,
        "feature_names_sha256": names_hash(),
        "temperature": 1.0,
        "bias": [0.0, 0.0, 0.0],
        "review_limit": 0.55,
        **changes,
    }
    (folder / "manifest.json").write_text(json.dumps({"classifier": values}), encoding="utf-8")


def test_probabilities_multiply_and_sum_to_one(weights, sample):
    features, target, red = sample
    classifier = LightGbmClassifier.load(weights)
    assert classifier.classes == (*CLASSES, CellClass.NOT_RED_CELL)
    assert classifier.review_limit == 0.55
    rows = classifier.classify(features)
    assert rows.dtype == np.float32
    assert rows.shape == (400, 4)
    np.testing.assert_allclose(rows.sum(axis=1), 1, atol=1e-5)
    assert (rows.argmax(axis=1) == np.where(red == 1, target, 3)).mean() > 0.9


def test_no_cells_give_no_rows(weights):
    assert LightGbmClassifier.load(weights).classify(np.zeros((0, len(FEATURE_NAMES)), np.float32)).shape == (0, 4)


def test_vectors_of_another_length_are_refused(weights):
    with pytest.raises(InferenceError):
        LightGbmClassifier.load(weights).classify(np.zeros((2, 5), np.float32))


def test_the_model_id_names_version_and_hash(weights):
    digest = hashlib.sha256((weights / "classifier.txt").read_bytes()).hexdigest()
    assert LightGbmClassifier.load(weights).model_id == f"trial 7 ({digest[:8]})"


def test_two_retrained_ones_with_the_same_booster_have_two_ids(weights):
    digest = hashlib.sha256((weights / "classifier.txt").read_bytes()).hexdigest()
    seen = set()
    for changes in ({"temperature": 1.5}, {"temperature": 1.6}, {"review_limit": 0.4}):
        write(weights, lab_cells={"normal": 20}, **changes)
        seen.add(LightGbmClassifier.load(weights).model_id)
    assert len(seen) == 3
    assert f"trial 7 ({digest[:8]})" not in seen, "nor that of the one they began with"


@pytest.mark.parametrize(
    "changes",
    [
        {"feature_version": FEATURE_VERSION + 1},
        {"feature_names_sha256": "0" * 64},
        {"groups": ["size"]},
        {"groups": ["size", "profile"]},
        {"groups": ["no such group"]},
        {"classes": ["normal", "target cell"], "bias": [0.0, 0.0]},
        {"classes": ["normal", "target cell", "no such class"]},
        {"bias": [0.0]},
        {"temperature": "warm"},
        {"red_sha256": "0" * 64},
        {"sha256": "0" * 64},
        {"red_file": "absent.txt"},
    ],
)
def test_what_does_not_fit_is_refused(weights, changes):
    write(weights, **changes)
    with pytest.raises(ModelLoadError):
        LightGbmClassifier.load(weights)


@pytest.mark.parametrize("missing", ["manifest.json", "classifier.txt", "red_cell.txt"])
def test_missing_files_are_named_in_one_sentence(weights, missing):
    (weights / missing).unlink()
    with pytest.raises(ModelLoadError):
        LightGbmClassifier.load(weights)


def test_a_damaged_booster_is_refused_even_with_its_own_hash(weights):
    (weights / "classifier.txt").write_text("tree\nnothing\n", encoding="utf-8")
    write(weights)
    with pytest.raises(ModelLoadError):
        LightGbmClassifier.load(weights)


def with_opinion(folder, sample, *, loud):
    """The folder's classifier with a network beside it that always votes for the last class."""
    columns = feature_columns(GROUPS_USED)
    width = len(columns)
    zeros = [np.zeros((1, width + 2, 4)), np.zeros((1, 4, 4)), np.zeros((1, 4, 3))]
    tensors: dict[str, np.ndarray] = {
        "low": np.full(width, -9.0),
        "high": np.full(width, 9.0),
        "mean": np.zeros(width),
        "spread": np.ones(width),
    }
    for n, weight in enumerate(zeros):
        tensors |= {f"weight{n}": weight, f"bias{n}": np.zeros((1, 1, weight.shape[2]))}
    tensors["bias2"] = np.array([[[0.0, 0.0, loud]]])
    opinion = SecondOpinion.of(tensors, GROUPS_USED, outputs=3)
    opinion.save(folder / "second.safetensors")
    digest = hashlib.sha256((folder / "second.safetensors").read_bytes()).hexdigest()
    write(folder, second_file="second.safetensors", second_sha256=digest)
    return LightGbmClassifier.load(folder).classify(sample[0])


def test_a_second_opinion_is_added_to_the_scores_of_the_morphologies(weights, sample):
    alone = LightGbmClassifier.load(weights).classify(sample[0])
    assert np.array_equal(with_opinion(weights, sample, loud=0.0), alone)
    louder = with_opinion(weights, sample, loud=2.0)
    np.testing.assert_allclose(louder[:, -1], alone[:, -1], atol=1e-6)
    odds, before = (rows[:, 2] / np.maximum(rows[:, 0], 1e-9) for rows in (louder, alone))
    sure = alone[:, 0] > 1e-4
    np.testing.assert_allclose(odds[sure] / before[sure], np.exp(2), rtol=1e-2)


@pytest.mark.parametrize(
    "changes",
    [
        {"second_file": "absent.safetensors"},
        {"second_sha256": "0" * 64},
        {"second_file": "classifier.txt"},
        {"second_file": 7},
    ],
)
def test_a_second_opinion_that_does_not_fit_is_refused(weights, sample, changes):
    with_opinion(weights, sample, loud=1.0)
    content = json.loads((weights / "manifest.json").read_text(encoding="utf-8"))["classifier"] | changes
    (weights / "manifest.json").write_text(json.dumps({"classifier": content}), encoding="utf-8")
    with pytest.raises(ModelLoadError, match=r"\.$"):
        LightGbmClassifier.load(weights)


FIELD = {"field_power": 0.5, "field_held_by": 5.0, "field_usual": [0.4, 0.4, 0.2]}


def test_a_field_is_heard_by_the_morphologies_only(weights, sample):
    features, target, red = sample
    alone = LightGbmClassifier.load(weights)
    assert not alone.reads_field
    assert alone.field_evidence(features) is None
    write(weights, **FIELD)
    classifier = LightGbmClassifier.load(weights)
    assert classifier.reads_field
    assert classifier.field_evidence(features[:0]) is None
    assert np.array_equal(classifier.classify(features), alone.classify(features))
    burr = features[(target == 2) & (red == 1)][:20]
    heard = classifier.classify(features, evidence=classifier.field_evidence(burr))
    plain = alone.classify(features)
    np.testing.assert_allclose(heard.sum(axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(heard[:, 3], plain[:, 3], atol=1e-6)
    assert (heard[:, 2] >= plain[:, 2] - 1e-6).all()
    assert (heard[:, 2] > plain[:, 2] + 1e-3).any()


def test_a_cell_is_called_alike_in_any_batch_of_its_field(weights, sample):
    write(weights, **FIELD)
    classifier, features = LightGbmClassifier.load(weights), sample[0]
    evidence = classifier.field_evidence(features[:16])
    parts = [classifier.classify(features[n : n + 7], evidence=evidence) for n in range(0, len(features), 7)]
    assert np.vstack(parts).tobytes() == classifier.classify(features, evidence=evidence).tobytes()


@pytest.mark.parametrize(
    "change",
    [
        {"field_power": 2},
        {"field_held_by": 0},
        {"field_usual": [0.5, 0.5]},
        {"field_usual": [0.5, 0.5, 0]},
        {"field_usual": None},
    ],
)
def test_a_field_mixture_that_does_not_fit_is_refused(weights, change):
    write(weights, **{**FIELD, **change})
    with pytest.raises(ModelLoadError):
        LightGbmClassifier.load(weights)


def test_scaling():
    scores = np.array([[2.0, 0.0], [0.0, 0.0]])
    plain = ScoreScaling(1.0, np.zeros(2)).probabilities(scores)
    warm = ScoreScaling(4.0, np.zeros(2)).probabilities(scores)
    assert plain[0, 0] == pytest.approx(1 / (1 + np.exp(-2)))
    assert 0.5 < warm[0, 0] < plain[0, 0]
    assert ScoreScaling(1.0, np.array([0.0, 3.0])).probabilities(scores)[1, 1] > 0.9


BUNDLED = Path(__file__).resolve().parents[4] / "resources" / "weights"


@pytest.fixture(scope="module")
def bundled():
    return LightGbmClassifier.load(BUNDLED)


def drawn_rows(classifier, **change):
    field, masks = drawn_field(**change)
    rows = classifier.classify(extract_many(field, list(masks.values())))
    return dict(zip(masks, rows, strict=True))


def test_the_bundled_boosters_fit_this_version(bundled):
    assert bundled.classes == (*RED_CELL_CLASSES_IN_FILES, CellClass.NOT_RED_CELL)
    assert 0.3 <= bundled.review_limit < 1
    assert sum(p.stat().st_size for p in BUNDLED.glob("*.txt")) < 15e6


def test_drawn_cells_are_red_cells(bundled):
    rows = drawn_rows(bundled)
    assert np.mean([row[-1] < 0.5 for row in rows.values()]) >= 0.9


@pytest.mark.parametrize(
    "change", [{"lamp": (245, 240, 242)}, {"lamp": (120, 105, 112)}, {"gain": 1.25}, {"scale": 2.0}]
)
def test_the_same_cells_score_alike_under_another_lamp_stain_or_magnification(bundled, change):
    before, after = drawn_rows(bundled), drawn_rows(bundled, **change)
    moved = [0.5 * np.abs(before[name] - after[name]).sum() for name in before]
    assert np.median(moved) < 0.2
    assert np.mean([before[n].argmax() == after[n].argmax() for n in before]) >= 0.7


def test_a_bright_field_alone_makes_no_elliptocytes(bundled):
    """In the training data every elliptocyte lies in a bright field; brightness must not call the class."""
    column = bundled.classes.index(CellClass.ELLIPTOCYTE)
    dark, bright = drawn_rows(bundled, lamp=(150, 140, 146)), drawn_rows(bundled, lamp=(250, 246, 248))
    for name in ("normal", "small", "large", "dense", "pale"):
        assert bright[name][column] < 0.3
        assert bright[name][column] - dark[name][column] < 0.15
