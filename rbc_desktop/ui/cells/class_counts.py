"""Counts of the classes under the cell table: number, share, 95 % interval and a bar."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ...domain.classes.assessability import NOT_ASSESSABLE
from ...domain.classes.taxonomy import BUILT_IN
from ...language import mark, number, tr
from ...phrases import told
from ...reports.summary.counts import ClassCount
from ...reports.summary.rows import CUT_BY_THE_EDGE, FIELD_LEFT_OUT
from ...reports.summary.summary import counting_rule
from ...workflows.key_map import said
from ..look import swatch
from ..look.text_lines import TextLines
from ..look.theme import SPACE_S, tabular

LINE_PX = 24
LEAST_NAME_PX = 100
BY_HAND = mark("by hand only")


def interval_text(line: ClassCount) -> str:
    """The 95 % interval in percent, or an empty text for what is not a share of the red cells."""
    return (
        ""
        if line.low is None or line.high is None
        else f"{number(100 * line.low, '.1f')}–{number(100 * line.high, '.1f')}"
    )


def line_tip(line: ClassCount) -> str:
    """Everything about one line, for the tooltip."""
    if line.aside == CUT_BY_THE_EDGE:
        rule = counting_rule(left_out=0, edge_counted=0)
        return tr(
            "{name}: {count:,}\nCounted: {rule}\nCount the selected ones all the same with {key}.",
            name=told(line.name),
            count=line.count,
            rule=told(rule),
            key=said("I"),
        )
    text = f"{told(line.name)}: {number(line.count)}"
    if line.aside == FIELD_LEFT_OUT:
        return tr("{text}\nA person left their field out of the count; the strip's menu counts it again.", text=text)
    if line.aside:
        return tr("{text}\nTheir field doesn't let their class be told; they are left out of the shares.", text=text)
    if line.untold:
        return tr(
            "{name}: not assessable\nThe fields shown don't let this class be told: finding none means nothing.",
            name=told(line.name),
        )
    if line.share is not None:
        text += tr(
            ", {share:.1f} % of the red cells (95 % interval {interval} %)",
            share=100 * line.share,
            interval=interval_text(line),
        )
    if line.by_hand:
        text += tr("\nThe classifier never proposes this class: only cells that a person gave it are counted.")
    return tr(
        "{text}\n{reviewed:,} set or confirmed by a person, {needs_review:,} to review",
        text=text,
        reviewed=line.reviewed,
        needs_review=line.needs_review,
    )


class ClassCounts(QWidget):
    """Paints the lines; a click on one asks to show only that class."""

    class_chosen = Signal(object)
    """The `CellClass` of the clicked line."""

    group_chosen = Signal(str)
    """The line of cells that are left out was clicked: its name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[ClassCount, ...] = ()
        self._texts = TextLines()
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(tr("Counts of the classes"))

    @property
    def lines(self) -> tuple[ClassCount, ...]:
        """What is on show."""
        return self._lines

    def set_lines(self, lines: tuple[ClassCount, ...]) -> None:
        """Show these counts."""
        if lines == self._lines and all(map(_same_look, lines, self._lines)):
            return
        self._lines = lines
        self.setAccessibleDescription("; ".join(f"{told(line.name)} {line.count}" for line in lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        rows = max(1, len(self._lines)) + 1
        return QSize(320, rows * LINE_PX + SPACE_S + (6 if self._first_apart() is not None else 0))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    def _first_apart(self) -> int | None:
        """Index of the first line that is not a red cell and has others above it."""
        found = next((i for i, line in enumerate(self._lines) if line.share is None), None)
        return found or None

    def _top_of(self, index: int) -> int:
        apart = self._first_apart()
        return (index + 1) * LINE_PX + (6 if apart is not None and index >= apart else 0)

    def line_at(self, y: float) -> ClassCount | None:
        """The line at this height."""
        tops = ((self._top_of(index), line) for index, line in enumerate(self._lines))
        return next((line for top, line in tops if top <= y < top + LINE_PX), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        line = self.line_at(event.position().y())
        if line is not None and line.aside:
            self.group_chosen.emit(line.name)
        elif line is not None and line.cell_class is not None:
            self.class_chosen.emit(line.cell_class)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            line = self.line_at(event.pos().y())
            QToolTip.showText(event.globalPos(), "" if line is None else line_tip(line), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            columns = self._columns()
            muted = self.palette().placeholderText().color()
            painter.setPen(muted)
            right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
            name, count, share, interval, bar = columns
            room = self._room_for_text()
            write = partial(self._texts.paint, painter, font=self.font(), cut=False)  # half a number is another one
            write(_line(name, 0), left, tr("Class"))
            write(_line(count, 0), right, "n")
            write(_line(share, 0), right, "%")
            write(_line(interval, 0), right, tr("95 % CI") if interval[1] else "")
            if not self._lines:
                write(QRect(name[0], LINE_PX, self.width(), LINE_PX), left, tr("No cells yet"))
            apart = self._first_apart()
            for index, entry in enumerate(self._lines):
                top = self._top_of(index)
                if index == apart:
                    painter.setPen(self.palette().mid().color())
                    painter.drawLine(SPACE_S, top - 4, self.width() - SPACE_S, top - 4)
                patch = QRect(name[0], top + (LINE_PX - swatch.HEIGHT) // 2, swatch.WIDTH, swatch.HEIGHT)
                swatch.paint(painter, patch, entry.cell_class, font=self.font())
                painter.setPen(self.palette().text().color())
                label = QRect(patch.right() + 8, top, name[1] - swatch.WIDTH - 8, LINE_PX)
                write(label, left, told(entry.name), cut=True)
                write(_line(count, top), right, "–" if entry.untold or _is_unseen(entry) else number(entry.count))
                if text := self.instead_of_a_share(entry):
                    painter.setPen(muted)
                    write(_line(room, top), right, text)
                elif entry.share is not None:
                    write(_line(share, top), right, number(100 * entry.share, ".1f"))
                    painter.setPen(muted)
                    if interval[1]:
                        write(_line(interval, top), right, interval_text(entry))
                    self._paint_bar(painter, QRect(bar[0], top, bar[1], LINE_PX), entry)

    def instead_of_a_share(self, line: ClassCount) -> str:
        """What stands where others have share and interval, cut to the room, "" for a line that has them."""
        if _is_unseen(line):
            text = tr(BY_HAND)
        elif line.share is None and (line.aside or (line.cell_class is not None and not line.cell_class.is_red)):
            text = tr("not counted")
        elif line.share is None and line.untold:
            text = tr(NOT_ASSESSABLE)
        else:
            return ""
        return QFontMetrics(self.font()).elidedText(text, Qt.TextElideMode.ElideRight, self._room_for_text()[1])

    def _room_for_text(self) -> tuple[int, int]:
        """Over share and interval; where there is no interval, over the bar, which such a line has not."""
        _name, _count, share, interval, _bar = self._columns()
        end = sum(interval) if interval[1] else self.width() - SPACE_S
        return share[0], end - share[0]

    def _columns(self) -> tuple[tuple[int, int], ...]:
        """Left edge and width of name, count, share, interval and bar; the bar gets what is left, the name first."""
        metrics = QFontMetrics(self.font())
        count = max(metrics.horizontalAdvance("10,000"), 30)
        share = metrics.horizontalAdvance("100.0") + 6
        interval = metrics.horizontalAdvance("100.0–100.0") + 6
        names = (c.title for c in BUILT_IN)
        name = swatch.WIDTH + 12 + max(metrics.horizontalAdvance(n) for n in names)
        if self.width() < 2 * SPACE_S + LEAST_NAME_PX + count + share + interval:
            interval = 0  # a narrow panel keeps names and counts; the tooltip and the report have the intervals
        room = self.width() - 2 * SPACE_S - count - share - interval
        name = min(name, max(room, LEAST_NAME_PX))
        bar = max(0, room - name - 10)
        result, x = [], SPACE_S
        for width in (name, count, share, interval):
            result.append((x, width))
            x += width
        return (*result, (x + 10, bar))

    def _paint_bar(self, painter: QPainter, rect: QRect, line: ClassCount) -> None:
        if rect.width() < 20 or line.share is None or line.low is None or line.high is None or line.cell_class is None:
            return
        middle = rect.center().y() + 0.5
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().midlight())
        painter.drawRoundedRect(QRectF(rect.left(), middle - 4, rect.width(), 8), 2, 2)
        painter.setBrush(QColor(line.cell_class.colour))
        painter.drawRoundedRect(QRectF(rect.left(), middle - 4, max(2.0, rect.width() * line.share), 8), 2, 2)
        painter.setPen(self.palette().text().color())
        low, high = rect.left() + rect.width() * line.low, rect.left() + rect.width() * line.high
        painter.drawLine(round(low), round(middle), round(high), round(middle))
        painter.restore()


def _is_unseen(line: ClassCount) -> bool:
    """Nobody gave a cell this class, and the classifier can't: 0 would be no finding."""
    return line.by_hand and not line.count


def _same_look(one: ClassCount, other: ClassCount) -> bool:
    return one.cell_class is None or other.cell_class is None or one.cell_class.looks_like(other.cell_class)


def _line(column: tuple[int, int], top: int) -> QRect:
    return QRect(column[0], top, column[1], LINE_PX)
