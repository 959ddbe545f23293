"""Carries out what clicks mean: asks the engine and keeps proposals as cells."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal, Slot

from ...domain.cells.prompts import PromptSet
from ...domain.cells.proposal import Proposal
from ...domain.geometry import Box
from ...editing.case_editor import CaseEditor
from ...editing.selection import Selection
from ...engine import jobs
from ...engine.engine import Engine
from ...errors import RbcError
from ...language import mark, tr
from ..notices import Notices
from .field_work_controller import FieldWorkController
from .outlining import (
    Move,
    Nothing,
    Pick,
    PointClick,
    Prompting,
    Refine,
    Start,
    hint,
    keeping,
    on_box,
    on_click,
    replaced_text,
    with_point,
)

NO_CELL = mark("The model sees no cell there. Click closer to its middle, or drag a box around it.")


@dataclass(frozen=True, slots=True, eq=False)
class Left:
    """A request that the user has left behind; its answer is kept as soon as it comes.

    Attributes:
        prompts: what was asked.
        cell_id: the accepted cell that is refined, or None for a new one.
    """

    prompts: PromptSet
    cell_id: int | None


@dataclass(slots=True)
class FieldPrompts:
    """What is under way on one field."""

    state: Prompting = field(default_factory=Prompting)
    left: dict[int, Left] = field(default_factory=dict)


class OutliningController(FieldWorkController):
    """The cell that is being outlined, on the field that the engine has open.

    A field that is left with an open proposal or with unanswered clicks gets them back when it is shown again.
    """

    changed = Signal()
    """The state is another one, or what it says about a cell."""

    def __init__(
        self, editor: CaseEditor, *, selection: Selection, engine: Engine, notices: Notices, parent: QObject
    ) -> None:
        super().__init__(editor, selection=selection, engine=engine, notices=notices, parent=parent)
        self._work = FieldPrompts()
        self._elsewhere: dict[int, FieldPrompts] = {}
        editor.cells_removed.connect(self._on_cells_removed)
        editor.cells_changed.connect(self._on_cells_changed)
        editor.case_replaced.connect(self._forget)
        selection.changed.connect(self._on_selection)

    @property
    def state(self) -> Prompting:
        """The cell that is being outlined."""
        return self._work.state

    @property
    def hint(self) -> str:
        """What the next click and key do, empty when nothing is under way."""
        return hint(self.state)

    @property
    def unanswered(self) -> int:
        """How many requests that were left behind the model still has to answer."""
        return len(self._work.left)

    @property
    def pending(self) -> dict[int, int]:
        """How many accepted prompts the model still has to answer, by field; fields without any are left out."""
        work = dict(self._elsewhere)
        if self._field_id is not None:
            work[self._field_id] = self._work
        return {i: len(each.left) for i, each in work.items() if each.left and i in self._editor.case.fields}

    def give_up(self, field_id: int) -> None:
        """Forget what is unanswered on a field whose image can't be read."""
        self._elsewhere.pop(field_id, None)
        if field_id == self._field_id:
            self._work.left.clear()

    @property
    def field_id(self) -> int | None:
        """The field whose cells are outlined now."""
        return self._field_id

    def open_field(self, field_id: int) -> None:
        """Resume what was under way on this field; the engine has opened it."""
        if field_id != self._field_id:
            self.close_field()
            self._field_id = field_id
            self._work = self._elsewhere.pop(field_id, FieldPrompts())
        self._ask_again()
        self._become(self.state)

    def close_field(self) -> None:
        """Put what is under way aside."""
        if self._field_id is not None:
            self._elsewhere[self._field_id] = self._work
        self._field_id, self._work = None, FieldPrompts()
        self._become(self.state)

    # What the user does

    @Slot()
    def accept(self) -> None:
        """Keep the proposal as a cell, or as soon as it is there, and select it."""
        if self.state.is_open:
            self._leave(select=True)

    @Slot()
    def drop(self) -> None:
        """Throw the proposal away; with none, select nothing."""
        if self.state.is_open:
            self._become(replace(self.state, steps=()))
        else:
            self._selection.clear()

    @Slot()
    def remove_point(self) -> None:
        """Take back the last click."""
        if self.state.is_open:
            self._become(self.state.without_last())

    @Slot()
    def next_candidate(self) -> None:
        """Show the model's next answer for the same clicks."""
        self._become(self.state.next_candidate())

    @Slot(object)
    def click(self, click: PointClick) -> None:
        """A point was marked."""
        self._carry_out(on_click(self.state, click))

    @Slot(object)
    def draw_box(self, box: Box) -> None:
        """A box was drawn."""
        self._carry_out(on_box(self.state, box))

    def _carry_out(self, move: Move) -> None:
        if self._field_id is None:
            return
        match move:
            case Nothing():
                self._notices.info(move.reason, holds=self._notices.until_next_step())
            case Refine():
                self._ask(move.prompts)
            case Start():
                if self._leave(select=False):
                    self._selection.clear()
                    self._become(Prompting())
                    self._ask(move.prompts)
            case Pick():
                cell = self._editor.case.cells.get(move.cell_id)
                if cell is not None and self._leave(select=False):
                    self._become(Prompting(cell=cell))
                    self._selection.set((cell.id,))
                    if move.also is not None:
                        self._ask(with_point(self.state, move.also))

    # Engine

    def _ask(self, prompts: PromptSet) -> None:
        number = self._engine.submit_prompt(prompts).sequence
        self._become(self.state.asked(number, prompts))

    def _ask_again(self) -> None:
        """Requests of a field that was closed in between are gone in the engine."""
        open_steps = [step for step in self.state.steps if step.proposal is None]
        numbers = {step.number: self._engine.submit_prompt(step.prompts).sequence for step in open_steps}
        self._work.state = self.state.renumbered(numbers)
        left = self._work.left.values()
        self._work.left = {self._engine.submit_prompt(each.prompts).sequence: each for each in left}

    @Slot(object)
    def _on_answer(self, answer: jobs.ProposalReady) -> None:
        number = answer.ticket.sequence
        if answer.hover:
            return
        left = self._work.left.pop(number, None)
        if left is not None:
            if answer.proposal is not None:
                self._keep(answer.proposal, cell_id=left.cell_id)
            self.changed.emit()
        elif any(step.number == number for step in self.state.steps):
            self._become(self.state.answered(number, answer.proposal))
        else:
            return
        if answer.proposal is None:
            self._notices.info(tr(NO_CELL), holds=self._notices.until_next_step())

    @Slot(object)
    def _on_failure(self, failure: jobs.Failure) -> None:
        if failure.ticket is not None:
            self._work.left.pop(failure.ticket.sequence, None)
            self._become(self.state.answered(failure.ticket.sequence, None))

    # Case

    def _leave(self, *, select: bool) -> bool:
        """Keep what is open, now or when it is answered. False when the case file refuses: then it stays open."""
        state = self.state
        if not state.is_open:
            return True
        cell_id = state.cell.id if state.cell is not None else None
        last = state.steps[-1]
        if last.proposal is None:
            self._work.left[last.number] = Left(last.prompts, cell_id)
            kept = cell_id
        else:
            # Before the case changes, or its signals would meet a proposal that is already kept.
            self._work.state = Prompting()
            kept = self._keep(last.proposal, cell_id=cell_id)
            if kept is None:
                self._become(state)
                return False
        self._become(Prompting())
        if select and kept is not None:
            self._selection.set((kept,))
            self._on_selection(self._selection.ids)
        return True

    def _keep(self, proposal: Proposal, *, cell_id: int | None) -> int | None:
        """Make the proposal a cell, or the new mask of one. Returns its id, None when the case file refuses."""
        field_id = self._field_id
        if field_id is None:
            return None
        cells = self._editor.case.cells
        try:
            if cell_id is not None and cell_id not in cells:
                return None
            refined = None if cell_id is None else cells[cell_id]
            plan = keeping(proposal.mask, self._editor.case.cells_of(field_id), refined=refined)
            gone = [cell.id for cell in plan.gone]
            if plan.cell is None:
                kept = self._editor.add_cell(field_id, proposal, instead_of=gone).id
            else:
                kept = self._editor.replace_mask(plan.cell.id, proposal, instead_of=gone).id
            if gone:
                self._notices.did(plan.sentence)
            elif plan.cell is not refined:
                self._notices.info(replaced_text(kept))
            return kept
        except RbcError as error:
            self._notices.error(error, holds=self._notices.until_next_step())
            return None

    @Slot(object)
    def _on_selection(self, ids: tuple[int, ...]) -> None:
        """The one selected cell is the one that clicks refine, unless a proposal is open."""
        if self.state.is_open:
            return
        cell = self._editor.case.cells.get(ids[0]) if len(ids) == 1 else None
        if cell is not None and cell.field_id != self._field_id:
            cell = None
        if cell is not self.state.cell:
            self._become(Prompting(cell=cell))

    @Slot(object)
    def _on_cells_removed(self, ids: tuple[int, ...]) -> None:
        if self.state.cell is not None and self.state.cell.id in ids:
            self._become(Prompting())

    @Slot(object)
    def _on_cells_changed(self, ids: tuple[int, ...]) -> None:
        """The picked cell may have another mask now, e.g. after undo; clicks on the old one are void."""
        old = self.state.cell
        if old is not None and old.id in ids:
            new = self._editor.case.cells[old.id]
            steps = self.state.steps if new.mask is old.mask else ()
            self._become(Prompting(steps, new))

    @Slot()
    def _forget(self) -> None:
        self._elsewhere.clear()
        self._field_id, self._work = None, FieldPrompts()
        self._become(self.state)

    def _become(self, state: Prompting) -> None:
        """The one place that takes a state on."""
        if state.cell is not None and state.cell.id not in self._editor.case.cells:
            state = Prompting()
        self._work.state = state
        self.changed.emit()
