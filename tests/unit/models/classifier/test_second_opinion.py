"""The second opinion: what it reads, what it answers, and what is refused."""

import numpy as np
import pytest
from safetensors.numpy import save_file

from rbc_desktop.imaging.features import FEATURE_NAMES
from rbc_desktop.models.classifier.feature_columns import feature_columns
from rbc_desktop.models.classifier.second_opinion import SecondOpinion

GROUPS = ["size", "physical_size", "relative"]
COLUMNS = feature_columns(GROUPS)
CLASSES, HIDDEN, MEMBERS = 3, 5, 2


def tensors(**changes):
    random = np.random.default_rng(4)
    width = len(COLUMNS)
    sizes = [width + 2, HIDDEN, HIDDEN, CLASSES]
    made = {
        "low": np.full(width, -3.0),
        "high": np.full(width, 5.0),
        "mean": random.normal(size=width),
        "spread": random.uniform(0.5, 2, width),
    }
    for n in range(3):
        made[f"weight{n}"] = random.normal(size=(MEMBERS, sizes[n], sizes[n + 1]))
        made[f"bias{n}"] = random.normal(size=(MEMBERS, 1, sizes[n + 1]))
    return {name: np.asarray(values, np.float32) for name, values in (made | changes).items()}


def cells(count=7):
    return np.random.default_rng(5).normal(size=(count, len(FEATURE_NAMES))).astype(np.float32)


def test_the_scores_are_the_mean_of_the_networks():
    made, features = tensors(), cells()
    x = (features[:, COLUMNS].clip(-3, 5) - made["mean"]) / made["spread"]
    wanted = np.zeros((7, CLASSES))
    for member in range(MEMBERS):
        y = np.hstack([x, np.zeros((7, 2))])
        for n in range(3):
            y = y @ made[f"weight{n}"][member] + made[f"bias{n}"][member]
            y = y / (1 + np.exp(-y)) if n < 2 else y
        wanted += y / MEMBERS
    answered = SecondOpinion.of(made, GROUPS, outputs=CLASSES).scores(features)
    np.testing.assert_allclose(answered, wanted, rtol=1e-4, atol=1e-4)


def test_a_cell_has_the_same_scores_in_any_batch():
    opinion, features = SecondOpinion.of(tensors(), GROUPS, outputs=CLASSES), cells(300)
    whole = opinion.scores(features)
    for size in (1, 7, 64):
        parts = [opinion.scores(features[start : start + size]) for start in range(0, len(features), size)]
        assert np.vstack(parts).tobytes() == whole.tobytes()


def test_a_group_of_which_a_value_is_unknown_is_unknown_as_a_whole():
    opinion, features = SecondOpinion.of(tensors(), GROUPS, outputs=CLASSES), cells()
    one, whole = features.copy(), features.copy()
    physical = feature_columns(["physical_size"])
    one[:, physical[0]] = np.nan
    whole[:, physical] = np.nan
    assert np.array_equal(opinion.scores(one), opinion.scores(whole))
    assert not np.allclose(opinion.scores(one), opinion.scores(features))
    inputs = opinion.inputs(one[:, COLUMNS])
    assert (inputs[:, -2:] == [1, 0]).all()
    assert (inputs[:, np.flatnonzero(np.isin(COLUMNS, physical))] == 0).all()


def test_a_lone_unknown_value_counts_as_the_mean():
    opinion, features = SecondOpinion.of(tensors(), GROUPS, outputs=CLASSES), cells()
    features[:, feature_columns(["size"])[0]] = np.nan
    inputs = opinion.inputs(features[:, COLUMNS])
    assert (inputs[:, 0] == 0).all()
    assert (inputs[:, -2:] == 0).all()


def test_no_cells_give_no_scores():
    assert SecondOpinion.of(tensors(), GROUPS, outputs=CLASSES).scores(cells(0)).shape == (0, CLASSES)


def test_what_is_written_is_read(tmp_path):
    written = SecondOpinion.of(tensors(), GROUPS, outputs=CLASSES)
    written.save(tmp_path / "networks")
    read = SecondOpinion.load(tmp_path / "networks", GROUPS, outputs=CLASSES)
    assert np.array_equal(read.scores(cells()), written.scores(cells()))


@pytest.mark.parametrize(
    "changes",
    [
        {"low": np.zeros(3)},
        {"spread": np.zeros(len(COLUMNS))},
        {"mean": np.full(len(COLUMNS), np.nan)},
        {"weight0": np.zeros((0, len(COLUMNS) + 2, HIDDEN))},
        {"weight1": np.full((MEMBERS, HIDDEN, HIDDEN), np.inf)},
        {"weight1": np.zeros((MEMBERS, HIDDEN + 1, HIDDEN))},
        {"weight2": np.float32(1)},
        {"bias2": np.zeros((MEMBERS, 1, CLASSES + 1))},
        {"bias0": np.full((MEMBERS, 1, HIDDEN), 1e30)},
    ],
)
def test_arrays_that_do_not_fit_are_refused(changes):
    with pytest.raises(ValueError, match="second opinion"):
        SecondOpinion.of(tensors(**changes), GROUPS, outputs=CLASSES)


def test_missing_arrays_and_other_classes_are_refused(tmp_path):
    save_file({name: values for name, values in tensors().items() if name != "bias1"}, tmp_path / "networks")
    with pytest.raises(ValueError, match="second opinion"):
        SecondOpinion.load(tmp_path / "networks", GROUPS, outputs=CLASSES)
    with pytest.raises(ValueError, match="other classes"):
        SecondOpinion.of(tensors(), GROUPS, outputs=CLASSES + 1)


def test_a_file_that_is_none_is_refused(tmp_path):
    (tmp_path / "networks").write_bytes(b"nothing")
    with pytest.raises(ValueError, match="networks is damaged"):
        SecondOpinion.load(tmp_path / "networks", GROUPS, outputs=CLASSES)
