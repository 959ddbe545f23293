"""Cells as rows say what the objects say, to the last byte that a case file has of them."""

import random
from dataclasses import replace

import numpy as np

from rbc_desktop.domain.cells.cell import Cell
from rbc_desktop.domain.cells.folded_cells import cells_as_columns, with_cells
from rbc_desktop.domain.cells.hand_edit import HandEdit
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.storage.case.rows.case_rows import cell_row, prompt_rows
from rbc_desktop.workflows.cases.folding_controller import PACKING
from tests.fakes.casework import make_proposal

SICKLE = CellClass("sickle", "Si", "#123456", is_own=True)
SICKLE_NOW = replace(SICKLE, colour="#654321")


def some_cells(numbers, seed):
    rng = random.Random(seed)

    def cell(number):
        made = make_proposal(rng).as_cell(number, field_id=rng.randint(1, 3), origin=rng.choice(("prompt", "by hand")))
        edits = (HandEdit("cut", (3,)),) if rng.random() < 0.3 else ()
        given = rng.choice((None, None, CellClass.NORMAL, SICKLE, CellClass.TEARDROP))
        return replace(
            made, mask_revision=rng.randint(1, 4), reviewed_class=given, edge_counted=rng.random() < 0.3, edits=edits
        )

    return [cell(number) for number in numbers]


def said(cell: Cell):
    """All that is known of a cell."""
    given = cell.reviewed_class
    return cell_row(cell), list(prompt_rows(cell)), None if given is None else given.__reduce__(), cell.mask.area


def assert_same(columns, cells):
    assert columns.ids.tolist() == [cell.id for cell in cells]
    assert [said(columns.value(row)) for row in range(len(cells))] == [said(cell) for cell in cells]


def test_rows_say_what_the_cells_say():
    cells = some_cells(range(4, 40), seed=1)
    made = cells_as_columns(cells, packing=PACKING)
    assert_same(made, cells)
    assert made.classes.count(SICKLE) == 1
    again = cells_as_columns([made.value(row) for row in range(len(cells))], packing=PACKING)
    assert all(one is other for one, other in zip(made.masks, again.masks, strict=True)), "packed once"


def test_rows_come_among_those_that_there_are():
    cells = some_cells(range(1, 80), seed=2)
    dice = random.Random(3)
    parts = [[], [], []]
    for cell in cells:
        dice.choice(parts).append(cell)
    columns = None
    for part in parts:
        columns = with_cells(columns, cells_as_columns(part, packing=PACKING))
    assert_same(columns, cells)
    assert len(set(columns.origins)) == len(columns.origins) == 2
    assert len(columns.segmenters) == 2


def test_an_own_class_that_looks_otherwise_now_is_another_one():
    first, second = some_cells((1, 2), seed=4)
    first, second = replace(first, reviewed_class=SICKLE), replace(second, reviewed_class=SICKLE_NOW)
    columns = with_cells(cells_as_columns([first], packing=PACKING), cells_as_columns([second], packing=PACKING))
    assert_same(columns, [first, second])
    assert len(columns.classes) == 2


def test_cells_without_prompts():
    cells = [replace(cell, prompts=type(cell.prompts)()) for cell in some_cells((7, 8), seed=5)]
    columns = with_cells(cells_as_columns(cells[1:], packing=PACKING), cells_as_columns(cells[:1], packing=PACKING))
    assert_same(columns, cells)
    assert np.array_equal(columns.prompts.first, [0, 0, 0])
