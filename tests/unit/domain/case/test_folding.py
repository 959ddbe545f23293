"""What a case holds as objects and can have as rows, and when it takes these."""

import random
from dataclasses import replace

import numpy as np
import pytest

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.case.changes import DeleteCells, PutAnalyses, PutCells, PutFields, PutReviews
from rbc_desktop.domain.case.folding import fold, loose_of
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.editing.effects import apply_change
from tests.fakes.casework import describe, field_of, make_analysis, make_proposal, write_image
from tests.fakes.foldings import rows_made


@pytest.fixture
def case(tmp_path):
    """Twelve cells, of which the last three aren't measured."""
    rng, case = random.Random(1), Case()
    apply_change(case, PutFields((field_of(write_image(tmp_path / "field.png", 1)),)))
    cells = [make_proposal(rng).as_cell(number, field_id=1, origin="segment all") for number in range(1, 13)]
    apply_change(case, PutCells(tuple(cells)))
    apply_change(case, PutAnalyses(tuple(make_analysis(cell, rng) for cell in cells[:9])))
    return case


def fold_all(case, *, most=100):
    made = rows_made(case, most=most)
    assert made is not None
    assert fold(case, made)


def test_everything_becomes_rows_part_by_part(case):
    before = describe(case)
    left = []
    while len(loose_of(case, most=100)):
        fold_all(case, most=5)
        left.append((len(case.cells.put), len(case.analyses.put)))
        assert describe(case) == before
    assert left == [(7, 9), (2, 9), (0, 6), (0, 1), (0, 0)]
    assert len(case.cells.columns.ids) == 12
    assert case.cells.live.all()


def test_a_row_stays_the_cell_that_it_was(case):
    """One that is drawn anew stays an object, and so does what was measured of it."""
    fold_all(case)
    cell = case.cells[4]
    other = replace(cell, mask=case.cells[5].mask, mask_revision=2)
    apply_change(case, PutCells((other,)))
    apply_change(case, PutAnalyses((make_analysis(other, random.Random(2)),)))
    assert not len(loose_of(case, most=100))
    assert list(case.cells.put) == list(case.analyses.put) == [4]
    apply_change(case, PutCells((cell,)))
    assert not len(loose_of(case, most=100)), "its row is there, though hidden"


def test_a_later_analysis_takes_the_row_of_the_earlier_one(case):
    fold_all(case)
    later = make_analysis(case.cells[3], random.Random(3), model="later", predicted_share=1)
    apply_change(case, PutAnalyses((later,)))
    assert loose_of(case, most=100).analyses == (later,)
    before = describe(case)
    fold_all(case)
    assert describe(case) == before
    assert not case.analyses.put
    assert len(case.analyses.columns.ids) == 9


def test_they_are_refused_when_anything_is_other_by_now(case):
    made = rows_made(case)
    cell, analysis = case.cells[2], case.analyses[3]
    for change in (
        PutReviews(((2, CellClass.TEARDROP),)),
        PutAnalyses((replace(analysis, um_per_px=0.3),)),
        DeleteCells((2, 3)),
    ):
        apply_change(case, change)
        before = describe(case)
        assert not fold(case, made)
        assert describe(case) == before
        apply_change(case, PutCells((cell, case.cells.get(3, cell))))
        apply_change(case, PutAnalyses((analysis,)))
    made = rows_made(case)
    assert not fold(Case(), made)
    assert fold(case, made)
    assert not fold(case, made), "of columns that are others now"


def test_overlaps_are_known_as_before(case):
    known = {number: case.overlaps.is_covered(number) for number in list(case.cells)[:6]}
    fold_all(case, most=9)
    assert case.overlaps.covered(np.arange(9)).tolist() == [case.overlaps.is_covered(n) for n in range(1, 10)]
    assert {number: case.overlaps.is_covered(number) for number in known} == known
    fold_all(case)
    whole = Case(fields=case.fields, cells=case.cells, analyses=case.analyses)
    every = list(case.cells)
    assert [case.overlaps.is_covered(n) for n in every] == [whole.overlaps.is_covered(n) for n in every]


def test_a_case_without_cells_has_nothing(case):
    assert rows_made(Case()) is None
