"""Drawing cells: outlines in batches, the emphasis of selected ones, review marks, class codes.

In batches, by measurement (1,000 cells in view, 1400×900 px, one core): one path for all outlines takes 700 ms, a
polygon each 35 ms, an item each adds a Python call each; all lines of a colour in one `drawLines` take 12 to 18 ms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap, QPolygonF

from ....domain.contrast import ink_on
from .pens import DARK, WHITE, cosmetic_pen
from .shapes import CellView, dash_segments, rings, segments, thin

CASED_UP_TO = 350
"""With more cells in view outlines have no white casing: they are small then, and a frame must stay short."""

CODES_FROM_PX = 50.0
"""Cells at least this long on the screen carry their two-letter code."""

FILLED_UP_TO = 200
"""With more cells selected only their outlines stand out: a fill costs as much as an outline."""

REACH_PX, BARE_REACH_PX = 26.0, 8.0
"""How far marks may stick out of a cell's box, with and without codes, logical pixels."""

OUTLINE_PX, CASING_PX, SELECTED_PX, SELECTED_CASING_PX = 2.0, 3.6, 3.2, 6.4
_FINE_FROM = 1.0
"""Pixels of the screen per image pixel: from here on corners of coarse outlines, 0.7 image pixels off, would show."""

_CASING = QColor(255, 255, 255, 215)
_REVIEW = "#FFB000"


class CellShape:
    """The outline of one cell, ready to draw: coarse for many at once, fine for a close look, made when first needed.

    Attributes:
        mask, dashed: what it was traced from.
        coarse: its sides.
        mark: where a mark is put, at the upper right.
    """

    __slots__ = ("_fine", "_holes", "_polygon", "_ring", "coarse", "dashed", "mark", "mask")

    def __init__(self, view: CellView) -> None:
        self.mask, self.dashed = view.mask, view.dashed
        self._ring, *self._holes = rings(view.mask)
        self.coarse = [QLineF(*side) for side in segments(thin(self._ring, tolerance=0.7)).tolist()]
        self.mark = QPointF(*self._ring[int(np.argmax(self._ring[:, 0] - self._ring[:, 1]))].tolist())
        self._fine: list[QLineF] | None = None
        self._polygon: QPolygonF | None = None

    @property
    def fine(self) -> list[QLineF]:
        """Its sides and those of its holes; of a dashed class its dashes."""
        if self._fine is None:
            outer = dash_segments(self._ring) if self.dashed else segments(self._ring)
            sides = np.concatenate([outer, *map(segments, self._holes)])
            self._fine = [QLineF(*side) for side in sides.tolist()]
        return self._fine

    @property
    def polygon(self) -> QPolygonF:
        """Its outer ring, to be filled."""
        if self._polygon is None:
            self._polygon = QPolygonF([QPointF(x, y) for x, y in self._ring.tolist()])
        return self._polygon


@dataclass(slots=True)
class CellPainter:
    """How cells are drawn now.

    Attributes:
        scale: logical pixels per image pixel.
        ratio: device pixels per logical pixel.
        crowded: many cells are in view, so details are left out.
        codes: cells are large enough to carry their code.
        many_selected: too many are selected to be filled.
    """

    scale: float = 1.0
    ratio: float = 1.0
    crowded: bool = False
    codes: bool = False
    many_selected: bool = False
    _plates: dict[tuple[str, str, float], QPixmap] = field(default_factory=dict)

    def draw(
        self,
        painter: QPainter,
        cells: Sequence[tuple[CellView, CellShape]],
        *,
        selected: frozenset[int],
    ) -> None:
        """Draw cells in field coordinates, the selected ones on top of the others."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_plain([pair for pair in cells if pair[0].id not in selected], painter)
        self._draw_selected([pair for pair in cells if pair[0].id in selected], painter)
        dot = self._plate("", _REVIEW)
        for view, shape in cells:
            if view.needs_review:
                self._put(painter, dot, shape.mark)
        if self.codes:
            for view, _shape in cells:
                if view.code:
                    foot = QPointF(view.mask.box.centre.x, view.mask.box.y1)
                    self._put(painter, self._plate(view.code, view.colour), foot)

    def _draw_plain(self, cells: Sequence[tuple[CellView, CellShape]], painter: QPainter) -> None:
        groups = self._lines(cells)
        if not self.crowded:
            painter.setPen(self._pen(_CASING, CASING_PX))
            for lines in groups.values():
                painter.drawLines(lines)
        self._draw_coloured(painter, groups, OUTLINE_PX)

    def _draw_selected(self, cells: Sequence[tuple[CellView, CellShape]], painter: QPainter) -> None:
        groups = self._lines(cells)
        if self.many_selected:
            painter.setPen(self._pen(WHITE, SELECTED_CASING_PX))
            for lines in groups.values():
                painter.drawLines(lines)
        else:
            for view, shape in cells:
                tint = QColor(view.colour)
                tint.setAlpha(40)
                painter.setBrush(tint)
                painter.setPen(self._pen(DARK, SELECTED_CASING_PX + 2))
                painter.drawPolygon(shape.polygon)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(self._pen(WHITE, SELECTED_CASING_PX))
                painter.drawPolygon(shape.polygon)
        self._draw_coloured(painter, groups, SELECTED_PX)

    def _lines(self, cells: Sequence[tuple[CellView, CellShape]]) -> Mapping[str, list[QLineF]]:
        groups: dict[str, list[QLineF]] = {}
        for view, shape in cells:
            is_fine = self.scale * self.ratio >= _FINE_FROM or view.dashed
            groups.setdefault(view.colour, []).extend(shape.fine if is_fine else shape.coarse)
        return groups

    def _draw_coloured(self, painter: QPainter, groups: Mapping[str, list[QLineF]], width: float) -> None:
        for colour, lines in groups.items():
            painter.setPen(self._pen(QColor(colour), width))
            painter.drawLines(lines)

    def _pen(self, colour: QColor, width: float) -> QPen:
        return cosmetic_pen(colour, width, ratio=self.ratio)

    def _put(self, painter: QPainter, plate: QPixmap, middle: QPointF) -> None:
        size = plate.deviceIndependentSize() / self.scale
        target = QRectF(middle.x() - size.width() / 2, middle.y() - size.height() / 2, size.width(), size.height())
        painter.drawPixmap(target, plate, QRectF(plate.rect()))

    def _plate(self, code: str, colour: str) -> QPixmap:
        key = (code, colour, self.ratio)
        if key not in self._plates:
            self._plates[key] = code_plate(code, colour, ratio=self.ratio) if code else dot(colour, ratio=self.ratio)
        return self._plates[key]


def code_plate(code: str, colour: str, *, ratio: float) -> QPixmap:
    """A small plate with the two letters, text black or white, whichever stands out more."""
    font = QFont()
    font.setPixelSize(11)
    font.setBold(True)
    with _blank(22, 15, ratio) as (plate, painter):
        painter.setPen(QPen(WHITE, 1))
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(QRectF(0.5, 0.5, 21, 14), 4, 4)
        painter.setFont(font)
        painter.setPen(QColor(ink_on(colour)))
        painter.drawText(QRectF(0, 0, 22, 15), Qt.AlignmentFlag.AlignCenter, code)
    return plate


def dot(colour: str, *, ratio: float) -> QPixmap:
    """The mark of a cell that needs review: a dot with a dark rim."""
    with _blank(10, 10, ratio) as (plate, painter):
        painter.setPen(QPen(DARK, 1.6))
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QPointF(5, 5), 3.6, 3.6)
    return plate


@contextmanager
def _blank(width: int, height: int, ratio: float) -> Iterator[tuple[QPixmap, QPainter]]:
    plate = QPixmap(round(width * ratio), round(height * ratio))
    plate.setDevicePixelRatio(ratio)
    plate.fill(Qt.GlobalColor.transparent)
    with QPainter(plate) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        yield plate, painter
