"""The review bar in the window: what it shows of the cell in hand, and a review from the first key to the last."""

import random

import pytest
from PySide6.QtCore import Qt

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.language import tr
from rbc_desktop.reports.summary.rows import CUT_BY_THE_EDGE
from rbc_desktop.turns import is_quiet
from rbc_desktop.ui.review.magnifier import LEAST_PX
from rbc_desktop.ui.review.review_bar import nothing_in_hand
from rbc_desktop.workflows.review.reviewing import review_order
from rbc_desktop.workflows.review.reviewing_controller import ALL_CONFIRMED, ALL_REVIEWED, NO_CLASS_YET
from tests.fakes.casework import make_analysis, make_proposal, write_image


@pytest.fixture
def open_case(qtbot, window, tmp_path):
    """Opens a case with so many fields of so many cells, all analysed."""

    def open_(*, fields=1, cells=12, cut_share=0.0, predicted_share=1.0, name="smear"):
        paths = [tmp_path / f"{name} {n}.png" for n in range(1, fields + 1)]
        for number, path in enumerate(paths):
            write_image(path, number)
        window.services.files.open_paths(paths)
        qtbot.waitUntil(lambda: window.presenter.shows_image and not window.services.files.is_busy, timeout=20_000)
        rng, editor = random.Random(1), window.services.editor
        editor.set_calibration(editor.case.fields, Calibration(0.19, "typed"))  # without a scale no size can be told
        for field_id in editor.case.fields:
            made = editor.add_cells(
                field_id, [make_proposal(rng, cut_share=cut_share) for _ in range(cells)], run=editor.new_run()
            )
            editor.set_analyses([make_analysis(cell, rng, predicted_share=predicted_share) for cell in made])
        settle(qtbot, window)
        window.canvas.setFocus()
        return window

    return open_


def settle(qtbot, window):
    bar = window.review.bar
    qtbot.waitUntil(
        lambda: (
            window.panel.feed.is_settled
            and is_quiet()
            and not window._state_timer.isActive()
            and not bar._soon.isActive()
        )
    )


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(window.canvas, key, modifier)
    settle(qtbot, window)


def current(window):
    return window.services.selection.current


def queue(window):
    order, fields = window.reviewing.order, tuple(window.services.editor.case.fields)
    return review_order(window.panel.model.to_review, order=order, fields=fields).tolist()


def test_n_opens_the_bar_with_the_least_sure_cell_magnified(qtbot, open_case):
    window = open_case()
    bar = window.review.bar
    assert not bar.isVisible()
    press(qtbot, window, Qt.Key.Key_N)
    assert bar.isVisible()
    assert current(window) == queue(window)[0]
    assert bar.magnifier.shows_cell
    assert min(bar.magnifier.width(), bar.magnifier.height()) >= LEAST_PX >= 160
    row = window.panel.model.rows[current(window)]
    assert [(b.cell_class, b._share) for b in bar.choices] == list(row.suggested)
    assert bar.standing.text().lower() == row.review_reason
    assert bar.progress_text.text() == "0 / 12"


def test_a_long_image_name_gives_way_and_is_whole_in_the_tooltip(qtbot, open_case):
    window = open_case(name="00dae381-fd8c-5369-ab10-be3e7ef84b2b")
    press(qtbot, window, Qt.Key.Key_N)
    place = window.review.bar.place
    assert place.fontMetrics().horizontalAdvance(place.text()) <= place.width()
    assert "…" in place.text()
    assert place.toolTip() == f"Cell {current(window)} · 00dae381-fd8c-5369-ab10-be3e7ef84b2b 1.png"


def test_in_a_low_window_the_magnified_cell_gives_way(qtbot, open_case):
    """1920×1080 at 200 %, less title and edges."""
    window = open_case()
    window.resize(960, 500)
    press(qtbot, window, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: window.review.bar.magnifier.width() == LEAST_PX)
    assert window.height() == 500
    assert window.minimumSizeHint().height() <= 500


def test_three_hundred_cells_take_at_most_330_keys(qtbot, open_case):
    """A technician by keyboard: most cells confirmed, some relabelled, now and then back to mend a slip."""
    window = open_case(fields=3, cells=100)
    editor, rng, keys = window.services.editor, random.Random(5), 0
    todo = queue(window)
    assert len(todo) == 300

    def push(key):
        nonlocal keys
        keys += 1
        press(qtbot, window, key)

    push(Qt.Key.Key_N)
    seen = []
    while any(cell.reviewed_class is None for cell in editor.case.cells.values()):
        seen.append(current(window))
        if rng.random() < 0.03 and len(seen) > 1:
            push(Qt.Key.Key_Backspace)
            assert current(window) == seen[-2]
            push(Qt.Key.Key_8)
            assert editor.case.cells[seen[-2]].reviewed_class is CellClass.TEARDROP
            assert current(window) == seen[-1]
        push(rng.choice([Qt.Key.Key_C] * 4 + [Qt.Key.Key_1, Qt.Key.Key_5, Qt.Key.Key_9]))
    assert list(dict.fromkeys(seen)) == todo, "in the order of the review, each once"
    assert keys <= 330
    assert window.review.bar.progress_text.text() == "300 / 300 confirmed"
    assert window.message_bar.text in (tr(ALL_REVIEWED, key="N"), ALL_CONFIRMED)


def test_a_decision_stays_where_it_is_when_going_on_is_off(qtbot, open_case):
    window = open_case()
    press(qtbot, window, Qt.Key.Key_N)
    first = current(window)
    window.review.bar.goes_on.setChecked(False)
    press(qtbot, window, Qt.Key.Key_C)
    assert current(window) == first
    assert window.services.editor.case.cells[first].reviewed_class is not None
    assert window.review.bar.standing.text() == "Confirmed by a person"
    assert not window.services.settings.value.review_goes_on


def test_without_the_bar_nothing_goes_on(qtbot, open_case):
    window = open_case()
    window.services.selection.set((4,))
    settle(qtbot, window)
    press(qtbot, window, Qt.Key.Key_5)
    assert window.services.selection.ids == (4,)
    press(qtbot, window, Qt.Key.Key_R)
    assert current(window) == 4, "the cell in hand stays in hand"
    press(qtbot, window, Qt.Key.Key_R)
    assert not window.review.bar.isVisible()
    press(qtbot, window, Qt.Key.Key_1)
    assert window.services.selection.ids == (4,)


def test_several_selected_cells_are_decided_together_and_stay(qtbot, open_case):
    window = open_case()
    press(qtbot, window, Qt.Key.Key_N)
    window.services.selection.set((2, 3, 4))
    settle(qtbot, window)
    assert window.review.bar.standing.text().startswith("3 cells are selected")
    press(qtbot, window, Qt.Key.Key_5)
    assert window.services.selection.ids == (2, 3, 4)
    assert window.review.bar.progress_text.text() == "3 / 12"


def test_the_buttons_do_what_their_keys_do(qtbot, open_case):
    window = open_case()
    press(qtbot, window, Qt.Key.Key_N)
    bar, editor, todo = window.review.bar, window.services.editor, queue(window)

    def click(button):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        settle(qtbot, window)

    rival = bar.choices[1].cell_class
    click(bar.choices[1])
    assert editor.case.cells[todo[0]].reviewed_class is rival
    click(bar.skip)
    click(bar.confirm)
    assert [editor.case.cells[i].reviewed_class is None for i in todo[:4]] == [False, True, False, True]
    assert current(window) == todo[3]
    click(bar.back)
    assert current(window) == todo[2]
    assert bar.choices[0].accessibleName().endswith(f"key {bar.choices[0].cell_class.key}")
    click(bar.close_button)
    assert not bar.isVisible()
    assert not window.action_set["review-bar"].isChecked()


def test_n_keeps_to_the_filter(qtbot, open_case):
    window = open_case(fields=2, cells=20)
    editor = window.services.editor
    editor.set_class((3, 30), CellClass.STOMATOCYTE)
    settle(qtbot, window)
    window.panel.show_class(CellClass.STOMATOCYTE)
    settle(qtbot, window)
    wanted = {row.cell for row in window.panel.model.rows.values() if row.cell_class is CellClass.STOMATOCYTE}
    reached = set()
    for _ in wanted:
        press(qtbot, window, Qt.Key.Key_N)
        reached.add(current(window))
        press(qtbot, window, Qt.Key.Key_1)
    assert reached <= wanted
    assert reached | {3, 30} == wanted


def test_a_cell_without_a_class_asks_for_one(qtbot, open_case):
    window = open_case(predicted_share=0.0)
    press(qtbot, window, Qt.Key.Key_N)
    first = current(window)
    assert window.review.bar.standing.text().lower() == window.panel.model.rows[first].review_reason
    assert not any(button.isVisible() for button in window.review.bar.choices)
    press(qtbot, window, Qt.Key.Key_C)
    assert current(window) == first
    assert window.message_bar.text == NO_CLASS_YET
    press(qtbot, window, Qt.Key.Key_1)
    assert current(window) != first


def test_cells_at_the_edge_say_so(qtbot, open_case):
    window = open_case(cut_share=1.0)
    press(qtbot, window, Qt.Key.Key_N)
    assert window.review.bar.standing.text().lower().startswith(CUT_BY_THE_EDGE)
    assert window.review.bar.progress_text.text() == "No cells"


def test_the_order_goes_over_all_fields_and_is_remembered(qtbot, open_case):
    window = open_case(fields=2, cells=8)
    bar, cells = window.review.bar, window.services.editor.case.cells
    press(qtbot, window, Qt.Key.Key_N)
    bar.order_box.setCurrentIndex(1)
    bar.order_box.activated.emit(1)
    assert window.reviewing.order == "least sure"
    assert window.services.settings.value.review_order == "least sure"
    window.services.selection.clear()
    settle(qtbot, window)
    reached = []
    for _ in range(16):
        press(qtbot, window, Qt.Key.Key_N)
        reached.append(current(window))
        press(qtbot, window, Qt.Key.Key_1)
        window.services.selection.clear()
    sureness = [window.panel.model.rows[i].sureness for i in reached]
    assert sureness == sorted(sureness)
    assert {cells[i].field_id for i in reached} == {1, 2}
    assert len(set(reached)) == 16


def test_a_small_cell_is_brought_close_and_a_large_one_left_as_it_is(qtbot, open_case):
    window = open_case()
    window.canvas.set_zoom(0.5)
    press(qtbot, window, Qt.Key.Key_N)
    box = window.services.editor.case.cells[current(window)].mask.box
    assert max(box.width, box.height) * window.canvas.camera.scale == pytest.approx(88, rel=0.02)
    assert window.canvas.visible_box.intersection(box) == box
    zoom = window.canvas.zoom
    press(qtbot, window, Qt.Key.Key_N)
    assert window.canvas.zoom == zoom


def test_backspace_takes_back_a_point_while_a_proposal_is_open(qtbot, open_case):
    from rbc_desktop.domain.cells.prompts import PromptPoint
    from rbc_desktop.ui.canvas.overlay.items import ProposalView

    window, heard = open_case(), []
    window.canvas.remove_point_requested.connect(lambda: heard.append(1))
    press(qtbot, window, Qt.Key.Key_N)
    press(qtbot, window, Qt.Key.Key_N)
    here = current(window)
    window.canvas.set_proposal(ProposalView((PromptPoint(20, 20),)))
    window.action_set["previous-review"].setEnabled(False)  # as the window does while a proposal is open
    qtbot.keyClick(window.canvas, Qt.Key.Key_Backspace)
    assert heard == [1]
    assert current(window) == here


def test_the_bar_hides_with_the_panels_and_says_what_to_do_when_nothing_is_in_hand(qtbot, open_case):
    window = open_case()
    press(qtbot, window, Qt.Key.Key_N)
    press(qtbot, window, Qt.Key.Key_F9)
    assert not window.review.bar.isVisible()
    press(qtbot, window, Qt.Key.Key_F9)
    assert window.review.bar.isVisible()
    window.services.selection.clear()
    settle(qtbot, window)
    assert window.review.bar.standing.text() == nothing_in_hand()
    assert not window.review.bar.magnifier.shows_cell
