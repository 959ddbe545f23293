"""The gallery in the window: in its own one, and with similar cells first."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.ui.window.status.message_bar import MessageBar
from rbc_desktop.workflows.review.gallery import SORT_NAMES
from rbc_desktop.workflows.review.likeness_controller import NO_LOOK, SELECT_FIRST
from tests.ui.gallery.test_gallery_pane import (
    LEFT,
    SHIFT,
    click,
    gallery,  # noqa: F401
    reviewed,
    settle,
    view_of,
)


def test_the_gallery_in_its_own_window_leaves_the_image_and_knows_the_keys(qtbot, gallery):  # noqa: F811
    gallery.action_set["gallery-window"].setChecked(True)
    place = gallery.gallery
    qtbot.waitUntil(place.own_window.isVisible)
    assert gallery.middle.currentWidget() is gallery.host
    assert not gallery.action_set["gallery"].isChecked()
    settle(qtbot, gallery)
    place.own_window.activateWindow()
    qtbot.waitUntil(place.own_window.isActiveWindow)
    click(qtbot, gallery, 2)
    qtbot.keyClick(view_of(gallery), Qt.Key.Key_5)
    settle(qtbot, gallery)
    assert reviewed(gallery)[2] is CellClass.TARGET_CELL
    qtbot.mouseClick(place.pane.confirm_all, LEFT)
    settle(qtbot, gallery)
    bar = place.own_window.findChild(MessageBar)
    assert bar.isVisible(), "what was done is said in the window in front"
    assert "cells confirmed" in bar.text
    place.own_window.close()
    assert not gallery.action_set["gallery-window"].isChecked()
    gallery.action_set["gallery"].setChecked(True)
    assert place.is_in_the_middle
    assert view_of(gallery).isVisible()


def test_similar_cells_of_all_fields_come_first_and_one_key_gives_them_the_class(qtbot, gallery):  # noqa: F811
    editor, view = gallery.services.editor, view_of(gallery)
    editor.set_class((3,), CellClass.BURR_CELL)
    rng = np.random.default_rng(1)
    alike = editor.case.analyses[3].look
    twins = (8, 26, 33)
    editor.set_analyses(
        replace(editor.case.analyses[i], look=(alike + 0.02 * rng.normal(size=len(alike))).astype(np.float16))
        for i in twins
    )
    settle(qtbot, gallery)
    click(qtbot, gallery, 3)
    with qtbot.waitSignal(gallery.gallery.likeness.found, timeout=10_000):
        qtbot.keyClick(view, Qt.Key.Key_W)
    settle(qtbot, gallery)
    ids = view.arrangement.ids.tolist()
    assert len(ids) == 40, "of both fields"
    assert ids[0] == 3
    assert set(ids[1:4]) == set(twins)
    assert "A makes them burr cell" in gallery.message_bar.text
    without_look = {i for i, a in editor.case.analyses.items() if a.look is None}
    assert without_look
    assert set(ids[-len(without_look) :]) == without_look
    click(qtbot, gallery, ids[1])
    click(qtbot, gallery, ids[3], SHIFT)
    qtbot.keyClick(view, Qt.Key.Key_A)
    settle(qtbot, gallery)
    assert {reviewed(gallery)[i] for i in twins} == {CellClass.BURR_CELL}
    assert editor.undo_text == "Set 3 cells to burr cell"


def test_similar_cells_are_looked_for_among_all_whatever_the_filter_shows(qtbot, gallery):  # noqa: F811
    gallery.panel.show_class(CellClass.NORMAL)
    gallery.panel.show_review_only(True)
    gallery.panel.show_review_only(False)
    settle(qtbot, gallery)
    click(qtbot, gallery, 3)
    with qtbot.waitSignal(gallery.gallery.likeness.found, timeout=10_000):
        qtbot.keyClick(view_of(gallery), Qt.Key.Key_W)
    settle(qtbot, gallery)
    assert gallery.panel.chosen_class is None
    assert view_of(gallery).layout_.count == 40
    assert view_of(gallery).id_at(0) == 3
    assert gallery.services.selection.ids == (3,)


def test_the_order_by_likeness_is_not_claimed_before_something_is_looked_for(qtbot, gallery):  # noqa: F811
    pane, likeness = gallery.gallery.pane, gallery.gallery.likeness

    def choose(sort):
        pane.sort_box.setCurrentIndex(list(SORT_NAMES).index(sort))
        pane.sort_box.activated.emit(pane.sort_box.currentIndex())
        settle(qtbot, gallery)

    choose("size")
    gallery.services.selection.clear()
    choose("similarity")
    assert pane.sort == "size"
    assert pane.by_class.isEnabled()
    assert gallery.message_bar.text == SELECT_FIRST
    click(qtbot, gallery, 3)
    with qtbot.waitSignal(likeness.found, timeout=10_000):
        choose("similarity")
    settle(qtbot, gallery)
    assert pane.sort == "similarity"
    assert view_of(gallery).id_at(0) == 3
    choose("size")
    choose("similarity")
    assert view_of(gallery).id_at(0) == 3, "what was looked for last"
    likeness._forget()
    pane.arrange()
    assert pane.sort == "least sure"


def test_what_can_not_be_compared_says_why(qtbot, gallery):  # noqa: F811
    likeness, editor = gallery.gallery.likeness, gallery.services.editor
    gallery.services.selection.clear()
    likeness.find()
    assert gallery.message_bar.text == SELECT_FIRST
    unknown = next(i for i, a in editor.case.analyses.items() if a.look is None)
    gallery.services.selection.set((unknown,))
    likeness.find()
    assert gallery.message_bar.text == NO_LOOK
    problems = gallery.services.images.problems
    problems[editor.case.cells[unknown].field_id] = "smear 1.png is no longer where it was; locate it."
    likeness.find()
    assert gallery.message_bar.text.startswith("smear 1.png is no longer where it was; locate it. Until then")
    settle(qtbot, gallery)
    qtbot.keyClick(view_of(gallery), Qt.Key.Key_A)
    assert gallery.message_bar.text.startswith("Find similar cells first")


def test_the_key_for_outlines_means_those_of_the_tiles_while_they_hide_the_image(qtbot, gallery):  # noqa: F811
    pane, canvas = gallery.gallery.pane, gallery.canvas
    assert pane.outlines.isChecked()
    qtbot.keyClick(pane.view, Qt.Key.Key_O)
    assert not pane.outlines.isChecked()
    qtbot.keyClick(pane.view, Qt.Key.Key_O)
    assert pane.outlines.isChecked()
    qtbot.keyClick(pane.view, Qt.Key.Key_G)
    qtbot.keyClick(canvas, Qt.Key.Key_O)
    assert pane.outlines.isChecked(), "they aren't in sight"
