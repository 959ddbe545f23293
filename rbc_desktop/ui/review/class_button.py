"""A button that gives the cell in hand a class: key, mark, name, and the classifier's share."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ...domain.classes.taxonomy import CellClass
from ...language import tr
from ...workflows.key_map import shown
from ..look import swatch
from ..look.theme import SPACE_S, SPACE_XS, ThemeController, tabular

HEIGHT = 32
CAP = 28
"""Width of every key cap, so that the marks are in line."""


def key_text(key: str) -> str:
    """A shortcut as the system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


class ClassButton(QAbstractButton):
    """One of the classes that the classifier names."""

    def __init__(self, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.cell_class: CellClass | None = None
        self._share = 0.0
        self._is_chosen = False
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def offer(self, cell_class: CellClass, share: float, *, chosen: bool) -> None:
        """Offer a class.

        Args:
            cell_class: what a click sets.
            share: what the classifier gives it, 0 to 1.
            chosen: the cell counts as it now.
        """
        self.cell_class, self._share, self._is_chosen = cell_class, share, chosen
        key = key_text(shown(cell_class.key))
        name = cell_class.title
        self.setText(tr("{name} {share:.0f} %", name=name, share=100 * share))
        self.setAccessibleName(
            tr("Set to {name}, {share:.0f} percent, key {key}", name=name, share=100 * share, key=key)
        )
        self.setToolTip(
            tr(
                "The classifier gives {name} {share:.1f} %. Key {key} sets it.",
                name=name,
                share=100 * share,
                key=key,
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(130, HEIGHT)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.cell_class is None:
            return
        tokens = self._theme.tokens
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            lit = self.underMouse() or self.isDown()
            painter.setPen(QPen(QColor(tokens.accent if self.hasFocus() or self._is_chosen else tokens.border), 1))
            painter.setBrush(QColor(tokens.hover if lit else tokens.raised))
            painter.drawRoundedRect(frame, 5, 5)
            cap = paint_key(painter, self.rect(), swatch.short_key(self.cell_class), theme=self._theme, least=CAP)
            mark = QRect(cap.right() + SPACE_XS, cap.top(), swatch.WIDTH, swatch.HEIGHT)
            swatch.paint(painter, mark, self.cell_class, font=self.font())
            painter.setPen(QColor(tokens.text))
            share = f"{100 * self._share:.0f} %"
            room = self.rect().adjusted(0, 0, -SPACE_S, -3)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), share)
            room.setLeft(mark.right() + SPACE_XS)
            room.setRight(room.right() - painter.fontMetrics().horizontalAdvance(share) - SPACE_XS)
            name = painter.fontMetrics().elidedText(self.cell_class.title, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), name)
            track = QRectF(mark.left(), self.height() - 5, self.width() - mark.left() - SPACE_S, 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.border))
            painter.drawRoundedRect(track, 1, 1)
            track.setWidth(max(2.0, track.width() * self._share))
            painter.setBrush(QColor(tokens.accent))
            painter.drawRoundedRect(track, 1, 1)


def paint_key(painter: QPainter, rect: QRect, key: str, *, theme: ThemeController, least: int = 20) -> QRect:
    """Paint a key cap at the left of a button, at least so wide; returns where."""
    tokens = theme.tokens
    width = max(least, painter.fontMetrics().horizontalAdvance(key) + 10)
    cap = QRect(rect.left() + 6, rect.center().y() - 9, width, 18)
    painter.save()
    painter.setPen(QPen(QColor(tokens.border), 1))
    painter.setBrush(QColor(tokens.window))
    painter.drawRoundedRect(QRectF(cap).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(QColor(tokens.muted))
    painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), key)
    painter.restore()
    return cap
