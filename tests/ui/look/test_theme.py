"""Light, dark and high contrast: contrast, and that everything follows a change."""

import dataclasses
import re
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QListWidget, QListWidgetItem, QRadioButton, QWidget

from rbc_desktop import ui
from rbc_desktop.domain.classes.taxonomy import BUILT_IN
from rbc_desktop.domain.contrast import contrast, ink_on
from rbc_desktop.ui.look import icons
from rbc_desktop.ui.look.theme import _hints
from rbc_desktop.ui.look.tokens import CONTRAST, DARK, GROUNDS, LIGHT, TEXTS, Tokens, tokens_for


@pytest.mark.parametrize(("tokens", "least"), [(LIGHT, 4.5), (DARK, 4.5), (CONTRAST, 7)], ids=["light", "dark", "high"])
def test_every_text_can_be_read_on_every_ground(tokens, least):
    pairs = [(text, ground) for text in TEXTS for ground in GROUNDS] + [("on_accent", "accent")]
    ratios = {pair: contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1])) for pair in pairs}
    assert {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < least} == {}


def test_every_colour_is_a_text_a_ground_or_a_line():
    others = {"name", "on_accent", "border", "disabled"}
    assert {f.name for f in dataclasses.fields(Tokens)} == set(TEXTS) | set(GROUNDS) | others


@pytest.mark.parametrize("tokens", [LIGHT, DARK, CONTRAST], ids=["light", "dark", "high"])
def test_boxes_to_tick_and_what_has_the_focus_stand_out(tokens):
    """WCAG 2.2, 1.4.11: 3 to 1. The rim of a box is `muted`, ticked or focused it is `accent`."""
    grounds = (tokens.window, tokens.base, tokens.raised)
    assert min(contrast(line, ground) for line in (tokens.muted, tokens.accent) for ground in grounds) >= 3


def test_lines_and_disabled_words_are_strong_in_high_contrast():
    grounds = (CONTRAST.window, CONTRAST.base, CONTRAST.raised, CONTRAST.hover, CONTRAST.accent_soft)
    assert min(contrast(CONTRAST.border, ground) for ground in grounds) >= 7
    assert min(contrast(CONTRAST.disabled, ground) for ground in grounds) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_an_empty_box_is_seen_in_every_theme(qtbot, theme, name, kind):
    theme.force(name)
    page = QWidget()
    qtbot.addWidget(page)
    box = kind("Tick", page)
    box.move(10, 10)
    page.resize(120, 50)
    page.show()
    image = page.grab().toImage()
    ground = image.pixelColor(2, 2).name()
    y = int((box.y() + box.height() / 2) * image.devicePixelRatio())
    rim = max(contrast(image.pixelColor(x, y).name(), ground) for x in range(8, int(28 * image.devicePixelRatio())))
    theme.force("system")
    assert rim >= 3


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_a_tick_is_seen_as_well_in_a_list_that_rests_as_on_a_box_that_does(qtbot, theme, name):
    """How far the colours of ticked and empty lie apart, 0 to 255, over the square of the box."""
    theme.force(name)
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(300, 120)
    boxes, rows = [QCheckBox("", page) for _ in range(2)], QListWidget(page)
    for ticked, box in enumerate(boxes):
        box.setChecked(bool(ticked))
        box.setGeometry(10, 10 + 40 * ticked, 24, 24)
        item = QListWidgetItem("Case", rows)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
    rows.setGeometry(60, 10, 200, 100)
    page.setEnabled(False)
    page.show()
    heights = [rows.visualItemRect(rows.item(row)).height() for row in range(2)]
    of_rows = rows.viewport().grab().toImage()
    lines = [colours(of_rows.copy(0, top, 20, heights[0])) for top in (0, heights[0])]
    squares = [colours(box.grab().toImage()) for box in boxes]
    theme.force("system")
    in_list, on_box = (float(np.abs(ticked - empty).sum()) for empty, ticked in (lines, squares))
    assert in_list > 0.7 * on_box > 0


def test_no_bar_writes_a_number_over_its_own_fill():
    """Dark letters on the accent, and a percent sign that no language sets: what a bar says stands beside it."""
    sources = [path.read_text(encoding="utf-8") for path in Path(ui.__path__[0]).rglob("*.py")]
    with_bars = [text for text in sources if "QProgressBar()" in text]
    assert len(with_bars) > 3
    assert all("setTextVisible(False)" in text for text in with_bars)


def colours(image):
    """``(H, W, 3)`` of a picture."""
    size = image.width(), image.height()
    return np.array([[image.pixelColor(x, y).getRgb()[:3] for x in range(size[0])] for y in range(size[1])], np.int32)


@pytest.mark.parametrize(
    ("name", "least", "least_disabled"), [("light", 4.5, 2), ("dark", 4.5, 2), ("contrast", 7, 4.5)]
)
def test_what_a_rule_of_the_sheets_writes_can_be_read_on_its_own_ground(theme, name, least, least_disabled):
    """Also where the sheet of high contrast replaces a part of a rule: the last word of each selector counts."""
    theme.force(name)
    looks = {}
    for selectors, body in re.findall(
        r"([^{}]+)\{([^}]*)\}", re.sub(r"/\*.*?\*/", "", QApplication.instance().styleSheet())
    ):
        found = dict(re.findall(r"(?<![-\w])(color|background):\s*(#[0-9A-Fa-f]{6})", body))
        for selector in selectors.split(","):
            looks.setdefault(selector.strip(), {}).update(found)
    theme.force("system")
    both = {selector: contrast(c["color"], c["background"]) for selector, c in looks.items() if len(c) == 2}
    assert len(both) > 5
    poor = {s: round(r, 2) for s, r in both.items() if r < (least_disabled if ":disabled" in s else least)}
    assert poor == {}


def test_the_letters_of_a_class_can_be_read_on_its_colour():
    assert all(contrast(ink_on(c.colour), c.colour) >= 4.5 for c in BUILT_IN)


def test_the_scheme_of_the_system_decides():
    assert tokens_for(Qt.ColorScheme.Dark) is DARK
    assert tokens_for(Qt.ColorScheme.Light) is LIGHT
    assert tokens_for(Qt.ColorScheme.Unknown) is LIGHT
    assert tokens_for(Qt.ColorScheme.Light, high_contrast=True) is CONTRAST


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


def test_a_wish_for_contrast_is_followed_unless_the_user_chose(theme):
    """The offscreen platform wishes nothing, so the signal is sent from here."""
    changed = _hints()[1].contrastPreferenceChanged
    theme.force("system")
    changed.emit(Qt.ContrastPreference.HighContrast)
    assert theme.tokens is CONTRAST
    changed.emit(Qt.ContrastPreference.NoPreference)
    assert theme.tokens is LIGHT
    theme.force("dark")
    changed.emit(Qt.ContrastPreference.HighContrast)
    assert theme.tokens is DARK
    theme.force("contrast")
    assert theme.tokens is CONTRAST
    assert "2px solid" in QApplication.instance().styleSheet()
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


def test_another_theme_pours_its_colours_over_icons_that_are_drawn(theme):
    names = ("save", "eye", "review")
    drawn, seen = None, []
    for colour in ("#1A1F26", "#E7EAEE", "#FF0000"):
        pictures = [icons.pixmap(name, 20, colour=colour).toImage() for name in names]
        assert {p.pixelColor(x, y).name() for p in pictures for x in range(20) for y in range(20)
                if p.pixelColor(x, y).alpha() == 255} == {colour.lower()}  # fmt: skip
        seen.append([[p.pixelColor(x, y).alpha() for x in range(20) for y in range(20)] for p in pictures])
        assert drawn in (None, icons._renderer.cache_info().misses)
        drawn = icons._renderer.cache_info().misses
    assert seen[0] == seen[1] == seen[2]
    own = icons.app_icon().pixmap(64, 64).toImage()
    assert len({own.pixelColor(x, y).name() for x in range(64) for y in range(64)}) > 10
