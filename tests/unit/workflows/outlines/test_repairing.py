"""What gestures of repairing tools mean."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from rbc_desktop.domain.case.case import Field
from rbc_desktop.domain.cells.cell import Cell
from rbc_desktop.domain.cells.hand_edit import HandEdit
from rbc_desktop.domain.cells.prompts import PromptSet
from rbc_desktop.domain.geometry import Point
from rbc_desktop.errors import RepairError
from rbc_desktop.imaging.masks.mask_repair import merged
from rbc_desktop.workflows.outlines import repairing
from rbc_desktop.workflows.outlines.pixel_steps import by_a_pixel
from rbc_desktop.workflows.outlines.repairing import Half, Outline, Reshape, Scene, Splitting, Stroke
from tests.fakes.pixel_pictures import rectangle

FIELD = Field(1, Path("/smear.png"), "0" * 64, 300, 200)


def cell(number, mask):
    return Cell(number, 1, mask, PromptSet(), 0.9, touches_border=False)


A, B, C = cell(1, rectangle(20, 20, 40, 40)), cell(2, rectangle(60, 20, 40, 40)), cell(9, rectangle(200, 100, 40, 40))
SMALL_ON_C = cell(5, rectangle(205, 105, 8, 8))


def scene(*cells, selected=()):
    return Scene(FIELD, cells, frozenset(selected))


def line(kind, *points, diameter=6.0):
    return Stroke(kind, tuple(Point(x, y) for x, y in points), diameter)


def masks(plan):
    return {m.cell_id: m.mask for m in plan.repair.masks}


# Knife


def test_the_knife_cuts_the_cell_that_it_crosses_most():
    plan = repairing.on_stroke(scene(A, B, C), line("knife", (10, 40), (65, 40)))
    assert plan.repair.text == "Cut cell 1"
    first, second = plan.repair.masks
    assert (first.cell_id, first.edit, second.cell_id, second.edit) == (1, HandEdit("cut"), None, HandEdit("cut", (1,)))
    assert second.parent == 1
    assert first.mask.area + second.mask.area == A.mask.area
    assert (plan.repair.used_up, plan.repair.covered, plan.note) == ((), (), "")


def test_the_knife_prefers_a_selected_cell_that_it_crosses():
    stroke = line("knife", (10, 40), (110, 42), (110, 70))
    assert repairing.on_stroke(scene(A, B, C, selected=(2, 9)), stroke).repair.text == "Cut cell 2"
    assert repairing.on_stroke(scene(A, B, C, selected=(9,)), stroke).repair.text in ("Cut cell 1", "Cut cell 2")


def test_a_stroke_beside_every_cell_says_what_to_do():
    with pytest.raises(RepairError, match="crosses no cell"):
        repairing.on_stroke(scene(A), line("knife", (100, 100), (150, 100)))
    with pytest.raises(RepairError, match="edge to edge"):
        repairing.on_stroke(scene(A), line("knife", (40, 30), (40, 40)))


# Brush and eraser


def test_the_brush_extends_the_selected_cell_that_it_touches_else_that_on_which_it_begins():
    stroke = line("brush", (70, 50), (50, 70))
    assert repairing.on_stroke(scene(A, B, selected=(1,)), stroke).repair.text == "Extend cell 1"
    plan = repairing.on_stroke(scene(A, B), stroke)
    assert plan.repair.text == "Extend cell 2"
    assert masks(plan)[2].contains(Point(50, 70))


def test_elsewhere_the_brush_draws_a_cell():
    ring = [(150 + 15 * np.cos(a), 120 + 15 * np.sin(a)) for a in np.linspace(0, 6.3, 40)]
    plan = repairing.on_stroke(scene(A, B, selected=(1,)), line("brush", *ring, diameter=4))
    [made] = plan.repair.masks
    assert (plan.repair.text, made.cell_id, made.edit) == ("Draw cell", None, HandEdit("drawn"))
    assert made.mask.contains(Point(150, 120))
    with pytest.raises(RepairError, match="too small"):
        repairing.on_stroke(scene(A), line("brush", (150, 120), (151, 121), diameter=2))
    with pytest.raises(RepairError, match="too small"):
        repairing.on_stroke(scene(A), line("brush", (-90, 120), (-80, 120), diameter=9))


@pytest.mark.parametrize("way", [[(150, 120)], [(150, 120), (152, 121)]])
def test_a_click_of_the_brush_beside_every_cell_is_a_slip(way):
    with pytest.raises(RepairError, match="A click with the brush draws no cell"):
        repairing.on_stroke(scene(A), line("brush", *way, diameter=14))


def test_the_eraser_takes_from_the_selected_cell_else_from_the_one_it_covers_most():
    stroke = line("eraser", (55, 40), (80, 40))
    assert repairing.on_stroke(scene(A, B, selected=(1,)), stroke).repair.text == "Erase from cell 1"
    assert repairing.on_stroke(scene(A, B), stroke).repair.text == "Erase from cell 2"
    with pytest.raises(RepairError, match="misses every cell"):
        repairing.on_stroke(scene(A, B), line("eraser", (150, 150)))


def test_a_part_that_the_eraser_cuts_off_is_told_of():
    plan = repairing.on_stroke(scene(A), line("eraser", (10, 30), (70, 30)))
    assert plan.note == "Only the largest part of cell 1 was kept. Undo with Ctrl+Z; the knife makes two cells."
    assert repairing.on_stroke(scene(A), line("eraser", (20, 20), (60, 20))).note == ""


# Outlines


def square(x, y, side):
    return Outline((Point(x, y), Point(x + side, y), Point(x + side, y + side), Point(x, y + side)))


def test_an_outline_is_a_cell_and_takes_the_place_of_what_it_covers():
    plan = repairing.on_outline(scene(A, B, C), square(15, 15, 95))
    assert (plan.repair.text, plan.repair.covered) == ("Draw cell", (1, 2))
    assert plan.note.startswith("Cells 1, 2 were replaced")


def test_a_cell_that_is_outlined_again_gets_the_outline():
    plan = repairing.on_outline(scene(A, B), square(21, 21, 40))
    assert (plan.repair.text, plan.repair.masks[0].cell_id) == ("Draw cell 1", 1)
    assert plan.note == "That is cell 1: its outline was replaced, not added twice."


def test_an_outline_around_nothing_is_refused():
    for outline in (square(15, 15, 2), Outline(()), square(400, 400, 50)):
        with pytest.raises(RepairError, match="too small"):
            repairing.on_outline(scene(A), outline)


def test_moving_a_corner_reshapes_the_cell():
    before = square(20, 20, 40).points
    after = (Point(10, 10), *before[1:])
    plan = repairing.on_reshape(scene(A, B), Reshape(1, before, after))
    assert plan.repair.text == "Reshape cell 1"
    assert masks(plan)[1].area > A.mask.area
    with pytest.raises(RepairError, match="gone"):
        repairing.on_reshape(scene(B), Reshape(1, before, after))


# The selected cells


def test_merging_keeps_the_oldest_number():
    plan = repairing.merge(scene(A, B, C, selected=(2, 1)))
    assert (plan.repair.text, plan.repair.used_up) == ("Merge cells 1 and 2", (2,))
    [made] = plan.repair.masks
    assert (made.cell_id, made.edit) == (1, HandEdit("merged", (2,)))
    assert made.mask.same_as(merged([A.mask, B.mask]))
    third = cell(3, rectangle(100, 20, 40, 40))
    assert repairing.merge(scene(A, B, third, selected=(1, 2, 3))).repair.text == "Merge 3 cells"


def test_what_can_not_be_merged_is_said():
    with pytest.raises(RepairError, match="two or more"):
        repairing.merge(scene(A, B, selected=(1,)))
    for selected in ((1, 77), (1, 2, 77)):
        with pytest.raises(RepairError, match="different fields"):
            repairing.merge(scene(A, B, selected=selected))
    with pytest.raises(RepairError, match="apart"):
        repairing.merge(scene(A, C, selected=(1, 9)))


# What gives way


def test_a_cell_gives_way_when_it_is_covered_now_and_was_not_before():
    beside = cell(6, rectangle(60, 30, 3, 3))
    plan = repairing.on_stroke(scene(A, beside, selected=(1,)), line("brush", (58, 31), (64, 31)))
    assert plan.repair.covered == (6,)
    assert plan.note.startswith("Cell 6 was replaced")
    assert by_a_pixel(scene(C, SMALL_ON_C, selected=(9,)), "grown").repair.covered == ()
    halves = repairing.on_stroke(scene(C, SMALL_ON_C, selected=(9,)), line("knife", (190, 120), (250, 120)))
    assert halves.repair.covered == ()


# Two clicks


def test_two_clicks_ask_for_each_half_without_the_other():
    both = cell(1, merged([A.mask, B.mask]))
    first = repairing.on_half(scene(both, C), Half(Point(40, 40), 1), so_far=None)
    assert (first.cell.id, first.points, first.is_answered) == (1, (Point(40, 40),), False)
    assert repairing.split_hint(first) == "Cell 1: now click its other half. Esc drops."
    second = repairing.on_half(scene(both, C), Half(Point(80, 40), 1), so_far=first)
    a, b = second.prompts
    assert [(p.point, p.positive) for p in a.points] == [(Point(40, 40), True), (Point(80, 40), False)]
    assert [(p.point, p.positive) for p in b.points] == [(Point(80, 40), True), (Point(40, 40), False)]
    assert repairing.split_hint(second) == "Splitting cell 1…"


def test_a_click_on_another_cell_begins_with_that_one():
    first = repairing.on_half(scene(A, C), Half(Point(40, 40), 1), so_far=None)
    other = repairing.on_half(scene(A, C), Half(Point(220, 120), 9), so_far=first)
    assert (other.cell.id, other.points) == (9, (Point(220, 120),))
    with pytest.raises(RepairError, match="each half"):
        repairing.on_half(scene(A, C), Half(Point(150, 150)), so_far=first)
    chosen = repairing.on_half(scene(C, SMALL_ON_C, selected=(9,)), Half(Point(208, 108), 5), so_far=None)
    assert chosen.cell.id == 9, "the selected cell is meant"


@pytest.mark.parametrize("answered", [(A.mask, B.mask), (None, B.mask), (None, None)])
def test_answers_make_two_cells_that_share_the_border(answered):
    both = cell(1, merged([A.mask, B.mask]))
    pixels = np.full((200, 300, 3), 120, np.uint8)
    pixels[:, 59:61] = 230
    splitting = Splitting(both, (Point(40, 40), Point(80, 40)), (11, 12))
    assert not splitting.is_answered
    splitting = dataclasses.replace(splitting, answers=tuple(zip((11, 12), answered, strict=True)))
    assert splitting.is_answered
    plan = repairing.split(scene(both), splitting, pixels=pixels)
    assert plan.repair.text == "Split cell 1"
    large, small = plan.repair.masks
    assert (large.cell_id, small.parent, small.edit) == (1, 1, HandEdit("split", (1,)))
    assert large.mask.area + small.mask.area == both.mask.area
    left = next(m.mask for m in plan.repair.masks if m.mask.contains(Point(40, 40)))
    assert left.iou(A.mask) > 0.9


def test_darkness_is_density_but_for_a_constant():
    pixels = np.full((200, 300, 3), 200, np.uint8)
    pixels[20:40, 20:40] = 100
    dark = repairing.darkness(pixels, A.mask)
    assert dark.shape == A.mask.crop.shape
    assert dark[0, 0] - dark[-1, -1] == pytest.approx(np.log(2), abs=1e-5)
