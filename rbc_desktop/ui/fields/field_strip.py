"""The strip on the left: a thumbnail of every field with how far it is, and below them how far the case is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ...editing.case_editor import CaseEditor
from ...language import tr
from ...phrases import told
from ...workflows.cases.reading_controller import FieldImages
from ...workflows.fields.field_facts import FieldFacts, FieldFactsNow
from ...workflows.fields.field_queue import tally
from ...workflows.fields.field_queue_controller import FieldQueueController
from ...workflows.review.cell_columns import CellColumns, waiting_in_fields
from ..look.theme import SPACE_S, ThemeController
from .field_delegate import FACTS_ROLE, FIELD_ROLE, ITEM, FieldDelegate
from .queue_bar import QueueBar

_WORDS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)

REFRESH_MS = 120
"""At least so long between two looks at all cells, which take milliseconds."""


class _FieldItem(QListWidgetItem):
    """One field; what is said of it is looked up when it is painted, pointed at or read aloud.

    Args:
        number: of the field.
        facts: of every field, as they are now.
    """

    def __init__(self, number: int, facts: Callable[[], Mapping[int, FieldFacts]]) -> None:
        super().__init__()
        self._number, self._facts = number, facts
        self.said: FieldFacts | None = None
        self.setFlags(self.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)  # between fields, never onto one

    def data(self, role: int) -> Any:
        if role == FIELD_ROLE:
            return self._number
        if role not in (FACTS_ROLE, *_WORDS):
            return super().data(role)
        facts = self._facts().get(self._number)
        if role == FACTS_ROLE or facts is None:
            self.said = facts
            return facts
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return facts.name
            case Qt.ItemDataRole.ToolTipRole:
                return told(facts.text)
        return facts.text.replace("\n", ", ")


class FieldStrip(QWidget):
    """Shows the fields of the case, which one is in view, and what is under way.

    Dragging a field changes the order in which they are listed, stepped through and segmented.

    Args:
        editor: the working case.
        images: thumbnails, and why images can't be read.
        queue: what is segmented.
        columns: every cell as the table has it.
        theme: colours.
    """

    reordered = Signal()
    """The fields are listed in another order."""

    menu_requested = Signal(object)
    """``(field id, global position)``."""

    def __init__(
        self,
        editor: CaseEditor,
        images: FieldImages,
        queue: FieldQueueController,
        *,
        columns: CellColumns,
        theme: ThemeController,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor, self._images, self._queue, self._columns = editor, images, queue, columns
        self._order: tuple[int, ...] = ()
        self._facts: Mapping[int, FieldFacts] = {}
        self.list = QListWidget()
        self.list.setItemDelegate(FieldDelegate(images.thumbnail, theme, self.list))
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(tr("Fields of the case"))
        self.bar = QueueBar()
        self.bar.cancel_requested.connect(queue.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        column.addWidget(self.bar)
        self.list.setMinimumWidth(ITEM.width() + SPACE_S)
        self.setMaximumWidth(ITEM.width() + 64)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REFRESH_MS)
        self._soon.timeout.connect(self.refresh_facts)
        self._connect()
        self.refresh()

    def _connect(self) -> None:
        editor, images, queue = self._editor, self._images, self._queue
        for signal in (editor.fields_changed, editor.case_replaced):
            signal.connect(self.refresh)
        for signal in (editor.cells_added, editor.cells_removed, editor.calibration_changed, queue.changed,
                       editor.qualities_changed, images.loaded, images.failed):  # fmt: skip
            signal.connect(self.refresh_soon)
        images.loaded.connect(self._on_picture)
        editor.current_field_changed.connect(self._show_current)
        self.list.currentRowChanged.connect(self._choose)
        self.list.customContextMenuRequested.connect(self._on_menu)
        self.list.model().rowsMoved.connect(self._on_moved)

    @property
    def order(self) -> tuple[int, ...]:
        """Ids of the fields as they are listed."""
        return self._order

    def list_in(self, order: Iterable[int]) -> None:
        """List the fields in this order; those that it doesn't name come last."""
        self._queue.reorder([i for i in order if i in self._editor.case.fields])
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Build the list anew; a case has few fields."""
        fields = self._editor.case.fields
        order = [i for i in dict.fromkeys([*self._queue.order, *fields]) if i in fields]
        if list(self._order) != order:
            self._order = tuple(order)
            self.list.blockSignals(True)
            self.list.clear()
            for number in order:
                self.list.addItem(_FieldItem(number, lambda: self._facts))
            self.list.blockSignals(False)
            self._show_current()
        self.refresh_facts()

    @Slot()
    def refresh_soon(self) -> None:
        """Many signals of one change make one look."""
        if not self._soon.isActive():
            self._soon.start()

    @Slot()
    def refresh_facts(self) -> None:
        """Say anew how far each field is."""
        self._soon.stop()
        self._facts = FieldFactsNow(
            self._editor.case, self._queue.queue, to_review=waiting_in_fields(self._columns.table),
            problems=self._images.problems, share=self._queue.share,
        )  # fmt: skip
        model = self.list.model()
        for row in self._rows_in_sight():
            item = self.list.item(row)
            if isinstance(item, _FieldItem) and item.said != self._facts.get(item.data(FIELD_ROLE)):
                model.dataChanged.emit(model.index(row, 0), model.index(row, 0))
        count = tally(self._columns)
        self.bar.show_state(self._queue.queue, share=self._queue.share, count=count, target=self._queue.target)

    @Slot()
    def _on_picture(self) -> None:
        self.list.viewport().update()

    def _rows_in_sight(self) -> range:
        """The rows that are painted; all are of one height."""
        first = self.list.visualItemRect(self.list.item(0)) if self.list.count() else QRect()
        if first.isEmpty():
            return range(0)
        top = -first.top() // first.height()
        return range(max(0, top), min(self.list.count(), top + self.list.viewport().height() // first.height() + 2))

    @Slot()
    def _show_current(self) -> None:
        current = self._editor.current_field
        if current is not None and current.id in self._order:
            item = self.list.item(self._order.index(current.id))
            self.list.blockSignals(True)
            self.list.setCurrentItem(item)
            self.list.blockSignals(False)
            self.list.scrollToItem(item)
        self.list.viewport().update()

    @Slot(int)
    def _choose(self, row: int) -> None:
        item = self.list.item(row)
        if item is not None and item.data(FIELD_ROLE) in self._editor.case.fields:
            self._editor.set_current_field(item.data(FIELD_ROLE))

    @Slot()
    def _on_moved(self) -> None:
        self._order = tuple(self.list.item(row).data(FIELD_ROLE) for row in range(self.list.count()))
        self._queue.reorder(self._order)
        self._show_current()
        self.reordered.emit()

    @Slot(QPoint)
    def _on_menu(self, position: QPoint) -> None:
        item = self.list.itemAt(position)
        if item is not None:
            self.menu_requested.emit((item.data(FIELD_ROLE), self.list.viewport().mapToGlobal(position)))
