"""Paints one case of the list: its picture, its name, what is in it, where it lies, and the state of its report."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ...language import tr
from ...workflows.cases.case_listing import BETWEEN, ListedCase
from ..look import icons
from ..look.theme import SPACE_M, SPACE_S, SPACE_XS, ThemeController, tabular

LINE_ROLE = Qt.ItemDataRole.UserRole
PICTURE = QSize(84, 63)

_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class CaseDelegate(QStyledItemDelegate):
    """Each item holds a `ListedCase`."""

    def __init__(self, theme: ThemeController, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        lines = 3 * option.fontMetrics.height() + SPACE_XS
        return QSize(320, max(PICTURE.height(), lines) + 2 * SPACE_S)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: ListedCase = index.data(LINE_ROLE)
        tokens = self._theme.tokens
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(QColor(tokens.accent if selected else tokens.hover), 1))
            painter.setBrush(QColor(tokens.accent_soft if selected else tokens.hover))
            painter.drawRoundedRect(option.rect.toRectF().adjusted(2.5, 1.5, -2.5, -1.5), 5, 5)
        room = option.rect.adjusted(SPACE_S, SPACE_S, -SPACE_M, -SPACE_S)
        box = QRect(QPoint(room.left(), room.center().y() - PICTURE.height() // 2), PICTURE)
        self._paint_picture(painter, box, line)
        room.setLeft(box.right() + SPACE_M)
        chip = self._paint_state(painter, room, line, option.font)
        self._paint_text(painter, room, line, option.font, right_of_name=chip)
        painter.restore()

    def _paint_picture(self, painter: QPainter, box: QRect, line: ListedCase) -> None:
        tokens = self._theme.tokens
        if line.case.thumbnail is None:
            painter.fillRect(box, QColor(tokens.canvas))
            sign = QRect(0, 0, 24, 24)
            sign.moveCenter(box.center())
            icons.icon("image", colour=tokens.muted).paint(painter, sign)
            return
        picture = icons.to_pixmap(line.case.thumbnail)
        target = QRect(QPoint(0, 0), picture.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio))
        target.moveCenter(box.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(0.45 if line.problem else 1.0)
        painter.drawPixmap(target, picture)
        painter.setOpacity(1.0)

    def _paint_state(self, painter: QPainter, room: QRect, line: ListedCase, font: QFont) -> int:
        """The state in a frame at the upper right; returns where it begins."""
        tokens = self._theme.tokens
        colours = {"draft": tokens.muted, "reviewed": tokens.accent, "final": tokens.success}
        painter.setFont(font)
        metrics = QFontMetrics(font)
        frame = QRectF(0, 0, metrics.horizontalAdvance(tr(line.case.state)) + 2 * SPACE_S, metrics.height() + 4)
        frame.moveTopRight(QRectF(room).topRight() + QPoint(0, 0))
        painter.setPen(QPen(QColor(colours.get(line.case.state, tokens.warning)), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.drawText(frame, int(Qt.AlignmentFlag.AlignCenter), tr(line.case.state))
        return int(frame.left())

    def _paint_text(self, painter: QPainter, room: QRect, line: ListedCase, font: QFont, *, right_of_name: int) -> None:
        tokens = self._theme.tokens
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        figures = tabular(font)
        facts = facts_within(room.width() - 1, line, QFontMetrics(figures))
        texts = (
            (line.name, bold, tokens.text, right_of_name - SPACE_S),
            (facts, figures, tokens.text, room.right()),
            (line.place, font, tokens.warning if line.problem else tokens.muted, room.right()),
        )
        height = QFontMetrics(font).height() + SPACE_XS // 2
        top = room.center().y() - 3 * height // 2
        for number, (text, face, colour, right) in enumerate(texts):
            at = QRect(room.left(), top + number * height, right - room.left(), height)
            painter.setFont(face)
            painter.setPen(QColor(colour))
            elided = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideMiddle, at.width())
            painter.drawText(at, _LEFT, elided)


def facts_within(width: int, line: ListedCase, metrics: QFontMetrics) -> str:
    """The facts of a case; where they are wider than that the sample number gives way, and every count stays."""
    if metrics.horizontalAdvance(line.facts) <= width:
        return line.facts
    rest = BETWEEN + line.counts
    return metrics.elidedText(line.sample, Qt.TextElideMode.ElideMiddle, width - metrics.horizontalAdvance(rest)) + rest
