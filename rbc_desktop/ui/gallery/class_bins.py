"""Every class as a place to drop cells on, with its key; a click sets the class of the selected ones."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ...domain.classes.taxonomy import BUILT_IN, CellClass
from ...language import tr
from ...workflows.key_map import shown
from ..look import swatch
from ..look.theme import SPACE_XS, ThemeController

HEIGHT = 48
LEAST_PX = 30
NAMES_FROM_PX = 96
"""Narrower bins show mark and key only; the tooltip has the name."""


class ClassBins(QWidget):
    """Bins of equal width in a row, or in several where they would be too narrow."""

    class_chosen = Signal(object)
    """The `CellClass` of the clicked bin."""

    def __init__(self, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._classes: tuple[CellClass, ...] = BUILT_IN
        self._target: CellClass | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Classes"))
        self.setAccessibleDescription(tr("Drop cells on a class, or press its key."))
        theme.changed.connect(self.update)

    def set_classes(self, classes: tuple[CellClass, ...]) -> None:
        """Offer these classes, in this order."""
        if self._classes != classes or not all(map(CellClass.looks_like, self._classes, classes)):
            self._classes = classes
            self.updateGeometry()
            self.update()

    def class_at(self, position: QPoint) -> CellClass | None:
        """The class at a position of this widget."""
        if not self.rect().contains(position):
            return None
        return next((each for each in self._classes if self.rect_of(each).contains(position)), None)

    def rect_of(self, cell_class: CellClass) -> QRect:
        """Where a class is."""
        rows = rows_for(len(self._classes), width=self.width())
        beside = math.ceil(len(self._classes) / rows)
        row, place = divmod(self._classes.index(cell_class), beside)
        left = place * self.width() // beside
        return QRect(left, row * HEIGHT, (place + 1) * self.width() // beside - left, HEIGHT)

    def set_target(self, cell_class: CellClass | None) -> None:
        """Emphasise the class over which cells are held."""
        if cell_class != self._target:
            self._target = cell_class
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(5 * LEAST_PX, HEIGHT)

    def heightForWidth(self, width: int) -> int:
        return HEIGHT * rows_for(len(self._classes), width=width)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell_class = self.class_at(event.position().toPoint())
        if cell_class is not None and event.button() == Qt.MouseButton.LeftButton:
            self.class_chosen.emit(cell_class)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            cell_class = self.class_at(event.pos())
            QToolTip.showText(event.globalPos(), "" if cell_class is None else _tip(cell_class), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), QColor(tokens.window))
            for cell_class in self._classes:
                self._paint_bin(painter, self.rect_of(cell_class), cell_class)

    def _paint_bin(self, painter: QPainter, whole: QRect, cell_class: CellClass) -> None:
        tokens, is_target = self._theme.tokens, cell_class == self._target
        painter.setPen(QPen(QColor(tokens.accent if is_target else tokens.border), 2 if is_target else 1))
        painter.setBrush(QColor(tokens.accent_soft if is_target else tokens.raised))
        painter.drawRoundedRect(QRectF(whole).adjusted(2.5, 3.5, -2.5, -3.5), 5, 5)
        mark = QRect(0, 0, swatch.WIDTH, swatch.HEIGHT)
        mark.moveCenter(QPoint(whole.center().x(), whole.top() + 15))
        line = QRect(whole.left(), whole.bottom() - 21, whole.width(), 18)
        painter.setPen(QColor(tokens.muted))
        if whole.width() < NAMES_FROM_PX:
            swatch.paint(painter, mark, cell_class, font=self.font())
            painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter), swatch.short_key(cell_class))
            return
        mark.moveLeft(whole.left() + 8)
        swatch.paint(painter, mark, cell_class, font=self.font())
        middle = Qt.AlignmentFlag.AlignVCenter
        beside = QRect(mark.right() + SPACE_XS, mark.top(), whole.right() - mark.right() - 12, mark.height())
        painter.drawText(beside, int(Qt.AlignmentFlag.AlignRight | middle), _key(cell_class))
        painter.setPen(QColor(tokens.text))
        line.adjust(8, 0, -6, 0)
        name = painter.fontMetrics().elidedText(cell_class.title, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | middle), name)


def rows_for(count: int, *, width: int) -> int:
    """In how many rows that many bins stand, none narrower than `LEAST_PX`."""
    return max(1, math.ceil(count / max(1, width // LEAST_PX)))


def _tip(cell_class: CellClass) -> str:
    if shown(cell_class.key):
        return tr("{name}\nDrop cells here, click, or press {key}", name=cell_class.title, key=_key(cell_class))
    return tr("{name}\nDrop cells here, or click", name=cell_class.title)


def _key(cell_class: CellClass) -> str:
    return QKeySequence(shown(cell_class.key)).toString(QKeySequence.SequenceFormat.NativeText)
