"""Help > Keyboard shortcuts and Help > About, generated from the action table and the parts that run."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib import metadata

from PySide6.QtCore import QSize, Qt, Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from .. import RESEARCH_USE_ONLY as RESEARCH_USE
from .. import __version__
from . import icons
from .actions import MENUS, MOUSE_HELP, ActionSpec, native_keys
from .theme import SPACE_L, SPACE_M, SPACE_S, Tokens, named

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


def about_lines(facts: ModelFacts) -> list[tuple[str, str]]:
    """Name and value pairs for About; versions are those that run, the torch import is not paid for them."""
    lines = [
        ("Version", __version__),
        ("Segmenter", facts.segmenter or "not loaded yet"),
        ("Classifier", facts.classifier or "not loaded"),
        ("Device", facts.device.upper() or "–"),
        ("Python, Qt", f"{platform.python_version()}, {qVersion()}"),
    ]
    for package in ("torch", "lightgbm", "opencv-python-headless", "reportlab"):
        try:
            lines.append((package, metadata.version(package)))
        except metadata.PackageNotFoundError:
            continue  # a frozen build carries no metadata for some packages
    return lines + [("Note", note) for note in facts.notes]


class AboutDialog(QDialog):
    """What this is, what it is for, and what runs."""

    def __init__(self, facts: ModelFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About RBC Desktop")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._lines = about_lines(facts)
        picture = QLabel()
        picture.setPixmap(icons.app_icon().pixmap(QSize(72, 72), self.devicePixelRatioF()))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        use = QLabel(f"<b>{RESEARCH_USE}</b>")
        use.setWordWrap(True)
        what = QLabel(
            "Segments, measures and classifies red cells in blood-smear images. "
            "It works offline: nothing leaves this computer."
        )
        what.setWordWrap(True)
        rows = "".join(
            f'<tr><td style="padding:2px 16px 2px 0">{escape(k)}</td><td style="padding:2px 0">{escape(v)}</td></tr>'
            for k, v in self._lines
        )
        table = QLabel(f"<table>{rows}</table>")
        table.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        table.setWordWrap(True)
        copy = QPushButton("Copy")
        copy.clicked.connect(self._copy)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        text = QVBoxLayout()
        text.setSpacing(SPACE_S)
        title = named(QLabel("RBC Desktop"), "emptyTitle")
        for widget in (title, what, use, table):
            text.addWidget(widget)
        text.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(SPACE_L)
        line.addWidget(picture)
        line.addLayout(text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_M)
        column.setSpacing(SPACE_M)
        column.addLayout(line)
        column.addWidget(buttons)
        self.setMinimumWidth(520)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(f"{name}: {value}" for name, value in self._lines))
