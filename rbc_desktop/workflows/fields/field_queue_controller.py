"""Runs Segment all over fields, one after the other, whatever field is shown meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ...domain.case.case import SEARCHED_EARLIER, Field, distinct_names
from ...domain.sample.sign_off import LOCKED, is_locked
from ...editing.case_editor import CaseEditor
from ...engine import jobs
from ...engine.engine import Engine
from ...errors import RbcError
from ...language import tr
from ...ports import LoadedImage
from ..analysis.analysing import remarked_field
from ..cases.reading_controller import FieldImages, FieldProblem
from ..key_map import said
from ..notices import Notices
from .field_queue import FieldQueue, Tally, ended_text, fields_to_search, is_enough, left_text


class FieldQueueController(QObject):
    """The queue of fields in which every cell is looked for.

    All that a run finds is one step of undo, and stored batch by batch. Undoing it stops it.

    Args:
        editor: the working case.
        engine: finds cells, in one field at a time.
        images: reads the fields' images.
        notices: says how a run ended.
        parent: Qt parent.

    Attributes:
        queue: what is under way and to come.
        share: how much of the field under way is done, 0 to 1.
        order: the fields as they are listed; those that wait come in this order.
        target: how many cells are wanted, 0 for no target.
        tally: how many cells there are; None while that is being found out, and `look` follows.
    """

    changed = Signal()
    """The queue, or how far the field under way is."""

    searched = Signal(int)
    """Every cell of this field was looked for."""

    run_finished = Signal(int, bool)
    """A run ended: cells added, and whether it was cancelled."""

    def __init__(
        self, editor: CaseEditor, *, engine: Engine, images: FieldImages, notices: Notices, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._editor, self._engine, self._images, self._notices = editor, engine, images, notices
        self.queue = FieldQueue()
        self.share = 0.0
        self.order: tuple[int, ...] = ()
        self.target, self._stops = 0, False
        self.tally: Callable[[], Tally | None] = lambda: Tally(0)
        self._regardless: set[int] = set()
        self._segmenter = ""
        self._run = 0
        self._ticket: jobs.Ticket | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._go_on)
        engine.ready.connect(self._on_ready)
        engine.cells_found.connect(self._on_found)
        engine.progress.connect(self._on_progress)
        engine.field_remarked.connect(self._on_remark)
        engine.failed.connect(self._on_failed)
        engine.task_finished.connect(self._on_finished)
        images.decoded.connect(self._on_image)
        images.failed.connect(self._on_no_image)
        editor.case_replaced.connect(self._forget)
        editor.fields_changed.connect(self._on_fields)
        editor.calibration_changed.connect(self._on_calibration)
        editor.undo_changed.connect(self._on_undo)

    @property
    def is_on_shown(self) -> bool:
        """Whether cells are being found in the field in view."""
        shown = self._editor.current_field
        return shown is not None and shown.id == self.queue.running

    # Verbs

    @Slot()
    def segment_shown(self) -> None:
        """Find every cell of the field in view, next, and be there enough cells already."""
        field = self._editor.current_field
        if field is not None:
            self._regardless.add(field.id)
            self.segment([field.id], first=True)

    @Slot()
    def segment_all(self) -> None:
        """Find every cell of every field that isn't done, the shown one first."""
        field = self._editor.current_field
        shown = None if field is None else field.id
        ids = fields_to_search(self._editor.case, shown=shown, order=self.order)
        if ids:
            self.segment(ids)
        elif not self.queue.is_active:
            self._notices.info(
                tr("Every field is segmented already; {key} looks at the shown one again.", key=said("F5"))
            )

    def segment(self, ids: Iterable[int], *, first: bool = False) -> None:
        """Find every cell of these fields; `first`: before those that wait. A final case takes none."""
        if is_locked(self._editor.case.sign_offs):
            self._notices.error(tr(LOCKED), holds=self._notices.until_next_step())
            return
        if not self.queue.is_active:
            self._run = self._editor.new_run()
        self._become(self.queue.asked(ids, first=first))
        self._notices.look()
        self._soon.start()

    def reorder(self, ids: Sequence[int]) -> None:
        """The fields are listed in this order now."""
        self.order = tuple(ids)
        self._become(self.queue.in_order(self.order))

    def leave_out(self, field_id: int) -> None:
        """Take a field that waits off the queue."""
        waiting = tuple(i for i in self.queue.waiting if i != field_id)
        self._become(replace(self.queue, waiting=waiting))
        self._soon.start()

    def set_target(self, cells: int, *, stops: bool) -> None:
        """So many cells are wanted, 0 for no target; `stops`: a run ends by itself when they are there."""
        if (self.target, self._stops) != (cells, stops):
            self.target, self._stops = cells, stops
            self.changed.emit()
            self.look()

    @Slot()
    def cancel(self) -> None:
        """Stop after the step that is running; what was found stays."""
        if self.queue.is_active:
            self._let_go()
            self._end(cancelled=True)

    @Slot()
    def look(self) -> None:
        """What `tally` says may have changed."""
        if self.queue.waiting and self.queue.running is None:
            self._soon.start()

    # One field after the other

    @Slot()
    def _go_on(self) -> None:
        queue = self.queue
        if queue.running is not None or not queue.is_active:
            if not queue.is_active and self._run:
                self._end()
            return
        if not queue.waiting:
            return
        if self.target and self._stops and queue.waiting[0] not in self._regardless:
            count = self.tally()
            enough = None if count is None else is_enough(count, target=self.target)
            if enough is None:
                return  # `look` comes back
            if enough:
                self._end(target=self.target)
                return
        self.share = 0.0
        self._become(queue.begun())
        self._read(self.queue.running)

    def _read(self, field_id: int | None) -> None:
        """Have the image of the field under way, then search it; the next one's is read meanwhile."""
        field = None if field_id is None else self._editor.case.fields.get(field_id)
        if field is None:
            return
        image = self._images.get(field.id)
        if image is None:
            self._images.problems.pop(field.id, None)  # it may be there again
            self._images.request(field, shown=False)
        else:
            self._search(image)

    def _search(self, image: LoadedImage) -> None:
        field = self._editor.case.fields[self.queue.running or 0]
        self._ticket = self._engine.segment_all(
            image,
            calibration=field.calibration,
            existing=[cell.mask for cell in self._editor.case.cells_of(field.id)],
            in_view=self.is_on_shown,
        )
        following = self._following
        if following is None:
            return
        image_ahead = self._images.get(following.id)
        if image_ahead is None:
            self._images.request(following, shown=False)
        else:
            self._engine.prepare_ahead(image_ahead, calibration=following.calibration)

    @property
    def _following(self) -> Field | None:
        """The field that comes next."""
        return self._editor.case.fields.get(self.queue.waiting[0]) if self.queue.waiting else None

    def _end(self, *, cancelled: bool = False, target: int = 0) -> None:
        """The run is over."""
        ended, self._run = self.queue, 0
        self._regardless.clear()
        self._become(ended.stopped())
        text = ended_text(
            ended, names=distinct_names(self._editor.case.fields.values()), cancelled=cancelled, target=target
        )
        if ended.failed and not cancelled:
            self._notices.warn(text, holds=lambda: not self.queue.is_active)
        elif ended.added and cancelled:
            self._notices.did(text)
        else:
            self._notices.info(text)
        self.run_finished.emit(ended.added, cancelled)

    def _let_go(self) -> None:
        """Have the engine drop what is under way."""
        ticket, self._ticket = self._ticket, None
        if ticket is not None:
            self._engine.drop(ticket)

    def _again(self) -> None:
        """The field under way is to be done again, with the cells that it has by now."""
        self._let_go()
        self._become(self.queue.put_back())
        self._soon.start()

    def _field_over(self, *, why: str = "") -> None:
        self._ticket = None
        self._become(self.queue.ended(why=why))
        self._soon.start()

    def _become(self, queue: FieldQueue) -> None:
        self.queue = queue
        self.changed.emit()

    # What images and engine say

    @Slot(int, object)
    def _on_image(self, field_id: int, image: LoadedImage) -> None:
        if self._ticket is None:
            if field_id == self.queue.running:
                self._search(image)
        elif (following := self._following) is not None and field_id == following.id:
            self._engine.prepare_ahead(image, calibration=following.calibration)

    @Slot(object)
    def _on_no_image(self, problem: FieldProblem) -> None:
        if problem.field_id == self.queue.running and self._ticket is None:
            self._field_over(why=problem.message)

    @Slot(object)
    def _on_ready(self, ready: jobs.EngineReady) -> None:
        self._segmenter = ready.segmenter
        if ready.replaced and self._ticket is not None:
            self._again()

    @Slot(object)
    def _on_found(self, found: jobs.CellsFound) -> None:
        if found.ticket != self._ticket or self.queue.running is None:
            return
        try:
            added = self._editor.add_cells(self.queue.running, found.proposals, run=self._run)
        except RbcError as error:
            self._refuse(error)
        else:
            self._become(self.queue.found(len(added)))

    @Slot(object)
    def _on_progress(self, progress: jobs.Progress) -> None:
        if progress.ticket == self._ticket:
            self.share = progress.done / max(1, progress.total)
            self.changed.emit()

    @Slot(object)
    def _on_remark(self, remarked: jobs.FieldRemarked) -> None:
        """Keep it for the report; say it of the field in view, and of others by a mark in the strip."""
        if remarked.ticket != self._ticket or self.queue.running is None:
            return
        field = self._editor.case.fields[self.queue.running]
        ticket, self._ticket = self._ticket, None  # the scale that the engine leaves aside is no change of the user's
        try:
            self._editor.note_field(remarked_field(field, remarked))
        except RbcError as error:
            self._ticket = ticket
            self._refuse(error)
            return
        self._ticket = ticket
        if self.is_on_shown:
            self._notices.warn(remarked.remark.text)

    @Slot(object)
    def _on_failed(self, failure: jobs.Failure) -> None:
        if failure.ticket is not None and failure.ticket == self._ticket:
            self._field_over(why=failure.message)

    @Slot(object)
    def _on_finished(self, finished: jobs.TaskFinished) -> None:
        if finished.ticket != self._ticket or self.queue.running is None:
            return
        self._ticket = None
        if finished.cancelled:  # by the button that stops whatever the engine does
            self._end(cancelled=True)
            return
        field = self._editor.case.fields[self.queue.running]
        try:
            self._editor.note_field(replace(field, searched=self._segmenter or SEARCHED_EARLIER))
        except RbcError as error:
            self._refuse(error)
        else:
            self._field_over()
            self.searched.emit(field.id)

    def _refuse(self, error: RbcError) -> None:
        """The case file takes nothing more: no other field would do better."""
        self._let_go()
        self._end(cancelled=True)
        self._notices.error(error, holds=self._notices.until_next_step())

    # What becomes of the case

    @Slot()
    def _forget(self) -> None:
        """Another case: all that is said of this one is that its run ended."""
        left = self.queue
        self._let_go()
        self._run, self.order = 0, ()
        self._regardless.clear()
        self._become(FieldQueue())
        if left.is_active:
            self._notices.info(left_text(left))
            self.run_finished.emit(0, True)

    @Slot()
    def _on_fields(self) -> None:
        left = self.queue.only(self._editor.case.fields)
        if left != self.queue:
            if left.running is None:
                self._let_go()
            self._become(left)
            self._soon.start()

    @Slot(object)
    def _on_calibration(self, field_ids: tuple[int, ...]) -> None:
        """The model sees the cells at another scale from now on."""
        if self._ticket is not None and self.queue.running in field_ids:
            self._again()

    @Slot()
    def _on_undo(self) -> None:
        if self.queue.is_active and self._editor.is_undone(self._run):
            self._let_go()
            self._run = 0
            self._become(self.queue.stopped())
            self.run_finished.emit(0, True)
