"""The line under the image about cells that may have been missed."""

import random

import numpy as np
import pytest
from PySide6.QtCore import Qt

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.cells.missed_places import MissedPlace
from rbc_desktop.engine import jobs
from rbc_desktop.ui.look.mnemonics import plain
from tests.fakes.casework import make_proposal

PLACES = tuple(MissedPlace(CellMask(x, 4, np.ones((12, 12), bool)), cells) for x, cells in ((150, 8), (4, 1)))


@pytest.fixture
def searched(qtbot, image_window):
    """The window after Segment all, with two places that it left open."""
    rng, editor, missed = random.Random(1), image_window.services.editor, image_window.session.missed
    proposals = [p for p in (make_proposal(rng, cut_share=0) for _ in range(20)) if not _meets(p)]
    editor.add_cells(1, proposals[:3], run=editor.new_run())
    missed.note_searched(1)
    image_window.services.engine.missed_found.emit(jobs.MissedFound(missed._asked, PLACES))
    qtbot.waitUntil(lambda: image_window.action_set["next-missed"].isEnabled())
    image_window.canvas.setFocus()
    return image_window


def _meets(proposal):
    return any(place.mask.intersection_area(proposal.mask) for place in PLACES)


def test_it_says_how_many_and_lists_the_places(searched):
    bar = searched.missed_bar
    assert bar.isVisible()
    assert bar.text.text() == "About 9 cells may have been missed here. Click a ringed cell to outline it."
    bar.menu.aboutToShow.emit()
    assert [plain(action.text()) for action in bar.menu.actions()] == [
        "About 8 cells at 156, 10 px",
        "1 cell at 10, 10 px",
    ]
    bar.menu.actions()[1].trigger()
    assert searched.canvas.layers.hints.current is PLACES[1]


def test_the_key_goes_from_place_to_place(qtbot, searched):
    seen = []
    for _ in range(3):
        qtbot.keyClick(searched.canvas, Qt.Key.Key_M)
        seen.append(searched.canvas.layers.hints.current)
    assert seen == [PLACES[0], PLACES[1], PLACES[0]]
    assert searched.canvas.visible_box.intersection(PLACES[0].mask.box) is not None


def test_it_does_not_speak_of_rings_while_the_gallery_is_in_their_place(qtbot, searched):
    searched.action_set["gallery"].setChecked(True)
    qtbot.waitUntil(lambda: not searched.missed_bar.isVisible())
    assert not searched.action_set["next-missed"].isEnabled()
    searched.action_set["gallery"].setChecked(False)
    qtbot.waitUntil(searched.missed_bar.isVisible)


def test_rings_can_be_hidden_and_that_is_remembered(searched):
    searched.action_set["missed-layer"].trigger()
    assert not searched.canvas.layers.hints.isVisible()
    assert searched.missed_bar.isVisible()
    assert not searched.services.settings.value.missed_visible
    searched.action_set["missed-layer"].trigger()
    assert searched.canvas.layers.hints.isVisible()


def test_nothing_was_missed_takes_line_and_rings_away(qtbot, searched):
    searched.missed_bar.dismiss.click()
    qtbot.waitUntil(lambda: not searched.missed_bar.isVisible())
    assert searched.canvas.layers.hints.places == ()
    qtbot.waitUntil(lambda: not searched.action_set["next-missed"].isEnabled())


def test_a_field_without_places_has_no_line(window):
    assert not window.missed_bar.isVisible()
