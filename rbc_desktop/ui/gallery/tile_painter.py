"""How a tile and a heading look."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QTransform

from ...domain.case.stored_claims import NO_CLASS
from ...domain.classes.taxonomy import BUILT_IN, CellClass
from ...language import number, tr
from ...phrases import told
from ...workflows.review.cell_columns import Classes
from ...workflows.review.gallery import Group
from ..canvas.overlay.shapes import NEUTRAL_COLOUR
from ..look import icons, swatch
from ..look.text_lines import TextLines
from ..look.theme import SPACE_S, ThemeController
from .tile_pictures import TilePicture

GAP = 4
HEADING_PX = 34
LABELS_FROM_PX = 56
"""Smaller tiles have no room for a mark."""

_REVIEW = "#FFB000"
_MARK, _LOST = 14, 24


@dataclass(frozen=True, slots=True)
class Tile:
    """What a tile shows besides its picture: place of its class in `TilePainter.classes`, its share, marks."""

    cell_class: int
    share: float
    waiting: bool
    reviewed: bool
    selected: bool
    current: bool


class TilePainter:
    """Paints tiles fast: marks are made once, and texts laid out once.

    Attributes:
        side: of a tile without its gap, logical pixels.
        outlines, labels: whether they are shown.
        classes: what the places of tiles stand for; `forget` when other looks come.
    """

    def __init__(self, theme: ThemeController, font: QFont) -> None:
        self._theme, self._font = theme, font
        self._small = QFont(font)
        self._small.setPixelSize(11)
        self._texts = TextLines()
        self.side = 80
        self.outlines, self.labels = True, True
        self.classes: Classes = BUILT_IN
        self._marks: dict[tuple[object, ...], QPixmap] = {}

    def forget(self) -> None:
        """Make marks anew: the theme or the density of the display is another."""
        self._marks.clear()

    def paint(
        self, painter: QPainter, at: QPoint, tile: Tile, picture: TilePicture | None, *, lost: bool = False
    ) -> None:
        """One tile at a position of the viewport; without a picture it is still to come, or `lost`."""
        tokens = self._theme.tokens
        square = QRect(at, QSize(self.side, self.side))
        if picture is None:
            painter.fillRect(square, QColor(tokens.hover))
            if lost:
                sign = QRect(0, 0, _LOST, _LOST)
                sign.moveCenter(square.center())
                painter.drawPixmap(sign, self._mark(painter, "lost"))
        else:
            painter.drawImage(square, picture.image)
            if self.outlines:
                self._paint_ring(painter, square, tile, picture)
        if self.labels and self.side >= LABELS_FROM_PX:
            self._paint_labels(painter, square, tile)
        if tile.waiting or tile.reviewed:
            mark = self._mark(painter, "reviewed" if tile.reviewed else "waiting")
            painter.drawPixmap(square.right() - _MARK - 1, square.top() + 3, mark)
        if tile.selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 3 if tile.current else 2))
            painter.drawRect(QRectF(square).adjusted(0, 0, -1, -1))

    def _paint_ring(self, painter: QPainter, square: QRect, tile: Tile, picture: TilePicture) -> None:
        colour = NEUTRAL_COLOUR if tile.cell_class == NO_CLASS else self.classes[tile.cell_class].colour
        to_tile = QTransform(square.width(), 0, 0, square.height(), square.left(), square.top())
        painter.save()
        painter.setClipRect(square, Qt.ClipOperation.IntersectClip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colour), 1.4))
        painter.drawPolygon(to_tile.map(picture.ring))
        painter.restore()

    def _paint_labels(self, painter: QPainter, square: QRect, tile: Tile) -> None:
        cell_class = None if tile.cell_class == NO_CLASS else self.classes[tile.cell_class]
        mark = self._mark(painter, "class", cell_class)
        painter.drawPixmap(square.left() + 3, square.bottom() - swatch.HEIGHT - 1, mark)
        is_told = cell_class is not None and not math.isnan(tile.share)
        if is_told and self.side >= LABELS_FROM_PX + 16:
            text = f"{100 * tile.share:.0f} %"
            width = math.ceil(self._texts.advance(text, font=self._small)) + 8
            plate = QRect(square.right() - width - 2, square.bottom() - swatch.HEIGHT - 1, width, swatch.HEIGHT)
            painter.drawPixmap(plate.topLeft(), self._mark(painter, "plate", width))
            painter.setPen(QColor("#1A1F26"))
            self._texts.paint(painter, plate, Qt.AlignmentFlag.AlignHCenter, text, font=self._small, cut=False)

    def _mark(self, painter: QPainter, kind: str, value: object = None) -> QPixmap:
        ratio = painter.device().devicePixelRatioF()
        key = (kind, value, ratio)
        found = self._marks.get(key)
        if found is None:
            found = self._marks[key] = self._made(kind, value, ratio)
        return found

    def _made(self, kind: str, value: object, ratio: float) -> QPixmap:
        tokens = self._theme.tokens
        size = QSize(_MARK, _MARK)
        if kind == "class":
            size = QSize(swatch.WIDTH, swatch.HEIGHT)
        elif kind == "plate" and isinstance(value, int):
            size = QSize(value, swatch.HEIGHT)
        elif kind == "lost":
            size = QSize(_LOST, _LOST)
        made = QPixmap(size * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        with QPainter(made) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            whole = QRect(QPoint(0, 0), size)
            if kind == "class":
                swatch.paint(painter, whole, value if isinstance(value, CellClass) else None, font=self._font)
            elif kind == "plate":
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(255, 255, 255, 190))
                painter.drawRoundedRect(QRectF(whole), 4, 4)
            elif kind == "waiting":
                painter.setPen(QPen(QColor("#22303C"), 1.2))
                painter.setBrush(QColor(_REVIEW))
                painter.drawEllipse(QRectF(3, 3, 8, 8))
            elif kind == "lost":
                icons.icon("warning", colour=tokens.warning).paint(painter, whole)
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(tokens.base))
                painter.drawEllipse(QRectF(whole))
                icons.icon("check", colour=tokens.success).paint(painter, whole.adjusted(1, 1, -1, -1))
        return made

    def paint_heading(
        self, painter: QPainter, rect: QRect, group: Group, *, waiting: int, button: QRect | None
    ) -> None:
        """Mark, name and number of a group, and what confirms it.

        Args:
            painter: of the viewport.
            rect: the heading.
            group: what it says.
            waiting: how many of them need review.
            button: where “Confirm” stands, None where there is nothing to confirm.
        """
        tokens = self._theme.tokens
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        mark = QRect(rect.left() + GAP, 0, swatch.WIDTH, swatch.HEIGHT)
        mark.moveTop(rect.center().y() - swatch.HEIGHT // 2)
        swatch.paint(painter, mark, group.cell_class, font=self._font)
        bold = QFont(self._font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(tokens.text))
        name = QRect(rect)
        name.setLeft(mark.right() + SPACE_S)
        said = told(group.name)
        painter.drawText(name, middle, said)
        name.setLeft(name.left() + painter.fontMetrics().horizontalAdvance(said) + SPACE_S)
        painter.setFont(self._font)
        painter.setPen(QColor(tokens.muted))
        confirm = "" if button is None else tr("Confirm {count:,}", count=group.count)
        if button is not None:
            name.setRight(button.right() - painter.fontMetrics().horizontalAdvance(confirm) - SPACE_S)
        painter.drawText(name, middle, count_text(group.count, waiting, room=name.width(), font=self._font))
        if button is not None:
            painter.setPen(QColor(tokens.accent))
            right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(button, right, confirm)


def count_text(count: int, waiting: int, *, room: int, font: QFont) -> str:
    """How many cells a group has, and how many need review where there is room, in pixels, to say so."""
    said = tr("{count:,} · {review:,} to review", count=count, review=waiting)
    return said if waiting and QFontMetrics(font).horizontalAdvance(said) <= room else number(count)
