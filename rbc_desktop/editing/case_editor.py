"""The working case: its only mutator, the undo stack, and the signals that windows listen to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from ..domain.case import step_names as names
from ..domain.case.audit_trail import BY_ITSELF, Act
from ..domain.case.case import Case, Field, ImageFacts
from ..domain.case.changes import (
    Change,
    DeleteCells,
    DeleteFields,
    PutAnalyses,
    PutCells,
    PutFields,
    PutReading,
    PutReviews,
    PutSignOffs,
    Together,
)
from ..domain.cells.cell import Cell, CellAnalysis, CellOrigin
from ..domain.cells.hand_edit import Repair
from ..domain.cells.proposal import Proposal
from ..domain.classes.taxonomy import CellClass
from ..domain.fields.calibration import Calibration
from ..domain.fields.field_quality import Qualities
from ..domain.sample.sign_off import LOCKED, is_locked
from ..errors import CaseFileError
from ..language import tr
from ..ports import CaseStore
from . import decisions, large_writes
from .blind import BlindReading
from .edits import NO_RUN, ChangeCommand, Steps, segment_all_text
from .effects import Effects, apply_change, neighbour, touched_fields
from .mask_revisions import MaskRevisions
from .mended import edge_counting, mended, mending, refined
from .own_looks import OwnLooks
from .standing import fallen

UNDO_LIMIT = 200
"""Commands kept for undo; the case file keeps the result of all of them."""


class CaseEditor(QObject):
    """Verbs on one case. Lives on the GUI thread.

    Each verb is one undoable command and one transaction of the case file: when it returns, the case file has it, and
    when it raises `CaseFileError`, neither file nor memory has changed. Verbs that find nothing to do leave no entry
    on the undo stack. Cell ids that don't exist (any more) are passed over; a field that doesn't exist is a KeyError.

    Signals carry tuples of ids (`object`), after the whole change is applied:
        fields_changed, slides_changed: fields, or slides, added, removed or changed.
        cells_added, cells_removed, cells_changed: cells; changed means mask, prompts or reviewed class.
        analyses_changed, overlaps_changed: cells whose measurements arrived or changed; beside those that did.
        calibration_changed, qualities_changed: fields whose scale changed, or of whose image it is known what it shows.
        current_field_changed: the id of the shown field, or None.
        sample_changed, case_replaced, undo_changed: no payload; the first for identity, grading and state.
        file_replaced: no payload; before `case_replaced`, unless a blind reading of the same file begins or ends.
    """

    fields_changed = Signal(object)
    slides_changed = Signal(object)
    cells_added = Signal(object)
    cells_removed = Signal(object)
    cells_changed = Signal(object)
    analyses_changed = Signal(object)
    overlaps_changed = Signal(object)
    calibration_changed = Signal(object)
    qualities_changed = Signal(object)
    current_field_changed = Signal(object)
    sample_changed = Signal()
    file_replaced = Signal()
    case_replaced = Signal()
    undo_changed = Signal()

    def __init__(self, case: Case, store: CaseStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._case = case
        self._store = store
        self._stack = Steps(self)
        self._stack.setUndoLimit(UNDO_LIMIT)
        for signal in (self._stack.indexChanged, self._stack.undoTextChanged, self._stack.redoTextChanged):
            signal.connect(self.undo_changed)
        self._current_field: int | None = next(iter(case.fields), None)
        self.revisions = MaskRevisions(case)
        self._touched = Effects()
        self._blind: BlindReading | None = None
        self._runs = 0
        self.looks = OwnLooks(case, self._apply)
        self.operator = ""  # who works, for the audit trail; empty: the operator named in the sample details

    # What there is

    @property
    def case(self) -> Case:
        """The case; read it, never change it."""
        return self._case

    @property
    def store(self) -> CaseStore:
        """The open case file."""
        return self._store

    @property
    def current_field(self) -> Field | None:
        """The field that is shown, or None without fields."""
        return None if self._current_field is None else self._case.fields.get(self._current_field)

    def set_current_field(self, field_id: int) -> None:
        """Show another field; not a change of the case, so neither undone nor stored."""
        if field_id not in self._case.fields:
            raise KeyError(field_id)
        if field_id != self._current_field:
            self._current_field = field_id
            self.current_field_changed.emit(field_id)

    def replace_case(
        self, case: Case, store: CaseStore, *, shown: int | None = None, blind: BlindReading | None = None
    ) -> CaseStore:
        """Work on another case, or blindly on its own; undo starts afresh. Returns the store to close."""
        previous, self._store, self._blind = self._store, store, blind
        self._case = case
        self.revisions = MaskRevisions(case)
        self._stack.clear()
        self.looks.take(case)
        self._current_field = shown if shown in case.fields else next(iter(case.fields), None)
        if store is not previous:
            self.file_replaced.emit()
        self.case_replaced.emit()
        self.current_field_changed.emit(self._current_field)
        return previous

    # Fields

    def add_fields(self, images: Sequence[ImageFacts]) -> list[Field]:
        """One field per image, with the scale that its file states; an image that the case has is not added twice.

        Returns:
            The field of each image, in order.
        """
        answer, new = decisions.fields_of(self._case, images)
        if new:
            text = names.ADD(name=new[0].name) if len(new) == 1 else names.ADD_IMAGES(count=len(new))
            self.do(text, PutFields(tuple(new)), DeleteFields(tuple(f.id for f in new)))
        return answer

    def remove_field(self, field_id: int, *, reason: str = "") -> None:
        """Take a field and its cells out of the case; the image file stays where it is."""
        text = names.REMOVE(name=self._case.fields[field_id].name)
        self.do(text, DeleteFields((field_id,)), decisions.restoring(self._case, field_id), reason=reason)

    def set_calibration(self, field_ids: Iterable[int], calibration: Calibration | None) -> None:
        """Give fields a scale, or take it away."""
        old = tuple(f for f in (self._case.fields[i] for i in field_ids) if f.calibration != calibration)
        if old:
            step = names.CALIBRATE if calibration is not None else names.REMOVE_SCALE
            self.do(step(count=len(old)), PutFields(tuple(f.at_scale(calibration) for f in old)), PutFields(old))

    def note_field(self, field: Field) -> None:
        """Keep what the image of a field shows; stored, not undoable. A final case keeps what it was signed with."""
        if self._takes_notes:
            self.keep(PutFields((field,)), names.NOTE_ON(name=field.name))
            self._apply(PutFields((field,)))

    # Cells

    def add_cell(self, field_id: int, proposal: Proposal, *, instead_of: Iterable[int] = ()) -> Cell:
        """Accept a proposal as a new cell; in the same step the cells go that it takes the place of."""
        return self._add(field_id, [proposal], origin="prompt", text=names.ADD_CELL(), gone=self._cells(instead_of))[0]

    def new_run(self) -> int:
        """A number for one run of *Segment all*; see `add_cells`."""
        self._runs += 1
        return self._runs

    def add_cells(
        self, field_id: int, proposals: Sequence[Proposal], *, run: int, origin: CellOrigin = "segment all"
    ) -> list[Cell]:
        """Add a batch of *Segment all*, of whatever field; the batches of a run are one entry of the undo stack.

        What was done since the first batch stays above it, so that undo takes back the user's own steps first.
        Each batch is stored when the call returns, so a crash loses at most the batch under way.
        """
        return self._add(field_id, proposals, origin=origin, run=run) if proposals else []

    def is_undone(self, run: int) -> bool:
        """Whether this run of *Segment all* was taken back."""
        return self._stack.is_undone(run)

    def remove_cells(self, ids: Iterable[int], *, reason: str = "") -> int:
        """Delete cells. Returns how many there were."""
        numbers = tuple(self._case.cells.among(sorted(set(ids))))
        if numbers:
            back = Together(tuple(decisions.returning(self._case, numbers)))
            self.do(names.DELETE(count=len(numbers)), DeleteCells(numbers), back, reason=reason)
        return len(numbers)

    def replace_mask(self, cell_id: int, proposal: Proposal, *, instead_of: Iterable[int] = ()) -> Cell:
        """Give a cell a refined mask and its prompts. The reviewed class stays; the analysis has to be made again.

        In the same step the cells go that the new mask takes the place of.

        Raises:
            KeyError: when the cell is gone.
        """
        old = self._case.cells[cell_id]
        new = refined(old, proposal, revision=self.revisions.next_for(old))
        gone = [cell for cell in self._cells(instead_of) if cell.id != cell_id]
        self.do(*decisions.replacing(gone, names.REFINE(number=cell_id), PutCells((new,)), PutCells((old,))))
        return new

    def repair(self, repair: Repair) -> tuple[int, ...]:
        """Give cells the masks that a hand made; analyses have to be made again. Returns the ids of these cells.

        Raises:
            KeyError: when the field, or a cell whose new mask it is, is gone.
        """
        cells = mended(self._case, repair, next_revision=self.revisions.next_for)
        self.revisions.note(cell for cell in cells if cell.mask_revision == 1)  # of the others it gave the revision
        self.do(*mending(self._case, repair, cells=cells))
        return tuple(c.id for c in cells)

    def set_class(self, ids: Iterable[int], reviewed_class: CellClass | None) -> int:
        """Set the reviewed class of cells, or take it away. Returns how many changed."""
        reviews = decisions.classing(self._case, ids, reviewed_class)
        return self._review(names.set_class(len(reviews), reviewed_class), reviews)

    def set_edge_counted(self, ids: Iterable[int], *, include: bool) -> int:
        """Count cells that the field's edge cuts, or leave them out again. Returns how many changed."""
        cells = [c for c in self._cells(ids) if c.touches_border and c.edge_counted is not include]
        if cells:
            self.do(*edge_counting(cells, include=include))
        return len(cells)

    def confirm(self, ids: Iterable[int]) -> int:
        """Make the class that the user sees the reviewed one, where there is none. Returns how many."""
        reviews = decisions.confirming(self._case, ids)
        return self._review(names.CONFIRM(count=len(reviews)), reviews)

    def set_analyses(self, analyses: Iterable[CellAnalysis], *, qualities: Qualities | None = None) -> int:
        """Attach analyses to the cells whose mask they belong to; stored, not undoable. Returns how many fitted.

        An analysis for an undone mask is kept and comes back with it. `qualities`, what fields show, comes first.
        """
        offered = list(analyses)
        self.revisions.keep(offered)
        changes = decisions.attachable(self._case, offered, qualities or {}) if self._takes_notes else []
        for change in changes:
            self._write(change, BY_ITSELF)
            self._apply(change)
        return sum(len(change.analyses) for change in changes if isinstance(change, PutAnalyses))

    # Undo

    def undo(self) -> bool:
        """Take back the last command, in the case file as well. Returns whether there was one."""
        command = self._stack.last
        return command is not None and self._step(names.UNDO, command, command.backward, self._stack.undo)

    def redo(self) -> bool:
        """Do the last undone command again, in the case file as well. Returns whether there was one."""
        command = self._stack.next
        return command is not None and self._step(names.REDO, command, command.forward, self._stack.redo)

    def _step(self, verb: Callable[..., str], command: ChangeCommand, change: Change, move: Callable[[], None]) -> bool:
        self.keep(self.revisions.with_analyses(change), verb(action=command.text()))
        move()
        self._show_what_changed()
        return True

    @property
    def can_undo(self) -> bool:
        """Whether there is a command to take back."""
        return self._stack.canUndo()

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone command."""
        return self._stack.canRedo()

    @property
    def undo_text(self) -> str:
        """What undo would take back, e.g. "Delete 12 cells", to be `told`; empty without."""
        return self._stack.undoText()

    @property
    def undo_closes_images(self) -> bool:
        """Whether undo would take images or slides out that somebody opened."""
        return self._stack.last is not None and self._stack.last.opened_images

    @property
    def redo_text(self) -> str:
        """What redo would do again; empty without."""
        return self._stack.redoText()

    # How

    def _cells(self, ids: Iterable[int]) -> list[Cell]:
        """The existing cells among the ids, each once, in case order."""
        return [self._case.cells[i] for i in sorted(set(ids)) if i in self._case.cells]

    def _add(
        self,
        field_id: int,
        proposals: Sequence[Proposal],
        *,
        origin: CellOrigin,
        text: str = "",
        run: int = NO_RUN,
        gone: Sequence[Cell] = (),
    ) -> list[Cell]:
        if field_id not in self._case.fields:
            raise KeyError(field_id)
        first = self._case.next_cell_id
        cells = [p.as_cell(number, field_id=field_id, origin=origin) for number, p in enumerate(proposals, start=first)]
        self.revisions.note(cells)
        forward, backward = PutCells(tuple(cells)), DeleteCells(tuple(c.id for c in cells))
        self.do(*decisions.replacing(gone, text or segment_all_text(cells), forward, backward), run=run)
        return cells

    def _review(self, text: str, reviews: decisions.Reviews) -> int:
        if reviews:
            self.do(text, PutReviews(reviews), PutReviews(decisions.as_reviewed(self._case, reviews)))
        return len(reviews)

    def do(self, text: str, forward: Change, backward: Change, *, run: int = NO_RUN, reason: str = "") -> None:
        """One undoable step: store, then add. That calls the command's `redo` at once, which changes memory."""
        self.keep(forward, text, reason=reason)
        self._stack.add(ChangeCommand(text, forward=forward, backward=backward, apply=self._apply_here, run=run))

    def keep(self, change: Change, action: str, *, reason: str = "") -> None:
        """Store a change with its row of the audit trail; memory is the caller's to change.

        A case that was reviewed, and that the change alters, is a draft again by the same row (`standing`).

        Raises:
            CaseFileError: when it can't be stored, or the case is final and this is no step of its state.
        """
        if is_locked(self._case.sign_offs) and not isinstance(change, PutSignOffs | PutReading):
            raise CaseFileError(tr(LOCKED))
        self._write(change, Act(action, self.operator or self._case.identity.operator, reason))

    @property
    def _takes_notes(self) -> bool:
        """Whether what the application finds by itself is kept."""
        return not (is_locked(self._case.sign_offs) or self._case.is_blind)

    def _write(self, change: Change, act: Act) -> None:
        if self._blind is not None:
            stored = self._blind.stored(change)
            large_writes.write(self._store, stored, act=act)
            self._blind.reading = stored.reading
            return
        fall = fallen(self._case, change, act=act, head=lambda: self._store.head)
        large_writes.write(self._store, change if fall is None else Together((change, fall)), act=act)
        if fall is not None:
            self._apply(fall)

    def do_for_good(self, change: Change, action: str, *, reason: str = "") -> None:
        """Store and apply a change that can't be undone, and neither can what came before it."""
        self.keep(change, action, reason=reason)
        self._stack.clear()
        self._apply(change)

    def _apply_here(self, change: Change) -> None:
        """What a command's `redo` and `undo` call: change memory, then tell."""
        self._touched = self._apply(self.revisions.with_analyses(change))

    def _apply(self, change: Change) -> Effects:
        before = self._current_field
        effects = apply_change(self._case, self.looks.on(change))
        if before not in self._case.fields:
            self._current_field = neighbour(before, tuple(self._case.fields))
        for signal, ids in (
            (self.slides_changed, effects.slides),
            (self.fields_changed, effects.fields),
            (self.calibration_changed, effects.calibrated),
            (self.cells_removed, effects.removed),
            (self.cells_added, effects.added),
            (self.cells_changed, effects.changed),
            (self.analyses_changed, effects.analysed),
            (self.overlaps_changed, effects.beside),
            (self.qualities_changed, effects.judged),
        ):
            if ids:
                signal.emit(tuple(ids))
        if effects.sample:
            self.sample_changed.emit()
        if self._current_field != before:
            self.current_field_changed.emit(self._current_field)
        return effects

    def _show_what_changed(self) -> None:
        """After undo and redo: an effect in a field that isn't shown would go unseen."""
        touched = touched_fields(self._case, self._touched)
        if touched and self._current_field not in touched:
            self.set_current_field(min(touched))
