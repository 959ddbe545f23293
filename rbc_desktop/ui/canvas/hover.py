"""The outline that a click would give, shown while the cursor rests on a cell."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from ...domain.cells.prompts import PromptSet
from ...domain.geometry import Box, Point
from ...engine import jobs
from ...engine.engine import Engine
from ...workflows.outlines.outlining import PointClick, Prompting, Start, on_click
from .view import FieldCanvas


class HoverPreview(QObject):
    """Asks the engine while the cursor moves, only on tiles that are embedded; of many requests it answers the latest.

    Args:
        state: what is under way; a preview is shown only where a click would start a new cell.
    """

    def __init__(self, canvas: FieldCanvas, *, engine: Engine, state: Callable[[], Prompting], parent: QObject) -> None:
        super().__init__(parent)
        self._canvas, self._engine, self._state = canvas, engine, state
        self._ready: list[Box] = []
        self._cursor: Point | None = None
        self._is_asked = False
        canvas.hover_moved.connect(self._on_moved)
        engine.tile_ready.connect(self._on_tile)
        engine.proposal_ready.connect(self._on_answer)

    def start_field(self) -> None:
        """Another field is open, or the same one anew: no tile is known to be embedded."""
        self._ready.clear()
        self._cursor = None
        self.clear()

    @Slot()
    def clear(self) -> None:
        """Show no preview, and wait for none."""
        if self._is_asked:
            self._is_asked = False
            self._engine.drop_hover()
        self._canvas.set_hover_preview(None)

    def refresh(self) -> None:
        """Cells or prompts have changed under a cursor that rests: look again what a click would give."""
        if self._canvas.hover_preview is None or not self._starts_a_cell():
            self.clear()
            self._ask()

    @Slot(object)
    def _on_moved(self, point: Point | None) -> None:
        self._cursor = point
        self._engine.set_cursor(point)
        shown = self._canvas.hover_preview
        if point is not None and shown is not None and shown.contains(point):
            return  # still the same cell
        self.clear()
        self._ask()

    @Slot(object)
    def _on_tile(self, tile: jobs.TileReady) -> None:
        self._ready.append(tile.box)
        if self._cursor is not None and tile.box.contains(self._cursor) and self._canvas.hover_preview is None:
            self._ask()

    @Slot(object)
    def _on_answer(self, answer: jobs.ProposalReady) -> None:
        if answer.hover and self._is_asked and self._cursor is not None:
            self._is_asked = False
            mask = answer.proposal.mask if answer.proposal is not None else None
            fits = mask is not None and mask.contains(self._cursor) and self._starts_a_cell()
            self._canvas.set_hover_preview(mask if fits else None)

    def _starts_a_cell(self) -> bool:
        """Whether a click at the cursor would start a new cell."""
        point, state = self._cursor, self._state()
        if point is None or state.is_waiting:
            return False
        return isinstance(on_click(state, PointClick(point, cell_id=self._canvas.cell_at(point))), Start)

    def _ask(self) -> None:
        point = self._cursor
        if point is None or not any(box.contains(point) for box in self._ready) or not self._starts_a_cell():
            return
        self._engine.submit_prompt(PromptSet.click(point.x, point.y), hover=True)
        self._is_asked = True
