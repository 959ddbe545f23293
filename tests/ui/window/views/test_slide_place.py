"""A slide in the window: opened, left, and taken up again."""

from dataclasses import fields

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from rbc_desktop.domain.geometry import Point
from rbc_desktop.ui.window.actions.action_spec import (
    UiState,
    needs_field,
    needs_image,
    needs_missed,
    needs_outlines,
    needs_proposal,
)
from rbc_desktop.ui.window.actions.actions import ACTIONS, ActionSet
from tests.fakes.casework import write_image
from tests.ui.slide.conftest import film, in_case, slide_path  # noqa: F401

WAIT = 20_000


@pytest.fixture
def shown(qtbot, window, slide_path):  # noqa: F811
    entry = in_case(window.services.editor, slide_path)
    window.services.files.slides_added.emit((entry.id,))
    qtbot.waitUntil(lambda: window.slides.slides.entry is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: window.action_set["find-monolayer"].isEnabled())
    return window


def test_an_opened_slide_takes_the_place_of_the_image(shown):
    assert shown.slides.is_in_front
    assert shown.action_set["slide"].isChecked()
    assert shown.action_set["save-case"].isEnabled()
    zoom = shown.slides.pane.canvas.zoom
    shown.action_set["zoom-in"].trigger()
    assert shown.slides.pane.canvas.zoom > zoom
    shown.action_set["fit"].trigger()
    assert shown.slides.pane.canvas.zoom == pytest.approx(zoom)


def test_a_place_of_it_is_worked_at_as_a_field(qtbot, shown):
    shown.slides.slides.open_at(Point(1200, 700))
    qtbot.waitUntil(lambda: shown.presenter.shows_image, timeout=WAIT)
    assert not shown.slides.is_in_front
    assert shown.canvas.field_id == 1
    assert "film ä.tif (" in shown.windowTitle()
    shown.action_set["slide"].trigger()
    assert shown.slides.is_in_front
    qtbot.waitUntil(lambda: len(shown.slides.slides.regions) == 1, timeout=WAIT)
    shown.slides.pane.back.click()
    assert not shown.slides.is_in_front


def test_the_overview_map_can_be_switched_off_for_good(shown):
    the_map = shown.slides.pane.canvas.map
    assert the_map.isVisible()
    shown.action_set["overview-map"].trigger()
    assert not the_map.isVisible()
    assert not shown.services.settings.value.overview_map
    shown.action_set["overview-map"].trigger()
    assert the_map.isVisible()


def test_gallery_and_slide_take_turns(qtbot, shown):
    shown.action_set["gallery"].setChecked(True)
    assert not shown.slides.is_in_front
    assert shown.gallery.is_in_the_middle
    shown.action_set["slide"].setChecked(True)
    assert shown.slides.is_in_front
    assert not shown.action_set["gallery"].isChecked()


def test_a_new_case_has_no_slide(qtbot, shown):
    shown.services.files.new_case()
    qtbot.waitUntil(lambda: not shown.slides.is_in_front and not shown.slides.has_slide, timeout=WAIT)
    qtbot.waitUntil(lambda: not shown.action_set["slide"].isEnabled())


def test_a_slide_that_undo_takes_away_is_left(qtbot, shown):
    shown.action_set["undo"].trigger()
    assert shown.slides.has_slide, "it stops where the slide was opened"
    shown.message_bar._button.click()
    qtbot.waitUntil(lambda: not shown.slides.is_in_front and not shown.slides.has_slide, timeout=WAIT)
    for name in ("redo", "slide"):
        qtbot.waitUntil(lambda name=name: shown.action_set[name].isEnabled(), timeout=WAIT)
        shown.action_set[name].trigger()
    qtbot.waitUntil(lambda: shown.slides.slides.slide is not None, timeout=WAIT)


def test_a_case_of_a_slide_alone_shows_it_when_it_is_opened_again(qtbot, shown, tmp_path):
    path = tmp_path / "case.rbc"
    shown.services.files.save_as(path)
    qtbot.waitUntil(lambda: path.is_file() and not shown.services.files.is_busy, timeout=WAIT)
    shown.services.files.new_case()
    qtbot.waitUntil(lambda: not shown.slides.has_slide and not shown.services.files.is_busy, timeout=WAIT)
    shown.services.files.open_paths([path])
    qtbot.waitUntil(lambda: shown.slides.is_in_front and shown.slides.slides.slide is not None, timeout=WAIT)


def test_keys_on_a_slide_change_no_cell_that_is_not_seen(qtbot, shown, add_cells_to):
    shown.slides.slides.open_at(Point(1200, 700))
    qtbot.waitUntil(lambda: shown.presenter.shows_image, timeout=WAIT)
    add_cells_to(shown.services.editor, 1, 3)
    shown.services.selection.set((1, 2))
    shown.action_set["slide"].setChecked(True)
    assert len(shown.services.selection) == 0
    qtbot.waitUntil(lambda: not shown.action_set["delete"].isEnabled(), timeout=WAIT)


WITH_A_SLIDE = {
    "target", "adjust", "adjust-reset", "delete", "select-all", "confirm", "count-at-edge", "next-review",
    "find-similar", "same-class", "previous-review",
}  # fmt: skip
"""Act on the case, on the table, or on how pictures look, and not on the image that the slide hides."""


def everything(**changes):
    facts = {each.name: each.name not in {"segmenting", "is_blind", "busy"} for each in fields(UiState)}
    return UiState(**{**facts, "slide_in_front": False, "gallery_in_front": False, **changes})


@pytest.mark.parametrize("spec", ACTIONS, ids=lambda spec: spec.id)
def test_what_acts_on_the_hidden_image_says_why_it_cannot_now(qtbot, theme, spec):
    """Over all actions: tools, repairs, measures and what needs an image, a proposal or rings."""
    parent = QMainWindow()
    qtbot.addWidget(parent)
    actions = ActionSet(parent)
    on_image = spec.group == "tool" or spec.menu in ("Cells/Repair", "View/Measure") or spec.enabled_when in (
        needs_field, needs_image, needs_proposal, needs_missed, needs_outlines,
    )  # fmt: skip
    actions.refresh(everything())
    action, usual = actions[spec.id], actions[spec.id].toolTip()
    was_enabled = action.isEnabled()
    actions.refresh(everything(slide_in_front=True))
    if spec.id == "segment-all" or (on_image and spec.id not in WITH_A_SLIDE):
        assert was_enabled
        assert not action.isEnabled()
        assert "A slide is in front of the image" in action.toolTip()
        assert usual.split("\n")[0] in action.toolTip()
    elif spec.id != "find-monolayer":
        assert (action.isEnabled(), action.toolTip()) == (was_enabled, usual)
    actions.refresh(everything())
    assert (action.isEnabled(), action.toolTip()) == (was_enabled, usual)


@pytest.mark.parametrize("key", ["X", "B", "D", "Q", "J", "T", "K", "O", "F5", "]"])
def test_keys_do_nothing_to_the_image_behind_a_slide(qtbot, shown, tmp_path, key):
    path = tmp_path / "smear.png"
    write_image(path, 1)
    shown.services.files.open_paths([path])
    qtbot.waitUntil(lambda: shown.presenter.shows_image, timeout=WAIT)
    shown.slides.leave()
    qtbot.waitUntil(shown.action_set["tool-knife"].isEnabled, timeout=WAIT)
    shown.action_set["tool-point"].trigger()
    shown.action_set["slide"].setChecked(True)
    qtbot.waitUntil(lambda: not shown.action_set["tool-knife"].isEnabled())
    dialogs, seen = len(QApplication.topLevelWidgets()), shown.canvas.overlay_visible
    QTest.keySequence(shown, QKeySequence(key))
    assert shown.slides.is_in_front
    assert shown.action_set["tool-point"].isChecked()
    assert shown.canvas.overlay_visible == seen
    assert not shown.queue.queue.is_active
    assert len(QApplication.topLevelWidgets()) == dialogs
