"""The last resort for an unexpected error: says so, offers the details, and lets the work continue."""

from __future__ import annotations

import logging
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ... import __version__
from ...errors import RbcError
from ...language import tr
from ...ui.look import icons
from ...ui.look.theme import SPACE_L, SPACE_M
from ...ui.look.tokens import DARK, LIGHT

log = logging.getLogger(__name__)


def error_sentence(error: BaseException) -> str:
    """What the user reads: the sentence of a foreseen error, else a general one."""
    if isinstance(error, RbcError):
        return error.message
    return tr("Something unexpected went wrong. Your work is kept: every step up to here is in the case file.")


class CrashDialog(QDialog):
    """Sentence, details to copy, and a way on."""

    def __init__(self, error: BaseException, details: str, *, log_file: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("RBC Desktop")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dark = self.palette().window().color().lightness() < 128
        picture = QLabel()
        colour = (DARK if dark else LIGHT).error
        picture.setPixmap(icons.pixmap("error", 32, colour=colour, ratio=self.devicePixelRatioF()))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        sentence = QLabel(error_sentence(error))
        sentence.setWordWrap(True)
        where = QLabel(
            tr("Please send the details below to whoever looks after this program. Log: {file}", file=log_file)
        )
        where.setWordWrap(True)
        where.setProperty("muted", True)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details = QPlainTextEdit(f"RBC Desktop {__version__}\n{details}")
        self.details.setReadOnly(True)
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.details.setMinimumSize(560, 200)
        copy = QPushButton(tr("Copy details"))
        copy.clicked.connect(self._copy)
        buttons = QDialogButtonBox()
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        resume = buttons.addButton(tr("Continue"), QDialogButtonBox.ButtonRole.AcceptRole)
        resume.setProperty("primary", True)
        resume.setDefault(True)
        buttons.accepted.connect(self.accept)
        text = QVBoxLayout()
        text.setSpacing(SPACE_M)
        text.addWidget(sentence)
        text.addWidget(where)
        head = QHBoxLayout()
        head.setSpacing(SPACE_M)
        head.addWidget(picture)
        head.addLayout(text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_M)
        column.setSpacing(SPACE_M)
        column.addLayout(head)
        column.addWidget(self.details, 1)
        column.addWidget(buttons)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())


class CrashReporter(QObject):
    """Takes exceptions that nothing else caught, of any thread; logs each, shows one dialog at a time."""

    _reported = Signal(object)

    def __init__(self, *, log_file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log_file = log_file
        self._open = False
        self.dialog: CrashDialog | None = None
        self._reported.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def handle(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """``sys.excepthook``."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        log.critical("unexpected error", exc_info=(kind, error, trace))
        self._reported.emit((error, "".join(traceback.format_exception(kind, error, trace))))

    def handle_thread(self, args: threading.ExceptHookArgs) -> None:
        """``threading.excepthook``."""
        if args.exc_value is not None:
            self.handle(args.exc_type, args.exc_value, args.exc_traceback)

    @Slot(object)
    def _show(self, report: tuple[BaseException, str]) -> None:
        if self._open:
            return  # an error in a loop must not bury the screen; the log has them all
        self._open = True
        self.dialog = CrashDialog(report[0], report[1], log_file=self._log_file, parent=QApplication.activeWindow())
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    @Slot()
    def _on_closed(self) -> None:
        self._open = False
        self.dialog = None
