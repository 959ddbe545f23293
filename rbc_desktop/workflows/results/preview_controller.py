"""The report's pages as they would be written now: page 1 at once, the others when the whole report is laid out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from ...background import Task, TaskRunner
from ...errors import RbcError
from ...reports.pdf.paper.page_pictures import PagePicture, draw_page
from ...reports.summary.options import ReportOptions
from .previewing import first_page_of, report_bytes
from .report_material import ReportMaterial

PAUSE_MS = 150
"""How long nothing must have changed before anything is laid out."""


@dataclass(frozen=True, slots=True)
class PreviewWish:
    """What is to be seen.

    Attributes:
        options: what goes into the report.
        material: gives what the report is made of, as it is now.
        width: of the page's picture, pixels.
        number: of the page, from 1.
        pseudonym: of the sample in a de-identified report; None for one that names it.
    """

    options: ReportOptions
    material: Callable[[], ReportMaterial]
    width: int
    number: int = 1
    pseudonym: str | None = None


class PreviewController(QObject):
    """Draws what is wished for in the background; a newer wish replaces an older one.

    Args:
        tasks: runs the drawing.
        parent: Qt parent.
    """

    drawn = Signal(object)
    """A `PagePicture`."""

    failed = Signal(str)
    """Why there is nothing to see, in one sentence."""

    changed = Signal()
    """Whether it is working changed."""

    def __init__(self, *, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._wish: PreviewWish | None = None
        self._document: bytes | None = None
        self._task: Task | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._begin)

    @property
    def is_working(self) -> bool:
        """Whether something is still to be laid out or drawn."""
        return self._pause.isActive() or self._task is not None

    @property
    def document(self) -> bytes | None:
        """The whole report, once it is laid out."""
        return self._document

    def ask(self, wish: PreviewWish) -> None:
        """Lay the report out as it is, once nothing changes for a moment."""
        self.stop()
        self._wish = wish
        self._pause.start()
        self.changed.emit()

    def turn(self, *, number: int, width: int) -> None:
        """Show another page of the same report, or the same one in another width."""
        if self._wish is None or (number, width) == (self._wish.number, self._wish.width):
            return
        self._wish = replace(self._wish, number=number, width=width)
        if self._document is not None:
            self._draw(self._document, self._wish)

    @Slot()
    def stop(self) -> None:
        """Draw nothing more, and forget the report."""
        self._pause.stop()
        self._wish, self._document = None, None
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.changed.emit()

    @Slot()
    def _begin(self) -> None:
        wish = self._wish
        if wish is not None and wish.number == 1:
            task = self._tasks.submit(
                first_page_of, wish.material(), wish.options, width=wish.width, pseudonym=wish.pseudonym
            )
            self._watch(task, self._on_first)
        else:
            self._lay_out()

    def _lay_out(self) -> None:
        if (wish := self._wish) is not None:
            task = self._tasks.submit(report_bytes, wish.material(), wish.options, pseudonym=wish.pseudonym)
            self._watch(task, self._on_document)

    def _draw(self, document: bytes, wish: PreviewWish) -> None:
        if self._task is not None:
            self._task.cancel()
        task = self._tasks.submit(draw_page, document, number=wish.number, width=wish.width)
        self._watch(task, self._on_drawn)

    def _watch(self, task: Task, then: Callable[[object], None]) -> None:
        self._task = task
        task.finished.connect(then, Qt.ConnectionType.QueuedConnection)
        task.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)
        self.changed.emit()

    @Slot(object)
    def _on_first(self, picture: object) -> None:
        if self.sender() is self._task:
            self.drawn.emit(picture)
            self._lay_out()

    @Slot(object)
    def _on_document(self, document: object) -> None:
        if self.sender() is self._task and isinstance(document, bytes) and self._wish is not None:
            self._document = document
            self._draw(document, self._wish)

    @Slot(object)
    def _on_drawn(self, picture: object) -> None:
        if self.sender() is self._task and isinstance(picture, PagePicture):
            self._task = None
            self.drawn.emit(picture)
            self.changed.emit()

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        if self.sender() is self._task and isinstance(error, RbcError):
            self._task = None
            self.failed.emit(error.message)
            self.changed.emit()
