"""The canvas of a whole slide: moving about, regions, and the overview map in its corner."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication

from ...domain.fields.regions import Region
from ...domain.geometry import Box, Point
from ...language import tr
from ...ports import RegionReader
from ...workflows.outlines.outlining import PointClick
from ...workflows.slides.region_proposals import Proposals
from ..canvas.tools.gestures import ToolName
from ..canvas.view import FieldCanvas
from .overview_map import OverviewMap
from .regions_item import RegionsItem

_ABOVE = 100.0


class SlideCanvas(FieldCanvas):
    """Dragging moves the slide, or the proposal under the cursor; a double click opens the place."""

    proposal_taken = Signal(int)
    """A proposal was clicked."""

    proposal_moved = Signal(int, int, int)
    """A proposal, and where its upper left corner is to lie: x and y in slide pixels."""

    proposal_deleted = Signal(int)
    """The proposal in hand is no longer wanted."""

    place_opened = Signal(object)
    """A Point of the slide that somebody wants to work at."""

    def __init__(self) -> None:
        super().__init__()
        self.regions = RegionsItem()
        self.regions.setZValue(_ABOVE)
        self.layers.cells.scene().addItem(self.regions)
        self.map = OverviewMap(self)
        self._proposals = Proposals()
        self._held: tuple[int, Point, Region] | None = None
        self._pressed_at = QPointF()
        self.set_tool(ToolName.PAN)
        self.camera.moved.connect(self._on_moved)
        self.point_clicked.connect(self._on_click)
        self.setAccessibleName(tr("Slide"))
        self.setAccessibleDescription(
            tr(
                "The whole slide with its regions. Arrow keys move it under a crosshair; full stop opens "
                "the place under the crosshair as a field. Tab goes on to the overview map."
            )
        )

    def open_slide(self, number: int, reader: RegionReader | None) -> None:
        """Show a slide, or nothing."""
        if reader is None:
            self.clear_field()
            self.map.show_slide(None)
        else:
            self.show_slide(number, reader)
            self.map.show_slide((reader.width, reader.height))
        self._on_moved()

    def show_regions(self, fields: Sequence[Region], proposals: Proposals) -> None:
        """Show the regions that are fields, and those that are proposed."""
        self._proposals = proposals
        proposed = [each.region for each in proposals.regions]
        self.regions.show_regions(fields, proposed, current=proposals.current)
        self.map.set_regions([_box(region) for region in fields], [_box(region) for region in proposed])

    def go_to(self, region: Region) -> None:
        """Bring a region into view as a whole, with some room around it."""
        side = max(region.width / max(self.width(), 1), region.height / max(self.height(), 1))
        self.set_zoom(0.6 / max(side, 1e-9) * self.devicePixelRatioF())
        self.camera.centre_on(_box(region).centre)

    @Slot()
    def _on_moved(self) -> None:
        self.regions.set_zoom(scale=self.camera.scale, ratio=self.devicePixelRatioF())

    @Slot(object)
    def _on_click(self, click: PointClick) -> None:
        """The full stop key: the only one that means a point while the slide can only be moved."""
        self.place_opened.emit(click.point)

    # Events

    def event(self, event: QEvent) -> bool:
        """Claim Delete for the proposal in hand, before the window takes it for cells."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._deletes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete the proposal in hand; all else takes its usual way."""
        if self._deletes(event) and self._proposals.current is not None:
            self.proposal_deleted.emit(self._proposals.current)
        else:
            super().keyPressEvent(event)

    def _deletes(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Delete and self._proposals.current is not None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a proposal, or begin to move the slide."""
        index = self._proposals.at(self.to_field(event.position()))
        if event.button() == Qt.MouseButton.LeftButton and self.tool is ToolName.PAN and index is not None:
            event.accept()
            self._held = index, self.to_field(event.position()), self._proposals.regions[index].region
            self._pressed_at = event.position()
            self.proposal_taken.emit(index)
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the proposal in hand, or the slide."""
        if self._held is None:
            super().mouseMoveEvent(event)
            return
        event.accept()
        if (event.position() - self._pressed_at).manhattanLength() >= QApplication.startDragDistance():
            index, start, region = self._held
            now = self.to_field(event.position())
            self.proposal_moved.emit(index, round(region.x0 + now.x - start.x), round(region.y0 + now.y - start.y))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self._held is not None:
            self._held = None
            event.accept()
            return
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the place as a field."""
        if event.button() == Qt.MouseButton.LeftButton and self.tool is ToolName.PAN:
            event.accept()
            point = self.to_field(event.position())
            if self.camera.is_in_field(point):
                self.place_opened.emit(point)
            return
        super().mouseDoubleClickEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The map stays in its corner."""
        super().resizeEvent(event)
        self.map.place()


def _box(region: Region) -> Box:
    return Box(region.x0, region.y0, region.x1, region.y1)
