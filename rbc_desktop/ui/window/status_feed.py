"""What the engine says, in the status line and the message bar."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from ...engine import jobs
from ...engine.engine import Engine
from ...workflows.notices import Notices
from .status_bar import StatusBar, device_text

TASK_TEXT: dict[jobs.TaskName, str] = {"segment all": "Finding cells", "classify": "Measuring and classifying"}


def finished_text(found: int, *, cancelled: bool) -> str:
    """The sentence after Segment all."""
    cells = "1 new cell" if found == 1 else f"{found:,} new cells"
    if cancelled:
        return f"Stopped. {cells[:1].upper()}{cells[1:]} kept; undo with Ctrl+Z." if found else "Stopped."
    return f"{cells[:1].upper()}{cells[1:]} found." if found else "No new cell was found."


class EngineStatus(QObject):
    """Listens to the engine on the GUI thread."""

    changed = Signal()
    """Readiness or a running task changed."""

    def __init__(self, engine: Engine, line: StatusBar, *, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._line, self._notices = line, notices
        self.models: jobs.EngineReady | None = None
        self.is_ready = False
        self.is_segmenting = False
        self._tasks: dict[jobs.Ticket, jobs.Progress] = {}
        engine.ready.connect(self._on_ready)
        engine.failed.connect(self._on_failed)
        engine.notice.connect(self._on_notice)
        engine.progress.connect(self._on_progress)
        engine.task_finished.connect(self._on_finished)
        engine.field_ready.connect(self._on_field)

    @property
    def is_showing(self) -> bool:
        """Whether the progress bar belongs to the engine now."""
        return bool(self._tasks)

    @Slot(object)
    def _on_ready(self, ready: jobs.EngineReady) -> None:
        self.is_ready = True
        self.models = ready
        tip = f"Segmenter: {ready.segmenter}\nClassifier: {ready.classifier or 'not loaded'}"
        self._line.show_device(device_text(ready.device, ready.seconds_per_tile), tip=tip)
        if ready.notes:
            self._notices.warn(" ".join(ready.notes))
        self.changed.emit()

    @Slot(object)
    def _on_failed(self, failure: jobs.Failure) -> None:
        if failure.ticket is None:
            self._line.show_device("No model", tip=failure.message)
        self._notices.error(failure.message)

    @Slot(object)
    def _on_notice(self, text: str) -> None:
        self._notices.warn(text)

    @Slot(object)
    def _on_progress(self, progress: jobs.Progress) -> None:
        if progress.task == "segment all" and not self.is_segmenting:
            self.is_segmenting = True
            self.changed.emit()
        self._tasks[progress.ticket] = progress
        self._show()

    @Slot(object)
    def _on_finished(self, finished: jobs.TaskFinished) -> None:
        self._tasks.pop(finished.ticket, None)
        if finished.task == "segment all":
            self.is_segmenting = False
        self._show()
        self.changed.emit()

    @Slot(object)
    def _on_field(self, _: jobs.FieldReady) -> None:
        # The engine drops every task when another field opens and says nothing more about it.
        self._tasks.clear()
        self.is_segmenting = False
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        if not self._tasks:
            self._line.hide_progress()
            return
        first = next((p for p in self._tasks.values() if p.task == "segment all"), next(iter(self._tasks.values())))
        self._line.show_progress(TASK_TEXT[first.task], first.done, first.total)
