"""Own classes in the window: keys, menus, table, filter, counts and gallery know them as they know the others."""

import random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QComboBox

from rbc_desktop.domain.classes.own_classes import DEFAULT_KEYS, own_class
from rbc_desktop.domain.classes.taxonomy import BUILT_IN, CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.engine.jobs import EngineReady
from rbc_desktop.ui.canvas.overlay.shapes import cell_view
from rbc_desktop.ui.cells.cell_model import Column
from rbc_desktop.ui.cells.class_counts import line_tip
from rbc_desktop.ui.window.actions.actions import own_class_id
from tests.fakes.casework import make_analysis, make_proposal, write_image

SICKLE = own_class("sickle", code="Si", colour="#7F3C8D", key="Shift+5")
CLUMP = own_class("platelet clump", code="Pc", colour="#3969AC", key="Alt+1", is_red=False)
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def work(qtbot, window, tmp_path):
    """The window with six cells of one field, and two own classes."""
    write_image(tmp_path / "smear.png", 1)
    window.resize(1400, 900)
    window.services.files.open_paths([tmp_path / "smear.png"])
    qtbot.waitUntil(lambda: window.presenter.shows_image and not window.services.files.is_busy, timeout=20_000)
    rng, editor = random.Random(2), window.services.editor
    editor.set_calibration(editor.case.fields, Calibration(0.19, "typed"))
    cells = editor.add_cells(1, [make_proposal(rng, cut_share=0) for _ in range(6)], run=editor.new_run())
    editor.set_analyses([make_analysis(cell, rng, predicted_share=1) for cell in cells])
    window.services.classes.set((SICKLE, CLUMP))
    settle(qtbot, window)
    return window


def settle(qtbot, window):
    qtbot.waitUntil(lambda: window.panel.feed.is_settled and not window._state_timer.isActive(), timeout=20_000)


def reviewed(window):
    return [cell.reviewed_class for cell in window.services.editor.case.cells.values()]


def press(qtbot, window, ids, key, modifier):
    window.services.selection.set(ids)
    settle(qtbot, window)
    qtbot.keyClick(window.canvas, key, modifier)
    settle(qtbot, window)


def look_of(window):
    """Colour and letters of the first cell on the canvas."""
    case = window.services.editor.case
    view = cell_view(case, case.cells[1])
    return view.colour, view.code


def lines(window):
    return {line.name: line for line in window.panel.counts.lines}


def test_keys_menu_and_context_menu_set_them_as_one_undoable_step(qtbot, work):
    press(qtbot, work, (1, 2), Qt.Key.Key_5, SHIFT)
    press(qtbot, work, (3,), Qt.Key.Key_1, ALT)
    assert reviewed(work) == [SICKLE, SICKLE, CLUMP, None, None, None]
    assert work.services.editor.undo_text == "Set 1 cell to platelet clump"
    work.services.selection.set((4,))
    settle(qtbot, work)
    menu = work.action_set.cell_menu(work)
    texts = [a.text() for a in menu.actions()[1].menu().actions() if a.isVisible()]
    assert texts[len(BUILT_IN) :] == ["Sickle", "Platelet clump"]
    [action] = [a for a in menu.actions()[1].menu().actions() if a.text() == "Sickle"]
    action.trigger()
    assert reviewed(work)[3] == SICKLE
    work.services.editor.undo()
    assert reviewed(work)[3] is None
    menu.deleteLater()


def test_an_own_class_that_is_gone_has_neither_key_nor_entry(qtbot, work):
    assert [a.text for a in work.action_set.listed if a.id.startswith("own-class:")] == ["Sickle", "Platelet clump"]
    work.services.classes.set((CLUMP,))
    first, second = (work.action_set[own_class_id(place)] for place in (0, 1))
    assert first.shortcuts() == [QKeySequence("Alt+1")]
    assert (second.isVisible(), second.shortcuts()) == (False, [])
    press(qtbot, work, (1,), Qt.Key.Key_5, SHIFT)
    assert reviewed(work)[0] is None


def test_table_filter_and_counts_know_them(qtbot, work):
    press(qtbot, work, (1, 2), Qt.Key.Key_5, SHIFT)
    panel = work.panel
    assert panel.model.data(panel.model.index(0, Column.CLASS)) == "sickle"
    assert lines(work)["sickle"].count == 2
    assert lines(work)["sickle"].share is not None
    panel.show_class(SICKLE)
    assert panel.model.shown_ids == [1, 2]
    panel.show_class(None)
    panel.view.edit(panel.model.index(2, Column.CLASS))
    box = panel.view.findChild(QComboBox)
    assert box.count() == len(BUILT_IN) + 2
    chosen = box.findText("sickle")
    work.services.selection.set((3,))
    box.setCurrentIndex(chosen)
    box.activated.emit(chosen)
    assert reviewed(work)[2] == SICKLE


def test_the_classifiers_silence_is_stated_with_the_counts(qtbot, work):
    assert lines(work)["sickle"].by_hand
    assert "The classifier never proposes this class" in line_tip(lines(work)["sickle"])
    ready = EngineReady("cpu", "s 1 (ab)", "c 1 (cd)", 0.1, classes=(*BUILT_IN, SICKLE))
    work.services.engine.ready.emit(ready)
    assert not lines(work)["sickle"].by_hand
    assert "never proposes" not in line_tip(lines(work)["sickle"])
    work.panel.counts.grab()


def test_the_canvas_has_their_colours_and_another_colour_is_seen_at_once(qtbot, work):
    press(qtbot, work, (1,), Qt.Key.Key_5, SHIFT)
    assert look_of(work) == ("#7F3C8D", "Si")
    work.services.classes.set((own_class("sickle", code="Sk", colour="#008695", key="Shift+5"), CLUMP))
    settle(qtbot, work)
    assert look_of(work) == ("#008695", "Sk")
    assert lines(work)["sickle"].cell_class.colour == "#008695"
    work.panel.counts.grab()


def test_the_gallery_groups_by_them_and_takes_cells_that_are_dropped_on_them(qtbot, work):
    press(qtbot, work, (1, 2), Qt.Key.Key_5, SHIFT)
    qtbot.keyClick(work.canvas, Qt.Key.Key_G)
    pane = work.gallery.pane
    qtbot.waitUntil(lambda: "sickle" in [g.name for g in pane.view.arrangement.groups] and not pane.pictures.is_busy)
    work.services.selection.set((3,))
    settle(qtbot, work)
    bin_ = pane.bins.rect_of(CLUMP)
    qtbot.mouseClick(pane.bins, Qt.MouseButton.LeftButton, pos=QPoint(bin_.center()))
    assert reviewed(work)[2] == CLUMP
    work.services.classes.set((SICKLE,))
    settle(qtbot, work)
    qtbot.waitUntil(lambda: not pane._soon.isActive() and not pane.pictures.is_busy)
    assert pane.target_at(pane.bins.mapToGlobal(pane.bins.rect_of(SICKLE).center())) == SICKLE
    pane.grab()


def test_they_are_named_in_a_dialog_from_the_menu(qtbot, work):
    work.action_set["own-classes"].trigger()
    dialog = work.classes.dialog
    assert dialog.classes == (SICKLE, CLUMP)
    qtbot.mouseClick(dialog.lines[1].remove, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert work.services.classes.value == (SICKLE,)
    assert work.classes.dialog is None


def test_no_other_action_has_their_keys(work):
    taken = [QKeySequence(k) for s in work.action_set.specs if not s.id.startswith("own-class:") for k in s.keys]
    assert not set(taken) & {QKeySequence(key) for key in DEFAULT_KEYS}
    assert {c.key for c in BUILT_IN}.isdisjoint(DEFAULT_KEYS)


def test_a_case_from_elsewhere_brings_its_classes_though_without_keys(qtbot, work, tmp_path):
    press(qtbot, work, (1,), Qt.Key.Key_5, SHIFT)
    work.services.classes.set(())
    settle(qtbot, work)
    assert reviewed(work)[0] == SICKLE
    assert lines(work)["sickle"].count == 1
    assert SICKLE in work.panel.model.columns.offered
    assert look_of(work) == ("#7F3C8D", "Si")
    press(qtbot, work, (2,), Qt.Key.Key_5, SHIFT)
    assert reviewed(work)[1] is None
    assert isinstance(reviewed(work)[0], CellClass)
    assert reviewed(work)[0].key == ""
