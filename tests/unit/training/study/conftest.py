"""Results of some methods on a small set."""

import numpy as np
import pytest

from tests.fakes.study_fields import prepared_set
from training.study.method_scores import OTSU, measure
from training.study.metrics import label_scores
from training.study.results import save_labels, save_mask_result


@pytest.fixture
def results(tmp_path):
    """The set, and the folder of the results."""
    study, folder = prepared_set(tmp_path), tmp_path / "results"
    for method in OTSU:
        result = measure(method, study, study.part("test"), examples=folder / "examples")
        save_mask_result(folder, result)
    chance = np.array([[0.9, 0.1], [0.3, 0.7], [0.6, 0.4]])
    save_labels(folder, "hog", "HOG + LightGBM", study.description, label_scores(chance, np.array([0, 1, 1])))
    return study, folder
