"""What a screen reader says of the selected cells."""

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.ui.cells.cell_model import Column
from rbc_desktop.ui.window.status.spoken_selection import selection_text
from tests.fakes.casework import make_analysis, make_proposal, write_image


@pytest.fixture
def work(qtbot, window, tmp_path):
    write_image(tmp_path / "smear.png", 1)
    window.services.files.open_paths([tmp_path / "smear.png"])
    qtbot.waitUntil(lambda: window.presenter.shows_image)
    rng, editor = random.Random(1), window.services.editor
    cells = editor.add_cells(1, [make_proposal(rng, cut_share=0) for _ in range(4)], run=editor.new_run())
    editor.set_analyses([make_analysis(cell, rng) for cell in cells])
    editor.set_class((2,), CellClass.TARGET_CELL)
    qtbot.waitUntil(lambda: window.panel.feed.is_settled)
    return window


@pytest.fixture
def heard(monkeypatch):
    """What a screen reader says at once; none runs here, so that Qt would not tell it."""
    said = []
    monkeypatch.setattr(QAccessible, "isActive", staticmethod(lambda: True))
    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(lambda event: said.append(event.message())))
    return said


def told(widget):
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Description)


def test_image_and_gallery_say_which_cell_is_selected_and_what_it_is(work):
    for place in (work.canvas, work.gallery.pane.view):
        assert told(place).startswith("No cell is selected.")
    work.services.selection.set((2,))
    for place in (work.canvas, work.gallery.pane.view):
        assert told(place).startswith("Cell 2, target cell, ")
        assert "reviewed, is selected." in told(place)
    work.services.selection.set((1, 3))
    assert told(work.canvas).startswith("2 cells are selected.")
    assert "Arrow keys move the image" in told(work.canvas)


def test_pictures_and_signs_of_the_table_are_words_to_a_screen_reader(work):
    model = work.panel.model
    row = next(i for i in range(model.rowCount()) if model.id_at(i) == 2)

    def said(column):
        return model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole)

    assert said(Column.THUMBNAIL).startswith("Cell 2, target cell")
    assert said(Column.REVIEW) == "yes"
    assert said(Column.CLASS) == "target cell"
    assert all(said(column) for column in Column)


def test_a_cell_that_is_in_no_row_yet_is_named_by_its_number():
    assert selection_text((7,), lambda _: None) == "Cell 7 is selected."
    assert selection_text((), lambda _: None) == "No cell is selected."
    assert selection_text(tuple(range(1200)), lambda _: None) == "1,200 cells are selected."


def test_another_selection_and_every_message_are_said_at_once(qtbot, work, heard):
    work.activateWindow()
    qtbot.waitUntil(work.isActiveWindow)
    work.canvas.setFocus()
    work.services.selection.set((1, 3))
    assert heard == ["2 cells are selected."]
    work.panel.view.setFocus()
    work.services.selection.set((1,))
    assert len(heard) == 1, "the table says its rows itself"
    work.show_message("Something happened.", "info")
    assert heard[1:] == ["Something happened."]
    work.services.selection.clear()
    work.canvas.setFocus()
    qtbot.waitUntil(lambda: not work.action_set["confirm"].isEnabled())
    qtbot.keySequence(work.canvas, "C")
    assert heard[2:] == ["Select a cell first, in the table or with V."]
