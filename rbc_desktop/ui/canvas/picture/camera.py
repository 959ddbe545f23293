"""Which part of the field the canvas shows and how closely: zoom, pan, fit, reveal."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, QSize, QTimer, Signal, Slot
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsView

from ....domain.geometry import Box, Point
from .view_state import FieldViewState, clamped_zoom, closer_scale, fit_scale, keep_visible


class Camera(QObject):
    """Moves a view over one field at a time, and remembers how each field was looked at.

    Zoom is screen pixels per image pixel, so 1.0 is 1:1 on any display.
    """

    moved = Signal()
    """Zoom, position or pixel density has changed; sent at once, for what keeps its size on the screen."""

    zoom_changed = Signal(float)

    visible_changed = Signal(object)
    """The Box of the field in view, or None; many moves in a row send it once."""

    def __init__(self, view: QGraphicsView) -> None:
        super().__init__(view)
        self._view = view
        self._field_id: int | None = None
        self._size = (0, 0)
        self._fitted = True
        self._states: dict[int, FieldViewState] = {}
        self._announce = QTimer(self)
        self._announce.setSingleShot(True)
        self._announce.setInterval(0)
        self._announce.timeout.connect(self._announce_view)

    # Which field

    @property
    def field_id(self) -> int | None:
        """The field on show."""
        return self._field_id

    def open_field(self, field_id: int, *, size: tuple[int, int]) -> None:
        """Look at a field (width, height in pixels) as it was last looked at, else fitted."""
        self._leave_field()
        self._field_id, self._size = field_id, size
        state = self._states.get(field_id)
        if state is None or state.fitted:
            self.fit()
        else:
            self._fitted = False
            self._apply(state.scale, state.centre)

    def close_field(self) -> None:
        """Look at nothing."""
        self._leave_field()
        self._field_id, self._size = None, (0, 0)
        self.visible_changed.emit(None)

    def forget_views(self) -> None:
        """Forget how fields were looked at, e.g. when another case is opened."""
        self._states.clear()

    def _leave_field(self) -> None:
        if self._field_id is not None:
            self._states[self._field_id] = self.view_state

    # What is in view

    @property
    def zoom(self) -> float:
        """Screen pixels per image pixel."""
        return self.scale * self._view.devicePixelRatioF()

    @property
    def scale(self) -> float:
        """Logical pixels per image pixel."""
        return self._view.transform().m11()

    @property
    def centre(self) -> Point:
        """The field position in the middle of the view."""
        width, height = self._canvas_size
        return self.to_field(QPointF(width / 2, height / 2))

    @property
    def view_state(self) -> FieldViewState:
        """How the field is shown now."""
        return FieldViewState(self.scale, self.centre, self._fitted)

    @property
    def visible_box(self) -> Box | None:
        """The part of the field that is in view."""
        return self.field_part(self.to_field(QPointF(0, 0)), self.to_field(QPointF(*self._canvas_size)))

    def field_part(self, first: Point, second: Point) -> Box | None:
        """The part of the field between two corners."""
        return Box.from_corners(first, second).clipped(width=self._size[0], height=self._size[1])

    def is_in_field(self, point: Point) -> bool:
        """Whether the position lies in the field on show."""
        return self._field_id is not None and 0 <= point.x < self._size[0] and 0 <= point.y < self._size[1]

    def to_field(self, view: QPointF | QPoint) -> Point:
        """The field position under a logical canvas pixel."""
        scene = self._view.viewportTransform().inverted()[0].map(QPointF(view))
        return Point(scene.x(), scene.y())

    def to_view(self, point: Point) -> QPointF:
        """The logical canvas pixel over a field position."""
        return self._view.viewportTransform().map(QPointF(point.x, point.y))

    # Moving

    def fit(self) -> None:
        """Show the whole image; it stays fitted until it is zoomed or moved."""
        if self._field_id is not None:
            self._fitted = True
            scale = fit_scale(image=self._size, canvas=self._canvas_size)
            self._apply(scale, Point(self._size[0] / 2, self._size[1] / 2))

    def set_zoom(self, zoom: float, *, at: QPointF | None = None) -> None:
        """Zoom so that the field position under `at` (logical canvas pixels; the middle without) stays there."""
        if self._field_id is None:
            return
        width, height = self._canvas_size
        at = QPointF(width / 2, height / 2) if at is None else at
        fixed = self.to_field(at)
        scale = self._clamped(zoom / self._view.devicePixelRatioF())
        self._fitted = False
        self._apply(scale, Point(fixed.x + (width / 2 - at.x()) / scale, fixed.y + (height / 2 - at.y()) / scale))

    def pan_by(self, dx: int, dy: int) -> None:
        """Move the image by logical pixels."""
        centre, scale = self.centre, self.scale
        self.centre_on(Point(centre.x - dx / scale, centre.y - dy / scale))

    def centre_on(self, point: Point) -> None:
        """Bring a field position to the middle of the view."""
        if self._field_id is not None:
            self._fitted = False
            self._apply(self.scale, point)

    def reveal(self, box: Box) -> None:
        """Bring a part of the field into view by moving as little as possible; nothing moves when it is there."""
        seen = self.visible_box
        if self._field_id is None or (seen is not None and seen.intersection(box) == box):
            return
        centre, slack = self.centre, min(box.width, box.height) / 2
        half_x, half_y = (side / self.scale / 2 for side in self._canvas_size)
        x = keep_visible(centre=centre.x, half=half_x, low=box.x0, high=box.x1, slack=slack)
        y = keep_visible(centre=centre.y, half=half_y, low=box.y0, high=box.y1, slack=slack)
        self.centre_on(Point(x, y))

    def approach(self, box: Box) -> None:
        """Bring a cell into view, closely enough to judge it; nothing moves when it is."""
        scale = closer_scale(max(box.width, box.height), scale=self.scale)
        if self._field_id is None or scale == self.scale:
            self.reveal(box)
            return
        self._fitted = False
        self._apply(self._clamped(scale), box.centre)

    # What happens to the view

    def follow_size(self, old: QSize) -> None:
        """The view had another size: a fitted image stays fitted, the middle of any other stays in the middle."""
        if self._field_id is None:
            return
        if self._fitted:
            self.fit()
        elif old.isValid():
            self._apply(self.scale, self.to_field(QPointF(old.width() / 2, old.height() / 2)))

    def follow_density(self) -> None:
        """The view is now on a display of another pixel density."""
        if self._field_id is not None:
            self.moved.emit()
            self.zoom_changed.emit(self.zoom)

    def _clamped(self, scale: float) -> float:
        ratio = self._view.devicePixelRatioF()
        fitted = fit_scale(image=self._size, canvas=self._canvas_size)
        return clamped_zoom(scale * ratio, fitted=fitted * ratio) / ratio

    @property
    def _canvas_size(self) -> tuple[int, int]:
        return self._view.viewport().width(), self._view.viewport().height()

    def _apply(self, scale: float, centre: Point) -> None:
        """The one place that zooms and moves. The image moves until its edge is in the middle, and no farther."""
        width, height = self._size
        centre = Point(min(max(centre.x, 0), width), min(max(centre.y, 0), height))
        margin_x, margin_y = (side / scale for side in self._canvas_size)
        self._view.setSceneRect(QRectF(-margin_x, -margin_y, width + 2 * margin_x, height + 2 * margin_y))
        zoomed = scale != self.scale
        if zoomed:
            self._view.setTransform(QTransform.fromScale(scale, scale))
        self._view.centerOn(centre.x, centre.y)
        self.moved.emit()
        self._announce.start()
        if zoomed:
            self.zoom_changed.emit(self.zoom)

    @Slot()
    def _announce_view(self) -> None:
        self.visible_changed.emit(self.visible_box if self._field_id is not None else None)
