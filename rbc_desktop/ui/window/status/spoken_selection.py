"""What a screen reader says of the selected cells while image or gallery has the focus."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from ....editing.selection import Selection
from ....language import plural, tr
from ....reports.summary.rows import CellRow
from ...cells.panel import CellPanel
from ...cells.row_texts import spoken
from ...look.spoken import announce


class SpokenSelection(QObject):
    """Puts the selected cells before the description of what shows them, and says them when another is selected there.

    Args:
        selection: the selected cells.
        panel: knows their classes.
        shown_by: the widgets that show them without being lists themselves.
        parent: Qt parent.
    """

    def __init__(self, selection: Selection, panel: CellPanel, *, shown_by: Sequence[QWidget], parent: QObject) -> None:
        super().__init__(parent)
        self._selection, self._model = selection, panel.model
        self._shown_by = [(widget, widget.accessibleDescription()) for widget in shown_by]
        selection.changed.connect(self._say)
        panel.feed.updated.connect(self._say)
        self._say()

    @Slot()
    def _say(self) -> None:
        text = selection_text(self._selection.ids, self._model.rows.get)
        for widget, about in self._shown_by:
            said = f"{text} {about}".strip()
            if said != widget.accessibleDescription():
                widget.setAccessibleDescription(said)
                if widget.hasFocus():
                    announce(widget, text)


def selection_text(ids: Sequence[int], row_of: Callable[[int], CellRow | None]) -> str:
    """The selected cell, or how many are selected."""
    if len(ids) == 1:
        row = row_of(ids[0])
        if row is None:
            return tr("Cell {number} is selected.", number=ids[0])
        return tr("{cell}, is selected.", cell=spoken(row))
    if not ids:
        return tr("No cell is selected.")
    return plural("{count} cell is selected.", "{count} cells are selected.", len(ids))
