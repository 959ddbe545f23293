"""Help > About: what this is, what runs, and everything that it is made of with licences."""

from __future__ import annotations

import platform
from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import QSize, Qt, Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ... import RESEARCH_USE_ONLY as RESEARCH_USE
from ... import __version__
from ...background import TaskRunner
from ...errors import RbcError
from ...storage.parts import Part, read_parts
from ..look import icons
from ..look.theme import SPACE_L, SPACE_M, SPACE_S, named
from .parts_view import PartsView
from .shortcuts_dialog import ModelFacts

WHAT = (
    "Segments, measures and classifies red cells in blood-smear images. It works offline: nothing leaves this computer."
)

PACKAGES = {
    "torch": "PyTorch",
    "sam2": "SAM 2",
    "lightgbm": "LightGBM",
    "opencv-python-headless": "OpenCV",
    "numpy": "NumPy",
}
"""Parts whose versions stand on the first page, and what they are called there."""


def about_lines(facts: ModelFacts, parts: Sequence[Part] = ()) -> list[tuple[str, str]]:
    """Name and value pairs: what runs. Versions of packages come from the list of parts, once it is read."""
    versions = {part.name: part.version for part in parts}
    return [
        ("Version", __version__),
        ("Segmenter", facts.segmenter or "not loaded yet"),
        ("Classifier", facts.classifier or "not loaded"),
        ("Device", facts.device.upper() or "–"),
        ("Python, Qt", f"{platform.python_version()}, {qVersion()}"),
        *((shown, versions.get(name, "…")) for name, shown in PACKAGES.items()),
        *(("Note", note) for note in facts.notes),
    ]


class AboutDialog(QDialog):
    """Two pages: what runs, and the bundled parts, which are read in the background."""

    def __init__(
        self,
        facts: ModelFacts,
        *,
        tasks: TaskRunner,
        read: Callable[[], Sequence[Part]] = read_parts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("About RBC Desktop")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._facts = facts
        self._parts: Sequence[Part] = ()
        self.table = QLabel()
        self.parts = PartsView()
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.addTab(self._first_page(), "About")
        self.pages.addTab(_padded(self.parts), "Bundled parts")
        self.copy_button = QPushButton("Copy")
        self.copy_button.setToolTip("Copy versions and models, for a message to support")
        self.copy_button.clicked.connect(self._copy)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, SPACE_M, SPACE_L, SPACE_M)
        column.setSpacing(SPACE_M)
        column.addWidget(self.pages, 1)
        column.addWidget(buttons)
        self.pages.currentChanged.connect(self._on_page)
        self._on_page(0)
        self._show_lines()
        screen = self.screen().availableSize()
        self.resize(min(1120, screen.width() - 60), min(600, screen.height() - 60))
        task = tasks.submit(read)
        task.finished.connect(self._on_parts, Qt.ConnectionType.QueuedConnection)
        task.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What the first page says."""
        return about_lines(self._facts, self._parts)

    def _first_page(self) -> QWidget:
        picture = QLabel()
        picture.setPixmap(icons.app_icon().pixmap(QSize(96, 96), self.devicePixelRatioF()))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        title = named(QLabel("RBC Desktop"), "emptyTitle")
        what, use = QLabel(WHAT), QLabel(f"<b>{escape(RESEARCH_USE)}</b>")
        self.table.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text = QVBoxLayout()
        text.setSpacing(SPACE_S)
        for label in (title, what, use, self.table):
            label.setWordWrap(label is not title)
            text.addWidget(label)
            if label is use:
                text.addSpacing(SPACE_S)
        text.addStretch(1)
        page = QWidget()
        line = QHBoxLayout(page)
        line.setContentsMargins(0, SPACE_L, 0, 0)
        line.setSpacing(SPACE_L)
        line.addWidget(picture)
        line.addLayout(text, 1)
        return page

    def _show_lines(self) -> None:
        rows = "".join(
            f'<tr><td style="padding:2px 20px 2px 0">{escape(name)}</td>'
            f'<td style="padding:2px 0">{escape(value)}</td></tr>'
            for name, value in self.lines
        )
        self.table.setText(f'<table cellspacing="0" cellpadding="0">{rows}</table>')

    @Slot(object)
    def _on_parts(self, parts: Sequence[Part]) -> None:
        self._parts = parts
        self._show_lines()
        self.parts.show_parts(parts)

    @Slot(object)
    def _on_failed(self, error: RbcError) -> None:
        self.parts.show_problem(error.message)

    @Slot(int)
    def _on_page(self, page: int) -> None:
        self.copy_button.setVisible(page == 0)
        if page == 1:
            self.parts.search.setFocus()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(f"{name}: {value}" for name, value in self.lines))


def _padded(content: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, SPACE_M, 0, 0)
    column.addWidget(content)
    return page
