"""Paints one field of the strip: its picture, how far it is, its cells, and a warning where something is wrong."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ...ports import RgbImage
from ...workflows.fields.field_facts import FieldFacts, FieldState
from ..look import icons
from ..look.theme import SPACE_XS, ThemeController, tabular

FIELD_ROLE = Qt.ItemDataRole.UserRole
FACTS_ROLE = Qt.ItemDataRole.UserRole + 1
PICTURE = QSize(112, 78)
ITEM = QSize(132, 126)
BADGE_PX = 16
BAR_PX = 4


class FieldDelegate(QStyledItemDelegate):
    """Each item holds a field's id and its `FieldFacts`."""

    def __init__(self, thumbnail: Callable[[int], RgbImage | None], theme: ThemeController, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnail, self._theme = thumbnail, theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return ITEM

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        tokens = self._theme.tokens
        selected = isinstance(option.widget, QListWidget) and option.widget.currentRow() == index.row()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = option.rect.adjusted(SPACE_XS, 2, -SPACE_XS, -2)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(QColor(tokens.accent if selected else tokens.hover), 1))
            painter.setBrush(QColor(tokens.accent_soft if selected else tokens.hover))
            painter.drawRoundedRect(frame.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        box = QRect(QPoint(frame.center().x() - PICTURE.width() // 2, frame.top() + 5), PICTURE)
        picture = self._paint_picture(painter, box, index.data(FIELD_ROLE), option)
        facts: FieldFacts | None = index.data(FACTS_ROLE)
        if facts is not None:
            self._paint_state(painter, picture, facts)
            self._paint_text(painter, QRect(frame.left() + 6, box.bottom() + 4, frame.width() - 12, 16), facts, option)
        painter.restore()

    def _paint_picture(self, painter: QPainter, box: QRect, field_id: int, option: QStyleOptionViewItem) -> QRect:
        thumbnail = self._thumbnail(field_id)
        if thumbnail is None:
            painter.fillRect(box, option.palette.mid())
            return box
        picture = icons.to_pixmap(thumbnail)
        target = QRect(QPoint(0, 0), picture.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio))
        target.moveCenter(box.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(target, picture)
        return target

    def _paint_state(self, painter: QPainter, picture: QRect, facts: FieldFacts) -> None:
        """A bar along the lower edge while cells are found, else a sign; a warning in the upper corner."""
        tokens = self._theme.tokens
        corner = QRect(picture.right() - BADGE_PX - 3, picture.bottom() - BADGE_PX - 3, BADGE_PX, BADGE_PX)
        match facts.state:
            case FieldState.RUNNING:
                bar = QRectF(picture.left(), picture.bottom() + 1 - BAR_PX, picture.width(), BAR_PX)
                painter.fillRect(bar, QColor(tokens.border))
                bar.setWidth(bar.width() * max(0.04, facts.share))
                painter.fillRect(bar, QColor(tokens.accent))
            case FieldState.WAITING:
                self._paint_disc(painter, corner, tokens.muted)
                painter.setPen(QColor(tokens.text))
                painter.drawText(corner, int(Qt.AlignmentFlag.AlignCenter), f"{facts.place}")
            case FieldState.REVIEWED:
                self._paint_disc(painter, corner, tokens.success)
                icons.icon("check", colour=tokens.success).paint(painter, corner.adjusted(1, 1, -1, -1))
        if facts.marks:
            mark = QRect(picture.right() - BADGE_PX - 3, picture.top() + 4, BADGE_PX, BADGE_PX)
            colour = tokens.warning if facts.has_problem else tokens.muted
            self._paint_disc(painter, mark, colour)
            name = "warning" if facts.has_problem else "info"
            icons.icon(name, colour=colour).paint(painter, mark.adjusted(1, 0, -1, -2))

    def _paint_disc(self, painter: QPainter, box: QRect, rim: str) -> None:
        painter.setPen(QPen(QColor(rim), 1))
        painter.setBrush(QColor(self._theme.tokens.base))
        painter.drawEllipse(box.adjusted(-2, -2, 2, 2))

    def _paint_text(self, painter: QPainter, line: QRect, facts: FieldFacts, option: QStyleOptionViewItem) -> None:
        """The name; below it the cells on the left and those to review, with their sign, on the right."""
        painter.setFont(tabular(option.font))
        painter.setPen(option.palette.text().color())
        name = option.fontMetrics.elidedText(facts.name, Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter), name)
        below = line.translated(0, 15)
        painter.setPen(option.palette.placeholderText().color())
        if not facts.to_review:
            painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), facts.counts_text)
            return
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(below, middle | int(Qt.AlignmentFlag.AlignLeft), facts.counts_text)
        painter.setPen(QColor(self._theme.tokens.warning))
        text = f"{facts.to_review:,}"
        painter.drawText(below, middle | int(Qt.AlignmentFlag.AlignRight), text)
        sign = QRect(below.right() - option.fontMetrics.horizontalAdvance(text) - 15, below.top() + 2, 12, 12)
        icons.icon("review", colour=self._theme.tokens.warning).paint(painter, sign)
