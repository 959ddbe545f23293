"""How the columns of the cell table that are not plain text are painted and edited."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QApplication, QComboBox, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ...domain.classes.taxonomy import CellClass, in_display_order
from ...language import tr
from ...reports.summary.rows import CellRow
from ...workflows.key_map import shown
from ..look import icons, swatch
from ..look.theme import ThemeController
from .row_texts import ROW_ROLE
from .thumbnails import ThumbnailCache

Index = QModelIndex | QPersistentModelIndex
THUMBNAIL_PX = 30
ROW_PX = 34


def _paint_background(painter: QPainter, option: QStyleOptionViewItem) -> None:
    blank = QStyleOptionViewItem(option)
    blank.text = ""
    style = option.widget.style() if option.widget is not None else QApplication.style()
    style.drawControl(QStyle.ControlElement.CE_ItemViewItem, blank, painter, option.widget)


def _row(index: Index) -> CellRow | None:
    row = index.data(ROW_ROLE)
    return row if isinstance(row, CellRow) else None


class ThumbnailDelegate(QStyledItemDelegate):
    """The cell's picture."""

    def __init__(self, cache: ThumbnailCache, parent: QWidget) -> None:
        super().__init__(parent)
        self._cache = cache

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        _paint_background(painter, option)
        row = _row(index)
        if row is None:
            return
        square = QRect(0, 0, THUMBNAIL_PX, THUMBNAIL_PX)
        square.moveCenter(option.rect.center())
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(square), 4, 4)
        picture = self._cache.get(row, side=THUMBNAIL_PX, ratio=painter.device().devicePixelRatioF())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if picture is None:
            painter.fillPath(outline, option.palette.midlight())
        else:
            painter.setClipPath(outline)
            painter.drawPixmap(square, picture)
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
        painter.save()
        muted = row.cell_class is None
        painter.setPen((option.palette.placeholderText() if muted else option.palette.text()).color())
        painter.setFont(option.font)
        name = str(index.data(Qt.ItemDataRole.DisplayRole))
        elided = option.fontMetrics.elidedText(name, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), elided)
        painter.restore()

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
        icons.icon(name, colour=QColor(colour).name()).paint(painter, square)
