"""The tiles: scrolled, painted where they show, selected and dragged."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ...domain.classes.taxonomy import BUILT_IN
from ...editing.selection import Selection
from ...language import tr
from ...workflows.review.cell_columns import LAYOUT, Classes, Columns
from ...workflows.review.gallery import Arrangement, GridLayout, successor
from ...workflows.review.shown_rows import ShownRows
from ..look import icons
from ..look.theme import SPACE_L, ThemeController
from .tile_gestures import TileGestures
from .tile_painter import GAP, HEADING_PX, Tile, TilePainter
from .tile_pictures import TilePictures

GUTTER_PX = 34
"""Beside the tiles, for the tick that confirms a row."""

CONFIRM_FROM_PX = 300
"""Width from which on a heading has room for “Confirm” beside the name of its class."""

EMPTY = Arrangement(np.zeros(0, np.int64), (), np.zeros(0, np.intp))


class TileView(QAbstractScrollArea):
    """Virtual: whatever the number of cells, only tiles in view are painted and have pictures made.

    Args:
        selection: the selected cells.
        pictures: makes and keeps the pictures.
        theme: colours.
    """

    opened = Signal(int)
    """A cell was double-clicked, or opened by Return."""

    confirm_wanted = Signal(object)
    """Confirm these cells: tuple of ids."""

    dragged = Signal(object, bool)
    """Selected tiles are over this global position; whether they were let go there."""

    drag_ended = Signal()
    """Nothing is dragged any more."""

    menu_requested = Signal(object, object)
    """A context menu for the tile with this index, or None, at this global position."""

    def __init__(
        self, selection: Selection, pictures: TilePictures, *, theme: ThemeController, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._selection, self._pictures, self._theme = selection, pictures, theme
        self.painter = TilePainter(theme, self.font())
        self.arrangement = EMPTY
        self._seen = _seen(np.zeros(0, LAYOUT), EMPTY)
        self._index = ShownRows(EMPTY.ids)
        self._hovered = range(0)
        self.empty_text = ""
        self.layout_ = self._planned()
        self.gestures = TileGestures(self, selection, self)
        self.gestures.opened.connect(self.opened)
        self.gestures.confirm_wanted.connect(self.confirm_wanted)
        self.gestures.dragged.connect(self.dragged)
        self.gestures.drag_ended.connect(self.drag_ended)
        self._wish = QTimer(self)
        self._wish.setSingleShot(True)
        self._wish.setInterval(0)
        self._wish.timeout.connect(self._want_pictures)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(tr("Gallery"))
        selection.changed.connect(self._on_selection)
        pictures.arrived.connect(self._on_pictures)
        theme.changed.connect(self._on_theme)

    # What is shown

    def show_tiles(self, table: Columns, arrangement: Arrangement, *, classes: Classes = BUILT_IN) -> None:
        """Show these cells; what is in the middle of the work stays where it is on the screen.

        Where the cell in hand has gone to another group, the next one takes its place: the work goes on there.

        Args:
            table: what was arranged.
            arrangement: its tiles.
            classes: what the places in the table stand for.
        """
        if classes is not self.painter.classes:
            self.painter.classes = classes
            self.painter.forget()
        kept, at = self._anchor()
        current = self._selection.current
        next_one = None
        if current is not None:
            next_one = successor(self.arrangement, arrangement, cell=current, without=self._selection.held)
        self.arrangement, self._seen = arrangement, _seen(table, arrangement)
        self._index = ShownRows(arrangement.ids)
        self._plan_anew()
        self._hold(next_one if next_one is not None and kept == current else kept, at)
        if current is not None and next_one is not None:
            self.gestures.go_on_at(next_one, after=current)
        self.viewport().update()
        self._wish.start()

    def set_side(self, side: int) -> None:
        """Make tiles this large, logical pixels."""
        if side != self.painter.side:
            kept, at = self._anchor()
            self.painter.side = side
            self._plan_anew()
            self._hold(kept, at)
            self.viewport().update()
            self._wish.start()

    def set_details(self, *, outlines: bool, labels: bool) -> None:
        """Show or hide outlines and labels."""
        self.painter.outlines, self.painter.labels = outlines, labels
        self.viewport().update()

    @property
    def visible(self) -> range:
        """Indices of the tiles in view."""
        top = self.verticalScrollBar().value()
        return self.layout_.between(top, top + self.viewport().height())

    def index_of(self, cell_id: int) -> int | None:
        """The tile of a cell."""
        return self._index.position_of(cell_id)

    def id_at(self, index: int) -> int:
        """The cell of a tile."""
        return int(self.arrangement.ids[index])

    def ids_in(self, indices: Sequence[int] | range) -> tuple[int, ...]:
        """The cells of tiles."""
        return tuple(self.arrangement.ids[np.fromiter(indices, np.intp, len(indices))].tolist())

    def group_ids(self, group: int) -> tuple[int, ...]:
        """The cells of a group."""
        starts = self.layout_.starts
        return tuple(self.arrangement.ids[int(starts[group]) : int(starts[group + 1])].tolist())

    def rect_of(self, index: int) -> QRect:
        """Where a tile is in the viewport."""
        x, y = self.layout_.place_of(index)
        return QRect(x + GAP, y - self.verticalScrollBar().value(), self.painter.side, self.painter.side)

    def to_content(self, position: QPoint) -> QPoint:
        """A position of the viewport as one of all tiles."""
        return QPoint(position.x() - GAP, position.y() + self.verticalScrollBar().value())

    def index_at(self, position: QPoint) -> int | None:
        """The tile at a position of the viewport."""
        place = self.to_content(position)
        return self.layout_.index_at(place.x(), place.y())

    def row_button(self, row: range) -> QRect:
        """Where the tick of a row is."""
        tile = self.rect_of(row[-1])
        return QRect(self.viewport().width() - GUTTER_PX, tile.top(), GUTTER_PX, tile.height())

    def heading_button(self, group: int) -> QRect | None:
        """Where a heading's “Confirm” is, None for cells without a class, and where it would lie on the name."""
        has_room = self.viewport().width() >= CONFIRM_FROM_PX
        if self.arrangement.groups[group].cell_class is None or not self.painter_has_headings or not has_room:
            return None
        top = int(self.layout_.tops[group]) - self.verticalScrollBar().value()
        return QRect(self.viewport().width() - GUTTER_PX - 120, top, 120, HEADING_PX)

    @property
    def painter_has_headings(self) -> bool:
        """Whether groups have headings."""
        return self.layout_.header > 0

    def reveal(self, index: int) -> None:
        """Scroll as little as possible so that a tile shows whole, and its heading above one of the first row."""
        bar, y = self.verticalScrollBar(), self.layout_.place_of(index)[1]
        low = y + self.layout_.pitch - self.viewport().height()
        is_first_row = self.layout_.heading_at(y - 1) is not None
        high = max(y - self.layout_.header, min(low, y)) if is_first_row else y
        bar.setValue(min(max(bar.value(), low), high))

    def hover(self, row: range) -> None:
        """Show the tick of this row."""
        if row != self._hovered:
            for each in (self._hovered, row):
                if each and each[-1] < self.layout_.count:
                    self.viewport().update(self.row_button(each))
            self._hovered = row

    def _anchor(self) -> tuple[int | None, int]:
        """The cell that keeps its height on the screen: the current one if it shows, else the first that does."""
        visible, top = self.visible, self.verticalScrollBar().value()
        current = self._selection.current
        index = self._index.position_of(current) if current is not None else None
        if index is None or index not in visible:
            index = next(iter(visible), -1)
        if index < 0 or top == 0:
            return None, 0
        return self.id_at(index), self.layout_.place_of(index)[1] - top

    def _hold(self, kept: int | None, at: int) -> None:
        """Scroll so that a cell is again at its height on the screen, if it still is in the gallery."""
        index = self._index.position_of(kept) if kept is not None else None
        if index is not None:
            self.verticalScrollBar().setValue(self.layout_.place_of(index)[1] - at)

    def _planned(self) -> GridLayout:
        headed = any(group.name for group in self.arrangement.groups)
        return GridLayout.plan(
            [group.count for group in self.arrangement.groups],
            width=self.viewport().width() - GAP - GUTTER_PX,
            pitch=self.painter.side + GAP,
            header=HEADING_PX if headed else 0,
        )

    def _plan_anew(self) -> None:
        self.layout_ = self._planned()
        self._hovered = range(0)
        bar, page = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self.layout_.height + GAP - page))
        bar.setPageStep(max(1, page - self.layout_.pitch))
        bar.setSingleStep(max(8, self.layout_.pitch // 2))

    @Slot()
    def _want_pictures(self) -> None:
        """Those in view first, then a page below and above."""
        visible, page = self.visible, len(self.visible)
        after = range(visible.stop, min(visible.stop + page, self.layout_.count))
        before = range(max(0, visible.start - page), visible.start)
        self._pictures.set_side(round(self.painter.side * self.devicePixelRatioF()))
        self._pictures.want([*self.ids_in(visible), *self.ids_in(after), *self.ids_in(before)])

    @Slot(object)
    def _on_pictures(self, ids: tuple[int, ...]) -> None:
        visible = self.visible
        for cell_id in ids:
            index = self._index.position_of(cell_id)
            if index is not None and index in visible:
                self.viewport().update(self.rect_of(index))

    @Slot(object)
    def _on_selection(self, ids: tuple[int, ...]) -> None:
        self.viewport().update()
        index = self._index.position_of(ids[-1]) if ids else None
        if index is not None and self.isVisible() and not self.gestures.is_busy:
            self.reveal(index)

    @Slot()
    def _on_theme(self) -> None:
        self.painter.forget()
        self.viewport().update()

    # Qt's side

    def sizeHint(self) -> QSize:
        return QSize(600, 400)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            exposed = event.rect()
            painter.fillRect(exposed, QColor(self._theme.tokens.base))
            if not self.layout_.count:
                room = self.viewport().rect().adjusted(SPACE_L, 2 * SPACE_L, -SPACE_L, -SPACE_L)
                painter.setPen(QColor(self._theme.tokens.muted))
                flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
                painter.drawText(room, int(flags), self.empty_text)
            top = self.verticalScrollBar().value()
            if self.painter_has_headings:
                self._paint_headings(painter, top + exposed.top(), top + exposed.bottom() + 1)
            current = self._selection.current
            for index in self.layout_.between(top + exposed.top(), top + exposed.bottom() + 1):
                seen, cell_id = self._seen, self.id_at(index)
                tile = Tile(
                    int(seen["cell_class"][index]), float(seen["probability"][index]),
                    bool(seen["waiting"][index]), bool(seen["reviewed"][index]),
                    cell_id in self._selection, cell_id == current,
                )  # fmt: skip
                picture = self._pictures.get(cell_id)
                lost = picture is None and self._pictures.is_lost(cell_id)
                self.painter.paint(painter, self.rect_of(index).topLeft(), tile, picture, lost=lost)
            if self._hovered and self._hovered[-1] < self.layout_.count:
                square = QRect(0, 0, 20, 20)
                square.moveCenter(self.row_button(self._hovered).center())
                icons.icon("check", colour=self._theme.tokens.accent).paint(painter, square)
            if (band := self.gestures.band) is not None:
                painter.setPen(QPen(QColor(self._theme.tokens.accent), 1))
                fill = QColor(self._theme.tokens.accent)
                fill.setAlpha(40)
                painter.setBrush(fill)
                painter.drawRect(band.adjusted(0, 0, -1, -1))

    def _paint_headings(self, painter: QPainter, top: int, bottom: int) -> None:
        scrolled = self.verticalScrollBar().value()
        for number, group in enumerate(self.arrangement.groups):
            y = int(self.layout_.tops[number])
            if y < bottom and y + HEADING_PX > top:
                tiles = slice(int(self.layout_.starts[number]), int(self.layout_.starts[number + 1]))
                rect = QRect(0, y - scrolled, self.viewport().width(), HEADING_PX)
                waiting = int(np.count_nonzero(self._seen["waiting"][tiles]))
                button = self.heading_button(number) if not self._seen["reviewed"][tiles].all() else None
                self.painter.paint_heading(painter, rect, group, waiting=waiting, button=button)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted; only the strip that appears is painted anew."""
        self.hover(range(0))
        self.viewport().scroll(0, dy)
        self._wish.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        kept, at = self._anchor()
        self._plan_anew()
        self._hold(kept, at)
        self._wish.start()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.gestures.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.gestures.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.gestures.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.index_at(event.position().toPoint())
        if index is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self.id_at(index))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.index_at(event.pos())
        if index is not None and self.id_at(index) not in self._selection:
            self._selection.set((self.id_at(index),))
        self.menu_requested.emit(index, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.gestures.key(event):
            super().keyPressEvent(event)


def _seen(table: Columns, arrangement: Arrangement) -> dict[str, npt.NDArray[np.generic]]:
    """What is painted of each tile: the whole rows of 200,000 cells would be 20 MB to copy."""
    return {name: table[name][arrangement.rows] for name in ("cell_class", "probability", "waiting", "reviewed")}
