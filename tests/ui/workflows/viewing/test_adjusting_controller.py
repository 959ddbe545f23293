"""How fields of the open case are shown adjusted."""

import cv2
import numpy as np
import pytest

from rbc_desktop.domain.fields.picture_adjustment import NEUTRAL, PictureAdjustment
from rbc_desktop.workflows.viewing.adjusting_controller import AdjustingController

BRIGHT, WARM = PictureAdjustment(brightness=30), PictureAdjustment(warmth=20)


@pytest.fixture
def work(qtbot, window, tmp_path):
    """Two fields under yellow light, the first one shown."""
    paths = [tmp_path / f"yellow {number}.png" for number in (1, 2)]
    for number, path in enumerate(paths):
        rgb = np.full((200, 300, 3), (230, 215, 180), np.uint8)
        cv2.circle(rgb, (100 + 50 * number, 100), 20, (170, 90, 120), -1)
        cv2.imwrite(str(path), rgb[..., ::-1])
    window.services.files.open_paths(paths)
    qtbot.waitUntil(lambda: window.presenter.shows_image and len(window.services.editor.case.fields) == 2)
    window.services.editor.set_current_field(1)
    qtbot.waitUntil(lambda: window.services.images.get(1) is not None)
    return window


@pytest.fixture
def adjusting(work):
    s = work.services
    return AdjustingController(s.editor, s.images, tasks=s.tasks, notices=s.notices, parent=work)


def test_one_setting_is_for_all_fields_until_one_gets_its_own(work, adjusting):
    adjusting.set(BRIGHT)
    assert (adjusting.of(1), adjusting.of(2)) == (BRIGHT, BRIGHT)
    adjusting.set_for_all(False)
    adjusting.set(WARM)
    assert (adjusting.of(1), adjusting.of(2)) == (WARM, BRIGHT)
    work.services.editor.set_current_field(2)
    assert adjusting.current == BRIGHT
    adjusting.reset()
    assert (adjusting.of(1), adjusting.of(2)) == (WARM, NEUTRAL)
    adjusting.set_for_all(True)
    assert (adjusting.of(1), adjusting.of(2)) == (NEUTRAL, NEUTRAL)


def test_the_light_between_the_cells_becomes_white_and_brightness_stays(qtbot, adjusting):
    adjusting.set(BRIGHT)
    with qtbot.waitSignal(adjusting.changed):
        adjusting.find_white()
    assert adjusting.current.brightness == 30
    assert adjusting.current.warmth == pytest.approx(-24, abs=2)


def test_another_case_is_shown_as_taken(qtbot, work, adjusting):
    adjusting.set(BRIGHT)
    work.services.files.new_case()
    qtbot.waitUntil(lambda: not work.services.editor.case.fields)
    assert adjusting.current == NEUTRAL
    adjusting.set(BRIGHT)
    assert adjusting.of(1) == NEUTRAL, "without a field there is nothing to adjust"
