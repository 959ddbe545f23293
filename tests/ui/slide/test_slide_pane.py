"""The slide in the window."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from rbc_desktop.domain.geometry import Point
from rbc_desktop.ui.slide.slide_pane import LOOK_AROUND, SlidePane
from tests.ui.canvas.hand import Hand
from tests.ui.cut_off import cut_off
from tests.ui.slide.conftest import in_case
from tests.ui.tab_walk import TabWalk


@pytest.fixture
def pane(qtbot, slides, editor, theme, slide_path):
    made = SlidePane(slides, editor=editor, theme=theme)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    qtbot.waitExposed(made)
    slides.show(in_case(editor, slide_path))
    qtbot.waitUntil(lambda: slides.entry is not None and made.canvas.layers.slide.loader.has_view, timeout=20_000)
    yield made
    made.canvas.layers.slide.loader.shutdown()


@pytest.fixture
def proposed(qtbot, pane, slides):
    slides.find(target=300)
    assert not pane.search.isEnabled()
    assert pane.cancel.isVisible()
    qtbot.waitUntil(lambda: slides.found is not None, timeout=60_000)
    return pane


def test_an_opened_slide_says_what_to_do(pane):
    assert pane.text.text() == LOOK_AROUND
    assert not pane.proposals.isVisible()
    assert pane.canvas.map.isVisible()


def test_proposals_are_listed_with_reasons_and_zones(proposed, slides):
    regions = slides.proposals.regions
    assert proposed.proposals.isVisible()
    assert proposed.proposals.list.count() == len(regions)
    assert proposed.proposals.reasons.text() == "\n".join(regions[0].reasons)
    assert proposed.text.text() == slides.found.sentence
    assert not proposed.canvas.regions.boundingRect().isEmpty()
    assert proposed.zones.isVisible()


def test_in_a_narrow_pane_nothing_is_cut_off(qtbot, proposed):
    for width, height in ((1000, 700), (620, 420)):
        proposed.resize(width, height)
        qtbot.waitUntil(lambda width=width: proposed.proposals.geometry().right() < width)
        assert cut_off(proposed) == []
    assert proposed.text.y() + proposed.text.height() <= proposed.back.y(), "the sentence has a line of its own"


def test_the_keys_of_the_list_delete_and_accept(qtbot, proposed, slides, editor):
    count = len(slides.proposals.regions)
    proposed.proposals.list.setFocus()
    qtbot.keyClick(proposed.proposals.list, Qt.Key.Key_Return)
    assert len(editor.case.fields) == 1
    assert len(slides.proposals.regions) == count - 1
    if count > 1:
        qtbot.keyClick(proposed.proposals.list, Qt.Key.Key_Delete)
        assert len(slides.proposals.regions) == count - 2


def test_the_button_accepts_all(proposed, slides, editor):
    wanted = [each.region for each in slides.proposals.regions]
    proposed.proposals.accept_all.click()
    assert [field.region for field in editor.case.fields.values()] == wanted
    assert not proposed.proposals.accept_all.isEnabled()


def test_a_proposal_follows_the_mouse(proposed, slides):
    canvas, region = proposed.canvas, slides.proposals.regions[0].region
    hand = Hand(canvas)
    x, y = (region.x0 + region.x1) / 2, (region.y0 + region.y1) / 2
    hand.press(x, y)
    hand.move(x - 90, y + 60, Qt.MouseButton.LeftButton)
    hand.release(x - 90, y + 60)
    moved = slides.proposals.regions[0].region
    assert moved.x0 - region.x0 == pytest.approx(-90, abs=4)
    assert moved.y0 - region.y0 == pytest.approx(60, abs=4)


def test_dragging_elsewhere_moves_the_slide(pane):
    pane.canvas.set_zoom(1.0)
    before = pane.canvas.camera.centre
    hand = Hand(pane.canvas)
    hand.press(before.x, before.y)
    hand.move(before.x - 50, before.y - 20, Qt.MouseButton.LeftButton)
    hand.release(before.x, before.y)
    assert pane.canvas.camera.centre.x == pytest.approx(before.x + 50, abs=2)


def test_a_double_click_opens_the_place(qtbot, pane, slides, editor):
    opened = []
    slides.field_opened.connect(opened.append)
    at = pane.canvas.to_view(Point(1200, 700))
    QTest.mouseDClick(pane.canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(int(at.x()), int(at.y())))
    assert opened == [1]
    assert editor.case.fields[1].region.x0 <= 1200 < editor.case.fields[1].region.x1


def test_full_stop_opens_the_place_under_the_crosshair(qtbot, pane, slides):
    opened = []
    slides.field_opened.connect(opened.append)
    pane.canvas.setFocus()
    qtbot.keyClick(pane.canvas, Qt.Key.Key_Right)
    qtbot.keyClick(pane.canvas, Qt.Key.Key_Period)
    assert opened == [1]


def test_a_drawn_rectangle_is_a_field_and_drawing_ends(pane, slides, editor):
    pane.draw.setChecked(True)
    hand = Hand(pane.canvas)
    hand.press(700, 300)
    hand.move(1100, 700, Qt.MouseButton.LeftButton)
    hand.release(1100, 700)
    [field] = editor.case.fields.values()
    assert field.region.x0 == pytest.approx(700, abs=4)
    assert field.width == pytest.approx(400, abs=8)
    assert not pane.draw.isChecked()


def test_everything_is_reached_with_tab_and_named(proposed):
    walk = TabWalk(proposed)
    assert walk.trapped is None
    assert proposed.canvas.map in walk.visited
    assert proposed.proposals.list in walk.visited
    assert walk.missed == []
    assert walk.silent == []


def test_delete_on_the_slide_means_the_proposal_in_hand(qtbot, proposed, slides):
    count = len(slides.proposals.regions)
    proposed.canvas.setFocus()
    qtbot.keyClick(proposed.canvas, Qt.Key.Key_Delete)
    assert len(slides.proposals.regions) == count - 1
