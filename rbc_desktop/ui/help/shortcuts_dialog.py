"""Help > Keyboard shortcuts, generated from the action table, and what the window knows of the models."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ..look.theme import SPACE_L
from ..look.tokens import Tokens
from ..window.actions import MENUS, MOUSE_HELP, ActionSpec, native_keys

KEYS_PX = 190
"""Width of the column of keys, wide enough for the longest gesture of the mouse."""


def shortcut_sections(specs: Sequence[ActionSpec]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Heading and (keys, what they do) pairs, in menu order, the mouse first."""
    sections: list[tuple[str, list[tuple[str, str]]]] = [("Mouse", list(MOUSE_HELP))]
    for menu in MENUS:
        for path in (menu, *sorted({s.menu for s in specs if s.menu.startswith(f"{menu}/")})):
            pairs = [(native_keys(s), s.text.rstrip("…")) for s in specs if s.menu == path and s.keys]
            if pairs:
                sections.append((path.split("/")[-1], pairs))
    return sections


class ShortcutsDialog(QDialog):
    """Every key of the window; stays open beside it."""

    def __init__(self, specs: Sequence[ActionSpec], tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        middle = _balanced(shortcut_sections(specs))
        columns = QWidget()
        line = QHBoxLayout(columns)
        line.setSpacing(2 * SPACE_L)
        names = [heading for heading, _ in shortcut_sections(specs)]
        for chosen in (names[:middle], names[middle:]):
            label = QLabel(_page(specs, tokens, chosen))
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            line.addWidget(label)
        scroll = QScrollArea()
        scroll.setWidget(columns)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(scroll)
        column.addWidget(buttons)
        wanted = columns.sizeHint() + QSize(48, 90)
        screen = self.screen().availableSize()
        self.resize(min(wanted.width(), screen.width() - 80), min(wanted.height(), screen.height() - 80))


def _balanced(sections: list[tuple[str, list[tuple[str, str]]]]) -> int:
    """After which section the second column begins."""
    lengths = [len(pairs) + 2 for _, pairs in sections]
    return min(range(1, len(lengths)), key=lambda i: abs(sum(lengths[:i]) - sum(lengths[i:])))


def _page(specs: Sequence[ActionSpec], tokens: Tokens, headings: Sequence[str]) -> str:
    parts = []
    for heading, pairs in shortcut_sections(specs):
        if heading not in headings:
            continue
        rows = "".join(
            f'<tr><td width="{KEYS_PX}" style="padding:3px 12px 3px 0; color:{tokens.accent}">{escape(keys)}</td>'
            f'<td style="padding:3px 0">{escape(text)}</td></tr>'
            for keys, text in pairs
        )
        parts.append(f'<p style="margin:10px 0 2px 0"><b>{escape(heading)}</b></p><table>{rows}</table>')
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What About says of the models; empty while they load."""

    device: str = ""
    segmenter: str = ""
    classifier: str = ""
    notes: tuple[str, ...] = ()
