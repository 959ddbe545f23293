"""Light and dark: contrast, and that everything follows a change."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from rbc_desktop.domain.contrast import contrast, ink_on
from rbc_desktop.domain.taxonomy import BUILT_IN
from rbc_desktop.ui.look import icons
from rbc_desktop.ui.look.tokens import DARK, LIGHT, tokens_for


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read(tokens):
    pairs = [
        (tokens.text, tokens.window), (tokens.text, tokens.base), (tokens.text, tokens.accent_soft),
        (tokens.text, tokens.warning_soft), (tokens.text, tokens.error_soft), (tokens.text, tokens.raised),
        (tokens.muted, tokens.window), (tokens.muted, tokens.base), (tokens.muted, tokens.canvas),
        (tokens.on_accent, tokens.accent), (tokens.warning, tokens.window), (tokens.accent, tokens.window),
    ]  # fmt: skip
    assert [(a, b, round(contrast(a, b), 2)) for a, b in pairs if contrast(a, b) < 4.5] == []


def test_the_letters_of_a_class_can_be_read_on_its_colour():
    assert all(contrast(ink_on(c.colour), c.colour) >= 4.5 for c in BUILT_IN)


def test_the_scheme_of_the_system_decides():
    assert tokens_for(Qt.ColorScheme.Dark) is DARK
    assert tokens_for(Qt.ColorScheme.Light) is LIGHT
    assert tokens_for(Qt.ColorScheme.Unknown) is LIGHT


def test_a_change_of_scheme_reaches_palette_and_icons_that_exist_already(theme, qtbot):
    theme.force("light")
    icon = icons.icon("save")

    def darkness():
        image = icon.pixmap(32, 32).toImage()
        colours = [image.pixelColor(x, y) for x in range(32) for y in range(32)]
        strong = [c for c in colours if c.alpha() > 200]
        return sum(c.lightness() for c in strong) / len(strong)

    light = darkness()
    with qtbot.waitSignal(theme.changed):
        theme.force("dark")
    assert QApplication.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.window
    assert darkness() > light + 100
    theme.force("system")


def test_a_change_of_the_system_is_followed_unless_the_user_chose(theme):
    """The offscreen platform has no colour scheme of its own, so its signal is sent from here."""
    changed = QApplication.styleHints().colorSchemeChanged
    theme.force("system")
    changed.emit(Qt.ColorScheme.Dark)
    assert theme.tokens is DARK
    changed.emit(Qt.ColorScheme.Light)
    assert theme.tokens is LIGHT
    theme.force("light")
    changed.emit(Qt.ColorScheme.Dark)
    assert theme.tokens is LIGHT
    theme.force("system")


def test_style_sheets_are_filled_in_completely(theme):
    """Qt drops a rule that it can't read without a word."""
    theme.force("light")
    sheet = QApplication.instance().styleSheet()
    theme.force("dark")
    assert "@" not in sheet
    assert LIGHT.accent_soft in sheet
    assert DARK.accent_soft in QApplication.instance().styleSheet()
    theme.force("system")


def test_icons_are_drawn_at_the_resolution_of_the_screen(theme):
    picture = icons.pixmap("eye", 20, colour="#000000", ratio=2.0)
    assert picture.width() == 40
    assert picture.deviceIndependentSize().width() == 20


def test_an_unknown_icon_is_refused(theme):
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon")
