"""What a field's sample does to the answers on its cells, and how its weight is fitted."""

import numpy as np
import pytest

from rbc_desktop.models.classifier.classifier import ScoreScaling
from rbc_desktop.models.classifier.field_classes import FieldClasses
from training.classifier.crossval import OutOfFold
from training.classifier.field_mixture import HELD_BY, POWER, fit_with_field, usual_mixture, with_field

SCALING = ScoreScaling(1.0, np.zeros(13))
PER_FIELD, FIELDS = 40, 30


def answers(scores, target, field):
    count = len(target)
    zeros = np.zeros(count, np.int64)
    return OutOfFold(scores, 0.5 * scores, target, zeros, field, zeros, np.arange(count))


@pytest.fixture(scope="module")
def drawn():
    """Fields that are each full of one class, judged by scores that are right only a little more often than not."""
    random = np.random.default_rng(2)
    main = random.integers(0, 13, FIELDS)
    parts = []
    for count in (PER_FIELD, 16):
        field = np.repeat(np.arange(FIELDS), count)
        odd = random.random(len(field)) < 0.3
        target = np.where(odd, random.integers(0, 13, len(field)), main[field])
        scores = random.normal(size=(len(field), 13))
        scores[np.arange(len(field)), target] += 2
        parts.append(answers(scores, target, field))
    return parts


def right(probabilities, judged):
    return (probabilities.argmax(axis=1) == judged.target).mean()


def test_a_sample_of_the_field_makes_answers_better(drawn):
    judged, samples = drawn
    mixture = FieldClasses(usual_mixture(judged.calibrated, SCALING), POWER, HELD_BY)
    heard = with_field(judged, samples, SCALING, mixture)
    np.testing.assert_allclose(heard.sum(axis=1), 1)
    assert right(heard, judged) > right(SCALING.probabilities(judged.calibrated), judged) + 0.02
    plain = with_field(judged, samples, SCALING, mixture, calibrated=False)
    assert not np.allclose(plain, heard)


def test_a_field_without_a_sample_is_judged_cell_by_cell(drawn):
    judged, samples = drawn
    mixture = FieldClasses(usual_mixture(judged.calibrated, SCALING), POWER, HELD_BY)
    heard = with_field(judged, samples.select(samples.field != 3), SCALING, mixture)
    rows = judged.field == 3
    alone = SCALING.probabilities(judged.calibrated)
    assert np.array_equal(heard[rows], alone[rows])
    assert not np.allclose(heard[~rows], alone[~rows])


def test_the_scaling_is_fitted_to_what_is_said_in_the_end(drawn):
    judged, samples = drawn
    scaling, mixture = fit_with_field(judged, samples, SCALING)

    def loss(temperature):
        changed = ScoreScaling(temperature, scaling.bias)
        said = with_field(judged, samples, changed, mixture)
        return -np.log(said[np.arange(len(said)), judged.target]).mean()

    assert (mixture.power, mixture.held_by) == (POWER, HELD_BY)
    assert mixture.usual.sum() == pytest.approx(1, abs=1e-4)
    assert loss(scaling.temperature) <= min(loss(1.2 * scaling.temperature), loss(scaling.temperature / 1.2))
