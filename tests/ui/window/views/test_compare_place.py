"""Two fields beside each other in the window."""

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.ui.viewing.compare_pane import ANOTHER
from rbc_desktop.workflows.viewing.comparing import Side
from tests.fakes.casework import make_proposal, write_image


@pytest.fixture
def work(qtbot, window, pictures):
    """The window with three fields, the first one shown."""
    window.resize(1300, 800)
    window.services.files.open_paths(pictures)
    qtbot.waitUntil(lambda: window.presenter.shows_image and len(window.services.editor.case.fields) == 3)
    window.services.editor.set_current_field(1)
    qtbot.waitUntil(lambda: window.canvas.field_id == 1 and window.action_set["compare"].isEnabled())
    window.canvas.setFocus()
    return window


@pytest.fixture
def beside(qtbot, work):
    """The same with the second field beside."""
    qtbot.keyClick(work.canvas, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: work.compare.pane.canvas.field_id == 2)
    return work


@pytest.fixture
def other_case(tmp_path):
    """A saved case with a field of cells, at another scale."""
    import random

    folder = tmp_path / "other"
    folder.mkdir()
    image = write_image(folder / "older smear.png", 7)
    store = CaseFile.create(folder / "older.rbc")
    editor = CaseEditor(Case(), store)
    editor.add_fields([image.facts])
    rng = random.Random(3)
    editor.add_cells(1, [make_proposal(rng, cut_share=0) for _ in range(5)], run=editor.new_run())
    editor.set_calibration((1,), Calibration(0.2, "typed"))
    store.close()
    return folder / "older.rbc"


def choose(pane, text):
    index = pane.choice.findText(text)
    assert index >= 0, [pane.choice.itemText(i) for i in range(pane.choice.count())]
    pane.choice.setCurrentIndex(index)
    pane.choice.activated.emit(index)


def test_a_key_shows_the_neighbour_beside_and_hides_it_again(qtbot, beside):
    pane = beside.compare.pane
    assert pane.isVisible()
    assert abs(pane.width() - beside.middle.width()) < 0.1 * pane.width()
    assert pane.choice.currentText() == "smear 2.png"
    qtbot.keyClick(beside.canvas, Qt.Key.Key_F8)
    assert not pane.isVisible()
    assert beside.canvas.hasFocus()


def test_an_image_that_was_fitted_is_fitted_again_when_the_second_one_goes(qtbot, work):
    editor, canvas = work.services.editor, work.canvas
    editor.set_calibration((1,), Calibration(0.1, "typed"))
    editor.set_calibration((2,), Calibration(0.2, "typed"))
    canvas.fit()
    zoom = canvas.zoom
    for width in (1300, 1250):
        qtbot.keyClick(canvas, Qt.Key.Key_F8)
        qtbot.waitUntil(lambda: work.compare.pane.canvas.field_id == 2)
        second = work.compare.pane.canvas
        work.resize(width, 800)
        assert second.camera.scale == pytest.approx(2 * canvas.camera.scale)
        assert canvas.view_state.fitted
        work.resize(1300, 800)
        qtbot.keyClick(canvas, Qt.Key.Key_F8)
        qtbot.waitUntil(lambda: canvas.zoom == pytest.approx(zoom))


def top(widget):
    return widget.mapToGlobal(QPoint(0, 0)).y()


def test_both_images_lie_at_one_height_below_the_names_of_their_fields(qtbot, beside):
    own, pane = beside.compare.own, beside.compare.pane
    for width in (1300, 860):  # the head of the second one takes two lines
        beside.resize(width, 800)
        qtbot.waitUntil(lambda: top(beside.canvas) == top(pane.canvas))
        assert own.head.height() == pane.head.height()
        assert beside.canvas.height() == pane.canvas.height()
    assert own.name.whole == "smear 1.png"
    beside.services.editor.set_current_field(3)
    assert own.name.whole == "smear 10.png"


def test_the_name_above_the_image_goes_with_the_second_one_and_while_the_gallery_is_shown(qtbot, beside, add_cells_to):
    add_cells_to(beside.services.editor, 1, 2)
    own = beside.compare.own
    assert own.head.isVisible()
    qtbot.waitUntil(beside.action_set["gallery"].isEnabled)
    beside.action_set["gallery"].setChecked(True)
    assert not own.head.isVisible()
    beside.action_set["gallery"].setChecked(False)
    assert own.head.isVisible()
    beside.action_set["compare"].setChecked(False)
    assert not own.head.isVisible()


def test_any_field_can_be_chosen_and_its_cells_are_drawn_and_follow(qtbot, beside, add_cells_to):
    editor, pane = beside.services.editor, beside.compare.pane
    choose(pane, "smear 10.png")
    qtbot.waitUntil(lambda: pane.canvas.field_id == 3)
    cells = add_cells_to(editor, 3, 4)
    qtbot.waitUntil(lambda: len(pane.canvas.layers.cells.index.ids) == 4)
    editor.remove_cells([cells[0].id])
    qtbot.waitUntil(lambda: len(pane.canvas.layers.cells.index.ids) == 3)
    assert editor.current_field.id == 1, "the field that is worked on stays"


def test_nothing_can_be_changed_on_the_second_image(qtbot, beside, add_cells_to):
    editor, pane = beside.services.editor, beside.compare.pane
    add_cells_to(editor, 2, 3)
    qtbot.waitUntil(lambda: len(pane.canvas.layers.cells.index.ids) == 3)
    before, step = dict(editor.case.cells), editor.undo_text
    pane.canvas.setFocus()
    for key in (Qt.Key.Key_Period, Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Right, Qt.Key.Key_Period):
        qtbot.keyClick(pane.canvas, key)
    qtbot.mouseClick(pane.canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier)
    assert editor.case.cells == before
    assert editor.undo_text == step
    assert len(beside.services.selection) == 0


def test_linked_images_zoom_and_move_together_at_one_scale(beside):
    editor, main, pane = beside.services.editor, beside.canvas, beside.compare.pane
    editor.set_calibration((1,), Calibration(0.1, "typed"))
    editor.set_calibration((2,), Calibration(0.2, "typed"))
    main.set_zoom(3)
    assert pane.canvas.camera.scale == pytest.approx(2 * main.camera.scale)
    start = pane.canvas.camera.centre
    main.pan_by(-24, 12)
    moved = pane.canvas.camera.centre
    assert ((moved.x - start.x) * pane.canvas.camera.scale, (moved.y - start.y) * pane.canvas.camera.scale) == (
        pytest.approx(24), pytest.approx(-12),
    )  # fmt: skip
    pane.canvas.set_zoom(2)
    assert main.camera.scale == pytest.approx(pane.canvas.camera.scale / 2)
    pane.linked.setChecked(False)
    main.set_zoom(5)
    assert pane.canvas.zoom == pytest.approx(2)
    pane.linked.setChecked(True)
    assert pane.canvas.camera.scale == pytest.approx(2 * main.camera.scale)


def test_an_image_of_another_size_is_shown_whole_at_first(qtbot, work, tmp_path):
    cv2.imwrite(str(tmp_path / "wide.png"), np.full((300, 900, 3), 200, np.uint8))
    work.services.files.open_paths([tmp_path / "wide.png"])
    qtbot.waitUntil(lambda: len(work.services.editor.case.fields) == 4)
    work.services.editor.set_current_field(3)
    qtbot.waitUntil(lambda: work.canvas.field_id == 3)
    work.action_set["compare"].setChecked(True)
    work.compare.pane.linked.setChecked(False)
    qtbot.waitUntil(lambda: work.compare.pane.canvas.field_id == 4)
    work.compare.pane.canvas.fit()
    seen = work.compare.pane.canvas.visible_box
    assert (seen.x0, seen.x1) == (0, 900)


def test_another_case_is_read_beside_and_its_file_stays_as_it_is(qtbot, beside, other_case, monkeypatch):
    pane, before = beside.compare.pane, other_case.read_bytes()
    monkeypatch.setattr("rbc_desktop.ui.window.views.compare_place.QFileDialog.getOpenFileName",
                        lambda *_: (str(other_case), ""))  # fmt: skip
    choose(pane, ANOTHER)
    qtbot.waitUntil(lambda: len(pane.canvas.layers.cells.index.ids) == 5)
    assert pane.choice.currentText() == "older: older smear.png"
    assert pane.canvas.scale_bar.text
    assert beside.services.editor.case.cells == {}
    assert other_case.read_bytes() == before
    CaseFile.open(other_case)[0].close()
    choose(pane, "smear 2.png")
    qtbot.waitUntil(lambda: pane.canvas.field_id == 2)
    choose(pane, "older: older smear.png")
    qtbot.waitUntil(lambda: len(pane.canvas.layers.cells.index.ids) == 5)


def test_a_case_that_cannot_be_read_is_said_and_the_field_stays(qtbot, beside, tmp_path):
    (tmp_path / "bad.rbc").write_bytes(b"no case")
    beside.compare.comparing.open_case(tmp_path / "bad.rbc")
    qtbot.waitUntil(lambda: "bad.rbc" in beside.message_bar.text)
    assert beside.compare.pane.canvas.field_id == 2


def test_a_missing_image_of_the_other_case_is_said_in_its_place(qtbot, beside, other_case):
    (other_case.parent / "older smear.png").unlink()
    beside.compare.comparing.open_case(other_case)
    pane = beside.compare.pane
    qtbot.waitUntil(lambda: "older smear.png" in pane.notice.text() and pane.notice.isVisible())


def test_an_adjusted_field_is_adjusted_here_too_and_another_case_never(qtbot, beside, other_case):
    beside.viewing.dialog.sliders["brightness"].setValue(30)
    pane = beside.compare.pane
    assert pane.canvas.layers.field.adjustment.brightness == 30
    assert beside.compare.mark.isVisible()
    beside.compare.comparing.open_case(other_case)
    qtbot.waitUntil(lambda: pane.canvas.field_id == -1)
    assert pane.canvas.layers.field.adjustment.is_neutral
    assert not beside.compare.mark.isVisible()


def test_a_case_of_one_field_says_what_can_be_done(qtbot, window, pictures):
    window.services.files.open_paths(pictures[:1])
    qtbot.waitUntil(lambda: window.presenter.shows_image and window.action_set["compare"].isEnabled())
    window.action_set["compare"].setChecked(True)
    assert "another case" in window.compare.pane.notice.text()
    assert window.compare.comparing.side is None


def test_the_field_beside_goes_with_its_case(qtbot, beside):
    assert beside.compare.comparing.side == Side(2)
    beside.services.files.new_case()
    qtbot.waitUntil(lambda: not beside.services.editor.case.fields)
    assert beside.compare.comparing.side is None
    assert beside.compare.pane.canvas.field_id is None
