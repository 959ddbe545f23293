"""Help > Keyboard shortcuts."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ...language import tr
from ..look.theme import SPACE_L
from ..look.tokens import Tokens

Section = tuple[str, list[tuple[str, str]]]
"""A heading, and pairs of keys and what they do."""


class ShortcutsDialog(QDialog):
    """Every key of the window; stays open beside it."""

    def __init__(self, sections: Sequence[Section], tokens: Tokens, parent: QWidget | None = None) -> None:
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
        for chosen in (sections[:middle], sections[middle:]):
            label = QLabel(columns)
            keys_px = max(label.fontMetrics().horizontalAdvance(keys) for _, pairs in chosen for keys, _ in pairs)
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            line.addWidget(label)
            label.setText(_page(chosen, tokens, keys_px=keys_px + SPACE_L))
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
