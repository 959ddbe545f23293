"""The cell table as it is seen and used: columns, copying, and the picture under the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QMenu, QTableView, QWidget

from ...domain.classes.taxonomy import CellClass
from ...language import mark, tr
from ...reports.summary.rows import CellRow
from ...turns import InSlices, OwnTurn
from ...workflows.review.cell_columns import RowFilter
from ..look import swatch
from ..look.mnemonics import lettered
from ..look.theme import SPACE_L, tabular
from .cell_model import CellTableModel, Column
from .delegates import ROW_PX, THUMBNAIL_PX
from .frozen_columns import FROZEN, FrozenColumns
from .row_texts import ROW_ROLE
from .thumbnails import ThumbnailCache

_SAMPLES = {
    Column.ID: "1,000", Column.PROBABILITY: "0.00", Column.REVIEW: mark("Seen"), Column.AREA: mark("Area µm²"),
    Column.FIELD: "field 000.png", Column.WHY: "outline is curled or open",
    Column.DIAMETER: "00.00", Column.CIRCULARITY: mark("Circ."), Column.AXIS_RATIO: mark("Axes"),
    Column.PALLOR: mark("Pallor"),
}  # fmt: skip
"""The widest thing that a column usually shows; columns are as wide as this and no wider."""

assert {*_SAMPLES, Column.THUMBNAIL, Column.CLASS} == set(Column), "a column needs a width"

NO_CELLS = mark("No cells yet.\nClick one on the image, or let “Segment all” find them.")
NOTHING_MATCHES = mark("No cell matches the filter.")


CHOICES = tuple(column for column in Column if column not in (Column.THUMBNAIL, Column.ID, Column.CLASS))
"""Columns that can be put away."""

HIDDEN_AT_FIRST = (Column.WHY,)
"""Columns that are shown only when somebody chooses them."""

ENLARGED_PX = 168

FEW_ROWS = 4
"""Marks on up to so many rows are painted in the same turn as those on the image."""


class CellTableView(QTableView):
    """A table that keeps the letters and digits for the window's shortcuts.

    The picture under the cursor is shown enlarged; Ctrl+C copies the selected rows; a right click on a heading chooses
    columns.

    Args:
        model: its rows.
        thumbnails: pictures of cells.
        parent: Qt parent.
    """

    columns_changed = Signal()
    """The user chose other columns."""

    height_changed = Signal(int)
    """How high the rows' room was before, in logical pixels."""

    activated_cell = Signal(int)
    """A row was opened by Return or a double click outside the class."""

    def __init__(self, model: CellTableModel, thumbnails: ThumbnailCache, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails, self._columns = thumbnails, model.columns
        self._copying = InSlices(self)
        self._painting = OwnTurn(self, self._paint_rows, is_first=True)
        self._marked = 0
        self._lists_fields = False
        self._hidden: set[Column] = set(HIDDEN_AT_FIRST)
        self.enlarged = QLabel(self, Qt.WindowType.ToolTip)
        self.enlarged.hide()
        self.setModel(model)
        self.frozen = FrozenColumns(self)
        self.frozen.customContextMenuRequested.connect(self.customContextMenuRequested)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFont(tabular(self.font()))
        self.setIconSize(QSize(THUMBNAIL_PX, THUMBNAIL_PX))
        self.setCornerButtonEnabled(False)
        self.setAccessibleName(tr("Cells"))
        self.setAccessibleDescription(tr("A row per cell. The keys of the classes set the class of the selected rows."))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(False)
        header.setMinimumSectionSize(36)
        self.setSortingEnabled(True)
        self.sortByColumn(Column.ID, Qt.SortOrder.AscendingOrder)
        self.setColumnWidth(Column.THUMBNAIL, THUMBNAIL_PX + 12)
        self.setColumnWidth(
            Column.CLASS, self.fontMetrics().horizontalAdvance(CellClass.UNCATEGORISED.title) + swatch.WIDTH + 26
        )
        for column, sample in _SAMPLES.items():
            self.setColumnWidth(column, self.fontMetrics().horizontalAdvance(tr(sample)) + 22)
        header.moveSection(header.visualIndex(Column.FIELD), len(FROZEN))
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_header_menu)
        self.frozen.take_looks()
        self._apply_columns()
        for each in (header, self.frozen.horizontalHeader()):
            # One of its own, where nothing is selected: it asks of every row whether its columns are selected whole.
            each.setSelectionModel(QItemSelectionModel(each.model(), each))
        model.modelReset.connect(self._fit_numbers)
        self.doubleClicked.connect(self._open)
        self.activated.connect(self._open)  # Return; on some systems also a double click, which does no harm

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        model = self.model()
        if isinstance(model, CellTableModel) and not model.rowCount():
            with QPainter(self.viewport()) as painter:
                painter.setPen(self.palette().placeholderText().color())
                room = self.viewport().rect().adjusted(SPACE_L, 2 * SPACE_L, -SPACE_L, -SPACE_L)
                flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
                painter.drawText(room, int(flags), self.empty_text)

    def expect_marked(self, rows: int) -> None:
        """Say how many rows are about to be marked.

        Where these, or those marked before, are many, the image has as much to paint: the table stays as it was painted
        last, and is painted in a turn of its own.
        """
        if max(rows, self._marked) > FEW_ROWS:
            for view in (self, self.frozen):
                view.viewport().setUpdatesEnabled(False)
            self._painting.ask()
        self._marked = rows

    @Slot()
    def _paint_rows(self) -> None:
        for view in (self, self.frozen):
            view.viewport().setUpdatesEnabled(True)

    @Slot()
    def update_thumbnails(self) -> None:
        """Paint the pictures of cells once more."""
        for view in (self, self.frozen):
            left, width = view.columnViewportPosition(Column.THUMBNAIL), view.columnWidth(Column.THUMBNAIL)
            view.viewport().update(left, 0, width, view.viewport().height())

    @property
    def empty_text(self) -> str:
        """What stands in place of rows: a field without cells is not a filter without matches."""
        model = self.model()
        chosen = model.row_filter if isinstance(model, CellTableModel) else RowFilter()
        return tr(NOTHING_MATCHES if chosen != RowFilter(field_id=chosen.field_id) else NO_CELLS)

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a row in sight, and a column from under the first ones, which are in sight anyway."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if index.column() in FROZEN:
            bar.setValue(before)
        elif self.frozen.isVisible():
            hidden = self.frozen.width() - self.columnViewportPosition(index.column())
            bar.setValue(bar.value() - max(0, hidden))

    def edit(  # type: ignore[override]
        self,
        index: QModelIndex | QPersistentModelIndex,
        trigger: QAbstractItemView.EditTrigger = QAbstractItemView.EditTrigger.AllEditTriggers,
        event: QEvent | None = None,
    ) -> bool:
        """Edit a cell, in the columns that stay where they are."""
        if self.frozen.isVisible() and index.column() in FROZEN and trigger & self.editTriggers():
            return self.frozen.open_editor(self.model().index(index.row(), index.column()))
        return super().edit(index, trigger, QEvent(QEvent.Type.None_) if event is None else event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: letters and digits are shortcuts here."""

    @Slot()
    def _fit_numbers(self) -> None:
        """Make room for the numbers of a large case, which are longer than the sample."""
        numbers = self._columns.numbers
        longest = self.fontMetrics().horizontalAdvance(f"{numbers[-1]:,}") + 22 if len(numbers) else 0
        if self.columnWidth(Column.ID) < longest:
            self.setColumnWidth(Column.ID, longest)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        model = self.model()
        if isinstance(model, CellTableModel) and index.column() != Column.CLASS:
            self.activated_cell.emit(model.id_at(index.row()))

    # Columns

    @property
    def hidden_columns(self) -> tuple[str, ...]:
        """Names of the columns that the user has put away."""
        return tuple(sorted(column.name for column in self._hidden))

    def set_hidden_columns(self, names: Iterable[str]) -> None:
        """Put these columns away and show all others; names that no column has are passed over."""
        self._hidden = {column for column in CHOICES if column.name in set(names)}
        self._apply_columns()

    def show_fields(self, several: bool) -> None:
        """Say in a column which field a cell lies in, while cells of several are listed."""
        if several != self._lists_fields:
            self._lists_fields = several
            self._apply_columns()

    def column_menu(self) -> QMenu:
        """A tick for every column."""
        menu = lettered(QMenu(self))
        for column in CHOICES:
            action = menu.addAction(str(self.model().headerData(column, Qt.Orientation.Horizontal)))
            action.setCheckable(True)
            action.setChecked(column not in self._hidden)
            action.toggled.connect(partial(self._choose, column))
        return menu

    def _choose(self, column: Column, shown: bool) -> None:
        self._hidden = self._hidden - {column} if shown else self._hidden | {column}
        self._apply_columns()
        self.columns_changed.emit()

    def _apply_columns(self) -> None:
        for column in Column:
            away = column in self._hidden or (column == Column.FIELD and not self._lists_fields)
            self.setColumnHidden(column, away)

    @Slot(QPoint)
    def _on_header_menu(self, position: QPoint) -> None:
        menu = self.column_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.horizontalHeader().mapToGlobal(position))

    # Copying

    @property
    def is_copying(self) -> bool:
        """Whether rows are still being gathered for the clipboard."""
        return self._copying.is_working

    def copy_selected(self) -> None:
        """Copy the selected rows with the columns on show as tab-separated lines, headings first."""
        if self.selectionModel().hasSelection():
            self._copying.run(self._copy_steps())

    def _copy_steps(self) -> Iterator[None]:
        """Line by line; what is copied are the cells that were selected when it began."""
        model, header = self.model(), self.horizontalHeader()
        if not isinstance(model, CellTableModel):
            return
        shown = [c for v in range(header.count()) if not self.isColumnHidden(c := header.logicalIndex(v))]
        columns = [Column(c) for c in shown if c != Column.THUMBNAIL]
        lines = ["\t".join(str(model.headerData(c, Qt.Orientation.Horizontal)) for c in columns)]
        chosen = self.selectionModel().selection()
        parts = [chosen.at(place) for place in range(chosen.count())]
        positions = sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})
        for number in [model.id_at(position) for position in positions]:
            if (row := model.rows.get(number)) is not None:
                lines.append("\t".join(model.copied(row, column) for column in columns))
            yield
        QGuiApplication.clipboard().setText("\n".join(lines) + "\n")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.frozen.settle()
        if event.size().height() != event.oldSize().height():
            self.height_changed.emit(event.oldSize().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selected()
            return
        super().keyPressEvent(event)

    # The picture under the cursor

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = index.data(ROW_ROLE) if index.isValid() and index.column() == Column.THUMBNAIL else None
        picture = None
        if isinstance(row, CellRow):
            picture = self._thumbnails.get(row, side=ENLARGED_PX, ratio=self.devicePixelRatioF())
        if picture is None:
            self.enlarged.hide()
            return
        self.enlarged.setPixmap(picture)
        self.enlarged.resize(ENLARGED_PX, ENLARGED_PX)
        place = self.visualRect(index).topLeft()
        at = self.viewport().mapToGlobal(QPoint(max(0, place.x()), place.y()))
        self.enlarged.move(at - QPoint(ENLARGED_PX + SPACE_L // 2, (ENLARGED_PX - ROW_PX) // 2))
        self.enlarged.show()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.enlarged.hide()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.enlarged.hide()
        super().wheelEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.enlarged.hide()
