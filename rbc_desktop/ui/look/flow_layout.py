"""A head line that needs two lines where a pane is narrow: in another language, at 200 %, beside a second image."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QSizePolicy, QWidget


class Sentence(QLabel):
    """Plain text that would like to stand on one line, and takes several where there is no room."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.lineSpacing())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().lineSpacing())


class FlowLayout(QLayout):
    """Widgets beside each other, on as many lines as it takes; what expands takes the rest of its line.

    Where the first widget expands and not all fit on one line, it gets a line of its own, and the others stand at the
    right below it.

    Args:
        parent: gets the layout.
        margins: left, top, right and bottom.
        spacing: between widgets, and between lines.
    """

    def __init__(
        self, parent: QWidget | None = None, *, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int
    ) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(*margins)
        self.setSpacing(spacing)
        if parent is not None:
            parent.setLayout(self)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        margins = self.contentsMargins()
        room = QRect(0, 0, width - margins.left() - margins.right(), 0)
        bottom = max((rect.bottom() + 1 for _, rect in self._places(room)), default=0)
        return bottom + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        shown = self._shown
        width = sum(item.sizeHint().width() for item in shown) + self.spacing() * max(0, len(shown) - 1)
        return self._with_margins(width, max((item.sizeHint().height() for item in shown), default=0))

    def minimumSize(self) -> QSize:
        shown = self._shown
        width = max((_least(item) for item in shown), default=0)
        return self._with_margins(width, max((item.minimumSize().height() for item in shown), default=0))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        for item, place in self._places(rect.marginsRemoved(self.contentsMargins())):
            item.setGeometry(place)

    @property
    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _with_margins(self, width: int, height: int) -> QSize:
        margins = self.contentsMargins()
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        shown = self._shown
        if not shown or self._width_of(shown) <= width:
            return [shown] if shown else []
        first = [[shown.pop(0)]] if _expands(shown[0]) else []
        lines: list[list[QLayoutItem]] = []
        for item in shown:
            if lines and self._width_of([*lines[-1], item]) <= width:
                lines[-1].append(item)
            else:
                lines.append([item])
        return first + lines

    def _width_of(self, items: list[QLayoutItem]) -> int:
        return sum(item.sizeHint().width() for item in items) + self.spacing() * (len(items) - 1)

    def _places(self, room: QRect) -> Iterator[tuple[QLayoutItem, QRect]]:
        """Where every item comes to lie."""
        lines = self._lines(room.width())
        to_the_right = bool(lines) and _expands(lines[0][0])
        top = room.top()
        for line in lines:
            spare = room.width() - self._width_of(line)
            stretching = [item for item in line if _expands(item)]
            widths = [item.sizeHint().width() for item in line]
            if stretching:
                at = line.index(stretching[0])
                widths[at] += spare
            widths = [min(width, room.width()) for width in widths]
            heights = [_height(item, width) for item, width in zip(line, widths, strict=True)]
            height = max(heights)
            left = room.left() + (max(0, spare) if to_the_right and not stretching else 0)
            for item, width, own in zip(line, widths, heights, strict=True):
                yield item, QRect(QPoint(left, top + (height - own) // 2), QSize(width, own))
                left += width + self.spacing()
            top += height + self.spacing()


def _expands(item: QLayoutItem) -> bool:
    return bool(item.expandingDirections() & Qt.Orientation.Horizontal)


def _least(item: QLayoutItem) -> int:
    """An item that expands can be as narrow as it likes to be at least, any other keeps its width."""
    return item.minimumSize().width() if _expands(item) else item.sizeHint().width()


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
