"""A small map of the whole slide: the view's frame, the regions, and where cells were found."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ...domain.arrays import FloatArray, U8Array
from ...domain.geometry import Box, Point
from ...language import tr
from ..canvas.overlay.pens import DARK, HINT, PROPOSAL, WHITE
from ..canvas.view import FieldCanvas

LEAST_SIDE, MOST_SIDE, MARGIN = 96, 280, 12
"""Longer side of the map, and its distance from the canvas's corner, logical pixels."""

ACROSS, DOWN = 1 / 4, 1 / 3
"""The map takes no more of the canvas than this, so that the slide below it is to be seen in a small window, too."""

STEP = 0.5
"""An arrow key moves the view by so much of it."""

_LEAST_FRAME = 7.0
_DENSITY_COLOUR = (0, 200, 120)
_DENSITY_OPACITY = 200
_MOVES = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


def map_size(width: float, height: float, *, room: QSize) -> tuple[int, int]:
    """Width and height of the map of a slide, logical pixels.

    Args:
        width, height: of the slide.
        room: the canvas that it lies on, logical pixels.
    """
    longest = max(LEAST_SIDE, min(MOST_SIDE, ACROSS * room.width(), DOWN * room.height()))
    factor = longest / max(width, height, 1)
    return max(24, round(width * factor)), max(24, round(height * factor))


def density_picture(centres: FloatArray, *, slide: tuple[float, float], size: tuple[int, int]) -> U8Array:
    """How densely cells lie, ``(h, w, 4)`` uint8 RGBA, premultiplied; where there are none it is transparent.

    Args:
        centres: ``(N, 2)`` float32, x and y in slide pixels.
        slide: its width and height, pixels.
        size: of the picture.
    """
    width, height = size
    columns = np.clip((centres[:, 0] * (width / slide[0])).astype(np.int64), 0, width - 1)
    rows = np.clip((centres[:, 1] * (height / slide[1])).astype(np.int64), 0, height - 1)
    counts = np.bincount(rows * width + columns, minlength=width * height).reshape(height, width)
    most = np.percentile(counts[counts > 0], 95) if counts.any() else 1.0
    opacity = np.where(counts > 0, 0.35 + 0.65 * np.minimum(counts / most, 1.0), 0.0) * (_DENSITY_OPACITY / 255)
    return np.asarray(np.round(opacity[..., None] * np.array([*_DENSITY_COLOUR, 255])), np.uint8)


class OverviewMap(QWidget):
    """Lies in the corner of a canvas that shows a slide; click or drag to go there, or move the frame by arrow keys.

    Args:
        canvas: shows the slide.
    """

    def __init__(self, canvas: FieldCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._slide = (0, 0)
        self._fields: tuple[Box, ...] = ()
        self._proposed: tuple[Box, ...] = ()
        self._density: QImage | None = None
        self._is_wanted = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(
            tr("The whole slide. Click or drag to go there; with the arrow keys the view moves by half of it.")
        )
        self.setAccessibleName(tr("Overview map"))
        self.setAccessibleDescription(
            tr(
                "The whole slide with the frame of the view, the regions and where cells were found. Arrow keys move "
                "the view, plus and minus zoom, Home shows all, Escape goes back to the slide."
            )
        )
        canvas.camera.moved.connect(self.update)
        canvas.layers.slide.loader.arrived.connect(self._on_tile)
        self.hide()

    # What is shown

    def show_slide(self, size: tuple[int, int] | None) -> None:
        """Show the map of a slide of this width and height, or none."""
        self._slide = size or (0, 0)
        self._fields = self._proposed = ()
        self._density = None
        self._refresh()

    def set_wanted(self, wanted: bool) -> None:
        """Whether it is there at all."""
        self._is_wanted = wanted
        self._refresh()

    def set_regions(self, fields: Sequence[Box], proposed: Sequence[Box]) -> None:
        """Show regions that are fields, and those that are proposed; slide pixels."""
        self._fields, self._proposed = tuple(fields), tuple(proposed)
        self.update()

    @Slot()
    def show_cells(self) -> None:
        """Show where the cells of the canvas lie."""
        index = self._canvas.layers.cells.index
        self._density = None
        if len(index) and self._slide != (0, 0):
            centres, _ = index.marks(np.arange(len(index)))
            size = (self.width(), self.height())
            picture = density_picture(centres, slide=self._slide, size=size)
            image = QImage(picture.data, *size, 4 * size[0], QImage.Format.Format_RGBA8888_Premultiplied)
            self._density = image.copy()
        self.update()

    def place(self) -> None:
        """Lie in the upper right corner of the canvas, as large as it has room for."""
        size = QSize(*map_size(*self._slide, room=self._canvas.size()))
        if size != self.size():
            self.setFixedSize(size)
            if self._density is not None:
                self.show_cells()
        self.move(self._canvas.width() - self.width() - MARGIN, MARGIN)

    def _refresh(self) -> None:
        self.setVisible(self._is_wanted and self._slide != (0, 0))
        self.place()
        self.update()

    @Slot(object)
    def _on_tile(self, tile: object) -> None:
        if tile == self._canvas.layers.slide.loader.grid.top:
            self.update()

    # Between map and slide

    @property
    def frame(self) -> QRectF:
        """The frame of the view on the map, large enough to be seen."""
        box = self._canvas.visible_box
        if box is None or self._slide == (0, 0):
            return QRectF()
        rect = self._on_map(box)
        wider, higher = max(0.0, _LEAST_FRAME - rect.width()) / 2, max(0.0, _LEAST_FRAME - rect.height()) / 2
        return rect.adjusted(-wider, -higher, wider, higher)

    def slide_point(self, at: QPointF) -> Point:
        """The place on the slide under a place on the map."""
        return Point(at.x() / self.width() * self._slide[0], at.y() / self.height() * self._slide[1])

    def _on_map(self, box: Box) -> QRectF:
        fx, fy = self.width() / self._slide[0], self.height() / self._slide[1]
        return QRectF(box.x0 * fx, box.y0 * fy, box.width * fx, box.height * fy)

    # Qt's side

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            area = QRectF(self.rect())
            painter.fillRect(area, QColor("#F4F0EE"))
            picture = self._canvas.layers.slide.loader.picture(self._canvas.layers.slide.loader.grid.top)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            if picture is not None and not picture.isNull():
                painter.drawImage(area, picture)
            if self._density is not None:
                painter.drawImage(area, self._density)
            for boxes, colour in ((self._fields, HINT), (self._proposed, PROPOSAL)):
                for box in boxes:
                    _frame(painter, self._on_map(box), colour, 1.0)
            _frame(painter, self.frame, WHITE, 2.0)
            painter.setPen(QPen(DARK, 1))
            painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
            if self.hasFocus():
                _frame(painter, area.adjusted(2, 2, -2, -2), PROPOSAL, 2.0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where the button went down."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._canvas.camera.centre_on(self.slide_point(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse while the button is down."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._canvas.camera.centre_on(self.slide_point(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The slide under the map hears nothing of it."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A second click is a click."""
        self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the view, zoom, or go back to the slide."""
        key = Qt.Key(event.key())
        canvas, box = self._canvas, self._canvas.visible_box
        if key in _MOVES and box is not None:
            across, down = _MOVES[key]
            centre = canvas.camera.centre
            canvas.camera.centre_on(Point(centre.x + STEP * across * box.width, centre.y + STEP * down * box.height))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            canvas.zoom_in()
        elif key == Qt.Key.Key_Minus:
            canvas.zoom_out()
        elif key == Qt.Key.Key_Home:
            canvas.fit()
        elif key == Qt.Key.Key_Escape:
            canvas.setFocus()
        else:
            super().keyPressEvent(event)


def _frame(painter: QPainter, rect: QRectF, colour: QColor, width: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(DARK, width + 2))
    painter.drawRect(rect)
    painter.setPen(QPen(colour, width))
    painter.drawRect(rect)
