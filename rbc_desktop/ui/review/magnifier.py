"""One cell, magnified, with its surroundings and its outline."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ...domain.arrays import FloatArray
from ...domain.cells.cell import Cell
from ...imaging.cells.cell_picture import Square, cut
from ...language import tr
from ...ports import RgbImage
from ..canvas.overlay.shapes import outline
from ..look import icons

LEAST_PX = 160
MARGIN = 0.4
"""What is shown around the cell, as a share of its longer side."""


class Magnifier(QWidget):
    """Paints the picture; scales with the room that it gets, never below `LEAST_PX`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixels: RgbImage | None = None
        self._square: Square | None = None
        self._ring: FloatArray | None = None
        self._colour = QColor("#FFFFFF")
        self._picture: QPixmap | None = None
        self.shows_outline = True
        self.setFixedSize(LEAST_PX, LEAST_PX)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("The cell, magnified"))

    @property
    def shows_cell(self) -> bool:
        """Whether there is a picture to show."""
        return self._square is not None and self._pixels is not None

    def show_cell(self, cell: Cell, pixels: RgbImage | None, *, colour: str) -> None:
        """Show a cell of a field.

        Args:
            cell: what to show.
            pixels: ``(H, W, 3)`` uint8 RGB of its field, or None while they are not in memory.
            colour: of the outline, sRGB hex.
        """
        box = cell.mask.box
        self._square = Square.around((int(box.x0), int(box.y0), int(box.x1), int(box.y1)), margin=MARGIN)
        self._pixels, self._ring, self._colour = pixels, outline(cell.mask), QColor(colour)
        self._picture = None
        self.update()

    def show_nothing(self) -> None:
        """There is no cell in hand."""
        self._pixels = self._square = self._ring = self._picture = None
        self.update()

    def set_outline(self, shown: bool) -> None:
        """Show the outline, or only the cell."""
        self.shows_outline = shown
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(LEAST_PX, LEAST_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame = QPainterPath()
            frame.addRoundedRect(self.rect().toRectF(), 6, 6)
            painter.setClipPath(frame)
            picture = self._made()
            if picture is None or self._square is None:
                painter.fillRect(self.rect(), self.palette().midlight())
            else:
                painter.drawPixmap(self.rect(), picture)
                if self.shows_outline and self._ring is not None:
                    self._paint_ring(painter, self._square, self._ring)

    def _made(self) -> QPixmap | None:
        """The picture at the density of the display."""
        ratio = self.devicePixelRatioF()
        side = round(self.width() * ratio)
        if self._square is None or self._pixels is None:
            return None
        if self._picture is None or self._picture.width() != side:
            self._picture = icons.to_pixmap(cut(self._pixels, self._square, side=side), ratio=ratio)
        return self._picture

    def _paint_ring(self, painter: QPainter, square: Square, ring: FloatArray) -> None:
        scale = self.width() / square.size
        points = (ring - (square.left, square.top)) * scale
        shape = QPolygonF([QPointF(float(x), float(y)) for x, y in points])
        for colour, width in ((QColor(0, 0, 0, 90), 2.6), (self._colour, 1.4)):
            painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPolygon(shape)
