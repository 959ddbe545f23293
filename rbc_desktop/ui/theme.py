"""Look of the windows: a light and a dark set of tokens that follow the system, one accent, one style sheet."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

log = logging.getLogger(__name__)

SPACE_XS, SPACE_S, SPACE_M, SPACE_L = 4, 8, 12, 20
"""Distances between things, in logical pixels; nothing uses another one."""

RADIUS = 5
Named = TypeVar("Named", bound=QWidget)
ICON_PX = 20


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme, as sRGB hex.

    Text on `window`, `base` and `accent` keeps a contrast of at least 4.5 to 1 (WCAG 2.2, AA).
    """

    name: str
    window: str
    base: str
    alternate: str
    raised: str
    hover: str
    border: str
    text: str
    muted: str
    disabled: str
    accent: str
    on_accent: str
    accent_soft: str
    canvas: str
    warning: str
    error: str
    success: str
    warning_soft: str
    error_soft: str


LIGHT = Tokens(
    name="light", window="#F3F4F6", base="#FFFFFF", alternate="#F8F9FA", raised="#FFFFFF", hover="#E5E8EC",
    border="#D3D8DE", text="#1A1F26", muted="#55606D", disabled="#A3ABB5", accent="#0B6A94", on_accent="#FFFFFF",
    accent_soft="#D6EAF3", canvas="#DFE2E6", warning="#8A5A00", error="#B3261E", success="#1B6E3C",
    warning_soft="#FFF3D6", error_soft="#FCE4E2",
)  # fmt: skip

DARK = Tokens(
    name="dark", window="#1D2024", base="#16181B", alternate="#1B1E22", raised="#262A2F", hover="#2E333A",
    border="#3A4048", text="#E7EAEE", muted="#A2ACB8", disabled="#626B76", accent="#4DB4DB", on_accent="#06212D",
    accent_soft="#173D4D", canvas="#101214", warning="#F2BE5C", error="#F2867E", success="#6CCB8E",
    warning_soft="#3A2F17", error_soft="#42201E",
)  # fmt: skip


def tokens_for(scheme: Qt.ColorScheme) -> Tokens:
    """The tokens of a system colour scheme; unknown counts as light."""
    return DARK if scheme == Qt.ColorScheme.Dark else LIGHT


def palette_for(tokens: Tokens) -> QPalette:
    """The Qt palette that carries the tokens."""
    role = QPalette.ColorRole
    palette = QPalette()
    for target, value in {
        role.Window: tokens.window, role.WindowText: tokens.text, role.Base: tokens.base,
        role.AlternateBase: tokens.alternate, role.Text: tokens.text, role.Button: tokens.raised,
        role.ButtonText: tokens.text, role.BrightText: tokens.error, role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent, role.ToolTipBase: tokens.raised, role.ToolTipText: tokens.text,
        role.PlaceholderText: tokens.muted, role.Link: tokens.accent, role.LinkVisited: tokens.accent,
        role.Accent: tokens.accent, role.Light: tokens.raised, role.Midlight: tokens.hover, role.Mid: tokens.border,
        role.Dark: tokens.canvas, role.Shadow: tokens.border,
    }.items():  # fmt: skip
        palette.setColor(target, QColor(value))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(tokens.disabled))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(tokens.border))
    return palette


_STYLE = Template("""
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 5px 7px; }
QMainWindow::separator { background: $border; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: $accent; }
QMenuBar { background: $window; border-bottom: 1px solid $border; padding: 1px 4px; }
QMenuBar::item { padding: 4px 9px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $hover; }
QMenu { background: $raised; border: 1px solid $border; padding: 5px; }
QMenu::item { padding: 5px 26px 5px 10px; border-radius: 4px; }
QMenu::icon { padding-left: 6px; }
QMenu::icon:checked { background: $accent_soft; border: 1px solid $accent; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $disabled; background: transparent; }
QMenu::separator { height: 1px; background: $border; margin: 5px 8px; }
QToolBar { background: $window; border: 0; border-bottom: 1px solid $border; padding: 4px 8px; spacing: 2px; }
QToolBar::separator { background: $border; width: 1px; margin: 5px 7px; }
QToolButton { border: 1px solid transparent; border-radius: ${radius}px; padding: 4px 7px; background: transparent; }
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $border; }
QToolButton:checked { background: $accent_soft; border-color: $accent; color: $text; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $disabled; }
QToolButton::menu-indicator { image: none; }
QToolBarExtension { image: url("$chevron"); padding: 4px; }
QPushButton { background: $raised; border: 1px solid $border; border-radius: ${radius}px; padding: 5px 14px; }
QPushButton:hover { background: $hover; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $disabled; background: $window; }
QPushButton[primary="true"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[primary="true"]:disabled { background: $border; color: $muted; border-color: $border; }
QPushButton[flat="true"] { border-color: transparent; background: transparent; padding: 3px 8px; }
QPushButton[flat="true"]:hover { background: $hover; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QPlainTextEdit {
  background: $base; border: 1px solid $border; border-radius: ${radius}px; padding: 4px 7px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus, QPlainTextEdit:focus { border-color: $accent; }
QLineEdit:disabled, QComboBox:disabled, QDoubleSpinBox:disabled { color: $disabled; background: $window; }
QComboBox::drop-down { border: 0; width: 22px; }
QComboBox::down-arrow { image: url("$chevron"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $border; outline: 0; padding: 3px;
  selection-background-color: $accent_soft; selection-color: $text; }
QTableView, QListView { background: $base; alternate-background-color: $alternate; border: 0; outline: 0;
  selection-background-color: $accent_soft; selection-color: $text; }
QTableView::item { border: 0; padding: 0 4px; }
QTableView::item:selected, QListView::item:selected { background: $accent_soft; color: $text; }
QHeaderView { background: $window; border: 0; }
QHeaderView::section { background: $window; color: $muted; border: 0; border-bottom: 1px solid $border;
  padding: 8px 6px 4px 6px; font-weight: 500; }
QHeaderView::up-arrow { image: url("$arrow_up"); width: 9px; height: 9px; subcontrol-position: top center; }
QHeaderView::down-arrow { image: url("$arrow_down"); width: 9px; height: 9px; subcontrol-position: top center; }
QHeaderView::section:hover { color: $text; }
QDockWidget { titlebar-close-icon: none; titlebar-normal-icon: none; }
#statusLine { background: $window; border-top: 1px solid $border; }
#divider { background: $border; }
QProgressBar { background: $hover; border: 0; border-radius: 3px; height: 6px; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSlider::groove:horizontal { height: 4px; background: $border; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; background: $raised;
  border: 1px solid $muted; }
QSlider::handle:horizontal:focus, QSlider::handle:horizontal:hover { border-color: $accent; }
QScrollBar:vertical { background: transparent; width: 11px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 11px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 4px; margin: 2px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QTabWidget::pane { border: 0; border-top: 1px solid $border; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { color: $muted; background: transparent; border: 0; border-bottom: 2px solid transparent;
  padding: 6px 2px; margin-right: 18px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:focus { color: $accent; }
QGroupBox { border: 0; margin-top: 22px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; top: 2px; }
QLabel[muted="true"] { color: $muted; }
QLabel[warning="true"] { color: $warning; }
QLabel[heading="true"] { font-weight: 600; }
#panelHeader { background: $window; border-bottom: 1px solid $border; }
#canvasHost { background: $canvas; }
#emptyTitle { font-size: 15pt; font-weight: 600; }
#messageBar { border-bottom: 1px solid $border; }
#messageBar[level="info"] { background: $accent_soft; }
#messageBar[level="warning"] { background: $warning_soft; }
#messageBar[level="error"] { background: $error_soft; }
#listFrame { border: 1px solid $border; border-radius: ${radius}px; background: $base; }
#plainSplitter::handle { background: transparent; image: none; }
#plainField { background: transparent; border: 0; padding: 0; }
#researchUse { color: $muted; font-weight: 600; padding: 0 6px; }
""")


PICTURES = {"chevron": "chevron-down", "arrow_down": "sort-down", "arrow_up": "sort-up"}
"""Pictures that the style sheet names, and their icons."""


def style_sheet(tokens: Tokens, *, pictures: Mapping[str, Path]) -> str:
    """The application's style sheet in these tokens, with a file for each of `PICTURES`."""
    values = {name: getattr(tokens, name) for name in Tokens.__slots__}
    files = {name: path.as_posix() for name, path in pictures.items()}
    return _STYLE.substitute(values, radius=RADIUS, **files)


def tabular(font: QFont) -> QFont:
    """The font with figures of equal width, where it has them, so that columns of numbers line up."""
    result = QFont(font)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result


def named(widget: Named, name: str) -> Named:
    """The widget with the object name by which the style sheet finds it."""
    widget.setObjectName(name)
    return widget


@cache
def add_bundled_fonts(folder: Path) -> None:
    """Once: register the bundled fonts and use them when the system has none (every letter would be a box then)."""
    had_fonts = bool(QFontDatabase.families())
    families: list[str] = []
    for path in sorted(folder.glob("*.ttf")):
        font_id = QFontDatabase.addApplicationFont(str(path))
        families += QFontDatabase.applicationFontFamilies(font_id) if font_id >= 0 else []
    if families and not had_fonts:
        QApplication.setFont(QFont(families[0], 10))
    elif not families and not had_fonts:
        log.error("no font on this system and none in %s", folder.name)


class ThemeController(QObject):
    """Applies the scheme of the system, now and whenever it changes."""

    changed = Signal(object)
    """The new `Tokens`."""

    def __init__(self, app: QApplication, *, icon_folder: Path) -> None:
        super().__init__(app)
        self._app = app
        self._icons = icon_folder
        self._forced: Tokens | None = None
        self.tokens = LIGHT
        style = QStyleFactory.create("Fusion")
        if style is not None:
            app.setStyle(style)
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        self._apply(tokens_for(app.styleHints().colorScheme()))

    def force(self, name: str) -> None:
        """Use ``light`` or ``dark`` whatever the system says; any other name follows the system again."""
        self._forced = {"light": LIGHT, "dark": DARK}.get(name)
        self._apply(self._forced or tokens_for(self._app.styleHints().colorScheme()))

    @Slot(Qt.ColorScheme)
    def _on_scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        if self._forced is None:
            self._apply(tokens_for(scheme))

    def _apply(self, tokens: Tokens) -> None:
        from . import icons

        self.tokens = tokens
        icons.set_tokens(tokens, folder=self._icons)
        self._app.setPalette(palette_for(tokens))
        pictures = {name: icons.tinted_file(picture, tokens.muted) for name, picture in PICTURES.items()}
        self._app.setStyleSheet(style_sheet(tokens, pictures=pictures))
        self.changed.emit(tokens)
