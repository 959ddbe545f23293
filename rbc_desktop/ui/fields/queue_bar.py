"""Below the strip: how far the fields are, and how many cells of the target are there."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QToolButton, QVBoxLayout, QWidget

from ...language import mark, tr
from ...workflows.fields.field_queue import FieldQueue, Tally, progress_text
from ..look import icons
from ..look.progress import fill
from ..look.theme import SPACE_S, SPACE_XS, named, tabular

COUNTED = mark("Cells that count: no white cells, none cut by the edge or left out. Click to set how many you want.")

MANY = Tally(8_888)
"""So many cells have room from the first one on, so that nothing moves while they come."""

STEPS = 1000
"""Of a bar: more than it has pixels."""


def count_text(count: Tally, *, target: int) -> str:
    """How many cells there are, and of how many."""
    if target:
        return tr("{cells:,} of {target:,}", cells=count.cells, target=target)
    return tr("{cells:,} counted", cells=count.cells)


class QueueBar(QWidget):
    """Two lines with a bar each; the first is only there while cells are found."""

    cancel_requested = Signal()

    target_requested = Signal()
    """The target is to be set."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "queueBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.task = QLabel()
        self.cancel = QToolButton()
        self.cancel.setIcon(icons.icon("close"))
        self.cancel.setIconSize(QSize(12, 12))
        self.cancel.setToolTip(tr("Stop finding cells; what was found stays"))
        self.cancel.setAccessibleName(tr("Stop finding cells"))
        self.fields, self.cells = QProgressBar(), QProgressBar()
        for bar, name in ((self.fields, tr("Fields that are done")), (self.cells, tr("Cells of the target"))):
            bar.setTextVisible(False)
            bar.setFixedHeight(6)
            bar.setRange(0, STEPS)
            bar.setAccessibleName(name)
        self.start = QToolButton()
        self.start.setIconSize(QSize(18, 18))
        self.count = QPushButton()
        self.count.setProperty("flat", True)
        self.count.setCursor(Qt.CursorShape.PointingHandCursor)
        self.count.setToolTip(tr(COUNTED))
        for widget in (self.task, self.count):
            widget.setFont(tabular(widget.font()))
        line = QHBoxLayout()
        line.setSpacing(SPACE_XS)
        line.addWidget(self.task, 1)
        line.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_XS, SPACE_XS, SPACE_XS, SPACE_S)
        column.setSpacing(SPACE_XS)
        column.addLayout(line)
        column.addWidget(self.fields)
        below = QHBoxLayout()
        below.setSpacing(SPACE_XS)
        below.addWidget(self.count, 1)
        below.addWidget(self.start)
        column.addLayout(below)
        column.addWidget(self.cells)
        self.cancel.clicked.connect(self.cancel_requested)
        self.count.clicked.connect(self.target_requested)
        self.show_state(FieldQueue(), share=0.0, count=Tally(0), target=0)

    def start_with(self, action: QAction) -> None:
        """The button beside the count does this."""
        self.start.setDefaultAction(action)

    def show_state(self, queue: FieldQueue, *, share: float, count: Tally, target: int) -> None:
        """Say how far it is.

        Args:
            queue: the fields.
            share: of the field under way that is done, 0 to 1.
            count: the cells.
            target: how many are wanted, 0 for no target.
        """
        for widget in (self.task, self.cancel, self.fields):
            widget.setVisible(queue.is_active)
        if queue.is_active:
            self.task.setText(progress_text(queue))
            done = len(queue.done) + share * (queue.running is not None)
            fill(self.fields, round(STEPS * done / max(1, queue.total)), STEPS)
        said, letters = count_text(count, target=target), self.count.fontMetrics()
        self.count.setText(said)
        least = max(letters.horizontalAdvance(text) for text in (said, count_text(MANY, target=0)))
        self.count.setMinimumWidth(least + SPACE_S)
        self.cells.setVisible(target > 0)
        fill(self.cells, round(STEPS * min(1.0, count.cells / target)) if target else 0, STEPS)
