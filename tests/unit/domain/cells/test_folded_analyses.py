"""Analyses as rows say what the objects say, to the last byte that a case file has of them."""

import random
from dataclasses import replace

import numpy as np

from rbc_desktop.domain.cells.folded_analyses import analyses_as_columns, with_analyses
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.storage.case.rows.case_rows import measurement_row, prediction_row
from rbc_desktop.storage.case.values import look_room
from rbc_desktop.storage.case.values.look_room import LookRoom
from tests.fakes.casework import make_analysis, make_proposal

SICKLE = CellClass("sickle", "Si", "#123456", is_own=True)


def some_analyses(numbers, seed):
    rng = random.Random(seed)

    def analysis(number):
        cell = make_proposal(rng).as_cell(number, field_id=1, origin="prompt")
        made = make_analysis(cell, rng, model=rng.choice(("one", "two")), predicted_share=0.8)
        told = made.prediction
        if told is not None and rng.random() < 0.3:
            own = CellClass(SICKLE.value, SICKLE.code, SICKLE.colour, is_own=True)  # each an object of its own
            told = replace(told, model="own", probabilities={CellClass.NORMAL: 0.25, own: 0.75})
        return replace(made, prediction=told, um_per_px=rng.choice((None, 0.1)), made=rng.choice((None, made.made)))

    return [analysis(number) for number in numbers]


def said(analysis):
    told = () if analysis.prediction is None else tuple(c.__reduce__() for c in analysis.prediction.probabilities)
    return measurement_row(analysis), prediction_row(analysis), told


def assert_same(columns, analyses):
    assert columns.ids.tolist() == [analysis.cell_id for analysis in analyses]
    assert [said(columns.value(row)) for row in range(len(analyses))] == [said(analysis) for analysis in analyses]


def test_rows_say_what_the_analyses_say():
    analyses = some_analyses(range(3, 60), seed=1)
    made = analyses_as_columns(analyses)
    assert_same(made, analyses)
    assert len(made.boosters) == 3


def test_rows_come_among_those_that_there_are_or_in_their_place(monkeypatch):
    monkeypatch.setattr(look_room, "IN_MEMORY", 30)  # beyond these they lie in a file
    analyses, columns, expected = some_analyses(range(1, 90), seed=2), None, {}
    dice = random.Random(3)
    for turn in range(4):
        part = [made for made in some_analyses(range(1, 90), seed=10 + turn) if dice.random() < 0.5]
        columns = with_analyses(columns, analyses_as_columns(part), room=LookRoom)
        expected.update({analysis.cell_id: analysis for analysis in part})
    assert len(expected) > 60
    assert_same(columns, [expected[number] for number in sorted(expected)])
    assert len(columns.boosters) == 3
    columns = with_analyses(columns, analyses_as_columns(analyses), room=LookRoom)
    assert_same(columns, analyses)
    assert isinstance(columns.looks, np.memmap) or isinstance(columns.looks.base, np.memmap)


def test_none_of_them_was_classified():
    analyses = [replace(analysis, prediction=None) for analysis in some_analyses((1, 2), seed=3)]
    columns = with_analyses(analyses_as_columns(analyses[:1]), analyses_as_columns(analyses[1:]), room=LookRoom)
    assert_same(columns, analyses)
    assert columns.shares.shape == (2, 0)
