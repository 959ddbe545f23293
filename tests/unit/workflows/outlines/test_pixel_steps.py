"""Steps by a pixel: what they do to the selected cells, and what is said."""

import dataclasses
import functools
from pathlib import Path

import pytest

from rbc_desktop.domain.case.case import Field
from rbc_desktop.domain.cells.cell import Cell
from rbc_desktop.domain.cells.hand_edit import HandEdit
from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.cells.prompts import PromptSet
from rbc_desktop.domain.geometry import Point
from rbc_desktop.errors import RepairError
from rbc_desktop.imaging.masks.mask_repair import brushed, erased
from rbc_desktop.imaging.masks.strokes import stroke
from rbc_desktop.workflows.outlines.pixel_steps import by_a_pixel
from rbc_desktop.workflows.outlines.repairing import Scene
from tests.fakes.pixel_pictures import rectangle

FIELD = Field(1, Path("/smear.png"), "0" * 64, 300, 200)
SIZE = {"width": 300, "height": 200}


def cell(number, mask):
    return Cell(number, 1, mask, PromptSet(), 0.9, touches_border=False)


A, B, C = cell(1, rectangle(20, 20, 40, 40)), cell(2, rectangle(60, 20, 40, 40)), cell(9, rectangle(200, 100, 40, 40))


def disc(x, y, radius):
    return stroke([Point(x, y)], diameter=2 * radius, **SIZE)


def mask_of(parts):
    return functools.reduce(brushed, parts)


def scene(*cells, selected=()):
    return Scene(FIELD, cells, frozenset(selected))


@pytest.mark.parametrize(("kind", "verb"), [("grown", "Grow"), ("shrunk", "Shrink"), ("smoothed", "Smooth")])
def test_selected_cells_change_by_a_pixel_in_one_step(kind, verb):
    plan = by_a_pixel(scene(A, B, C, selected=(1, 9)), kind)
    assert plan.repair.text == f"{verb} 2 cells"
    assert [(m.cell_id, m.edit.kind) for m in plan.repair.masks] == [(1, kind), (9, kind)]
    assert by_a_pixel(scene(A, B, C, selected=(9,)), kind).repair.text == f"{verb} cell 9"


def test_cells_that_would_not_change_are_left_out():
    holed = erased(A.mask, rectangle(37, 37, 6, 6)).mask
    plan = by_a_pixel(scene(cell(1, holed), B, selected=(1, 2)), "filled")
    assert plan.repair.text == "Fill holes of cell 1"
    assert plan.note.startswith("1 selected cell stays as it is")
    assert plan.repair.masks[0].mask.same_as(A.mask)
    with pytest.raises(RepairError, match="no hole"):
        by_a_pixel(scene(A, B, selected=(1, 2)), "filled")
    with pytest.raises(RepairError, match="Select a cell"):
        by_a_pixel(scene(A, selected=(77,)), "grown")


def test_of_many_cells_that_lose_a_part_the_first_are_named():
    dumb_bell = [rectangle(20, 20, 12, 12), rectangle(32, 25, 20, 2), rectangle(52, 20, 10, 10)]
    cells = [cell(number, mask_of(dumb_bell)) for number in range(1, 8)]
    note = by_a_pixel(scene(*cells, selected=range(1, 8)), "shrunk").note
    assert note.startswith("Only the largest part of each of cells 1, 2, 3, 4, 5 and others was kept.")


def test_selected_cells_of_other_fields_are_named():
    note = by_a_pixel(scene(A, B, selected=(1, 77, 78)), "grown").note
    assert note.startswith("2 selected cells stay as they are")
    assert by_a_pixel(scene(A, B, selected=(1, 2)), "grown").note == ""


@pytest.mark.parametrize("kind", ["shrunk", "smoothed"])
def test_a_cell_that_falls_apart_is_said_to(kind):
    bridge = rectangle(78, 99, 24, 1 if kind == "smoothed" else 2)
    parts = (disc(60, 100, 20), disc(110, 100, 12), bridge)
    dumbbell = cell(3, CellMask.from_array(sum(part.to_array(**SIZE) for part in parts) > 0))
    plan = by_a_pixel(scene(dumbbell, selected=(3,)), kind)
    assert plan.repair.masks[0].mask.box.x1 <= 82
    assert plan.note.startswith("Only the largest part of cell 3 was kept. Undo with Ctrl+Z")


@pytest.mark.parametrize("kind", ["grown", "shrunk"])
def test_a_round_cell_stays_round_however_often_the_key_is_pressed(kind):
    mended = cell(1, disc(150, 100, 40))
    for times in range(1, 22):
        made = by_a_pixel(scene(mended, selected=(1,)), kind).repair.masks[0]
        mended = dataclasses.replace(mended, mask=made.mask, edits=(HandEdit(kind, (), times),))
    radius = 61 if kind == "grown" else 19
    assert mended.mask.iou(disc(150, 100, radius)) > (0.96 if kind == "grown" else 0.9)
