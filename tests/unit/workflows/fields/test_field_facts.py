"""What the strip says of a field."""

import random
from collections import Counter
from dataclasses import replace

import pytest

from rbc_desktop.domain.case.case import Case, Field
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.reports.summary.rows import rows_of
from rbc_desktop.workflows.fields.field_facts import FieldFactsNow, FieldState
from rbc_desktop.workflows.fields.field_queue import FieldQueue
from tests.fakes.casework import make_analysis, make_proposal, write_image


@pytest.fixture
def case(tmp_path):
    """Two fields; the first has four cells that need review."""
    case = Case()
    for number in (1, 2):
        image = write_image(tmp_path / f"{number}.png", number)
        case.fields[number] = Field.of(image.facts, number=number, calibration=None)
    rng = random.Random(3)
    for number in range(1, 5):
        cell = make_proposal(rng, cut_share=0).as_cell(number, field_id=1, origin="segment all")
        case.cells[number], case.analyses[number] = cell, make_analysis(cell, rng, predicted_share=0)
    return case


def facts(case, queue=FieldQueue(), *, problems=None, share=0.0):  # noqa: B008 - frozen
    return FieldFactsNow(
        case,
        queue,
        to_review=Counter(row.field_id for row in rows_of(case) if row.needs_review),
        problems=problems or {},
        share=share,
    )


def test_a_field_without_a_scale_has_no_warning(case):
    assert facts(case)[1].marks == ()
    assert not facts(case)[2].has_problem


def test_cells_and_those_to_review_are_counted(case):
    first, second = facts(case).values()
    assert (first.state, first.cells, first.to_review) == (FieldState.FOUND, 4, 4)
    assert first.counts_text == "4 cells"
    assert "4 cells, 4 to review" in first.text
    assert (second.state, second.counts_text) == (FieldState.NEW, "not segmented")


def test_a_field_is_reviewed_when_no_cell_waits_for_a_person(case):
    for number, cell in case.cells.items():
        case.cells[number] = replace(cell, reviewed_class=CellClass.NORMAL)
    assert facts(case)[1].state is FieldState.REVIEWED
    assert "Nothing left to review" in facts(case)[1].text


def test_what_is_under_way_comes_before_what_was(case):
    queue = FieldQueue(waiting=(2,), running=1)
    first, second = facts(case, queue, share=0.25).values()
    assert (first.state, first.share) == (FieldState.RUNNING, 0.25)
    assert (second.state, second.place, second.share) == (FieldState.WAITING, 1, 0.0)
    assert "Next to be segmented" in second.text


def test_a_missing_image_a_failure_and_a_remark_are_problems(case):
    case.fields[1] = case.fields[1].with_remark("incomplete", "1.png is incomplete.")
    failed = FieldQueue(done=(2,), failures={2: "No memory."})
    first, second = facts(case, failed, problems={1: "1.png is gone."}).values()
    assert [mark.text for mark in first.marks] == ["1.png is gone.", "1.png is incomplete."]
    assert first.has_problem
    assert (second.state, second.marks[0].text) == (FieldState.FAILED, "No memory.")


def test_a_field_in_which_nothing_was_found_says_so_until_a_cell_is_marked_by_hand(case):
    case.fields[2] = replace(case.fields[2].with_remark("no cells", "No red cells were found."), searched="sam 1")
    assert facts(case)[2].state is FieldState.FOUND
    assert facts(case)[2].counts_text == "0 cells"
    assert facts(case)[2].marks[0].text == "No red cells were found."
    cell = make_proposal(random.Random(1), cut_share=0).as_cell(9, field_id=2, origin="prompt")
    case.cells[9] = cell
    assert facts(case)[2].marks == ()
