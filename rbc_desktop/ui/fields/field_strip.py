"""The strip on the left: a thumbnail of every field, with a warning where something is missing."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ...domain.case import Field
from ...domain.field_quality import FieldQuality
from ...editing.case_editor import CaseEditor
from ...reports.assessment import quality_text
from ...workflows.reading_controller import FieldImages
from ..look import icons
from ..look.theme import SPACE_S, SPACE_XS, ThemeController

FIELD_ROLE = Qt.ItemDataRole.UserRole
COUNT_ROLE = Qt.ItemDataRole.UserRole + 1
WARNING_ROLE = Qt.ItemDataRole.UserRole + 2
PICTURE = QSize(112, 78)
ITEM = QSize(132, 122)


def field_warning(field: Field, problem: str | None, *, quality: FieldQuality | None) -> str:
    """What is wrong with a field, one sentence a line, or an empty text."""
    if problem:
        return problem
    scale = "" if field.calibration is not None else "Not calibrated: no sizes in µm."
    return "\n".join(line for line in (scale, quality_text(quality)) if line)


class _Delegate(QStyledItemDelegate):
    def __init__(self, images: FieldImages, theme: ThemeController, parent: QWidget) -> None:
        super().__init__(parent)
        self._images, self._theme = images, theme

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
        thumbnail = self._images.thumbnail(index.data(FIELD_ROLE))
        if thumbnail is None:
            painter.fillRect(box, option.palette.mid())
        else:
            picture = icons.to_pixmap(thumbnail)
            target = QRect(QPoint(0, 0), picture.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio))
            target.moveCenter(box.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(target, picture)
        if index.data(WARNING_ROLE):
            mark = QRect(box.right() - 19, box.top() + 3, 16, 16)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(option.palette.base())
            painter.drawEllipse(mark.adjusted(-3, -3, 3, 3))
            icons.icon("warning", colour=tokens.warning).paint(painter, mark)
        text = QRect(frame.left() + SPACE_XS, box.bottom() + 4, frame.width() - 2 * SPACE_XS, 16)
        painter.setPen(option.palette.text().color())
        name = option.fontMetrics.elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, text.width())
        painter.drawText(text, int(Qt.AlignmentFlag.AlignCenter), name)
        painter.setPen(option.palette.placeholderText().color())
        count = int(index.data(COUNT_ROLE) or 0)
        painter.drawText(
            text.translated(0, 15), int(Qt.AlignmentFlag.AlignCenter), f"{count:,} cell{'s' * (count != 1)}"
        )
        painter.restore()


class FieldStrip(QWidget):
    """Shows the fields of the case and which one is in view."""

    menu_requested = Signal(object)
    """``(field id, global position)``."""

    def __init__(
        self, editor: CaseEditor, images: FieldImages, *, theme: ThemeController, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._editor, self._images = editor, images
        self.list = QListWidget()
        self.list.setItemDelegate(_Delegate(images, theme, self.list))
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName("Fields of the case")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self.setMinimumWidth(ITEM.width() + SPACE_S)
        self.setMaximumWidth(ITEM.width() + 64)
        for signal in (editor.fields_changed, editor.case_replaced, editor.calibration_changed):
            signal.connect(self.refresh)
        for signal in (editor.cells_added, editor.cells_removed):
            signal.connect(self._refresh_counts)
        for signal in (images.loaded, images.failed):
            signal.connect(self._refresh_marks)
        editor.qualities_changed.connect(self._refresh_marks)
        editor.current_field_changed.connect(self._show_current)
        self.list.currentRowChanged.connect(self._choose)
        self.list.customContextMenuRequested.connect(self._on_menu)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Build the list anew; a case has few fields."""
        self.list.blockSignals(True)
        self.list.clear()
        for field in self._editor.case.fields.values():
            item = QListWidgetItem(field.name)
            item.setData(FIELD_ROLE, field.id)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._refresh_marks()
        self._refresh_counts()
        self._show_current()

    @Slot()
    def _refresh_marks(self) -> None:
        for item, field in self._items():
            warning = field_warning(
                field, self._images.problems.get(field.id), quality=self._editor.case.qualities.get(field.id)
            )
            item.setData(WARNING_ROLE, warning)
            item.setToolTip(f"{field.name}\n{field.width} × {field.height} px" + (f"\n{warning}" if warning else ""))
        self.list.viewport().update()

    @Slot()
    def _refresh_counts(self) -> None:
        counts = Counter(cell.field_id for cell in self._editor.case.cells.values())
        for item, field in self._items():
            item.setData(COUNT_ROLE, counts[field.id])

    def _items(self) -> list[tuple[QListWidgetItem, Field]]:
        fields = self._editor.case.fields
        found = (
            (item, fields.get(item.data(FIELD_ROLE))) for i in range(self.list.count()) if (item := self.list.item(i))
        )
        return [(item, field) for item, field in found if field is not None]

    @Slot()
    def _show_current(self) -> None:
        current = self._editor.current_field
        for item, field in self._items():
            if current is not None and field.id == current.id:
                self.list.blockSignals(True)
                self.list.setCurrentItem(item)
                self.list.blockSignals(False)
                self.list.scrollToItem(item)

    @Slot(int)
    def _choose(self, row: int) -> None:
        item = self.list.item(row)
        if item is not None and item.data(FIELD_ROLE) in self._editor.case.fields:
            self._editor.set_current_field(item.data(FIELD_ROLE))

    @Slot(QPoint)
    def _on_menu(self, position: QPoint) -> None:
        item = self.list.itemAt(position)
        if item is not None:
            self.menu_requested.emit((item.data(FIELD_ROLE), self.list.viewport().mapToGlobal(position)))
