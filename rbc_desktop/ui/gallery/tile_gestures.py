"""Mouse and keys on the tiles: select, extend, frame, drag onto a class, confirm a row or a group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget

from ...editing.selection import Selection
from ...workflows.review.gallery import GridLayout

_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


SCROLL_MS = 40
"""Between two steps while the mouse rests above or below the tiles with a frame."""


class Tiles(Protocol):
    """What gestures see of the tiles; positions are viewport pixels."""

    layout_: GridLayout

    def viewport(self) -> QWidget: ...
    def verticalScrollBar(self) -> QScrollBar: ...
    def to_content(self, position: QPoint) -> QPoint: ...
    def index_at(self, position: QPoint) -> int | None: ...
    def index_of(self, cell_id: int) -> int | None: ...
    def id_at(self, index: int) -> int: ...
    def ids_in(self, indices: Sequence[int] | range) -> tuple[int, ...]: ...
    def group_ids(self, group: int) -> tuple[int, ...]: ...
    def rect_of(self, index: int) -> QRect: ...
    def row_button(self, row: range) -> QRect: ...
    def heading_button(self, group: int) -> QRect | None: ...
    def reveal(self, index: int) -> None: ...
    def hover(self, row: range) -> None: ...


class TileGestures(QObject):
    """What the mouse is in the middle of.

    A drag from a selected tile carries the selected ones; from anywhere else it draws a frame.

    Attributes:
        band: the frame being drawn, viewport pixels, or None.
    """

    opened = Signal(int)
    """A cell was opened by key."""

    confirm_wanted = Signal(object)
    """Confirm these cells: tuple of ids."""

    dragged = Signal(object, bool)
    """Selected tiles are over this global position; whether they were let go there."""

    drag_ended = Signal()
    """Nothing is dragged any more."""

    def __init__(self, view: Tiles, selection: Selection, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._selection = view, selection
        self._pressed: QPoint | None = None
        self._pressed_index: int | None = None
        self._before: tuple[int, ...] = ()
        self._origin = self._at = QPoint()
        self._anchor: int | None = None
        self._goes_on: tuple[int, int] | None = None
        self._carries = self._drags = False
        self._button: range | int | None = None
        self.band: QRect | None = None
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(SCROLL_MS)
        self._scrolling.timeout.connect(self._scroll_on)

    @property
    def is_busy(self) -> bool:
        """Whether a button is down."""
        return self._pressed is not None

    def go_on_at(self, cell: int, *, after: int) -> None:
        """Keys go on where this cell is as long as the other one, which has left, is the current one, and away."""
        view = self._view
        places = [view.index_of(each) for each in (after, self._goes_on[0] if self._goes_on else after)]
        groups = [view.layout_.group_of(place) for place in places if place is not None]
        is_back = self._goes_on is not None and self._goes_on[1] == after and groups[:1] == groups[1:]
        self._goes_on = None if is_back else (cell, after)
        self._anchor = after if is_back else cell

    def press(self, event: QMouseEvent) -> None:
        """Select a tile, or begin what a drag will make of it."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._goes_on = None
        view, position = self._view, event.position().toPoint()
        self._pressed, self._pressed_index = position, view.index_at(position)
        self._origin = view.to_content(position)
        self._button = self._button_at(position)
        adds = bool(event.modifiers() & _CTRL)
        self._before = self._selection.ids if adds else ()
        if self._button is not None:
            return
        index = self._pressed_index
        plain = not event.modifiers() & (_CTRL | _SHIFT)
        self._carries = plain and index is not None and view.id_at(index) in self._selection
        if index is None:
            if not adds:
                self._selection.clear()
        elif event.modifiers() & _SHIFT:
            self._select_to(index, adds=adds)
        elif adds:
            self._selection.toggle(view.id_at(index))
            self._anchor = view.id_at(index)
        elif view.id_at(index) not in self._selection:
            self._selection.set((view.id_at(index),))
            self._anchor = view.id_at(index)

    def move(self, event: QMouseEvent) -> None:
        """Go on with the frame or the drag; without a button show the tick of the row."""
        view, position = self._view, event.position().toPoint()
        if self._pressed is None:
            view.hover(view.layout_.row_at(view.to_content(position).y()))
            return
        far = (position - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if not self._drags and self.band is None:
            if not far:
                return
            self._drags = self._carries
        if self._drags:
            view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(event.globalPosition().toPoint(), False)
        else:
            self._frame(position)

    def release(self, event: QMouseEvent) -> None:
        """End it."""
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        view, index = self._view, self._pressed_index
        plain = not event.modifiers() & (_CTRL | _SHIFT)
        drags, band, button = self._drags, self.band, self._button
        self.cancel()
        if drags:
            self.dragged.emit(event.globalPosition().toPoint(), True)
        elif button is not None:
            if band is None and button == self._button_at(event.position().toPoint()):
                self.confirm_wanted.emit(self._ids_of(button))
        elif band is None and plain and index is not None:
            self._selection.set((view.id_at(index),))
            self._anchor = view.id_at(index)

    def cancel(self) -> None:
        """Give the gesture up."""
        self._pressed = self._pressed_index = self.band = self._button = None
        self._carries = False
        self._scrolling.stop()
        if self._drags:
            self.drag_ended.emit()
        self._drags = False
        self._view.viewport().unsetCursor()
        self._view.viewport().update()

    def key(self, event: QKeyEvent) -> bool:
        """Arrows, Home, End, Return and Esc; returns whether it was one."""
        view, key = self._view, Qt.Key(event.key())
        count = view.layout_.count
        if key == Qt.Key.Key_Escape and self.is_busy:
            self.cancel()
            return True
        if not count or event.modifiers() & ~(_SHIFT | Qt.KeyboardModifier.KeypadModifier):
            return False
        current = self._selection.current
        index = view.index_of(current) if current is not None else None
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index is not None:
            self.opened.emit(view.id_at(index))
            return True
        if key in _ARROWS:
            target = self._beside(index, *_ARROWS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            target = 0 if key == Qt.Key.Key_Home else count - 1
        else:
            return False
        if event.modifiers() & _SHIFT and index is not None:
            self._select_to(target, adds=False)
        else:
            self._selection.set((view.id_at(target),))
            self._anchor = view.id_at(target)
        view.reveal(target)
        return True

    def _beside(self, index: int | None, across: int, down: int) -> int:
        """The tile that an arrow key leads to from the current one; the one to its right has come to where it was."""
        view, goes_on, self._goes_on = self._view, self._goes_on, None
        if goes_on is not None and goes_on[1] == self._selection.current:
            place = view.index_of(goes_on[0])
            if place is not None:
                return place if across > 0 else view.layout_.beside(place, across=across, down=down)
        return 0 if index is None else view.layout_.beside(index, across=across, down=down)

    def _button_at(self, position: QPoint) -> range | int | None:
        """The row whose tick, or the group whose “Confirm”, is at a position."""
        view = self._view
        place = view.to_content(position)
        heading = view.layout_.heading_at(place.y())
        if heading is not None:
            button = view.heading_button(heading)
            return heading if button is not None and button.contains(position) else None
        row = view.layout_.row_at(place.y())
        return row if row and view.row_button(row).contains(position) else None

    def _ids_of(self, button: range | int) -> tuple[int, ...]:
        return self._view.ids_in(button) if isinstance(button, range) else self._view.group_ids(button)

    def _select_to(self, index: int, *, adds: bool) -> None:
        """From the anchor to a tile, which becomes the current one."""
        view = self._view
        start = view.index_of(self._anchor) if self._anchor is not None else None
        if start is None:
            start, self._anchor = index, view.id_at(index)
        step = 1 if index >= start else -1
        chosen = view.ids_in(range(start, index + step, step))
        kept = [i for i in self._before if i not in set(chosen)] if adds else []
        self._selection.set([*kept, *chosen])

    def _frame(self, position: QPoint) -> None:
        view = self._view
        end = view.to_content(position)
        area = QRect(self._origin, end).normalized()
        inside = view.layout_.in_box(area.left(), area.top(), area.right(), area.bottom())
        chosen = view.ids_in(inside)
        new = set(chosen)
        self._selection.set([*(i for i in self._before if i not in new), *chosen])
        top = view.verticalScrollBar().value()
        shown = area.translated(view.rect_of(0).left() if view.layout_.count else 0, -top)
        self.band = shown.intersected(view.viewport().rect())
        self._at = position
        if 0 <= position.y() <= view.viewport().height():
            self._scrolling.stop()
        elif not self._scrolling.isActive():
            self._scrolling.start()
        view.viewport().update()

    @Slot()
    def _scroll_on(self) -> None:
        """Scroll while the mouse rests beside the tiles, the faster the farther it is, and frame what appears."""
        bar, y = self._view.verticalScrollBar(), self._at.y()
        bar.setValue(bar.value() + min(y, 0) + max(y - self._view.viewport().height(), 0))
        self._frame(self._at)
