"""The window as a technician meets it: empty state, keys, panels, status line, messages."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from rbc_desktop import RESEARCH_USE_ONLY
from rbc_desktop.domain.cells.prompts import PromptPoint
from rbc_desktop.domain.classes.taxonomy import BUILT_IN, CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.engine import jobs
from rbc_desktop.ui.canvas.overlay.items import ProposalView
from rbc_desktop.ui.look.reason_dialog import ReasonDialog
from rbc_desktop.ui.window.actions.tool_bar import FOLDED
from rbc_desktop.workflows.review.reviewing import review_order
from tests.fakes.casework import write_image


@pytest.fixture
def work(qtbot, image_window, add_cells_to):
    """The window with one field of six analysed cells."""
    editor = image_window.services.editor
    add_cells_to(editor, 1, 6)
    settle(qtbot, image_window)
    image_window.canvas.setFocus()
    return image_window


def settle(qtbot, window):
    qtbot.waitUntil(lambda: window.panel.feed.is_settled and not window._state_timer.isActive())


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(window.canvas, key, modifier)
    settle(qtbot, window)


def test_the_empty_window_says_what_to_do(window):
    assert window.host.shown is window.host.welcome
    assert not window.action_set["export"].isEnabled()
    assert window.action_set["open"].isEnabled()
    assert window.line.zoom.text() == "–"


def test_the_intended_use_is_always_named(qtbot, window):
    for width in (1500, 1024, 800):
        window.resize(width, 700)
        qtbot.waitUntil(lambda: window.line.research_use.isVisible())
        assert "Research Use Only" in window.line.research_use.text()
        assert window.line.research_use.toolTip() == RESEARCH_USE_ONLY


def test_an_uncalibrated_field_is_said_to_be_so(work):
    assert "not calibrated" in work.line.scale.text().lower()
    work.services.editor.set_calibration((1,), Calibration(0.125, "typed"))
    assert work.line.scale.text() == "0.125 µm/px (typed)"


def test_digits_set_the_class_and_undo_takes_it_back(qtbot, work):
    work.services.selection.set((2, 3))
    settle(qtbot, work)
    press(qtbot, work, Qt.Key.Key_5)
    reviewed = [c.reviewed_class for c in work.services.editor.case.cells.values()]
    assert reviewed == [None, CellClass.TARGET_CELL, CellClass.TARGET_CELL, None, None, None]
    assert work.action_set["undo"].text().startswith("Undo: Set 2 cells")
    press(qtbot, work, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not any(c.reviewed_class for c in work.services.editor.case.cells.values())
    press(qtbot, work, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert work.services.editor.case.cells[2].reviewed_class is CellClass.TARGET_CELL


def test_held_undo_stops_where_the_image_was_opened_and_goes_on_when_asked(qtbot, work):
    editor = work.services.editor
    for _ in range(5):
        press(qtbot, work, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert list(editor.case.fields) == [1]
    assert not editor.case.cells
    assert work.message_bar.text.startswith(f"Undo stops at “Add {editor.case.fields[1].name}”")
    editor.set_calibration([1], Calibration(0.2, "typed"))
    assert work.message_bar.text == "", "it is no longer about the next step"
    for _ in range(2):
        press(qtbot, work, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.mouseClick(work.message_bar._button, Qt.MouseButton.LeftButton)
    assert not editor.case.fields
    work.action_set["redo"].trigger()
    assert list(editor.case.fields) == [1]


def test_a_claim_of_size_without_a_scale_is_pointed_out(qtbot, work):
    work.services.selection.set((2,))
    settle(qtbot, work)
    press(qtbot, work, Qt.Key.Key_2)
    assert work.services.editor.case.cells[2].reviewed_class is CellClass.MACROCYTE
    assert "not calibrated" in work.message_bar.text


def test_delete_select_all_and_confirm_by_key(qtbot, work):
    press(qtbot, work, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(work.services.selection) == 6
    assert work.line.cells.text().endswith(", 6 selected")
    press(qtbot, work, Qt.Key.Key_C)
    shown = {row.cell: row for row in work.panel.model.shown}
    assert all(row.reviewed for row in shown.values() if row.predicted_class is not None)
    work.services.selection.set((1, 2))
    settle(qtbot, work)
    press(qtbot, work, Qt.Key.Key_Delete)
    dialog = work.findChild(ReasonDialog)
    qtbot.keyClicks(dialog.reason.lineEdit(), "debris")
    qtbot.keyClick(dialog.reason.lineEdit(), Qt.Key.Key_Return)
    assert list(work.services.editor.case.cells) == [3, 4, 5, 6]


def test_confirming_keeps_the_class_that_is_shown_without_a_scale(qtbot, work):
    """What the table says is what C confirms: no size class is confirmed on a field without a calibration."""
    before = {row.cell: row.cell_class for row in work.panel.model.shown if row.predicted_class is not None}
    work.services.selection.set(before)
    settle(qtbot, work)
    press(qtbot, work, Qt.Key.Key_C)
    cells = work.services.editor.case.cells
    assert {i: cells[i].reviewed_class for i in before} == before


def test_n_goes_from_the_least_sure_cell_to_the_next(qtbot, work):
    order = review_order(work.panel.model.to_review, order="field", fields=(1,))
    press(qtbot, work, Qt.Key.Key_N)
    assert work.services.selection.ids == (order[0],)
    press(qtbot, work, Qt.Key.Key_N)
    assert work.services.selection.ids == (order[1],)


def test_when_every_cell_is_confirmed_n_says_so(qtbot, work):
    work.services.editor.set_class(range(1, 7), CellClass.NORMAL)
    settle(qtbot, work)
    press(qtbot, work, Qt.Key.Key_N)
    assert work.message_bar.text == "Every cell has been confirmed."


def test_tools_by_key_and_by_button(qtbot, work):
    press(qtbot, work, Qt.Key.Key_V)
    assert work.canvas.tool.value == "select"
    assert work.action_set["tool-select"].isChecked()
    press(qtbot, work, Qt.Key.Key_B)
    assert work.canvas.tool.value == "box"
    work.action_set["tool-point"].trigger()
    assert work.canvas.tool.value == "point"


@pytest.mark.parametrize(
    ("action", "key", "signal"),
    [
        ("accept", Qt.Key.Key_Return, "accept_requested"),
        ("accept", Qt.Key.Key_Enter, "accept_requested"),
        ("drop", Qt.Key.Key_Escape, "drop_requested"),
        ("remove-point", Qt.Key.Key_Backspace, "remove_point_requested"),
        ("next-candidate", Qt.Key.Key_Tab, "next_candidate_requested"),
    ],
)
def test_key_and_menu_take_the_same_way_once(qtbot, work, action, key, signal):
    heard = []
    getattr(work.canvas, signal).connect(lambda: heard.append(signal))
    work.canvas.set_proposal(ProposalView((PromptPoint(20, 20),)), candidates=2)
    work.action_set[action].setEnabled(True)
    qtbot.keyClick(work.canvas, key)
    assert heard == [signal]
    work.action_set[action].trigger()
    assert heard == [signal] * 2


def test_one_key_hides_everything_but_the_image_and_brings_it_back(qtbot, work):
    press(qtbot, work, Qt.Key.Key_F9)
    assert not work.panel_dock.isVisible()
    assert not work.view.tool_bar.isVisible()
    assert work.line.research_use.isVisible()
    press(qtbot, work, Qt.Key.Key_V)
    assert work.canvas.tool.value == "select", "keys work while the toolbar is hidden"
    press(qtbot, work, Qt.Key.Key_F9)
    assert work.panel_dock.isVisible()
    assert work.view.tool_bar.isVisible()


def test_outlines_by_key_and_their_strength(qtbot, work):
    press(qtbot, work, Qt.Key.Key_O)
    assert not work.canvas.overlay_visible
    assert not work.services.settings.value.overlay_visible
    press(qtbot, work, Qt.Key.Key_O)
    work.view.opacity.setValue(40)
    assert work.services.settings.value.overlay_opacity == pytest.approx(0.4)


def test_letters_typed_into_the_calibration_are_not_shortcuts(qtbot, work):
    work.calibrating.open()
    dialog = work.calibrating.dialog
    dialog.typed.clear()
    qtbot.keyClicks(dialog.typed, "0.5")
    assert dialog.typed.text() == "0.5"
    assert work.services.editor.case.cells[1].reviewed_class is None
    dialog.close()


def test_a_line_drawn_on_the_image_calibrates_every_field(qtbot, work, tmp_path):
    write_image(tmp_path / "second.png", 5)
    work.services.files.open_paths([tmp_path / "second.png"])
    qtbot.waitUntil(lambda: len(work.services.editor.case.fields) == 2 and not work.services.files.is_busy)
    qtbot.waitUntil(lambda: work.presenter.shows_image)
    work.calibrating.open()
    dialog = work.calibrating.dialog
    dialog.by_line.setChecked(True)
    assert work.canvas.tool.value == "line"
    start, end = (work.canvas.to_view(p).toPoint() for p in _points((50, 100), (130, 100)))
    view = work.canvas.viewport()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, (start + end) / 2)
    qtbot.mouseMove(view, end)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    dialog.length_um.setText("10")
    dialog.scope.setCurrentIndex(1)
    qtbot.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)
    scales = [field.calibration for field in work.services.editor.case.fields.values()]
    assert all(scale is not None and scale.source == "line" for scale in scales)
    assert scales[0].um_per_px == pytest.approx(10 / 80, rel=0.05)
    assert work.canvas.tool.value == "point", "the tool from before comes back"


def _points(*pairs):
    from rbc_desktop.domain.geometry import Point

    return [Point(*pair) for pair in pairs]


def test_the_engine_is_heard_in_the_status_line(work):
    engine = work.services.engine
    engine.ready.emit(jobs.EngineReady("cpu", "compact-sam2 1 (ab)", "rbc 1 (cd)", 0.131, ("CUDA can't be used.",)))
    assert work.line.device.text() == "CPU · 0.13 s per tile"
    assert work.message_bar.text == "CUDA can't be used."
    ticket = jobs.Ticket(1, 7)
    engine.progress.emit(jobs.Progress(ticket, "classify", 3, 10))
    assert work.line.progress.isVisible()
    assert work.line.cancel.isVisible()
    assert work.line.progress.value() == 3
    engine.task_finished.emit(jobs.TaskFinished(ticket, "classify", 12))
    assert not work.line.progress.isVisible()


def test_missing_models_are_said_to_be_missing(work):
    work.services.engine.failed.emit(jobs.Failure(None, "The models are missing; install the application again."))
    assert work.message_bar.level == "error"
    assert work.line.device.text() == "No model"


def test_the_texts_of_the_status_line_never_widen_the_window(qtbot, work):
    work.resize(900, 640)
    width = work.width()
    work.line.show_progress("Measuring and classifying", 1, 2)
    work.line.show_cells(12345, 6789)
    work.show_message("A sentence that is long enough to need more than one line in a narrow window. " * 3, "warning")
    qtbot.waitUntil(lambda: work.line.progress.isVisible())
    assert work.width() == width
    assert work.minimumSizeHint().width() < 900


@pytest.mark.parametrize("width", [1400, 1024, 720])
def test_every_button_of_the_toolbar_is_in_reach_at_any_width(qtbot, work, width):
    work.resize(width, 640)
    bar = work.view.tool_bar
    button = bar.widgetForAction(work.action_set["export"])
    qtbot.waitUntil(lambda: work.width() == width and button.isVisible())
    assert button.geometry().right() <= bar.width()
    assert bar.sizeHint().width() <= width
    in_bar = [each for each in bar.findChildren(QToolButton) if each.isVisible()]
    actions = {each.defaultAction() for each in in_bar} | {a for b in in_bar if b.menu() for a in b.menu().actions()}
    assert {work.action_set[name] for name in FOLDED} <= actions


def test_a_message_goes_when_it_is_dismissed(qtbot, work):
    work.show_message("The disk is full.", "error")
    assert work.message_bar.text == "The disk is full."
    qtbot.mouseClick(work.message_bar._close, Qt.MouseButton.LeftButton)
    assert work.message_bar.text == ""


def test_the_context_menu_holds_every_class(work):
    work.services.selection.set((1,))
    menu = work.action_set.cell_menu(work)
    texts = [action.text() for action in menu.actions()[1].menu().actions() if action.isVisible()]
    assert len(texts) == len(BUILT_IN)
    work._show_cell_menu(QPoint(10, 10))


def test_geometry_and_theme_are_remembered(qtbot, window):
    from rbc_desktop.storage.laboratory.settings import load_settings
    from rbc_desktop.storage.paths import settings_file

    window.resize(1111, 700)
    window.dialogs.preferences._themes["dark"].trigger()
    window.close()
    window.services.settings.flush()
    stored = load_settings(settings_file())
    assert stored.theme == "dark"
    assert stored.window_geometry
    window.dialogs.preferences._themes["system"].trigger()


def test_a_banner_moves_nothing_and_lies_on_top(qtbot, work):
    before, view = work.canvas.geometry(), work.canvas.visible_box
    work.show_message("Something is not as you may think. " * 8, "warning")
    qtbot.waitUntil(work.message_bar.isVisible)
    assert (work.canvas.geometry(), work.canvas.visible_box) == (before, view)
    bar = work.message_bar
    assert bar.geometry().topLeft() == QPoint(0, 0)
    assert bar.width() == work.host.width()
    assert bar.height() >= bar._text.heightForWidth(bar._text.width()), "the whole sentence is to be seen"
    assert work.middle.childAt(work.host.width() // 2, bar.height() // 2) in (bar, *bar.findChildren(QWidget))
    work.resize(work.width() + 60, work.height())
    qtbot.waitUntil(lambda: bar.width() == work.host.width())


@pytest.mark.parametrize("end", ["undone", "calibrated", "another class", "case replaced"])
def test_a_banner_goes_when_what_it_says_is_over(qtbot, work, tmp_path, end):
    work.services.selection.set((2,))
    settle(qtbot, work)
    press(qtbot, work, Qt.Key.Key_2)
    editor = work.services.editor
    assert "not calibrated" in work.message_bar.text
    editor.set_class((3,), CellClass.NORMAL)
    assert "not calibrated" in work.message_bar.text, "it is still so"
    if end == "undone":
        editor.undo()
        editor.undo()
    elif end == "calibrated":
        editor.set_calibration((1,), Calibration(0.1, "typed"))
    elif end == "another class":
        editor.set_class((2,), CellClass.NORMAL)
    else:
        work.services.files.new_case()
    qtbot.waitUntil(lambda: "not calibrated" not in work.message_bar.text)


def test_the_error_of_a_step_goes_with_the_next_step_that_succeeds(work):
    notices = work.services.notices
    notices.error("The disk is full.", holds=notices.until_next_step())
    assert work.message_bar.text == "The disk is full."
    work.services.editor.set_class((3,), CellClass.NORMAL)
    assert work.message_bar.text == ""
    notices.error("This one stays.")
    work.services.editor.set_class((4,), CellClass.NORMAL)
    assert work.message_bar.text == "This one stays."


def test_another_field_is_shown_in_a_turn_of_its_own_and_one_that_is_gone_is_left_at_once(qtbot, window, at_work):
    at_work(window)
    editor, canvas = window.services.editor, window.canvas
    qtbot.waitUntil(lambda: canvas.field_id == 1)
    window.action_set["next-field"].trigger()
    assert (editor.current_field.id, canvas.field_id) == (2, 1)
    qtbot.waitUntil(lambda: canvas.field_id == 2)
    editor.remove_field(2)
    assert canvas.field_id is None
    assert window.session.prompts.field_id is None
    qtbot.waitUntil(lambda: canvas.field_id == 1)
