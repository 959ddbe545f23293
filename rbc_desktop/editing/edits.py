"""The one kind of undoable command: a change forward, a change back, and a text for the menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from ..domain.changes import Change, DeleteCells, PutCells
from ..domain.wording import counted

NO_RUN = -1
"""Commands that never merge (Qt's own value for "no id")."""


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

    def id(self) -> int:
        """The run, which Qt compares before it merges."""
        return self._run

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take in the next batch of cells of the same run."""
        if not isinstance(other, ChangeCommand):
            return False
        mine, theirs = self.forward, other.forward
        if not isinstance(mine, PutCells) or not isinstance(theirs, PutCells):
            return False
        cells = (*mine.cells, *theirs.cells)
        self.forward = PutCells(cells)
        self.backward = DeleteCells(tuple(c.id for c in cells))
        self.setText(segment_all_text(len(cells)))
        return True


def segment_all_text(count: int) -> str:
    """Menu text for a run of *Segment all*."""
    return f"Segment all ({counted(count, 'cell')})"
