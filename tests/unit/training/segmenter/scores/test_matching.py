"""Matches of masks whose answer is known."""

from __future__ import annotations

from rbc_desktop.domain.cells.mask import CellMask
from tests.fakes.drawn_scenes import square
from training.segmenter.scores.matching import Matches


def matched(found: list[CellMask], truth: list[CellMask], *, counted: list[bool], limit: float = 0.5) -> Matches:
    matches = Matches()
    matches.add([[mask.iou(real) for real in truth] for mask in found], counted=counted, limit=limit)
    return matches


def test_matches_are_one_to_one() -> None:
    truth = [square(0, 0), square(40, 0), square(80, 0)]
    found = [square(1, 0), square(0, 1), square(41, 1), square(200, 200)]
    matches = matched(found, truth, counted=[True] * 3)
    assert (matches.found, matches.missed, matches.spurious) == (2, 1, 2)
    assert matches.f1 == 4 / 7


def test_a_stricter_limit_counts_fewer_matches() -> None:
    truth = [square(0, 0), square(40, 0)]
    matches = matched([square(0, 0), square(45, 0)], truth, counted=[True] * 2, limit=0.75)
    assert (matches.found, matches.missed, matches.spurious) == (1, 1, 1)


def test_slivers_at_the_edge_are_not_held_against_the_model() -> None:
    matches = matched([square(0, 0), square(40, 0)], [square(0, 0), square(40, 0)], counted=[True, False])
    assert (matches.found, matches.missed, matches.spurious) == (1, 0, 0)


def test_what_is_not_judged_is_not_held_against_the_model() -> None:
    found, truth = [square(0, 0), square(200, 0), square(200, 200)], [square(0, 0)]
    matches = Matches()
    ious = [[mask.iou(real) for real in truth] for mask in found]
    matches.add(ious, counted=[True], limit=0.5, judged=[False, False, True])
    assert (matches.found, matches.missed, matches.spurious) == (1, 0, 1)
