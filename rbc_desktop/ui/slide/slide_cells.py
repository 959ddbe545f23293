"""The cells of all regions of a slide, in their places on it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from ...domain.cells.cell import Cell
from ...domain.cells.mask import CellMask
from ...domain.fields.calibration import Calibration
from ...domain.slides.slide import SlideEntry
from ...editing.case_editor import CaseEditor
from ..canvas.cell_feed import CellFeed
from ..canvas.overlay.shapes import CellView, cell_view
from ..canvas.view import FieldCanvas


class SlideCells(CellFeed):
    """Keeps the cells of a slide on its canvas as the case has them."""

    def __init__(self, canvas: FieldCanvas, *, editor: CaseEditor, parent: QObject) -> None:
        super().__init__(canvas, editor=editor, parent=parent)
        self._slide: SlideEntry | None = None
        self._moved: dict[int, tuple[CellMask, CellMask]] = {}

    def show_slide(self, slide: SlideEntry | None) -> None:
        """Bring the cells of this slide, or of none; showing it again changes nothing."""
        if slide == self._slide:
            return
        self._slide = slide
        self._moved.clear()
        self.bring_all()

    def _field_ids(self) -> set[int]:
        return set() if self._slide is None else {f.id for f in self._editor.case.fields_of_slide(self._slide)}

    def _view(self, cell: Cell) -> CellView | None:
        slide, field = self._slide, self._editor.case.fields.get(cell.field_id)
        if slide is None or field is None or field.region is None or self._editor.case.slide_of(field) != slide:
            return None
        view = cell_view(self._editor.case, cell)
        return replace(view, mask=self._placed(cell, x=field.region.x0, y=field.region.y0))

    def _placed(self, cell: Cell, *, x: int, y: int) -> CellMask:
        """The mask on the slide; the same object as long as the cell has the same mask, so that it isn't drawn anew."""
        known = self._moved.get(cell.id)
        if known is None or known[0] is not cell.mask:
            known = cell.mask, cell.mask.moved(x, y)
            self._moved[cell.id] = known
        return known[1]

    def _calibration(self) -> Calibration | None:
        if self._slide is None:
            return None
        fields = self._editor.case.fields_of_slide(self._slide)
        return fields[-1].calibration if fields else self._slide.calibration
