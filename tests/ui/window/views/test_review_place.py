"""What a person has classified is deleted only with a reason, which the audit trail keeps."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.turns import is_quiet
from rbc_desktop.ui.look.reason_dialog import ReasonDialog
from tests.fakes.casework import write_image


@pytest.fixture
def work(image_window, add_cells_to):
    """The window with six cells, the first of them classified by a person."""
    editor = image_window.services.editor
    add_cells_to(editor, 1, 6, seed=3, predicted_share=1)
    editor.set_class([1], CellClass.NORMAL)
    return image_window


def asked(window):
    """The open question, or None."""
    return next((d for d in window.findChildren(ReasonDialog) if d.isVisible()), None)


def last_row(window):
    return window.services.editor.store.trail(most=1000)[-1]


def test_cells_that_nobody_has_classified_are_deleted_at_once(work):
    work.services.selection.set((2, 3))
    work.reviewing.delete()
    assert asked(work) is None
    assert sorted(work.services.editor.case.cells) == [1, 4, 5, 6]


def test_classified_cells_ask_for_a_reason_first(work):
    work.services.selection.set((1, 4))
    work.reviewing.delete()
    dialog = asked(work)
    assert 1 in work.services.editor.case.cells
    dialog.reject()
    assert 1 in work.services.editor.case.cells
    work.reviewing.delete()
    dialog = asked(work)
    dialog.reason.setCurrentIndex(1)
    dialog.ok.click()
    assert sorted(work.services.editor.case.cells) == [2, 3, 5, 6]
    assert (last_row(work).action, last_row(work).reason) == ("Delete 2 cells", "debris or stain")
    work.services.editor.undo()
    assert work.services.editor.case.cells[1].reviewed_class is CellClass.NORMAL


def test_a_field_with_classified_cells_asks_for_a_reason_first(work):
    work.presenter._remove(1)
    dialog = asked(work)
    assert any("1 cell of smear.png" in label.text() for label in dialog.findChildren(QLabel))
    dialog.reason.setEditText("photographed twice")
    dialog.ok.click()
    assert work.services.editor.case.fields == {}
    assert (last_row(work).action, last_row(work).reason) == ("Remove smear.png", "photographed twice")


class LowScreen:
    """Of 1366×768 at 150 %, without its task bar and a title bar."""

    def availableGeometry(self):
        return QRect(0, 0, 910, 472)


def test_on_a_low_screen_the_bar_scrolls_and_the_window_fits(qtbot, monkeypatch, work):
    """It made the window 577 pixels high."""
    page = work.review.page
    work.action_set["review-bar"].setChecked(True)
    qtbot.waitUntil(lambda: page.isVisible() and not work._state_timer.isActive())
    work.resize(1100, 780)
    qtbot.waitUntil(lambda: page.height() >= work.review.bar.height() - 1)  # nothing is cut off where there is room
    assert not page.verticalScrollBar().isVisible()
    monkeypatch.setattr(page, "screen", LowScreen)
    page.updateGeometry()

    def fits():
        work.resize(910, 442)
        return work.height() == 442

    qtbot.waitUntil(fits)
    qtbot.waitUntil(page.verticalScrollBar().isVisible)


def test_images_that_are_added_leave_the_cell_in_hand_where_it_is(qtbot, window, at_work, tmp_path):
    at_work(window)
    editor, more = window.services.editor, [write_image(tmp_path / f"more {n}.png", n).path for n in (7, 8, 9)]
    window.action_set["review-bar"].setChecked(True)
    cell = window.services.selection.current
    window.services.files.open_paths(more[:2])
    qtbot.waitUntil(lambda: len(editor.case.fields) == 4)
    assert editor.current_field.id == 1
    assert window.services.selection.current == cell is not None
    window.action_set["review-bar"].setChecked(False)
    qtbot.waitUntil(lambda: not window.services.files.is_busy)
    window.services.files.open_paths(more[2:])
    qtbot.waitUntil(lambda: editor.current_field.id == 5)


def test_the_first_cell_is_in_hand_before_the_bar_takes_its_room(qtbot, work):
    bar = work.action_set["review-bar"]
    qtbot.waitUntil(lambda: work.panel.feed.is_settled)
    bar.setChecked(True)
    assert work.services.selection.current is not None
    assert not work.review.bar.isVisible()
    qtbot.waitUntil(work.review.bar.isVisible)
    bar.setChecked(False)
    assert not work.review.bar.isVisible()
    bar.setChecked(True)
    bar.setChecked(False)
    qtbot.waitUntil(is_quiet)
    assert not work.review.bar.isVisible()
