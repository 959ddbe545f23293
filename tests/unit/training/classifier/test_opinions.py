"""Fitting the second opinion."""

import numpy as np
import torch

from rbc_desktop.imaging.features import FEATURE_NAMES
from rbc_desktop.models.classifier.feature_columns import feature_columns
from training.classifier import opinions
from training.classifier.dataset import Table
from training.data.sets.labelled_fields import CHULA_CLASSES


def cells(count, *, seed):
    """Cells of which a few values follow from the class, all others from chance."""
    random = np.random.default_rng(seed)
    features = random.normal(size=(count, len(FEATURE_NAMES))).astype(np.float32)
    target = random.integers(0, len(CHULA_CLASSES), count)
    shown = feature_columns(["shape"])[: len(CHULA_CLASSES)]
    features[np.arange(count), shown[target]] += 4
    numbers = np.arange(count)
    return Table(features, target, numbers, np.zeros(count, np.int64), numbers)


def test_the_networks_learn_and_answer_without_torch_what_torch_answers(monkeypatch):
    monkeypatch.setattr(opinions, "EPOCHS", 12)
    monkeypatch.setattr(opinions, "LOUDNESS", 1.0)
    kept, fitted = [], opinions._fitted

    def remembered(*args, **options):
        kept.append(fitted(*args, **options))
        return kept[-1]

    monkeypatch.setattr(opinions, "_fitted", remembered)
    made = opinions.fit_second(cells(3000, seed=1), members=2)
    unseen = cells(500, seed=2)
    scores = made.scores(unseen.features)
    assert (scores.argmax(axis=1) == unseen.target).mean() > 0.5
    inputs = torch.from_numpy(made.inputs(unseen.features[:, made.columns]))
    with torch.no_grad():
        answers = torch.stack([network.eval()(inputs) for network in kept]).mean(dim=0).numpy()
    np.testing.assert_allclose(scores, answers, rtol=1e-3, atol=1e-3)
    again = opinions.fit_second(cells(3000, seed=1), members=2).scores(unseen.features)
    assert np.array_equal(scores, again)


def test_what_is_withheld_is_told(monkeypatch):
    monkeypatch.setattr(opinions, "WITHHELD", {"physical_size": 1.0, "relative": 0.0})
    monkeypatch.setattr(opinions, "NOISE", 0.0)
    hidden = torch.tensor([[True, True, False, False], [False, False, True, False]])
    seen = opinions._withheld(torch.tensor([[1.0, 2, 3, 4, 0, 0], [5.0, 6, 0, 8, 0, 1]]), hidden)
    assert seen.tolist() == [[0, 0, 3, 4, 1, 0], [0, 0, 0, 8, 1, 1]]
