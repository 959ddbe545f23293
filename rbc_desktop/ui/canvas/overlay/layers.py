"""The scene: one item a layer, in the order in which they lie on each other."""

from __future__ import annotations

from PySide6.QtWidgets import QGraphicsScene

from ....domain.cells.mask import CellMask
from ....domain.fields.picture_adjustment import PictureAdjustment
from ....domain.geometry import Box, Point
from ..picture.adjusted_field import AdjustedFieldItem, AdjustedSlideItem
from .cells_item import CellsItem
from .hints_item import HintsItem
from .items import GestureItem, HoverItem, OverlayItem, ProposalItem
from .measures_item import MeasuresItem
from .repair_item import RepairItem


class Layers:
    """The items of one canvas, bottom to top.

    Field or slide, cells, hints, hover, proposal, gesture, repair, measures.
    """

    def __init__(self, scene: QGraphicsScene) -> None:
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.field = AdjustedFieldItem()
        self.slide = AdjustedSlideItem(scene)
        self.cells = CellsItem(scene)
        self.hints = HintsItem()
        self.hover = HoverItem()
        self.proposal = ProposalItem()
        self.gesture = GestureItem()
        self.repair = RepairItem()
        self.measures = MeasuresItem()
        for height, item in enumerate((self.field, self.slide, *self.overlays)):
            item.setZValue(height)
            scene.addItem(item)

    @property
    def overlays(self) -> tuple[OverlayItem, ...]:
        """The items that keep their line widths at any zoom."""
        return (self.cells, self.hints, self.hover, self.proposal, self.gesture, self.repair, self.measures)

    def set_adjustment(self, adjustment: PictureAdjustment) -> None:
        """Show field or slide with this, and nothing that lies over it."""
        self.field.set_adjustment(adjustment)
        self.slide.set_adjustment(adjustment)

    def set_overlay_visible(self, visible: bool) -> None:
        """Show or hide cells and hover preview; the open proposal always stays."""
        self.cells.setVisible(visible)
        self.hover.setVisible(visible)

    def cell_at(self, point: Point) -> int | None:
        """The accepted cell under a field position, the smallest of several; None while outlines are hidden."""
        return self.cells.at(point) if self.cells.isVisible() else None

    def cells_at(self, point: Point) -> list[int]:
        """Every accepted cell under a field position, the smallest first; none while outlines are hidden."""
        return self.cells.index.every_at(point) if self.cells.isVisible() else []

    @property
    def selected_cell(self) -> tuple[int, CellMask] | None:
        """Number and mask of the one selected cell of the field; None for none or several, or while they are hidden."""
        ids = self.cells.selected
        view = self.cells.view(next(iter(ids))) if len(ids) == 1 and self.cells.isVisible() else None
        return None if view is None else (view.id, view.mask)

    def cells_in(self, box: Box) -> tuple[int, ...]:
        """The accepted cells whose middle lies in a box of the field; none while outlines are hidden."""
        return self.cells.index.centred_in(box) if self.cells.isVisible() else ()
