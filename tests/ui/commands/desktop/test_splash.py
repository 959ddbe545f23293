"""The splash."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from rbc_desktop.commands.desktop.splash import HEIGHT, WIDTH, Splash, splash_picture
from rbc_desktop.storage.paths import resource_root

ICON = resource_root() / "icons" / "app.svg"


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_picture_is_drawn_in_the_pixels_of_the_screen(qapp, ratio):
    picture = splash_picture(ICON, ratio=ratio, font=QFont())
    assert (picture.width(), picture.height()) == (round(WIDTH * ratio), round(HEIGHT * ratio))
    assert picture.deviceIndependentSize().toSize().width() == WIDTH
    image = picture.toImage()
    cell = image.pixelColor(round((36 + 56 - 25) * ratio), round((42 + 56) * ratio))
    assert cell.red() > 150 > cell.blue(), "the icon's cell is red"


def test_splash_is_painted_when_the_start_goes_on_and_gone_when_the_window_is_there(qtbot):
    splash = Splash(ICON)
    qtbot.addWidget(splash)
    splash.show_at_once()
    assert splash.isVisible()
    assert splash.is_painted
    assert not splash.windowFlags() & Qt.WindowType.WindowStaysOnTopHint, "a message must not lie under it"
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    splash.finish(window)
    assert not splash.isVisible()
