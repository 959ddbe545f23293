"""The panel on the right: the table of cells with its filters, and the counts of the classes beneath."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QSignalBlocker, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...domain.classes.taxonomy import BUILT_IN, CellClass
from ...editing.case_editor import CaseEditor
from ...editing.selection import Selection
from ...language import plural, tr
from ...phrases import told
from ...ports import RgbImage
from ...reports.summary.assessment import untold_classes
from ...reports.summary.counts import ASIDE
from ...workflows.review.cell_columns import RowFilter, counted_lines
from ...workflows.review.shown_rows import runs
from ...workflows.review.stored_columns import row_of
from ...workflows.review.whole_rows import chosen
from ..look import icons, swatch
from ..look.elided_box import ElidedBox
from ..look.fresh_paint import FreshPaint
from ..look.theme import SPACE_S, SPACE_XS, ThemeController, named, tabular
from .cell_model import CellTableModel, Column
from .class_counts import ClassCounts
from .delegates import ClassDelegate, ReviewDelegate, TextDelegate, ThumbnailDelegate
from .image_level_block import ImageLevelBlock
from .quality_line import QualityLine
from .row_feed import RowFeed
from .table_view import CellTableView
from .thumbnails import ThumbnailCache

COUNTS_FROM_PX = 240
"""Height of the panel from which on the counts of the classes have room below the table."""


class CellPanel(QWidget):
    """Table, filters and counts, linked both ways with the selection.

    Args:
        editor: the working case.
        selection: the selected cells.
        theme: colours.
        pixels_of: decoded pixels of a field by id, or None while they are not in memory.
    """

    cell_opened = Signal(int)
    """Show this cell on the image."""

    menu_requested = Signal(QPoint)
    """A context menu for the selected cells, at this global position."""

    class_edited = Signal(object)
    """``(cell id, CellClass)``."""

    def __init__(
        self,
        editor: CaseEditor,
        selection: Selection,
        *,
        theme: ThemeController,
        pixels_of: Callable[[int], RgbImage | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor, self._selection = editor, selection
        self._sought = False
        self._syncing = False
        self._offered: tuple[CellClass, ...] = ()
        self._proposed: frozenset[CellClass] = frozenset()
        self.thumbnails = ThumbnailCache(pixels_of)
        self.model = CellTableModel(lambda number: row_of(editor.case, number))
        self.view = CellTableView(self.model, self.thumbnails, self)
        self.counts = ClassCounts()
        self.image_level = ImageLevelBlock(editor)
        self.quality = QualityLine(editor)
        fresh = FreshPaint(self.view, self.view.update_thumbnails)
        self._delegates = {
            Column.THUMBNAIL: ThumbnailDelegate(self.thumbnails, fresh, self.view),
            Column.CLASS: ClassDelegate(lambda: self.model.columns.offered, self.view),
            Column.REVIEW: ReviewDelegate(theme, self.view),
        }
        self.view.setItemDelegate(TextDelegate(self.view))
        for column, delegate in self._delegates.items():
            self.view.setItemDelegateForColumn(column, delegate)
        self.view.frozen.take_delegates()
        self._build()
        self.feed = RowFeed(editor, self.model, self)
        self._connect()
        self._on_fields()
        self._refresh_header()

    def show_review_only(self, on: bool) -> None:
        """Show only cells that need review, or all."""
        self.review_button.setChecked(on)

    def show_class(self, cell_class: CellClass | None) -> None:
        """Show only one class, or all."""
        self.class_box.setCurrentIndex(0 if cell_class is None else self._offered.index(cell_class) + 1)

    def show_group(self, name: str | None) -> None:
        """Show only the cells that are left out under this name, cut by the edge or not assessable, or all."""
        self.class_box.setCurrentIndex(0 if name is None else self.class_box.findData(name))

    def refresh_classes(self) -> None:
        """Offer the own classes that there are now, and count them, whether cells have them or not."""
        self.model.know_classes(self._editor.looks.classes)
        self._on_rows()

    def note_proposed(self, classes: Iterable[CellClass]) -> None:
        """The classifier in use knows these; others are set by people only."""
        self._proposed = frozenset(classes)
        self._on_rows()

    def show_all_fields(self) -> None:
        """Show the cells of the whole case."""
        if len(self._editor.case.fields) > 1:
            self.scope_box.setCurrentIndex(1)

    def _build(self) -> None:
        header = named(QWidget(), "panelHeader")
        rows = QVBoxLayout(header)
        rows.setContentsMargins(SPACE_S, SPACE_XS, SPACE_S, SPACE_XS)
        rows.setSpacing(SPACE_XS)
        line = QHBoxLayout()
        line.setSpacing(SPACE_XS)
        rows.addLayout(line)
        self.title = QLabel()
        self.title.setFont(tabular(self.title.font()))
        self.title.setTextFormat(Qt.TextFormat.RichText)
        self.title.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self.scope_box = ElidedBox()
        self.scope_box.addItems([tr("Cells of this field"), tr("Cells of all fields")])
        self.scope_box.setToolTip(tr("Show the cells of the field in view, or of the whole case"))
        self.class_box = ElidedBox()
        self.class_box.setToolTip(tr("Show only one class"))
        self.class_box.setIconSize(QSize(swatch.WIDTH, swatch.HEIGHT))
        self.class_box.setMinimumContentsLength(3)
        self.class_box.setMaximumWidth(180)
        self.class_box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.class_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._offer(BUILT_IN)
        self.review_button = QToolButton()
        self.review_button.setIcon(icons.icon("review"))
        self.review_button.setCheckable(True)
        self.review_button.setToolTip(tr("Show only cells that need review"))
        self.review_button.setAccessibleName(tr("Needs review only"))
        line.addWidget(self.title)
        line.addStretch(1)
        line.addWidget(self.class_box, 100)  # takes what it may before the stretch gets any
        line.addWidget(self.review_button)
        rows.addWidget(self.scope_box)  # only there while the case has several fields
        scroll = QScrollArea()
        scroll.setWidget(self.counts)
        scroll.setAccessibleName(self.counts.accessibleName())
        scroll.setMinimumHeight(1)  # or the window couldn't become so low that it is hidden
        self._below = scroll
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.view)
        splitter.addWidget(scroll)
        splitter.setStretchFactor(0, 5)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([520, 220])
        splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(header)
        layout.addWidget(splitter, 1)
        layout.addWidget(self.image_level)
        layout.addWidget(self.quality)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window, e.g. at 200 %, the table needs the room more than the counts below it."""
        super().resizeEvent(event)
        self._below.setVisible(event.size().height() >= COUNTS_FROM_PX)

    def _offer(self, classes: tuple[CellClass, ...]) -> None:
        """Let the filter name these classes; what it shows stays chosen, if it is among them."""
        box, chosen = self.class_box, self.class_box.currentText()
        if len(classes) == len(self._offered) and all(map(CellClass.looks_like, classes, self._offered)):
            return
        self._offered = classes
        with QSignalBlocker(box):
            box.clear()
            box.addItem(tr("All classes"), None)
            for cell_class in classes:
                box.addItem(swatch.icon(cell_class, font=self.font()), cell_class.title, cell_class.value)
            for name in ASIDE:
                box.addItem(told(name), name)
            box.setMaxVisibleItems(box.count())
            box.setCurrentIndex(max(0, box.findText(chosen)))
        if chosen and box.currentText() != chosen:
            self._on_filter()

    def _connect(self) -> None:
        self.feed.updated.connect(self._on_rows)
        self._selection.changed.connect(self._on_selection)
        self._editor.current_field_changed.connect(self._on_filter)
        self._editor.fields_changed.connect(self._on_fields)
        self._editor.file_replaced.connect(self._on_file_replaced)
        self._editor.case_replaced.connect(self._on_case_replaced)
        self.view.selectionModel().selectionChanged.connect(self._on_view_selection)
        self.view.customContextMenuRequested.connect(self._on_context_menu)
        self.view.activated_cell.connect(self.cell_opened)
        self.view.height_changed.connect(self._on_height)
        self.model.class_edited.connect(self.class_edited)
        self.model.modelReset.connect(self._show_selection)
        self.class_box.currentIndexChanged.connect(self._on_filter)
        self.scope_box.currentIndexChanged.connect(self._on_filter)
        self.review_button.toggled.connect(self._on_filter)
        self.counts.class_chosen.connect(self._toggle_class)
        self.counts.group_chosen.connect(self._toggle_group)

    @property
    def chosen_class(self) -> CellClass | None:
        """The only class that is shown, or None for all."""
        place = self.class_box.currentIndex() - 1
        return self._offered[place] if 0 <= place < len(self._offered) else None

    @property
    def _scope(self) -> int | None:
        field = self._editor.current_field
        return None if self.scope_box.currentIndex() == 1 or field is None else field.id

    @Slot()
    def _on_filter(self) -> None:
        chosen, review_only, name = self.chosen_class, self.review_button.isChecked(), self.class_box.currentData()
        group = name if name in ASIDE else None
        self.model.set_filter(RowFilter(chosen, review_only, self._scope, group))
        self.view.show_fields(self._scope is None and len(self._editor.case.fields) > 1)
        self._on_rows()
        self._drop_hidden()
        QTimer.singleShot(0, self, self._scroll_to_current)  # other rows are around it, which Qt lays out first

    def _drop_hidden(self) -> None:
        """Another filter or field unselects what it hides, so that keys change visible cells only."""
        hidden = self.model.hidden(self._selection.ids)
        if hidden:
            self._selection.discard(hidden)

    @Slot()
    def _on_fields(self) -> None:
        several = len(self._editor.case.fields) > 1
        self.scope_box.setVisible(several)
        if not several:
            self.scope_box.setCurrentIndex(0)
        self._on_filter()

    @Slot()
    def _on_file_replaced(self) -> None:
        self.thumbnails.clear()

    @Slot()
    def _on_case_replaced(self) -> None:
        self.model.know_classes(self._editor.looks.classes)
        self._offer(self.model.columns.offered)
        self.show_class(None)
        self.show_review_only(False)
        self._on_fields()

    @Slot()
    def _on_rows(self) -> None:
        scope = self.model.row_filter.field_id
        self.quality.say_of_all(scope is None)
        table = self.model.columns.table
        if scope is not None:
            table = chosen(table, RowFilter(field_id=scope).mask(table))
        fields = self._editor.case.fields if scope is None else {scope} & self._editor.case.fields.keys()
        untold = untold_classes(self._editor.case, fields)
        columns = self.model.columns
        self._offer(columns.offered)
        self.counts.set_lines(
            counted_lines(
                table, classes=columns.classes, known=columns.known, every=bool(len(table)), untold=untold,
                by_hand=[c for c in self._offered if c.is_own and c not in self._proposed],
            )
        )  # fmt: skip
        self._refresh_header(total=len(table), review=int(np.count_nonzero(table["waiting"])))
        if self._sought:
            self._scroll_to_current()

    def _refresh_header(self, *, total: int = 0, review: int = 0) -> None:
        shown = self.model.rowCount()
        if shown != total:
            title = tr("<b>Cells</b> {shown:,} of {total:,}", shown=shown, total=total)
        elif review:
            title = tr("<b>Cells</b> {total:,} · review {review:,}", total=total, review=review)
        else:
            title = tr("<b>Cells</b> {total:,}", total=total)
        self.title.setText(title)
        tip = plural("{count} cell, {review:,} to review", "{count} cells, {review:,} to review", total, review=review)
        self.title.setToolTip(tip if shown == total else tr("{cells}; {shown:,} shown", cells=tip, shown=shown))

    @Slot(object)
    def _toggle_class(self, cell_class: CellClass) -> None:
        self.show_class(None if self.chosen_class == cell_class else cell_class)

    @Slot(str)
    def _toggle_group(self, name: str) -> None:
        self.show_group(None if self.class_box.currentData() == name else name)

    # Selection -------------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_selection(self, ids: tuple[int, ...]) -> None:
        if self._syncing:
            return
        self._show_selection()
        self._sought = bool(ids)  # the row of a new cell comes later
        if ids:
            # After the canvas has painted: scrolling paints new thumbnails.
            QTimer.singleShot(0, self, self._scroll_to_current)

    @Slot()
    def _scroll_to_current(self) -> None:
        current = self._selection.current
        position = self.model.position_of(current) if current is not None else None
        if position is not None:
            self._sought = False
            index = self.model.index(position, Column.ID)
            self.view.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    @Slot(int)
    def _on_height(self, before: int) -> None:
        """The row of the cell in hand stays in sight when another part of the window takes room."""
        current = self._selection.current
        position = self.model.position_of(current) if current is not None else None
        if position is not None and 0 <= self.view.rowViewportPosition(position) < before:
            self._scroll_to_current()

    @Slot()
    def _show_selection(self) -> None:
        """Mark the rows of the selected cells; also after every sort, because rows moved then."""
        wanted = QItemSelection()
        last = len(Column) - 1
        positions = self.model.positions_of(self._selection.ids)
        self.view.expect_marked(len(positions))
        for first, end in runs(positions):
            wanted.select(self.model.index(first, 0), self.model.index(end, last))
        self._syncing = True
        try:
            model = self.view.selectionModel()
            model.select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            current = self._selection.current
            position = self.model.position_of(current) if current is not None else None
            if position is not None:
                index = self.model.index(position, Column.ID)
                model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        finally:
            self._syncing = False

    @Slot()
    def _on_view_selection(self) -> None:
        if self._syncing:
            return
        ranges = self.view.selectionModel().selection()  # `selectedRows` makes an index of each
        parts = [ranges.at(place) for place in range(ranges.count())]
        chosen = [number for part in parts for number in self.model.ids_at(part.top(), part.bottom())]
        current = self.view.currentIndex()
        if current.isValid() and (cell_id := self.model.id_at(current.row())) in chosen:
            chosen.remove(cell_id)
            chosen.append(cell_id)
        self._syncing = True
        try:
            self._selection.set(chosen)
        finally:
            self._syncing = False
        if len(chosen) == 1:
            self.cell_opened.emit(chosen[0])

    @Slot(QPoint)
    def _on_context_menu(self, position: QPoint) -> None:
        if len(self._selection):
            self.menu_requested.emit(self.view.viewport().mapToGlobal(position))
