"""The gallery as a place: what is shown and how above, the tiles, and the classes to drop them on below."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...domain.classes.taxonomy import BUILT_IN, CellClass
from ...editing.case_editor import CaseEditor
from ...editing.selection import Selection
from ...language import mark, plural, tr
from ...workflows.review.cell_columns import Classes, Columns
from ...workflows.review.gallery import SORT_NAMES, GallerySort, arranged, common_window, is_calibrated
from ..look.elided_box import ElidedBox
from ..look.flow_layout import FlowLayout
from ..look.theme import SPACE_S, SPACE_XS, ThemeController, named, tabular
from .class_bins import ClassBins
from .tile_pictures import TilePictures
from .tile_view import TileView

LEAST_SIDE, MOST_SIDE, SIDE_STEP = 32, 200, 8
ARRANGE_AFTER_MS = 120
"""While rows stream in the tiles are arranged no oftener than this."""

NO_CELLS = mark("No cells to show.\nFind some with “Segment all”, or choose another filter in the table.")

Distances = npt.NDArray[np.float32]


class GalleryPane(QWidget):
    """Shows the cells that the table shows.

    Args:
        editor: the working case.
        selection: the selected cells.
        pictures: built by the caller with `window_of` of this pane.
        cells: the rows to show.
        distances: for rows, how unlike each is what the user looks for; None while nothing is looked for.
        theme: colours.
    """

    opened = Signal(int)
    """Show this cell in its field."""

    class_dropped = Signal(object)
    """The selected cells were dropped on this `CellClass`, or its bin was clicked."""

    confirm_wanted = Signal(object)
    """Confirm these cells: tuple of ids."""

    similar_wanted = Signal()
    """Order by likeness was chosen while no cell is compared with the others."""

    menu_requested = Signal(object, object)
    """A context menu: index of a tile or None, and a global position."""

    looks_changed = Signal()
    """Size, outlines, labels or groups are others."""

    def __init__(
        self,
        editor: CaseEditor,
        selection: Selection,
        *,
        cells: Callable[[], Columns],
        classes: Callable[[], Classes] = lambda: BUILT_IN,
        offered: Callable[[], tuple[CellClass, ...]] = lambda: BUILT_IN,
        distances: Callable[[Columns], Distances | None],
        pictures: Callable[[Callable[[int], float]], TilePictures],
        theme: ThemeController,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor, self._selection = editor, selection
        self._cells, self._classes, self._offered, self._distances = cells, classes, offered, distances
        self._window, self._in_um = 60.0, False
        self._arranged_by: GallerySort = "least sure"
        self.pictures = pictures(self.window_of)
        self.view = TileView(selection, self.pictures, theme=theme)
        self.view.empty_text = tr(NO_CELLS)
        self.bins = ClassBins(theme)
        self.floating = named(QLabel(self), "dragLabel")
        self.floating.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.floating.hide()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(ARRANGE_AFTER_MS)
        self._soon.timeout.connect(self.arrange)
        self._build()
        self._connect()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        header = named(QWidget(), "panelHeader")
        rows = QVBoxLayout(header)
        rows.setContentsMargins(SPACE_S, SPACE_XS, SPACE_S, SPACE_XS)
        rows.setSpacing(SPACE_XS)
        for line in (self._first_line(), self._second_line()):
            rows.addLayout(line)
        column.addWidget(header)
        column.addWidget(self.view, 1)
        column.addWidget(self.bins)

    def _first_line(self) -> FlowLayout:
        line = FlowLayout(spacing=SPACE_S)
        self.title = QLabel()
        self.title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.title.setFont(tabular(self.title.font()))
        self.sort_box = ElidedBox()
        self.sort_box.setToolTip(tr("Order of the tiles within a class"))
        self.sort_box.setAccessibleName(tr("Order of the tiles"))
        for sort, name in SORT_NAMES.items():
            self.sort_box.addItem(tr(name), sort)
        line.addWidget(self.title)
        line.addWidget(self.sort_box)
        return line

    def _second_line(self) -> FlowLayout:
        line = FlowLayout(spacing=SPACE_XS)
        self.by_class = _toggle(tr("By class"), tr("Group the tiles by class"))
        self.outlines = _toggle(tr("Outlines"), tr("Show the outlines of the cells"))
        self.labels = _toggle(tr("Labels"), tr("Show class and share on the tiles"))
        self.scale = QLabel()
        self.scale.setProperty("muted", True)
        self.size_slider = QSlider(Qt.Orientation.Horizontal)
        self.size_slider.setRange(LEAST_SIDE // SIDE_STEP, MOST_SIDE // SIDE_STEP)
        self.size_slider.setPageStep(2)
        self.size_slider.setValue(80 // SIDE_STEP)
        self.size_slider.setMaximumWidth(120)
        self.size_slider.setToolTip(tr("Size of the tiles"))
        self.size_slider.setAccessibleName(tr("Size of the tiles"))
        size = QWidget()
        size.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        beside = QHBoxLayout(size)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(SPACE_XS)
        beside.addStretch(1)
        beside.addWidget(self.scale)
        beside.addWidget(self.size_slider, 100)
        self.confirm_all = QToolButton()
        self.confirm_all.setText(tr("Confirm all shown"))
        self.confirm_all.setToolTip(
            tr("Confirm the class of every cell of the gallery, as one step that can be undone")
        )
        for widget in (self.by_class, self.outlines, self.labels, size, self.confirm_all):
            line.addWidget(widget)
        return line

    def _connect(self) -> None:
        self.view.opened.connect(self.opened)
        self.view.confirm_wanted.connect(self.confirm_wanted)
        self.view.menu_requested.connect(self.menu_requested)
        self.view.dragged.connect(self._on_dragged)
        self.view.drag_ended.connect(self._on_drag_ended)
        self.bins.class_chosen.connect(self.class_dropped)
        self.sort_box.activated.connect(self._on_sort)
        self.confirm_all.clicked.connect(self._on_confirm_all)
        self.by_class.toggled.connect(self._on_looks)
        self.outlines.toggled.connect(self._on_looks)
        self.labels.toggled.connect(self._on_looks)
        self.size_slider.valueChanged.connect(self._on_looks)

    # What is shown

    @property
    def sort(self) -> GallerySort:
        """Order of the tiles within a group."""
        return list(SORT_NAMES)[self.sort_box.currentIndex()]

    def set_sort(self, sort: GallerySort) -> None:
        """Order the tiles; by likeness only once there is something to be like."""
        self.sort_box.setCurrentIndex(list(SORT_NAMES).index(sort))
        self.arrange()

    @Slot()
    def _on_sort(self) -> None:
        if self.sort == "similarity" and self._distances(self._cells()) is None:
            self.set_sort(self._arranged_by)
            self.similar_wanted.emit()
        else:
            self.arrange()

    def set_looks(self, *, side: int, by_class: bool, outlines: bool, labels: bool) -> None:
        """Size of the tiles in logical pixels, and what is shown on and around them."""
        self.size_slider.setValue(side // SIDE_STEP)
        self.by_class.setChecked(by_class)
        self.outlines.setChecked(outlines)
        self.labels.setChecked(labels)
        self._on_looks()

    @property
    def side(self) -> int:
        """Size of the tiles, logical pixels."""
        return int(self.size_slider.value()) * SIDE_STEP

    def window_of(self, field_id: int) -> float:
        """What the side of a tile stands for in a field, field pixels."""
        field = self._editor.case.fields.get(field_id)
        if not self._in_um or field is None or field.calibration is None:
            return self._window
        return self._window / field.calibration.um_per_px

    @Slot()
    def arrange_soon(self) -> None:
        """The rows changed; many changes in a row make few arrangements."""
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    @Slot()
    def arrange(self) -> None:
        """Show the cells that there are now."""
        self._soon.stop()
        if not self.isVisible():
            return
        table, classes = self._cells(), self._classes()
        if len(table):
            self._window, self._in_um = common_window(table), is_calibrated(table)
        found = self._distances(table) if self.sort == "similarity" else None
        if self.sort == "similarity" and found is None:  # another case was opened
            self.sort_box.setCurrentIndex(list(SORT_NAMES).index("least sure"))
        self._arranged_by = self.sort
        made = arranged(
            table, sort=self.sort, by_class=self.by_class.isChecked() and found is None,
            fields=tuple(self._editor.case.fields), distances=found, classes=classes,
        )  # fmt: skip
        self.bins.set_classes(self._offered())
        self.view.show_tiles(table, made, classes=classes)
        waiting = int(np.count_nonzero(table["waiting"]))
        title = tr("<b>Gallery</b> {total:,} · review {review:,}", total=len(table), review=waiting)
        self.title.setText(title if waiting else tr("<b>Gallery</b> {total:,}", total=len(table)))
        side, unit = (self._window, "µm") if self._in_um else (round(self._window), "px")
        self.scale.setText(tr("tile {side:.3g} {unit}", side=side, unit=unit) if len(table) else "")
        self.by_class.setEnabled(self.sort != "similarity")  # likeness goes over all classes
        self.confirm_all.setEnabled(not table["reviewed"].all() if len(table) else False)

    @Slot()
    def _on_looks(self) -> None:
        self.view.set_details(outlines=self.outlines.isChecked(), labels=self.labels.isChecked())
        self.view.set_side(self.side)
        self.arrange()
        self.looks_changed.emit()

    @Slot()
    def _on_confirm_all(self) -> None:
        self.confirm_wanted.emit(tuple(self.view.arrangement.ids.tolist()))

    # Dragging

    def target_at(self, where: QPoint) -> CellClass | None:
        """The class for cells that are let go at a global position: a bin's, or that of another group than theirs."""
        found = self.bins.class_at(self.bins.mapFromGlobal(where))
        if found is not None:
            return found
        position = self.view.viewport().mapFromGlobal(where)
        if not self.view.viewport().rect().contains(position):
            return None
        layout, groups = self.view.layout_, self.view.arrangement.groups
        group, current = layout.group_at(self.view.to_content(position).y()), self._selection.current
        index = self.view.index_of(current) if current is not None else None
        if group is None or (index is not None and layout.group_of(index) == group):
            return None
        return groups[group].cell_class

    @Slot(object, bool)
    def _on_dragged(self, where: QPoint, dropped: bool) -> None:
        target = self.target_at(where)
        if dropped:
            self._on_drag_ended()
            if target is not None:
                self.class_dropped.emit(target)
            return
        count = len(self._selection)
        cells = plural("{count} cell", "{count} cells", count)
        self.floating.setText(f"{cells} → {target.title}" if target is not None else cells)
        self.floating.adjustSize()
        at = self.mapFromGlobal(where) + QPoint(14, 10)
        at.setX(min(at.x(), self.width() - self.floating.width()))
        at.setY(min(at.y(), self.height() - self.floating.height()))
        self.floating.move(at)
        self.floating.show()
        self.floating.raise_()
        self.bins.set_target(target)

    @Slot()
    def _on_drag_ended(self) -> None:
        self.floating.hide()
        self.bins.set_target(None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.arrange()


def _toggle(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setCheckable(True)
    button.setChecked(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
