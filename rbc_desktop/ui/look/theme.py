"""Look of the windows: distances, fonts, and the style sheets of `resources`, in colours that follow the system."""

from __future__ import annotations

import logging
from dataclasses import asdict
from functools import cache
from pathlib import Path
from string import Template
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAccessibilityHints, QFont, QFontDatabase, QGuiApplication, QStyleHints
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from . import icons
from .sheet_change import SheetChange
from .tokens import CONTRAST, DARK, LIGHT, Tokens, palette_for, tokens_for

log = logging.getLogger(__name__)

SPACE_XS, SPACE_S, SPACE_M, SPACE_L = 4, 8, 12, 20
"""Distances between things, in logical pixels; nothing uses another one."""

Named = TypeVar("Named", bound=QWidget)
ICON_PX = 20

STYLE_SHEET = "theme.qss"
CONTRAST_SHEET = "theme_contrast.qss"
"""Comes after the other one in the high-contrast theme: shapes that say what colour alone says elsewhere."""

PICTURES = {"chevron": "chevron-down", "arrow_down": "sort-down", "arrow_up": "sort-up"}
"""Pictures that the style sheet names, and their icons."""


class StyleTemplate(Template):
    """A style sheet with ``@name`` for the values that are filled in."""

    delimiter = "@"


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


@cache
def _hints() -> tuple[QStyleHints, QAccessibilityHints]:
    """What the system says of colours, and of contrast.

    Kept for the life of the process: when Python's half of the first goes, PySide 6.11 takes the second for deleted.
    """
    hints = QGuiApplication.styleHints()
    return hints, hints.accessibility()


class ThemeController(QObject):
    """Applies the scheme of the system, now and whenever it changes.

    Args:
        app: gets palette and style sheet.
        resources: folder with the style sheets, and with the SVG files in ``icons``.
    """

    changed = Signal(object)
    """The new `Tokens`."""

    def __init__(self, app: QApplication, *, resources: Path) -> None:
        super().__init__(app)
        self._app = app
        self._resources = resources
        self._forced: Tokens | None = None
        self.sheet_change = SheetChange(app)
        self.tokens = LIGHT
        style = QStyleFactory.create("Fusion")
        if style is not None:
            app.setStyle(style)
        hints, wishes = _hints()
        hints.colorSchemeChanged.connect(self._on_scheme_changed)
        wishes.contrastPreferenceChanged.connect(self._on_contrast_changed)
        self._apply(self._system_tokens)

    def force(self, name: str) -> None:
        """Use ``light``, ``dark`` or ``contrast`` whatever the system says; any other name follows it again."""
        self._forced = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}.get(name)
        self._apply(self._forced or self._system_tokens)

    @property
    def _system_tokens(self) -> Tokens:
        return tokens_for(self._app.styleHints().colorScheme(), high_contrast=self._wishes_contrast)

    @property
    def _wishes_contrast(self) -> bool:
        return _hints()[1].contrastPreference() == Qt.ContrastPreference.HighContrast

    def sheet(self, name: str, **values: str) -> str:
        """A style sheet of the resources in the present colours.

        Args:
            name: its file name.
            values: what else it names, besides the colours.

        Raises:
            KeyError: when the sheet names something that is neither a colour nor among the values.
        """
        text = (self._resources / name).read_text(encoding="utf-8")
        return StyleTemplate(text).substitute(asdict(self.tokens), **values)

    @Slot(Qt.ColorScheme)
    def _on_scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        if self._forced is None:
            self._apply(tokens_for(scheme, high_contrast=self._wishes_contrast))

    @Slot(Qt.ContrastPreference)
    def _on_contrast_changed(self, wish: Qt.ContrastPreference) -> None:
        if self._forced is None:
            wishes = wish == Qt.ContrastPreference.HighContrast
            self._apply(tokens_for(self._app.styleHints().colorScheme(), high_contrast=wishes))

    def _apply(self, tokens: Tokens) -> None:
        self.tokens = tokens
        icons.set_tokens(tokens, folder=self._resources / "icons")
        self._app.setPalette(palette_for(tokens))
        pictures = {name: icons.tinted_file(picture, tokens.muted).as_posix() for name, picture in PICTURES.items()}
        pictures["tick"] = icons.tinted_file("check", tokens.on_accent).as_posix()
        more = self.sheet(CONTRAST_SHEET) if tokens is CONTRAST else ""
        self.sheet_change.put_on(self.sheet(STYLE_SHEET, **pictures) + more)
        self.changed.emit(tokens)
