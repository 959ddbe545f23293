"""What the canvas tells those who listen: the one place where what the user meant becomes a signal."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QGraphicsView

from ...workflows.outlines.outlining import PointClick
from ...workflows.outlines.repairing import RepairGesture
from ...workflows.viewing.measuring import MeasureDropped, MeasureGesture, PointsPlaced
from .tools.gestures import Band, BoxDrawn, CellPicked, Gesture, HintChanged, Hover, LineDrawn, Request


class CanvasSignals(QGraphicsView):
    """The signals of a canvas. Positions are field pixels."""

    point_clicked = Signal(object)  # PointClick
    box_drawn = Signal(object)  # Box
    cell_clicked = Signal(object, bool)  # id of the cell or None; whether it adds to the selection
    cells_framed = Signal(object, bool)  # tuple of ids; whether they add to the selection
    line_drawn = Signal(object, object)  # start and end, Point
    repair_drawn = Signal(object)  # RepairGesture
    measure_drawn = Signal(object)  # MeasureGesture
    hover_moved = Signal(object)  # Point, or None when the cursor left or the tool has no preview

    accept_requested = Signal()
    drop_requested = Signal()
    remove_point_requested = Signal()
    next_candidate_requested = Signal()

    tool_changed = Signal(object)  # ToolName
    zoom_changed = Signal(float)
    visible_changed = Signal(object)  # Box of the field that is in view, or None

    def tell(self, gesture: Gesture) -> None:
        """The one place where what the user meant becomes a signal."""
        match gesture:
            case BoxDrawn(box):
                self.box_drawn.emit(box)
            case CellPicked(cell_id, adds):
                self.cell_clicked.emit(cell_id, adds)
            case Band(cell_ids, adds):
                self.cells_framed.emit(cell_ids, adds)
            case LineDrawn(start, end):
                self.line_drawn.emit(start, end)
            case HintChanged(tool):
                self.tool_changed.emit(tool)
            case Hover(point):
                self.hover_moved.emit(point)
            case Request():
                self._signal_of(gesture).emit()
            case _:
                self._signal_with(gesture).emit(gesture)

    def _signal_with(self, gesture: PointClick | RepairGesture | MeasureGesture) -> SignalInstance:
        """Of the gestures that are passed on whole."""
        match gesture:
            case PointClick():
                return self.point_clicked
            case PointsPlaced() | MeasureDropped():
                return self.measure_drawn
            case _:
                return self.repair_drawn

    def _signal_of(self, request: Request) -> SignalInstance:
        return {
            Request.ACCEPT: self.accept_requested,
            Request.DROP: self.drop_requested,
            Request.REMOVE_POINT: self.remove_point_requested,
            Request.NEXT_CANDIDATE: self.next_candidate_requested,
        }[request]
