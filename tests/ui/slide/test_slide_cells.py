"""Cells of regions in their places on the slide."""

import pytest

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.editing.slide_editor import add_regions
from rbc_desktop.ui.canvas.view import FieldCanvas
from rbc_desktop.ui.slide.slide_cells import SlideCells


@pytest.fixture
def cells(qtbot, opened, editor, add_cells):
    regions = (Region(100, 200, 740, 680), Region(900, 300, 1540, 780))
    fields = add_regions(editor, opened.entry.id, regions)
    for field in fields:
        add_cells(field.id, 6, seed=field.id)
    canvas = FieldCanvas()
    qtbot.addWidget(canvas)
    canvas.show_slide(1, opened.slide)
    made = SlideCells(canvas, editor=editor, parent=canvas)
    made.show_slide(opened.entry)
    qtbot.waitUntil(lambda: made.is_complete)
    yield made
    canvas.layers.slide.loader.shutdown()


def test_every_cell_lies_in_its_region(cells, editor):
    index = cells._canvas.layers.cells.index
    assert index.ids == editor.case.cells.keys()
    for cell in editor.case.cells.values():
        region, mask = editor.case.fields[cell.field_id].region, index.view(cell.id).mask
        assert (mask.x0 - cell.mask.x0, mask.y0 - cell.mask.y0) == (region.x0, region.y0)


def test_changes_arrive_and_masks_that_stay_are_not_drawn_anew(qtbot, cells, editor):
    index = cells._canvas.layers.cells.index
    before = index.view(2).mask
    editor.set_class((2,), CellClass.BURR_CELL)
    editor.remove_cells((3,))
    qtbot.waitUntil(lambda: cells.is_complete and index.view(3) is None)
    assert index.view(2).code == CellClass.BURR_CELL.code
    assert index.view(2).mask is before


def test_without_a_slide_there_are_none(qtbot, cells):
    cells.show_slide(None)
    assert len(cells._canvas.layers.cells.index) == 0


def test_showing_the_same_slide_again_brings_nothing_again(cells, opened):
    before = {i: cells._canvas.layers.cells.view(i) for i in cells._canvas.layers.cells.index.ids}
    cells.show_slide(opened.entry)
    assert cells.is_complete
    assert all(cells._canvas.layers.cells.view(i) is view for i, view in before.items())
