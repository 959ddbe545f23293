"""The canvas: the field, its cells and the tools. Values come in, signals go out; it knows neither engine nor case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ...domain.mask import CellMask
from ...ports import RgbImage
from .input_view import InputView
from .items import ProposalView
from .shapes import CellView


class FieldCanvas(InputView):
    """Shows one field with its cells, the open proposal and the hover preview. Positions are field pixels."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Smear")
        self.setAccessibleDescription(
            "The field with the outlines of its cells. Arrow keys move the image under a crosshair, with Shift in "
            "small steps; full stop marks the cell under the crosshair, comma says that this is not part of it. "
            "Plus and minus zoom, F fits the image. The table beside it lists every cell."
        )

    def show_field(self, field_id: int, pixels: RgbImage) -> None:
        """Show a field ``(H, W, 3)`` uint8 RGB as it was last looked at, else fitted. Cells come separately."""
        self._leave_field()
        self._field_id = field_id
        self._size = (pixels.shape[1], pixels.shape[0])
        self.layers.field.set_pixels(pixels)
        self.layers.cells.set_field_size(*self._size)
        state = self._states.get(field_id)
        if state is None or state.fitted:
            self.fit()
        else:
            self._fitted = False
            self._apply(state.scale, state.centre)

    @Slot()
    def clear_field(self) -> None:
        """Show nothing."""
        self._leave_field()
        self._field_id = None
        self._size = (0, 0)
        self.layers.field.set_pixels(None)
        self.scale_bar.hide()
        self.visible_changed.emit(None)

    def set_cells(self, cells: Sequence[CellView]) -> None:
        """Show exactly these cells; zoom and position stay, and what looks the same isn't drawn again."""
        self.layers.cells.set_cells(cells)
        self._tell_cells()
        if self._to_reveal and self._field_id is not None:
            self.reveal(self._to_reveal)

    @Slot(object)
    def set_selection(self, ids: Iterable[int]) -> None:
        """Emphasise these cells."""
        self.layers.cells.set_selected(frozenset(ids))

    def set_proposal(self, proposal: ProposalView | None, *, candidates: int = 0) -> None:
        """Show the open proposal, or none; with several candidates Tab cycles them instead of moving the focus."""
        self._offers_candidates = candidates > 1
        self.layers.proposal.show_proposal(proposal)

    def set_hover_preview(self, mask: CellMask | None) -> None:
        """Show what a click would outline, or nothing."""
        self.layers.hover.show_mask(mask)

    @property
    def hover_preview(self) -> CellMask | None:
        """The preview on show."""
        return self.layers.hover.mask

    @Slot(bool)
    def set_overlay_visible(self, visible: bool) -> None:
        """Show or hide cells and preview. Hidden cells can't be clicked."""
        self.layers.set_overlay_visible(visible)

    @property
    def overlay_visible(self) -> bool:
        """Whether cells are shown."""
        return self.layers.cells.isVisible()

    def set_overlay_opacity(self, opacity: float) -> None:
        """How strongly the cells are drawn, 0 to 1."""
        self.layers.cells.setOpacity(min(max(opacity, 0.0), 1.0))

    def _leave_field(self) -> None:
        if self._field_id is not None:
            self._states[self._field_id] = self.view_state
        self._active_tool.cancel()
        self.layers.cells.set_cells(())
        self.set_proposal(None)
        self.layers.hover.show_mask(None)
        self.layers.gesture.clear()
