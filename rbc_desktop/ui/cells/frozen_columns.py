"""The first columns of the cell table, which stay while the others are scrolled sideways."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRect, Qt, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from .cell_model import Column

FROZEN = (Column.THUMBNAIL, Column.ID, Column.CLASS)
"""They come first in the table, too, so nothing moves when they begin to stay."""

LEAST_ROOM_PX = 60
"""What must be left for the other columns; in a narrower table nothing stays."""


class FrozenColumns(QTableView):
    """Lies over the left end of a table that is scrolled sideways.

    It paints what the table would show there. What the mouse does here the table gets, at the place where the column
    is; only the editor of a class opens here.

    Args:
        table: has its model, and these columns first.
    """

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self.setModel(table.model())
        self.setSelectionModel(table.selectionModel())
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(table)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        own, other = self.horizontalHeader(), table.horizontalHeader()
        own.setHighlightSections(False)
        own.setSectionsClickable(True)
        own.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        own.customContextMenuRequested.connect(other.customContextMenuRequested)
        own.setSortIndicatorShown(True)
        for column in Column:
            self.setColumnHidden(column, column not in FROZEN)
        other.sectionResized.connect(self._on_resized)
        own.sectionResized.connect(self._on_own_resized)
        other.sortIndicatorChanged.connect(self._on_sorted)
        own.sectionClicked.connect(self._on_clicked)
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        table.horizontalScrollBar().valueChanged.connect(self.settle)
        self.hide()

    @property
    def width_px(self) -> int:
        """How wide the columns are together."""
        return sum(self._table.columnWidth(column) for column in FROZEN)

    @Slot()
    def settle(self) -> None:
        """Lie where the table's first columns were, while they are scrolled away."""
        table = self._table
        room, header = table.viewport().geometry(), table.horizontalHeader()
        has_room = room.width() - self.width_px >= LEAST_ROOM_PX
        if not (table.horizontalScrollBar().value() and has_room):
            self.hide()
            return
        self.setGeometry(QRect(room.left(), header.geometry().top(), self.width_px, header.height() + room.height()))
        self.horizontalHeader().setFixedHeight(header.height())
        self.horizontalHeader().setSortIndicator(header.sortIndicatorSection(), header.sortIndicatorOrder())
        self.show()
        self.raise_()
        self.verticalScrollBar().setValue(table.verticalScrollBar().value())

    def take_looks(self) -> None:
        """Rows as high, columns as wide and letters as large as in the table, which was just built."""
        table = self._table
        self.setFont(table.font())
        self.setIconSize(table.iconSize())
        self.setSelectionBehavior(table.selectionBehavior())
        self.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
        self.horizontalHeader().setMinimumSectionSize(table.horizontalHeader().minimumSectionSize())
        for column in FROZEN:
            self.setColumnWidth(column, table.columnWidth(column))

    def take_delegates(self) -> None:
        """Paint and edit as the table does."""
        self.setItemDelegate(self._table.itemDelegate())
        for column in FROZEN:
            self.setItemDelegateForColumn(column, self._table.itemDelegateForColumn(column))

    def open_editor(self, index: QModelIndex) -> bool:
        """Edit a cell here. Returns whether it can be edited."""
        return self.edit(index, QAbstractItemView.EditTrigger.AllEditTriggers, QEvent(QEvent.Type.None_))

    @Slot(int, int, int)
    def _on_resized(self, column: int, _old: int, new: int) -> None:
        if column in FROZEN:
            self.setColumnWidth(column, new)
            self.settle()

    @Slot(int, int, int)
    def _on_own_resized(self, column: int, _old: int, new: int) -> None:
        if column in FROZEN and self.isVisible():
            self._table.setColumnWidth(column, new)

    @Slot(int, Qt.SortOrder)
    def _on_sorted(self, column: int, order: Qt.SortOrder) -> None:
        self.horizontalHeader().setSortIndicator(column, order)

    @Slot(int)
    def _on_clicked(self, column: int) -> None:
        """Sort as a click on the table's own heading would."""
        header = self._table.horizontalHeader()
        again = header.sortIndicatorSection() == column
        down = again and header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        self._table.sortByColumn(column, order)

    # What the mouse does here

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self.viewport()) as painter:
            painter.setPen(self.palette().mid().color())
            right = self.viewport().width() - 1
            painter.drawLine(right, 0, right, self.viewport().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hand_on(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hand_on(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hand_on(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._hand_on(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        QApplication.sendEvent(self._table.viewport(), event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        QApplication.sendEvent(self._table, QEvent(QEvent.Type.Leave))

    def _hand_on(self, event: QMouseEvent) -> None:
        """Let it happen in the table, on the same column."""
        column = self.columnAt(int(event.position().x()))
        shift = self._table.columnViewportPosition(column) - self.columnViewportPosition(column) if column >= 0 else 0
        there = QMouseEvent(
            event.type(), event.position() + QPointF(shift, 0), event.globalPosition(), event.button(),
            event.buttons(), event.modifiers(),
        )  # fmt: skip
        QApplication.sendEvent(self._table.viewport(), there)
