"""What engine, files and case say, in the status line and as notices."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from ....domain.case.case import distinct_names
from ....editing.case_editor import CaseEditor
from ....editing.selection import Selection
from ....engine import jobs
from ....engine.engine import Engine
from ....language import plural, tr
from ....workflows.cases.opening_controller import OpeningController
from ....workflows.fields.field_queue import progress_text
from ....workflows.fields.field_queue_controller import FieldQueueController
from ....workflows.notices import Notices
from ....workflows.review.cell_columns import CellColumns
from .status_bar import StatusBar, device_text

LONGEST_NAME = 24
"""Characters of a file name in the status line."""


def shortened(name: str) -> str:
    """A file name with its middle left out when it is long."""
    half = LONGEST_NAME // 2 - 1
    return name if len(name) <= LONGEST_NAME else f"{name[:half]}…{name[-half:]}"


def selected_text(counts: Mapping[int, int], *, shown: int | None, names: Mapping[int, str]) -> tuple[str, str]:
    """How many cells are selected and in which fields, for the status line, and its tooltip.

    Args:
        counts: selected cells by field, none of them 0.
        shown: the field in view, or None.
        names: of the fields; may lack them when all are selected in the field in view.
    """
    total, here = sum(counts.values()), counts.get(shown or 0, 0)
    others = [i for i in counts if i != shown]
    if not others:
        return (tr("{total:,} selected", total=total) if total else ""), ""
    where = (
        shortened(names[others[0]])
        if len(others) == 1
        else plural("{count} other field", "{count} other fields", len(others))
    )
    text = (
        tr("{total:,} selected in {where}", total=total, where=where)
        if not here
        else tr(
            "{total:,} selected ({here:,} here, {there:,} in {where})",
            total=total,
            here=here,
            there=total - here,
            where=where,
        )
    )
    listed = ", ".join(tr("{count:,} in {name}", count=count, name=names[i]) for i, count in counts.items())
    return text, tr("Selected: {listed}", listed=listed)


class StatusFeed(QObject):
    """Keeps the status line up to date.

    Args:
        line: shows it.
        engine: device, progress of classifying.
        queue: progress of finding cells.
        files: progress of opening and saving.
        editor: scale of the field in view.
        selection: how many cells are selected.
        columns: every cell as the table has it, for the counts of the field in view.
        notices: says what the engine could not do.
        parent: Qt parent.
    """

    changed = Signal()
    """Readiness or a running task changed."""

    def __init__(
        self,
        line: StatusBar,
        *,
        engine: Engine,
        queue: FieldQueueController,
        files: OpeningController,
        editor: CaseEditor,
        selection: Selection,
        columns: CellColumns,
        notices: Notices,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._line, self._engine, self._queue, self._files = line, engine, queue, files
        self._editor, self._selection, self._columns, self._notices = editor, selection, columns, notices
        self.models: jobs.EngineReady | None = None
        self.is_ready = False
        self._tasks: dict[jobs.Ticket, jobs.Progress] = {}
        engine.ready.connect(self._on_ready)
        engine.failed.connect(self._on_failed)
        engine.notice.connect(self._on_notice)
        engine.progress.connect(self._on_progress)
        engine.task_finished.connect(self._on_finished)
        engine.field_ready.connect(self._on_field)
        queue.changed.connect(self._on_queue)
        files.busy_changed.connect(self._on_busy)
        editor.calibration_changed.connect(self._show_calibration)
        selection.changed.connect(self._show_selected)
        line.cancel_requested.connect(self._cancel)

    @Slot()
    def show_field(self) -> None:
        """The field in view, its cells or its scale changed."""
        field = self._editor.current_field
        table = self._columns.table
        waiting = table["waiting"][table["field"] == (0 if field is None else field.id)]
        self._show_selected(self._selection.ids)
        self._line.show_cells(len(waiting) if field else None, int(np.count_nonzero(waiting)))
        self._show_calibration()

    @Slot(object)
    def _show_selected(self, ids: tuple[int, ...]) -> None:
        case, shown = self._editor.case, self._editor.current_field
        counts = case.fields_of(ids)
        number = shown.id if shown else None
        names = distinct_names(case.fields.values()) if counts.keys() - {number} else {}
        text, tip = selected_text(counts, shown=number, names=names)
        self._line.show_selected(text, tip=tip)

    @Slot()
    def _show_calibration(self) -> None:
        field = self._editor.current_field
        self._line.show_calibration(field.calibration if field else None, has_field=field is not None)

    @Slot()
    def _cancel(self) -> None:
        if self._files.is_busy:
            self._files.cancel()
        elif self._queue.queue.is_active:
            self._queue.cancel()
        else:
            self._engine.cancel()

    @Slot(object)
    def _on_busy(self, busy: tuple[str, int, int] | None) -> None:
        if busy is None:
            self._show()
        else:
            text, done, total = busy
            several = total > 1
            self._line.show_progress(
                tr("{doing} {place:,} of {total:,}", doing=text, place=done + 1, total=total) if several else text,
                done,
                total if several else 0,
            )
        self.changed.emit()

    @Slot(object)
    def _on_ready(self, ready: jobs.EngineReady) -> None:
        self.is_ready = True
        self.models = ready
        tip = tr(
            "Segmenter: {segmenter}\nClassifier: {classifier}",
            segmenter=ready.segmenter,
            classifier=ready.classifier or tr("not loaded"),
        )
        self._line.show_device(device_text(ready.device, ready.seconds_per_tile), tip=tip)
        self._notices.look()
        if ready.notes:
            self._notices.warn(" ".join(ready.notes), holds=lambda: self.models is ready)
        self.changed.emit()

    @Slot(object)
    def _on_failed(self, failure: jobs.Failure) -> None:
        if failure.ticket is None:
            self._line.show_device(tr("No model"), tip=failure.message)
        missing = failure.ticket is None  # over when other models are there
        self._notices.error(failure.message, holds=(lambda: not self.is_ready) if missing else None)

    @Slot(object)
    def _on_notice(self, text: str) -> None:
        self._notices.warn(text)

    @Slot(object)
    def _on_progress(self, progress: jobs.Progress) -> None:
        if progress.task == "classify":
            self._tasks[progress.ticket] = progress
            self._show()

    @Slot(object)
    def _on_finished(self, finished: jobs.TaskFinished) -> None:
        self._tasks.pop(finished.ticket, None)
        self._show()
        self.changed.emit()

    @Slot(object)
    def _on_field(self, _: jobs.FieldReady) -> None:
        # The engine drops every task of a field when another one opens and says nothing more about it.
        self._tasks = {ticket: p for ticket, p in self._tasks.items() if ticket.generation == jobs.ANY_GENERATION}
        self._show()
        self.changed.emit()

    @Slot()
    def _on_queue(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        if self._files.is_busy:
            return
        queue = self._queue.queue
        if queue.is_active:
            part = self._queue.share if queue.running is not None else 0.0
            self._line.show_progress(progress_text(queue), round(100 * (len(queue.done) + part)), 100 * queue.total)
        elif self._tasks:
            first = next(iter(self._tasks.values()))
            self._line.show_progress(tr("Measuring and classifying"), first.done, first.total)
        else:
            self._line.hide_progress()
