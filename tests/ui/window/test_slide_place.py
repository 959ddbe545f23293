"""A slide in the window: opened, left, and taken up again."""

import pytest

from rbc_desktop.domain.geometry import Point
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
