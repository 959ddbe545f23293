"""Help > About: what this is, what runs, and one page with the licences of everything that it is made of."""

from __future__ import annotations

import platform
from collections.abc import Callable
from html import escape

from PySide6.QtCore import QSize, Qt, QTimer, Slot, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication, QTextCursor
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ... import __version__, research_use
from ...background import TaskRunner
from ...engine.jobs import EngineReady
from ...errors import RbcError
from ...language import mark, tr
from ...storage.parts import read_licences
from ..look import icons
from ..look.keyed_window import KeyedDialog
from ..look.theme import SPACE_L, SPACE_M, SPACE_S, named

WHAT = mark(
    "Segments, measures and classifies red cells in blood-smear images. It works offline: nothing leaves this computer."
)

LINES_AT_ONCE = 400
"""How much of the licences page is put in before the window gets its turn: all 16,000 lines take 240 ms."""


def about_lines(running: EngineReady | None) -> list[tuple[str, str]]:
    """Name and value pairs: what runs."""
    return [
        (tr("Version"), __version__),
        (tr("Segmenter"), running.segmenter if running else tr("not loaded yet")),
        (tr("Classifier"), (running.classifier if running else None) or tr("not loaded")),
        (tr("Device"), running.device.upper() if running else "–"),
        (tr("Python, Qt"), f"{platform.python_version()}, {qVersion()}"),
        *((tr("Note"), note) for note in (running.notes if running else ())),
    ]


class AboutDialog(KeyedDialog):
    """Two pages: what runs, and the licences, which are read in the background."""

    def __init__(
        self,
        running: EngineReady | None,
        *,
        tasks: TaskRunner,
        read: Callable[[], str] = read_licences,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About RBC Desktop"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.lines = about_lines(running)
        self.table = QLabel(_as_table(self.lines))
        self.licences = _licences_view()
        self._waiting: list[str] = []
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._add_lines)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.addTab(self._first_page(), tr("About"))
        self.pages.addTab(_padded(self.licences), tr("Licences"))
        self.copy_button = QPushButton(tr("Copy"))
        self.copy_button.setToolTip(tr("Copy versions and models, for a message to support"))
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
        screen = self.screen().availableSize()
        self.resize(min(1120, screen.width() - 60), min(600, screen.height() - 60))
        task = tasks.submit(read)
        task.finished.connect(self._on_licences, Qt.ConnectionType.QueuedConnection)
        task.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)

    def _first_page(self) -> QWidget:
        picture = QLabel()
        picture.setPixmap(icons.app_icon().pixmap(QSize(96, 96), self.devicePixelRatioF()))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        title = named(QLabel("RBC Desktop"), "emptyTitle")
        what, use = QLabel(tr(WHAT)), QLabel(f"<b>{escape(research_use()).replace(chr(10), '<br>')}</b>")
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

    @property
    def licences_complete(self) -> bool:
        """Whether the page is read and put in."""
        return not (self._waiting or self.licences.placeholderText())

    @Slot(object)
    def _on_licences(self, page: str) -> None:
        self._waiting = page.splitlines()
        self._turn.start()

    @Slot()
    def _add_lines(self) -> None:
        lines, self._waiting = self._waiting[:LINES_AT_ONCE], self._waiting[LINES_AT_ONCE:]
        end = QTextCursor(self.licences.document())
        end.movePosition(QTextCursor.MoveOperation.End)
        end.insertText("\n".join([*lines, ""]))
        if not self._waiting:
            self._turn.stop()
            self.licences.setPlaceholderText("")

    @Slot(object)
    def _on_failed(self, error: RbcError) -> None:
        self.licences.setPlaceholderText(error.message)

    @Slot(int)
    def _on_page(self, page: int) -> None:
        self.copy_button.setVisible(page == 0)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(f"{name}: {value}" for name, value in self.lines))


def _padded(content: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, SPACE_M, 0, 0)
    column.addWidget(content)
    return page


def _licences_view() -> QPlainTextEdit:
    view = QPlainTextEdit()
    view.setAccessibleName(tr("Licences"))
    view.setTabChangesFocus(True)
    view.setPlaceholderText(tr("Reading the licences…"))
    view.setReadOnly(True)
    view.setUndoRedoEnabled(False)
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(0.87 * view.font().pointSizeF())  # letters of equal width look large beside others
    view.setFont(font)
    return view


def _as_table(lines: list[tuple[str, str]]) -> str:
    rows = "".join(
        f'<tr><td style="padding:2px 20px 2px 0">{escape(name)}</td><td style="padding:2px 0">{escape(value)}</td></tr>'
        for name, value in lines
    )
    return f'<table cellspacing="0" cellpadding="0">{rows}</table>'
