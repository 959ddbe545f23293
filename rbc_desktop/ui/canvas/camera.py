"""Looking at a field: zoom, pan, fit. What is drawn and what the mouse does comes in the classes above it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QResizeEvent, QTransform
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

from ...domain.calibration import Calibration
from ...domain.geometry import Box, Point
from .layers import Layers
from .scale_bar import ScaleBar
from .view_state import ZOOM_STEP, FieldViewState, clamped_zoom, fit_scale, keep_visible

_SCALE_BAR_MARGIN = 12


class Camera(QGraphicsView):
    """A view of one field. Zoom is screen pixels per image pixel, so 1.0 is 1:1 on any display."""

    zoom_changed = Signal(float)
    visible_changed = Signal(object)  # Box of the field that is in view, or None

    def __init__(self, parent: QWidget | None = None) -> None:
        scene = QGraphicsScene()
        super().__init__(scene, parent)
        scene.setParent(self)
        self.layers = Layers(scene)
        self._field_id: int | None = None
        self._size = (0, 0)
        self._calibration: Calibration | None = None
        self._states: dict[int, FieldViewState] = {}
        self._fitted = True
        self._to_reveal: tuple[int, ...] = ()
        self._scale_bar = ScaleBar(self)
        self._announce = QTimer(self)
        self._announce.setSingleShot(True)
        self._announce.setInterval(0)
        self._announce.timeout.connect(self._announce_view)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.set_background(QColor("#DFE2E6"))

    @property
    def field_id(self) -> int | None:
        """The field on show."""
        return self._field_id

    @property
    def scale_bar(self) -> ScaleBar:
        """The scale bar, hidden without a calibration."""
        return self._scale_bar

    def set_background(self, colour: QColor) -> None:
        """The colour around the field."""
        self.setBackgroundBrush(colour)

    def set_calibration(self, calibration: Calibration | None) -> None:
        """Show the scale bar for this scale, or none."""
        self._calibration = calibration
        self._place_scale_bar()

    def forget_views(self) -> None:
        """Forget how fields were looked at, e.g. when another case is opened."""
        self._states.clear()

    @property
    def zoom(self) -> float:
        """Screen pixels per image pixel."""
        return self._scale * self.devicePixelRatioF()

    @property
    def view_state(self) -> FieldViewState:
        """How the field is shown now."""
        return FieldViewState(self._scale, self._centre, self._fitted)

    @Slot()
    def fit(self) -> None:
        """Show the whole image; it stays fitted until somebody zooms or moves it."""
        if self._field_id is not None:
            self._fitted = True
            scale = fit_scale(image=self._size, canvas=self._canvas_size)
            self._apply(scale, Point(self._size[0] / 2, self._size[1] / 2))

    @Slot()
    def actual_size(self) -> None:
        """One image pixel on one screen pixel."""
        self.set_zoom(1.0)

    @Slot()
    def zoom_in(self) -> None:
        """One step closer."""
        self.set_zoom(self.zoom * ZOOM_STEP)

    @Slot()
    def zoom_out(self) -> None:
        """One step back."""
        self.set_zoom(self.zoom / ZOOM_STEP)

    def set_zoom(self, zoom: float, *, at: QPointF | None = None) -> None:
        """Zoom so that the field position under `at` (logical canvas pixels; the middle without) stays there."""
        if self._field_id is None:
            return
        width, height = self._canvas_size
        at = QPointF(width / 2, height / 2) if at is None else at
        fixed = self.to_field(at)
        scale = clamped_zoom(zoom) / self.devicePixelRatioF()
        self._fitted = False
        self._apply(scale, Point(fixed.x + (width / 2 - at.x()) / scale, fixed.y + (height / 2 - at.y()) / scale))

    def pan_by(self, dx: int, dy: int) -> None:
        """Move the image by logical pixels."""
        if self._field_id is not None:
            self._fitted = False
            centre = self._centre
            self._apply(self._scale, Point(centre.x - dx / self._scale, centre.y - dy / self._scale))

    def reveal(self, ids: Sequence[int]) -> None:
        """Bring cells into view by moving the image as little as possible; nothing moves when they are.

        Without a field it happens when one that has them is shown: its image may still be on its way.
        """
        self._to_reveal = tuple(ids) if self._field_id is None else ()
        box, seen = self.layers.cells.box_of(ids), self.visible_box
        if box is None or self._field_id is None or (seen is not None and seen.intersection(box) == box):
            return
        centre, slack = self._centre, min(box.width, box.height) / 2
        half_x, half_y = (side / self._scale / 2 for side in self._canvas_size)
        x = keep_visible(centre=centre.x, half=half_x, low=box.x0, high=box.x1, slack=slack)
        y = keep_visible(centre=centre.y, half=half_y, low=box.y0, high=box.y1, slack=slack)
        self._fitted = False
        self._apply(self._scale, Point(x, y))

    def to_field(self, view: QPointF | QPoint) -> Point:
        """The field position under a logical canvas pixel."""
        scene = self.viewportTransform().inverted()[0].map(QPointF(view))
        return Point(scene.x(), scene.y())

    def to_view(self, point: Point) -> QPointF:
        """The logical canvas pixel over a field position."""
        return self.viewportTransform().map(QPointF(point.x, point.y))

    @property
    def visible_box(self) -> Box | None:
        """The part of the field that is in view."""
        first, last = self.to_field(QPointF(0, 0)), self.to_field(QPointF(*self._canvas_size))
        return Box(first.x, first.y, last.x, last.y).clipped(width=self._size[0], height=self._size[1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a fitted image fitted and the middle of any other in the middle."""
        old = event.oldSize()
        super().resizeEvent(event)
        if self._field_id is None:
            return
        if self._fitted or not old.isValid():
            self.fit() if self._fitted else None
        else:
            centre = self.to_field(QPointF(old.width() / 2, old.height() / 2))
            self._apply(self._scale, centre)
        self._place_scale_bar()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the window to a display of another pixel density."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange and self._field_id is not None:
            self._set_item_zoom()
            self.zoom_changed.emit(self.zoom)

    @property
    def _scale(self) -> float:
        """Logical pixels per image pixel."""
        return self.transform().m11()

    @property
    def _canvas_size(self) -> tuple[int, int]:
        return self.viewport().width(), self.viewport().height()

    @property
    def _centre(self) -> Point:
        width, height = self._canvas_size
        return self.to_field(QPointF(width / 2, height / 2))

    def _apply(self, scale: float, centre: Point) -> None:
        """The one place that zooms and moves. The image moves until its edge is in the middle, and no farther."""
        width, height = self._size
        centre = Point(min(max(centre.x, 0), width), min(max(centre.y, 0), height))
        margin_x, margin_y = (side / scale for side in self._canvas_size)
        self.setSceneRect(QRectF(-margin_x, -margin_y, width + 2 * margin_x, height + 2 * margin_y))
        zoomed = scale != self._scale
        if zoomed:
            self.setTransform(QTransform.fromScale(scale, scale))
        self._set_item_zoom()
        self.centerOn(centre.x, centre.y)
        self._tell_cells()
        self._place_scale_bar()
        self._announce.start()
        if zoomed:
            self.zoom_changed.emit(self.zoom)

    def _set_item_zoom(self) -> None:
        for item in self.layers.overlays:
            item.set_zoom(scale=self._scale, ratio=self.devicePixelRatioF())

    def _announce_view(self) -> None:
        self.visible_changed.emit(self.visible_box if self._field_id is not None else None)

    def _tell_cells(self) -> None:
        box = self.visible_box if self._field_id is not None else None
        if box is not None:
            self.layers.cells.set_visible(box)

    def _place_scale_bar(self) -> None:
        self._scale_bar.show_scale(self._calibration if self._field_id is not None else None, scale=self._scale)
        self._scale_bar.move(_SCALE_BAR_MARGIN, self.height() - self._scale_bar.height() - _SCALE_BAR_MARGIN)
