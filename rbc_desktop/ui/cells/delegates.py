"""How the columns of the cell table that are not plain text are painted and edited."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QComboBox, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ...domain.classes.taxonomy import CellClass, in_display_order
from ...language import tr
from ...phrases import told
from ...reports.summary.rows import CellRow
from ...workflows.key_map import shown
from ..look import icons, swatch
from ..look.fresh_paint import FreshPaint
from ..look.text_lines import TextLines
from ..look.theme import ThemeController
from .cell_model import ALIGNMENTS, CellTableModel, Column
from .thumbnails import ThumbnailCache

Index = QModelIndex | QPersistentModelIndex
THUMBNAIL_PX = 30
RADIUS_PX = 4
"""Of a thumbnail's corners."""

ROW_PX = 34

MARKED = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus
"""What gives a table cell a ground of its own; a style sheet takes 50 µs to find that there is none."""

PADDING_PX = 7
"""Beside the text: that of the style sheet, and Qt's own."""


def _paint_background(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """The ground of a table cell, where its row has another; an option has no text before `initStyleOption`."""
    if not option.state & MARKED:
        return
    style = option.widget.style() if option.widget is not None else QApplication.style()
    style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)


def _row(index: Index) -> CellRow | None:
    model = index.model()
    return model.row_at(index.row()) if isinstance(model, CellTableModel) else None


class TextDelegate(QStyledItemDelegate):
    """A column of plain text, painted as Qt would, but faster: Qt lays each text out anew, twice."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines = TextLines()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        _paint_background(painter, option)
        model, column = index.model(), Column(index.column())
        if not isinstance(model, CellTableModel) or (row := model.row_at(index.row())) is None:
            return
        text = model.text(row, column)
        if text:
            room = option.rect.adjusted(PADDING_PX, 0, -PADDING_PX, 0)
            painter.setPen(option.palette.text().color())
            self._lines.paint(painter, room, ALIGNMENTS[column], text, font=option.font)


class ThumbnailDelegate(QStyledItemDelegate):
    """The cell's picture.

    Args:
        cache: pictures.
        fresh: makes those that the cache hasn't yet.
        parent: the table.
    """

    def __init__(self, cache: ThumbnailCache, fresh: FreshPaint, parent: QWidget) -> None:
        super().__init__(parent)
        self._cache, self._fresh = cache, fresh

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        _paint_background(painter, option)
        row = _row(index)
        if row is None:
            return
        square = QRect(0, 0, THUMBNAIL_PX, THUMBNAIL_PX)
        square.moveCenter(option.rect.center())
        ratio = painter.device().devicePixelRatioF()
        picture = self._cache.get(row, side=THUMBNAIL_PX, ratio=ratio, radius=RADIUS_PX, fresh=self._fresh)
        if picture is not None:
            painter.drawPixmap(square, picture)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(option.palette.midlight())
        painter.drawRoundedRect(square, RADIUS_PX, RADIUS_PX)
        painter.restore()


class ClassDelegate(QStyledItemDelegate):
    """Mark and name of the class; edits with a list of every class.

    Args:
        classes: the classes that there are, in any order.
        parent: the table.
    """

    def __init__(self, classes: Callable[[], Iterable[CellClass]], parent: QWidget) -> None:
        super().__init__(parent)
        self._known = classes
        self._lines = TextLines()

    def _classes(self) -> tuple[CellClass, ...]:
        return in_display_order(self._known())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        _paint_background(painter, option)
        row = _row(index)
        if row is None:
            return
        mark = QRect(option.rect.left() + 6, 0, swatch.WIDTH, swatch.HEIGHT)
        mark.moveTop(option.rect.center().y() - swatch.HEIGHT // 2 + 1)
        swatch.paint(painter, mark, row.cell_class, font=option.font)
        text = QRect(option.rect)
        text.setLeft(mark.right() + 8)
        muted = row.cell_class is None
        painter.setPen((option.palette.placeholderText() if muted else option.palette.text()).color())
        self._lines.paint(painter, text, ALIGNMENTS[Column.CLASS], told(row.class_text), font=option.font)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(150, ROW_PX)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        box = QComboBox(parent)
        box.setIconSize(QSize(swatch.WIDTH, swatch.HEIGHT))
        for cell_class in self._classes():
            box.addItem(swatch.icon(cell_class, font=option.font), cell_class.title)
            key = shown(cell_class.key)
            tip = tr("Key {key}", key=key) if key else ""
            box.setItemData(box.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        box.setMaxVisibleItems(box.count())
        box.activated.connect(self._finish)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            current = index.data(Qt.ItemDataRole.EditRole)
            editor.setCurrentIndex(editor.findText(current.title) if current is not None else -1)
            editor.showPopup()

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        if isinstance(editor, QComboBox) and editor.currentIndex() >= 0:
            chosen = self._classes()[editor.currentIndex()]
            if chosen != index.data(Qt.ItemDataRole.EditRole):
                index.model().setData(index, chosen, Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        height = editor.sizeHint().height()
        rect = QRect(option.rect.left(), 0, max(option.rect.width(), 170), height)
        rect.moveTop(option.rect.center().y() - height // 2)
        editor.setGeometry(rect)

    def _finish(self) -> None:
        editor = self.sender()
        if isinstance(editor, QWidget):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)


class ReviewDelegate(QStyledItemDelegate):
    """A flag for cells to look at, a tick for cells that a person has seen."""

    SIZE = 16

    def __init__(self, theme: ThemeController, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        _paint_background(painter, option)
        row = _row(index)
        if row is None or not (row.needs_review or row.reviewed):
            return
        name, colour = (
            ("review", self._theme.tokens.warning) if row.needs_review else ("check", self._theme.tokens.success)
        )
        square = QRect(0, 0, self.SIZE, self.SIZE)
        square.moveCenter(option.rect.center())
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(square, icons.pixmap(name, self.SIZE, colour=QColor(colour).name(), ratio=ratio))
