"""What changes in the case changes on the canvas, and nothing else is looked at."""

import pytest

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.ui.canvas import cell_feed
from rbc_desktop.ui.canvas.cell_feed import CellFeed
from rbc_desktop.ui.canvas.overlay.shapes import cell_view, looks_alike
from rbc_desktop.ui.canvas.view import FieldCanvas

MANY = 230


@pytest.fixture
def feed(qtbot, monkeypatch, editor, images, add_cells):
    monkeypatch.setattr(cell_feed, "SLICE_SECONDS", 0.0)
    editor.add_fields([image.facts for image in images])
    for field_id, count in ((1, MANY), (2, 5)):
        add_cells(field_id, count, seed=field_id)
    canvas = FieldCanvas()
    qtbot.addWidget(canvas)
    canvas.show_field(1, images[0].pixels)
    made = CellFeed(canvas, editor=editor, parent=canvas)
    made.bring_all()
    return made


def same(feed, editor, field_id=1):
    index = feed._canvas.layers.cells.index
    wanted = {cell.id: cell_view(editor.case, cell) for cell in editor.case.cells_of(field_id)}
    return index.ids == wanted.keys() and all(looks_alike(index.view(i), view) for i, view in wanted.items())


def test_many_cells_come_in_slices(qtbot, feed, editor, images):
    feed._canvas.show_field(1, images[0].pixels)
    feed.bring_all()
    index = feed._canvas.layers.cells.index
    assert len(index) == cell_feed.SLICE < MANY
    qtbot.waitUntil(lambda: feed.is_complete)
    assert same(feed, editor)


def test_every_kind_of_change_arrives(qtbot, feed, editor, add_cells):
    steps = (
        lambda: editor.set_class((3, 4), CellClass.BURR_CELL),
        lambda: editor.remove_cells((1, 7, 9)),
        editor.undo,
        lambda: add_cells(1, 60, seed=8),
        lambda: editor.set_calibration((1,), Calibration(0.11, "typed")),
    )
    for step in steps:
        step()
        qtbot.waitUntil(lambda: feed.is_complete)
        assert same(feed, editor)


def test_only_what_changed_is_looked_at(qtbot, feed, editor, monkeypatch):
    qtbot.waitUntil(lambda: feed.is_complete)
    looked_at = []

    def watched(case, cell):
        looked_at.append(cell.id)
        return cell_view(case, cell)

    monkeypatch.setattr(cell_feed, "cell_view", watched)
    editor.set_class((3,), CellClass.BURR_CELL)
    qtbot.waitUntil(lambda: bool(looked_at) and feed.is_complete)
    assert set(looked_at) == {3}


def test_cells_of_another_field_stay_away(qtbot, feed, editor, images):
    qtbot.waitUntil(lambda: feed.is_complete)
    editor.set_class((MANY + 1,), CellClass.BURR_CELL)
    qtbot.waitUntil(lambda: feed.is_complete)
    assert same(feed, editor)
    feed._canvas.show_field(2, images[1].pixels)
    feed.bring_all()
    qtbot.waitUntil(lambda: feed.is_complete)
    assert same(feed, editor, 2)
