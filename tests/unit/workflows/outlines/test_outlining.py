"""What clicks mean, without a window."""

import numpy as np
import pytest

from rbc_desktop.domain.cells.cell import Cell
from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.cells.prompts import PromptPoint, PromptSet
from rbc_desktop.domain.cells.proposal import Candidate, Proposal
from rbc_desktop.domain.geometry import Box, Point
from rbc_desktop.workflows.outlines.outlining import (
    Nothing,
    Pick,
    PointClick,
    Prompting,
    Refine,
    Start,
    hint,
    keeping,
    on_box,
    on_click,
    point_inside,
    same_cell,
    seed,
)


def disc(x, y, radius=20):
    ys, xs = np.mgrid[0 : 2 * radius, 0 : 2 * radius]
    mask = CellMask.from_array(
        (xs - radius + 0.5) ** 2 + (ys - radius + 0.5) ** 2 < radius**2, x0=x - radius, y0=y - radius
    )
    assert mask is not None
    return mask


def proposal(*masks, prompts=None):
    return Proposal(prompts or PromptSet.click(100, 100), tuple(Candidate(m, 0.9, False) for m in masks))


def cell(number=7, x=300, y=300, **changes):
    values = {"id": number, "field_id": 1, "mask": disc(x, y), "prompts": PromptSet.click(x, y), "score": 0.9}
    return Cell(**(values | {"touches_border": False} | changes))


def click(x, y, **changes):
    return PointClick(Point(x, y), **changes)


@pytest.fixture
def asked():
    return Prompting().asked(1, PromptSet.click(100, 100))


@pytest.fixture
def shown(asked):
    return asked.answered(1, proposal(disc(100, 100), disc(100, 100, 30)))


def points(move):
    return [(p.x, p.y, p.positive) for p in move.prompts.points]


def test_a_click_on_bare_field_starts_a_cell():
    move = on_click(Prompting(), click(100, 100))
    assert isinstance(move, Start)
    assert points(move) == [(100, 100, True)]


def test_a_click_inside_the_proposal_adds_a_point_on_top_of_its_mask(shown):
    move = on_click(shown, click(110, 100))
    assert isinstance(move, Refine)
    assert points(move) == [(100, 100, True), (110, 100, True)]
    assert move.prompts.mask is shown.mask


def test_a_click_elsewhere_starts_the_next_cell(shown):
    assert isinstance(on_click(shown, click(200, 100)), Start)


def test_shift_adds_a_point_outside_the_proposal(shown):
    move = on_click(shown, click(200, 100, extend=True))
    assert isinstance(move, Refine)
    assert points(move)[-1] == (200, 100, True)


@pytest.mark.parametrize("x", [100, 200])
def test_a_negative_click_always_refines(shown, x):
    move = on_click(shown, click(x, 100, positive=False, cell_id=3))
    assert isinstance(move, Refine)
    assert points(move)[-1] == (x, 100, False)


def test_a_negative_click_with_nothing_open_says_what_to_do():
    assert isinstance(on_click(Prompting(), click(100, 100, positive=False)), Nothing)


def test_a_click_while_the_model_thinks_starts_the_next_cell(asked):
    assert isinstance(on_click(asked, click(105, 100)), Start)


def test_a_click_on_an_accepted_cell_picks_it_whatever_is_open(shown):
    assert on_click(Prompting(), click(300, 300, cell_id=7)) == Pick(7)
    assert on_click(shown, click(300, 300, cell_id=7)) == Pick(7)


def test_a_click_in_a_proposal_that_lies_on_an_accepted_cell_means_the_proposal(shown):
    assert isinstance(on_click(shown, click(100, 100, cell_id=7)), Refine)


def test_clicks_on_a_picked_cell_refine_it():
    picked = Prompting(cell=cell())
    inside = on_click(picked, click(305, 300, cell_id=7))
    assert isinstance(inside, Refine)
    assert points(inside) == [(300, 300, True), (305, 300, True)]
    assert inside.prompts.mask is picked.cell.mask
    assert isinstance(on_click(picked, click(340, 300, positive=False)), Refine)
    assert isinstance(on_click(picked, click(340, 300, extend=True)), Refine)
    assert isinstance(on_click(picked, click(340, 300)), Start)


def test_a_smaller_cell_on_a_picked_one_is_picked():
    assert on_click(Prompting(cell=cell()), click(305, 300, cell_id=8)) == Pick(8)


def test_a_right_click_on_an_accepted_cell_picks_and_refines_it():
    assert on_click(Prompting(), click(300, 300, positive=False, cell_id=7)) == Pick(7, PromptPoint(300, 300, False))


def test_a_box_starts_a_cell_unless_it_holds_the_open_one(shown):
    fresh, again = Box(180, 80, 220, 120), Box(75, 75, 125, 125)
    assert isinstance(on_box(Prompting(), fresh), Start)
    assert isinstance(on_box(shown, fresh), Start)
    move = on_box(shown, again)
    assert isinstance(move, Refine)
    assert (move.prompts.box, move.prompts.points, move.prompts.mask) == (again, (), None)


def test_the_last_click_can_be_taken_back_without_asking_again(shown):
    wider = shown.asked(2, on_click(shown, click(110, 100)).prompts).answered(2, proposal(disc(100, 100, 25)))
    assert wider.mask.area > shown.mask.area
    assert wider.without_last().mask is shown.mask
    assert not wider.without_last().without_last().is_open


def test_while_a_click_waits_the_mask_so_far_stays(shown):
    waiting = shown.asked(2, PromptSet.click(1, 1))
    assert waiting.is_waiting
    assert waiting.mask is shown.mask


def test_a_late_answer_to_a_click_that_was_taken_back_changes_nothing(asked):
    dropped = asked.without_last()
    assert dropped.answered(1, proposal(disc(100, 100))).steps == ()


def test_a_click_in_which_the_model_sees_nothing_is_taken_back(shown):
    assert shown.asked(2, PromptSet.click(1, 1)).answered(2, None).mask is shown.mask
    assert not Prompting().asked(1, PromptSet.click(1, 1)).answered(1, None).is_open


def test_candidates_cycle_and_the_one_on_show_counts(shown):
    second = shown.next_candidate()
    assert second.mask.area > shown.mask.area
    assert second.next_candidate().mask is shown.mask
    assert on_click(second, click(127, 100)).prompts.mask is second.mask


def test_requests_keep_their_place_under_new_numbers(asked):
    again = asked.renumbered({1: 9})
    assert not again.answered(1, proposal(disc(100, 100))).mask
    assert again.answered(9, proposal(disc(100, 100))).mask


def test_a_cell_without_prompts_is_refined_from_a_point_inside():
    ring = np.ones((21, 21), bool)
    ring[5:16, 5:16] = False
    mask = CellMask(40, 60, ring)
    assert not mask.contains(mask.centroid)
    inside = point_inside(mask)
    assert mask.contains(inside)
    assert seed(cell(mask=mask, prompts=PromptSet())).points == (PromptPoint(inside.x, inside.y),)


def test_a_mask_over_an_accepted_cell_is_that_cell_again_and_a_neighbour_is_not():
    cells = [cell(1, 100, 100), cell(2, 130, 100)]
    assert same_cell(disc(102, 100), cells) is cells[0]
    assert same_cell(disc(115, 100), cells) is None
    assert same_cell(disc(300, 300), []) is None


def halves(x=300, y=300, radius=20):
    """Two cells that touch, and both taken for one."""
    a, b = disc(x - radius + 1, y, radius), disc(x + radius - 1, y, radius)
    width = 2 * x
    return a, b, CellMask.from_array(a.to_array(width=width, height=width) | b.to_array(width=width, height=width))


def test_a_box_beside_a_picked_cell_is_another_cell_though_it_holds_its_middle():
    state = Prompting(cell=cell(x=300))
    over_the_middle = Box(295, 280, 345, 320)
    assert over_the_middle.contains(state.mask.centroid)
    assert isinstance(on_box(state, over_the_middle), Start)
    assert isinstance(on_box(state, Box(276, 277, 325, 322)), Refine), "this one fits the cell"


@pytest.mark.parametrize(("first", "second"), [(0, 1), (1, 0)])
def test_boxing_both_halves_of_a_fused_cell_leaves_two(first, second):
    *pair, fused = halves()
    cells = [cell(1, mask=fused), cell(2, x=500)]
    for number, mask in ((3, pair[first]), (4, pair[second])):
        plan = keeping(mask, cells)
        assert plan.cell is None
        cells = [c for c in cells if c not in plan.gone] + [cell(number, mask=mask)]
    assert [c.id for c in cells] == [2, 3, 4]


def test_merging_takes_the_swallowed_part_along():
    a, b, fused = halves()
    first, second, far = cell(1, mask=a), cell(2, mask=b), cell(3, x=500)
    plan = keeping(fused, [first, second, far], refined=first)
    assert (plan.cell, plan.gone) == (first, (second,))
    assert plan.sentence.startswith("Cell 2 was replaced")
    plan = keeping(fused, [first, second, far])
    assert (plan.cell, plan.gone) == (None, (first, second))
    assert plan.sentence.startswith("Cells 1, 2 were replaced")


@pytest.mark.parametrize(
    ("mask", "old"),
    [
        (disc(300, 300), disc(325, 300)),  # overlapping neighbours, a quarter shared
        (disc(300, 300, 6), disc(305, 300)),  # a platelet on a cell
        (disc(300, 300), disc(900, 300)),
    ],
)
def test_cells_that_overlap_and_small_ones_on_large_ones_stay(mask, old):
    plan = keeping(mask, [cell(1, mask=old)])
    assert (plan.cell, plan.gone, plan.sentence) == (None, (), "")


def test_a_cell_outlined_again_keeps_its_number():
    old = cell(1, mask=disc(300, 300))
    plan = keeping(disc(301, 300), [old])
    assert (plan.cell, plan.gone) == (old, ())


def test_the_hint_says_what_comes_next(asked, shown):
    assert hint(Prompting()) == ""
    assert "not lost" in hint(asked)
    assert "Tab: candidate 1 of 2" in hint(shown)
    assert "Tab" not in hint(asked.answered(1, proposal(disc(100, 100))))
    assert hint(Prompting(cell=cell())).startswith("Cell 7")


@pytest.mark.parametrize(("score", "stability", "said"), [(0.5, 0.9, True), (0.9, 0.3, True), (0.9, 0.9, False)])
def test_a_lone_click_beside_the_cells_is_said_to_be_a_guess(asked, score, stability, said):
    found = Proposal(PromptSet.click(100, 100), (Candidate(disc(100, 100), score, False),), stability=stability)
    assert hint(asked.answered(1, found)).startswith("hardly a cell here") == said


def test_a_corrected_outline_is_no_guess_however_unsure_the_model_is(asked):
    prompts = PromptSet.click(100, 100).with_point(PromptPoint(110, 100))
    found = Proposal(prompts, (Candidate(disc(100, 100), 0.3, False),), stability=0.3)
    assert "hardly" not in hint(asked.answered(1, found))
