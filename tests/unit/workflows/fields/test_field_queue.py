"""What is segmented next, when it is enough, and what is said of it."""

import random
from dataclasses import replace

import pytest

from rbc_desktop.domain.case.case import SEARCHED_EARLIER, Case, Field, Remark
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.reports.summary.rows import rows_of
from rbc_desktop.workflows.fields.field_queue import (
    FieldQueue,
    Tally,
    ended_text,
    fields_to_search,
    is_enough,
    progress_text,
    searched_fields,
    tally,
)
from rbc_desktop.workflows.review.cell_columns import CellColumns
from tests.fakes.casework import make_analysis, make_proposal, write_image


@pytest.fixture
def case(tmp_path):
    """Three fields without cells."""
    case = Case()
    for number in (1, 2, 3):
        image = write_image(tmp_path / f"{number}.png", number)
        case.fields[number] = Field.of(image.facts, number=number, calibration=None)
    return case


def add_cells(case, field_id, count, *, origin="segment all", analysed=True):
    rng = random.Random(field_id)
    for _ in range(count):
        cell = make_proposal(rng, cut_share=0).as_cell(case.next_cell_id, field_id=field_id, origin=origin)
        case.cells[cell.id] = cell
        case.next_cell_id += 1
        if analysed:
            case.analyses[cell.id] = make_analysis(cell, rng, predicted_share=1)


def columns(rows):
    made = CellColumns()
    made.update(put=rows)
    return made


def test_fields_come_in_order_each_once():
    queue = FieldQueue().asked([3, 1, 3, 2])
    assert queue.waiting == (3, 1, 2)
    queue = queue.begun()
    assert (queue.running, queue.waiting) == (3, (1, 2))
    assert queue.asked([3, 4]).waiting == (1, 2, 4), "what is under way is not done twice"
    assert queue.asked([2], first=True).waiting == (2, 1)
    assert queue.in_order([9, 2, 1]).waiting == (2, 1)


def test_a_field_that_ends_or_fails_counts_as_done():
    queue = FieldQueue().asked([1, 2, 3]).begun().found(5).ended().begun().ended(why="It is gone.")
    assert (queue.done, queue.failed, queue.added) == ((1, 2), (2,), 5)
    assert queue.total == 3
    assert progress_text(queue) == "Field 3 of 3"
    queue = queue.begun().put_back()
    assert queue.waiting == (3,)
    assert not queue.begun().ended().is_active


def test_a_new_run_begins_anew_and_forgets_the_failure_of_what_is_tried_again():
    over = FieldQueue().asked([1, 2]).begun().found(7).ended(why="It is gone.").begun().ended(why="It, too.")
    again = over.asked([2])
    assert (again.done, again.added, again.total) == ((), 0, 1)
    assert again.failures == {1: "It is gone."}
    assert again.failed == ()


def test_fields_that_left_the_case_leave_the_queue_and_so_do_their_cells():
    queue = FieldQueue().asked([1, 2, 3]).begun().found(596).only({2, 3})
    assert (queue.running, queue.waiting, queue.added) == (None, (2, 3), 0)
    assert queue.begun().found(7).ended().only({2}).added == 7


def test_a_field_without_a_cell_is_none_in_which_cells_were_found():
    queue = FieldQueue().asked([1, 2]).begun().found(0).ended().begun().found(3).found(4).ended()
    assert queue.found_in == {2: 7}
    assert ended_text(queue, names={}) == "7 new cells found."


def test_a_stopped_queue_has_nothing_to_come():
    assert not FieldQueue().asked([1, 2]).begun().stopped().is_active


def test_the_shown_field_comes_first_then_the_order_of_the_strip(case):
    assert fields_to_search(case, shown=2) == [2, 1, 3]
    assert fields_to_search(case, shown=None, order=(3, 1)) == [3, 1, 2]


def test_done_is_what_was_searched_and_not_taken_back(case):
    add_cells(case, 1, 2)
    add_cells(case, 2, 2)
    add_cells(case, 3, 2, origin="prompt")
    for number, searched in {1: "sam 1", 2: "", 3: "sam 1"}.items():
        case.fields[number] = replace(case.fields[number], searched=searched)
    assert searched_fields(case) == {1}, "2 was stopped half way, of 3 the run was undone"
    case.fields[3] = case.fields[3].with_remark("no cells", "Nothing there.")
    assert searched_fields(case) == {1, 3}
    case.fields[2] = replace(case.fields[2], searched=SEARCHED_EARLIER)
    assert fields_to_search(case, shown=1) == []


def test_white_cells_and_cells_at_the_edge_do_not_count_towards_the_target(case):
    add_cells(case, 1, 6)
    cells = case.cells
    for number, cell_class in {1: CellClass.NOT_RED_CELL, 2: CellClass.NORMAL}.items():
        cells[number] = replace(cells[number], reviewed_class=cell_class)
    cells[3] = replace(cells[3], touches_border=True)
    rows = rows_of(case)
    expected = sum(r.counted and r.cell_class is not CellClass.NOT_RED_CELL for r in rows)
    assert tally(columns(rows)) == Tally(expected)
    assert expected <= 4
    add_cells(case, 2, 3, analysed=False)
    assert tally(columns(rows_of(case))) == Tally(expected + 3, unseen=3)


@pytest.mark.parametrize(
    ("count", "target", "expected"),
    [(Tally(99), 100, False), (Tally(100), 100, True), (Tally(100), 0, False), (Tally(104, unseen=5), 100, None),
     (Tally(105, unseen=5), 100, True), (Tally(99, unseen=99), 100, False)],
)  # fmt: skip
def test_enough_is_only_said_of_cells_that_were_looked_at(count, target, expected):
    assert is_enough(count, target=target) is expected


def ended(*, good=1, failed=(), added=0, waiting=(), running=None):
    """A queue of which the good fields had so many new cells together, the one under way four of them."""
    had = [i for i in (*range(1, good + 1), running) if i is not None]
    found_in = dict.fromkeys(had[1:], 4) | {had[0]: added - 4 * (len(had) - 1)} if added else {}
    return FieldQueue(
        tuple(waiting), running, (*range(1, good + 1), *failed),
        dict.fromkeys(failed, "It is gone; locate it."), found_in,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("queue", "said", "text"),
    [(ended(), {}, "No new cell was found."),
     (ended(added=1), {}, "1 new cell found."),
     (ended(added=1200, good=18), {}, "1,200 new cells in 18 fields found."),
     (ended(), {"cancelled": True}, "Stopped."),
     (ended(added=5), {"cancelled": True}, "Stopped. 5 new cells kept; undo with Ctrl+Z."),
     (ended(added=90, good=2, running=3), {"cancelled": True},
      "Stopped. 90 new cells in 3 fields kept; undo with Ctrl+Z."),
     (ended(added=90, good=2, waiting=(7, 8)), {"target": 80},
      "90 new cells in 2 fields found. The target of 80 cells is reached; 2 fields are left as they are."),
     (ended(good=0, waiting=(7, 8)), {"target": 80},
      "The target of 80 cells was reached before: 2 fields are left as they are. A click on the count below the"
      " fields sets another target."),
     (ended(added=9, failed=(5,)), {}, "9 new cells found. e.png failed: It is gone; locate it."),
     (ended(added=9, failed=(5, 6)), {},
      "9 new cells found. e.png failed: It is gone; locate it. 1 more field failed; the triangle on it says why.")],
)  # fmt: skip
def test_the_sentence_after_a_run(queue, said, text):
    assert ended_text(queue, names={5: "e.png"}, **said) == text


def test_a_reason_that_names_the_field_is_said_as_it_is():
    queue = FieldQueue(done=(5,), failures={5: "e.png is gone; locate it."})
    assert ended_text(queue, names={5: "e.png"}) == "No new cell was found. e.png is gone; locate it."


def test_a_remark_of_another_kind_does_not_make_a_field_done(case):
    case.fields[1] = replace(case.fields[1], searched="sam 1", remarks=(Remark("scale", "In doubt."),))
    assert searched_fields(case) == set()
