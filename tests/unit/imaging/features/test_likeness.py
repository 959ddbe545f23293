"""Cells that look alike are near each other."""

import numpy as np

from rbc_desktop.domain.cells.look import LOOK_LENGTH
from rbc_desktop.imaging.features import FEATURE_NAMES, extract_many
from rbc_desktop.imaging.features.likeness import distances, looks_of
from tests.fakes.drawn_cells import drawn_field


def test_looks_are_a_part_of_the_features_in_half_precision():
    features = np.random.default_rng(1).normal(size=(5, len(FEATURE_NAMES))).astype(np.float32)
    features[0, 10], features[1] = np.nan, 1e9
    looks = looks_of(features)
    assert (looks.dtype, looks.shape) == (np.float16, (5, LOOK_LENGTH))
    assert np.isfinite(looks[1]).all()


def test_a_cell_that_was_turned_is_the_nearest_one():
    looks, names = [], []
    for turns in (0, 1):
        field, masks = drawn_field(turns=turns)
        looks += list(looks_of(extract_many(field, list(masks.values()))))
        names += list(masks)
    half = len(names) // 2
    nearest = []
    for place in range(half):
        found = distances(looks, references=[place])
        assert np.argmin(found) == place
        found[place] = np.inf
        nearest.append(names[int(np.argmin(found))] == names[place])
    assert np.mean(nearest) > 0.9


def test_groups_are_found_over_noise_and_the_unknown_is_nowhere():
    rng = np.random.default_rng(3)
    centres = rng.normal(size=(4, LOOK_LENGTH))
    kinds = rng.integers(0, 4, 400)
    looks = list((centres[kinds] + 0.8 * rng.normal(size=(400, LOOK_LENGTH))).astype(np.float16))
    looks[7] = None
    looks[8] = looks[8].copy()
    looks[8][:40] = np.nan
    references = np.flatnonzero(kinds == kinds[1])[:3].tolist()
    found = distances(looks, references=references)
    assert np.isnan(found[7])
    assert np.isfinite(np.delete(found, 7)).all()
    nearest = np.argsort(np.where(np.isnan(found), np.inf, found))[:60]
    assert np.mean(kinds[nearest] == kinds[1]) > 0.95
    assert np.isnan(distances(looks, references=[7])).all(), "nothing to compare with"


def test_many_references_are_thinned_out():
    looks = list(np.random.default_rng(4).normal(size=(300, LOOK_LENGTH)).astype(np.float16))
    assert np.isfinite(distances(looks, references=range(300))).all()
