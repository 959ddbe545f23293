"""How a field's mixture of classes changes what a cell is called."""

import numpy as np
import pytest

from rbc_desktop.models.classifier.field_classes import FieldClasses, weighed

USUAL = np.array([0.7, 0.2, 0.1])


def mixture(*, power=0.5, held_by=10.0):
    return FieldClasses(USUAL, power, held_by)


def rows(cls, count, *, sure=0.9):
    each = np.full((count, 3), (1 - sure) / 2)
    each[:, cls] = sure
    return each


def test_a_field_full_of_a_class_makes_it_likelier():
    evidence = mixture().evidence(rows(2, 16), np.ones(16))
    doubtful = np.array([[0.5, 0.1, 0.4]])
    heard = weighed(doubtful, evidence)
    assert heard[0].argmax() == 2
    assert heard.sum() == pytest.approx(1)


def test_evidence_is_the_power_of_the_held_back_mixture():
    cells = rows(1, 6)
    counted = (cells.sum(axis=0) + 10 * USUAL) / 16
    expected = 0.5 * np.log(counted / USUAL)
    np.testing.assert_allclose(mixture().evidence(cells, np.ones(6)), expected, atol=1e-6)


def test_the_usual_mixture_and_a_power_of_nought_say_nothing():
    usual = np.tile(USUAL, (16, 1))
    np.testing.assert_allclose(mixture().evidence(usual, np.ones(16)), 0, atol=1e-6)
    np.testing.assert_allclose(mixture(power=0.0).evidence(rows(2, 16), np.ones(16)), 0)


def test_what_is_no_red_cell_does_not_count():
    whole = mixture().evidence(rows(2, 4), np.ones(4))
    cells = np.vstack([rows(2, 4), rows(1, 9)])
    np.testing.assert_allclose(mixture().evidence(cells, np.r_[np.ones(4), np.zeros(9)]), whole, atol=1e-6)


def test_without_evidence_cells_are_left_alone():
    cells = rows(1, 3)
    assert weighed(cells, None) is cells


def test_a_manifest_without_a_mixture_has_none():
    assert FieldClasses.of({"temperature": 1.0}, outputs=3) is None


def test_a_mixture_of_other_classes_is_refused():
    values = {"field_power": 0.25, "field_held_by": 10, "field_usual": [0.5, 0.5]}
    assert FieldClasses.of(values, outputs=2) is not None
    with pytest.raises(ValueError, match="another number"):
        FieldClasses.of(values, outputs=3)
