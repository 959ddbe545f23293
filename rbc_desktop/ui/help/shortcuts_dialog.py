"""Help > Keyboard shortcuts."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import ceil

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QBoxLayout, QDialogButtonBox, QLabel, QScrollArea, QVBoxLayout, QWidget

from ...language import tr
from ..look.keyed_window import KeyedDialog
from ..look.theme import SPACE_L, ThemeController
from ..look.tokens import Tokens

Section = tuple[str, list[tuple[str, str]]]
"""A heading, and pairs of keys and what they do."""


class ShortcutsDialog(KeyedDialog):
    """Every key of the window; stays open beside it."""

    def __init__(self, sections: Sequence[Section], theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        middle = _balanced(sections)
        # Everything has its place before it has a text: each change of it would lay hundreds of lines out again.
        column = QVBoxLayout(self)
        scroll, columns = QScrollArea(self), QWidget()
        column.addWidget(scroll)
        scroll.setWidget(columns)
        line = QBoxLayout(QBoxLayout.Direction.LeftToRight, columns)
        line.setSpacing(2 * SPACE_L)
        self._columns = [_Column(chosen, theme, columns) for chosen in (sections[:middle], sections[middle:])]
        for label in self._columns:
            line.addWidget(label)
            label.paint_keys()
        scroll.setAccessibleName(tr("Keyboard shortcuts"))
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        screen = self.screen().availableSize()
        if columns.sizeHint().width() + 48 > screen.width() - 80:
            line.setDirection(QBoxLayout.Direction.TopToBottom)
            line.setSpacing(0)
        wanted = columns.sizeHint() + QSize(48, 90)
        self.resize(min(wanted.width(), screen.width() - 80), min(wanted.height(), screen.height() - 80))


class _Column(QLabel):
    """Sections below each other, one line per key.

    Its size is that of its text laid out once; a label lays it out five times, in search of a pleasing width.
    """

    def __init__(self, sections: Sequence[Section], theme: ThemeController, parent: QWidget) -> None:
        super().__init__(parent)
        self._sections, self._theme, self._size = sections, theme, QSize()
        letters = self.fontMetrics()
        self._keys_px = max(letters.horizontalAdvance(keys) for _, pairs in sections for keys, _ in pairs) + SPACE_L
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)

    def paint_keys(self) -> None:
        """Write everything, the keys in the colour of the theme."""
        html = _page(self._sections, self._theme.tokens, keys_px=self._keys_px)
        if self._size.isEmpty():
            document = QTextDocument()
            document.setDefaultFont(self.font())
            document.setDocumentMargin(0)
            document.setHtml(html)
            self._size = QSize(ceil(document.size().width()), ceil(document.size().height()))
        self.setText(html)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:  # comes to one widget after the other: each has its own moment
            self.paint_keys()

    def sizeHint(self) -> QSize:
        return self._size

    def minimumSizeHint(self) -> QSize:
        return self._size


def _balanced(sections: Sequence[Section]) -> int:
    """After which section the second column begins."""
    lengths = [len(pairs) + 2 for _, pairs in sections]
    return min(range(1, len(lengths)), key=lambda i: abs(sum(lengths[:i]) - sum(lengths[i:])))


def _page(sections: Sequence[Section], tokens: Tokens, *, keys_px: int) -> str:
    parts = []
    for heading, pairs in sections:
        rows = "".join(
            f'<tr><td width="{keys_px}" style="padding:3px 12px 3px 0; color:{tokens.accent}">{escape(keys)}</td>'
            f'<td style="padding:3px 0">{escape(text)}</td></tr>'
            for keys, text in pairs
        )
        parts.append(f'<p style="margin:10px 0 2px 0"><b>{escape(heading)}</b></p><table>{rows}</table>')
    return "".join(parts)
