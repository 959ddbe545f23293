"""The graded lines as a table; the confirmed grade is a box that only a person sets."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QTableWidget, QTableWidgetItem

from ...domain.sample.grading import Scheme
from ...language import mark, number, tr
from ...phrases import told
from ...reports.summary.grades import GradeLine
from ...workflows.sample.graded_sample import (
    grades_for,
    interval_text,
    more_text,
    remark_text,
    share_text,
    suggested_text,
)
from ..look.theme import tabular

COLUMNS = (
    mark("Line"),
    "n",
    "%",
    mark("95 % interval"),
    mark("Suggested"),
    mark("More cells"),
    mark("Confirmed"),
    mark("Remark"),
)
CONFIRMED, REMARK = COLUMNS.index("Confirmed"), COLUMNS.index("Remark")
_NUMBERS = range(1, 4)
TIPS = {
    "%": mark("Share of the red cells"),
    "Suggested": mark("What the numbers suggest; the two grades that the interval reaches where it spans a limit"),
    "More cells": mark("About how many more red cells it takes until the interval spans no limit of a grade"),
    "Confirmed": mark("The grade that a person sets; it goes on the report"),
}

NOT_SET = "–"
"""What the box says while no person has set a grade."""


class GradeBox(QComboBox):
    """A box that the wheel doesn't change: nobody confirms a grade by scrolling."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class GradeTable(QTableWidget):
    """One row per line of the scheme."""

    grade_set = Signal(str, object)
    """Line, and the grade that a person chose; None to take it back."""

    def __init__(self) -> None:
        super().__init__(0, len(COLUMNS))
        self.setAccessibleName(tr("Grades"))
        for place, title in enumerate(COLUMNS):
            head = QTableWidgetItem(tr(title))
            head.setToolTip(tr(TIPS.get(title, "")))
            side = Qt.AlignmentFlag.AlignRight if place in _NUMBERS else Qt.AlignmentFlag.AlignLeft
            head.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(place, head)
        self.verticalHeader().hide()
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(True)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(REMARK, QHeaderView.ResizeMode.Stretch)
        self._soon = QTimer(self)  # in the midst of a resize, rows would get the height of before
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.resizeRowsToContents)
        header.sectionResized.connect(self._on_resized)

    def show_lines(self, lines: Sequence[GradeLine], scheme: Scheme | None, *, locked: bool) -> None:
        """Show these lines; boxes stay where they are, so that one that is open isn't pulled away."""
        self.setRowCount(len(lines))
        for row, line in enumerate(lines):
            texts = (
                told(line.name), number(line.count), told(share_text(line)), told(interval_text(line)),
                told(suggested_text(line)), told(more_text(line)), "", told(remark_text(line)),
            )  # fmt: skip
            for place, text in enumerate(texts):
                self._put(row, place, text, line)
            self._put_box(row, line, grades_for(line, scheme), locked=locked)
        self.resizeRowsToContents()

    def box(self, line: str) -> GradeBox | None:
        """The box of a line, None where no grade can be set."""
        for row in range(self.rowCount()):
            if self._name(row) == line:
                widget = self.cellWidget(row, CONFIRMED)
                return widget if isinstance(widget, GradeBox) else None
        return None

    def row_texts(self, line: str) -> dict[str, str]:
        """What stands in the row of a line, by column."""
        for row in range(self.rowCount()):
            if self._name(row) == line:
                return {name: self._text(row, place) for place, name in enumerate(COLUMNS)}
        raise KeyError(line)

    def _name(self, row: int) -> str:
        item = self.item(row, 0)
        return "" if item is None else str(item.data(Qt.ItemDataRole.UserRole))

    def _text(self, row: int, place: int) -> str:
        item = self.item(row, place)
        return "" if item is None else item.text()

    def _put(self, row: int, place: int, text: str, line: GradeLine) -> None:
        known = self.item(row, place)
        item = QTableWidgetItem() if known is None else known
        item.setText(text)
        item.setData(Qt.ItemDataRole.UserRole, str(line.name))
        item.setToolTip(text if place == REMARK else "")
        side = Qt.AlignmentFlag.AlignRight if place in _NUMBERS else Qt.AlignmentFlag.AlignLeft
        item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        font = tabular(QFont(self.font())) if place in _NUMBERS else QFont(self.font())
        borderline = line.suggested is not None and line.suggested.is_borderline
        font.setItalic(COLUMNS[place] == "Suggested" and borderline)
        item.setFont(font)
        flags = Qt.ItemFlag.NoItemFlags if line.withheld else Qt.ItemFlag.ItemIsEnabled
        if item.flags() != flags:  # Qt measures the columns again even where they are the same
            item.setFlags(flags)
        if known is None:
            self.setItem(row, place, item)

    def _put_box(self, row: int, line: GradeLine, grades: tuple[str, ...], *, locked: bool) -> None:
        if locked or not grades:
            self.removeCellWidget(row, CONFIRMED)
            self._put(row, CONFIRMED, told(line.confirmed or ""), line)
            return
        box = self.cellWidget(row, CONFIRMED)
        items = (NOT_SET, *grades)
        if not isinstance(box, GradeBox) or box.property("line") != line.name or _items(box) != items:
            box = GradeBox()
            box.setProperty("line", line.name)
            for grade in items:
                box.addItem(told(grade), grade)
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            box.setAccessibleName(tr("Confirmed grade of {name}", name=told(line.name)))
            box.activated.connect(partial(self._on_activated, box))
            self.setCellWidget(row, CONFIRMED, box)
        box.setCurrentIndex(items.index(line.confirmed or NOT_SET))

    @Slot()
    def _on_resized(self) -> None:
        """Remarks wrap where they have little room: rows are as high as they need now, not as when they came."""
        self._soon.start()

    def _on_activated(self, box: GradeBox, index: int) -> None:
        self.grade_set.emit(box.property("line"), None if index == 0 else box.itemData(index))


def _items(box: QComboBox) -> tuple[str, ...]:
    return tuple(box.itemData(i) for i in range(box.count()))
