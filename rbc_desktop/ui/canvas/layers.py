"""The scene: one item a layer, in the order in which they lie on each other."""

from __future__ import annotations

from PySide6.QtWidgets import QGraphicsScene

from ...domain.geometry import Box, Point
from .cells_item import CellsItem
from .field_item import FieldItem
from .items import GestureItem, HoverItem, OverlayItem, ProposalItem


class Layers:
    """The items of one canvas, bottom to top: field, cells, hover preview, proposal, gesture."""

    def __init__(self, scene: QGraphicsScene) -> None:
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.field = FieldItem()
        self.cells = CellsItem()
        self.hover = HoverItem()
        self.proposal = ProposalItem()
        self.gesture = GestureItem()
        for height, item in enumerate((self.field, self.cells, self.hover, self.proposal, self.gesture)):
            item.setZValue(height)
            scene.addItem(item)

    @property
    def overlays(self) -> tuple[OverlayItem, ...]:
        """The items that keep their line widths at any zoom."""
        return (self.cells, self.hover, self.proposal, self.gesture)

    def set_overlay_visible(self, visible: bool) -> None:
        """Show or hide cells and hover preview; the open proposal always stays."""
        self.cells.setVisible(visible)
        self.hover.setVisible(visible)

    def cell_at(self, point: Point) -> int | None:
        """The accepted cell under a field position, the smallest of several; None while outlines are hidden."""
        return self.cells.at(point) if self.cells.isVisible() else None

    def cells_in(self, box: Box) -> tuple[int, ...]:
        """The accepted cells whose middle lies in a box of the field; none while outlines are hidden."""
        return self.cells.index.centred_in(box) if self.cells.isVisible() else ()
