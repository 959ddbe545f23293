"""Tables of the classifier's card, and the values beside them."""

import sys

import numpy as np
import pytest

from training.classifier import crossval, score_tables


@pytest.fixture
def judged(monkeypatch):
    """Random answers on 600 cells of 13 classes, in five folds, four judged tables and the fields' samples."""
    rng = np.random.default_rng(5)
    target = rng.integers(0, 13, 600)
    raw = rng.normal(size=(600, 13))
    raw[np.arange(600), target] += 12  # sure, too, after any bundled temperature
    number = np.arange(600)
    answers = crossval.OutOfFold(raw, raw - 0.1, target, number % 5, number // 8, number % 8, number)
    monkeypatch.setattr(crossval.OutOfFold, "load", classmethod(lambda cls: answers))


def test_the_values_are_those_that_the_table_prints(judged, capsys):
    values = score_tables.print_cv()
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("| 11 |"))
    fixed, mean, pooled = line.strip("| ").split(" | ")[1:]
    prefix = "otsu_calibrated_11"
    assert float(fixed.split(" / ")[0]) == pytest.approx(values[f"{prefix}_accuracy_fixed"], abs=6e-4)
    assert float(mean.split(" / ")[1].split(" ± ")[0]) == pytest.approx(values[f"{prefix}_macro_f1_mean"], abs=6e-4)
    assert float(pooled.split(" / ")[1]) == pytest.approx(values[f"{prefix}_macro_f1_pooled"], abs=6e-4)


def test_cells_are_told_apart_by_how_common_their_class_is(judged, capsys):
    values = score_tables.print_cv()
    assert values["found_common_alone"] > 0.9
    assert "| 20% or more | 75 |" in capsys.readouterr().out


def test_what_is_printed_is_kept_and_shown(capsys):
    copied = score_tables.Copied(sys.stdout)
    copied.write("| a |\n")
    assert copied.getvalue() == capsys.readouterr().out == "| a |\n"
