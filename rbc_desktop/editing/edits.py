"""The undo stack and its one kind of command: a change forward, a change back, and a text for the menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QUndoCommand, QUndoStack

from ..domain.case.changes import (
    Change,
    DeleteCells,
    DeleteFields,
    DeleteSlides,
    PutCells,
    PutFields,
    PutSlides,
    Together,
)
from ..domain.case.step_names import SEGMENT_ALL, SEGMENT_ALL_IN
from ..domain.cells.cell import Cell

NO_RUN = -1
"""Of commands that stand for themselves."""


class ChangeCommand(QUndoCommand):
    """Two changes of a case: there and back. Holds values and ids, never widgets.

    It only changes memory. `CaseEditor` writes the same change to the case file first, so that a full disk stops the
    command before it begins.

    Args:
        text: shown after "Undo" and "Redo".
        forward, backward: the states after doing and after undoing.
        apply: applies a change in memory.
        run: commands of one run of *Segment all* share a number and become one entry of the stack.
    """

    def __init__(
        self, text: str, *, forward: Change, backward: Change, apply: Callable[[Change], None], run: int = NO_RUN
    ) -> None:
        super().__init__(text)
        self.forward = forward
        self.backward = backward
        self._apply = apply
        self._run = run

    def redo(self) -> None:
        """Apply the forward change in memory."""
        self._apply(self.forward)

    def undo(self) -> None:
        """Apply the backward change in memory."""
        self._apply(self.backward)

    @property
    def run(self) -> int:
        """The run of *Segment all* that it belongs to, or `NO_RUN`."""
        return self._run

    @property
    def opened_images(self) -> bool:
        """Whether it is the opening of images or slides; taken back, they and all that is on them leave the window."""
        match self.forward, self.backward:
            case PutFields(fields), DeleteFields():
                return all(field.region is None for field in fields)
            case PutSlides(), DeleteSlides():
                return True
            case _:
                return False

    def take_in(self, more: Sequence[Cell]) -> None:
        """Hold these cells, too; memory has them already."""
        cells = (*cells_of(self.forward), *more)
        self.forward, self.backward = PutCells(cells), DeleteCells(tuple(c.id for c in cells))
        self.setText(segment_all_text(cells))


class Steps(QUndoStack):
    """The undo stack: commands that are done, below those that are undone."""

    @property
    def last(self) -> ChangeCommand | None:
        """What undo takes back."""
        return self._at(self.index() - 1)

    @property
    def next(self) -> ChangeCommand | None:
        """What redo does again."""
        return self._at(self.index())

    def add(self, command: ChangeCommand) -> None:
        """Do a command. The batches of a run become one, below what was done since the first."""
        begun = None if command.run == NO_RUN else self._run_done(command.run)
        if begun is None:
            self.push(command)
        else:
            command.redo()
            begun.take_in(cells_of(command.forward))
            self.undoTextChanged.emit(self.undoText())

    def _run_done(self, run: int) -> ChangeCommand | None:
        """The command of a run of *Segment all*, below what was done since.

        None when fields came or went since: undone and done again in order, it would meet fields that aren't there yet.
        """
        for position in reversed(range(self.index())):
            command = self._at(position)
            if command is None or command.run == run:
                return command
            if changes_fields(command.forward) or changes_fields(command.backward):
                return None
        return None

    def is_undone(self, run: int) -> bool:
        """Whether the run was taken back."""
        return any((c := self._at(i)) is not None and c.run == run for i in range(self.index(), self.count()))

    def _at(self, position: int) -> ChangeCommand | None:
        command = self.command(position) if 0 <= position < self.count() else None
        return command if isinstance(command, ChangeCommand) else None


def changes_fields(change: Change) -> bool:
    """Whether a field comes or goes with this change or with its opposite."""
    if isinstance(change, Together):
        return any(map(changes_fields, change.changes))
    return isinstance(change, DeleteFields)


def cells_of(change: Change) -> tuple[Cell, ...]:
    """The cells that a change puts; none for changes of another kind."""
    return change.cells if isinstance(change, PutCells) else ()


def segment_all_text(cells: Sequence[Cell]) -> str:
    """Menu text for a run of *Segment all*."""
    fields = len({cell.field_id for cell in cells})
    return SEGMENT_ALL_IN(cells=len(cells), count=fields) if fields > 1 else SEGMENT_ALL(count=len(cells))
