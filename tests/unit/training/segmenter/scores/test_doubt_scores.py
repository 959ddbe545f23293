"""Outlines that nobody should trust are marked, good ones of every class are not (docs/models/segmenter.md)."""

from training.segmenter.scores.doubt_scores import doubtful


def test_bad_outlines_are_marked_and_good_ones_are_not():
    found = doubtful(range(8))
    share = {kind: marked / total for kind, (marked, total) in found.items()}
    assert found["two in one"][1] > 20
    assert share["two in one"] >= 0.9
    assert share["ghosts"] >= 0.9
    assert share["single cells"] < 0.05, "0.02 of the 40 fields in the card"
