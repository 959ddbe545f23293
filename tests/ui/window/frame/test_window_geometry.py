"""Size and panels as they were left, and less where the window is smaller by now."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from rbc_desktop.storage.laboratory.settings import Settings
from rbc_desktop.ui.window.frame.window_geometry import keep_geometry, restore_geometry


class Kept:
    """Settings in memory."""

    value = Settings()

    def update(self, **changes):
        self.value = Settings(**changes)


@pytest.fixture
def frame(qtbot):
    def build():
        window = QMainWindow()
        qtbot.addWidget(window)
        middle = QWidget()
        middle.setMinimumSize(180, 160)
        window.setCentralWidget(middle)
        docks = []
        sides = (("strip", Qt.DockWidgetArea.LeftDockWidgetArea), ("panel", Qt.DockWidgetArea.RightDockWidgetArea))
        for name, side in sides:
            dock = QDockWidget(window)
            dock.setObjectName(name)
            dock.setWidget(QWidget())
            dock.setMinimumWidth(120)
            window.addDockWidget(side, dock)
            docks.append(dock)
        return window, *docks

    return build


@pytest.mark.parametrize(("before", "wide", "is_kept"), [(740, 250, True), (1900, 900, False)])
def test_panels_that_were_widened_leave_the_image_the_largest_thing(qtbot, frame, before, wide, is_kept):
    window, strip, panel = frame()
    window.resize(before, 600)
    window.show()
    window.resizeDocks([strip, panel], [150, wide], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: panel.width() == wide)
    kept = Kept()
    keep_geometry(window, kept)
    again, strip, panel = frame()
    restore_geometry(again, Settings(window_state=kept.value.window_state), strip=strip, panel=panel)
    assert again.width() < 800, "the screen is small"
    again.show()
    qtbot.waitExposed(again)
    assert (panel.width() == wide) == is_kept
    assert again.centralWidget().width() > 200, "no more than it must"
