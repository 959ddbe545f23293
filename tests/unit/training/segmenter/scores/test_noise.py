"""Bootstrap intervals whose width is known."""

import numpy as np
import pytest

from training.segmenter.scores.box_scores import BoxScores
from training.segmenter.scores.composite_scores import CompositeScores
from training.segmenter.scores.matching import Matches
from training.segmenter.scores.noise import NOTHING, rows
from training.segmenter.scores.truths import Truths


def images(count: int) -> list[BoxScores]:
    rng = np.random.default_rng(4)
    values = rng.normal(0.8, 0.1, count).tolist()
    return [BoxScores(ious={0: [], 1: [v], 2: []}, sources={"a": [v]}, matches=Matches(8, 1, 1)) for v in values]


def test_the_interval_of_a_mean_is_two_standard_errors_to_each_side():
    parts = images(400)
    out = rows(parts)
    spread = np.std([part.ious[1][0] for part in parts]) / np.sqrt(400)
    assert out.values == BoxScores.together(parts).table()
    assert out.noise["red_cell_box_iou"] == pytest.approx(1.96 * spread, rel=0.12)
    assert out.noise["segment_all_f1_050"] == 0


def test_fewer_images_are_noisier_and_the_same_ones_give_the_same():
    assert rows(images(25)).noise["red_cell_box_iou"] > 2 * rows(images(400)).noise["red_cell_box_iou"]
    assert rows(images(25)) == rows(images(25))
    assert rows([]) == NOTHING


def test_a_source_that_a_draw_lacks_has_noise_all_the_same():
    parts = [Truths(edges={name: [value]}) for name, value in (("a", 0.01), ("a", 0.03), ("b", 0.02))]
    out = rows(parts)
    assert out.values["edge_b"] == 0.02
    assert out.noise["edge_b"] == 0
    assert out.noise["edge_a"] > 0


def test_parts_together_are_the_whole():
    parts = [CompositeScores(whole=[0.9, 1.0], matches={0.5: Matches(2, 0, 1), 0.75: Matches(1, 1, 2)})] * 2
    table = CompositeScores.together(parts).table()
    assert table["iou"] == pytest.approx(0.95)
    assert table["segment_all_f1_075"] == pytest.approx(4 / 10)
    assert CompositeScores.together(parts).matches[0.75] == Matches(2, 2, 4)


def test_rows_are_printed_with_their_noise():
    out = rows(images(9)).named("val_", only="red_cell_box_iou")
    assert list(out.values) == ["val_red_cell_box_iou"]
    assert "±" in str(out)
    assert (out | NOTHING) == out
