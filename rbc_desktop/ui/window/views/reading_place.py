"""A second reading in the window: the bar over the image while it is under way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ....language import mark, tr
from ....turns import OwnTurn, in_next_turn
from ....workflows.laboratory.operators_controller import OperatorsController
from ....workflows.sample.rereading import progress_text
from ....workflows.sample.second_reading_controller import SecondReadingController
from ...cells.panel import CellPanel
from ...look.theme import SPACE_M, SPACE_S, SPACE_XS, named
from ..frame.services import Services

HIDDEN = mark("What the cells were called is hidden.")


class ReadingPlace(QObject):
    """Opens the review bar for the reader, and shows how far they are.

    Args:
        services: the case.
        operators: who may read.
        may_leave: see `FinishingController.may_leave`.
        panel: the table, whose rows are the reader's queue.
        review: opens the review bar.
        column: gets the bar at its top.
        parent: the main window.
    """

    left = Signal()
    """The reader has left, and the table shows the case again with all that it says."""

    def __init__(
        self, services: Services, *, operators: OperatorsController,
        may_leave: Callable[[Callable[[], object]], bool], panel: CellPanel, review: QAction, column: QVBoxLayout,
        parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._panel, self._review = panel, review
        self._begins = self._ends = False
        self.controller = SecondReadingController(
            services.editor, operators=operators, may_leave=may_leave, notices=services.notices, parent=self
        )
        self.bar = ReadingBar(self.controller)
        column.insertWidget(0, self.bar)
        self.controller.entered.connect(self._on_entered)
        self.controller.left.connect(self._on_left)
        panel.feed.updated.connect(self._on_rows)
        services.files.case_opened.connect(self._on_opened)

    @Slot()
    def _on_entered(self) -> None:
        """The table shows the cells of every field; its filters went with the case."""
        self._review.setChecked(False)
        self._panel.show_all_fields()
        self._begins, self._ends = True, False

    @Slot()
    def _on_rows(self) -> None:
        """The table has the cells: the reader begins with the first, as in a review, or sees what came of it."""
        if not self._panel.feed.is_settled:
            return
        if self._begins and self.controller.under_way is not None:
            self._begins = False
            in_next_turn(self, self._open_review)
        elif self._ends:
            self._ends = False
            in_next_turn(self, self.left.emit)

    @Slot()
    def _open_review(self) -> None:
        if self.controller.under_way is not None:
            self._review.setEnabled(True)
            self._review.setChecked(True)

    @Slot()
    def _on_left(self) -> None:
        self._begins, self._ends = False, True
        self._review.setChecked(False)

    @Slot(object)
    def _on_opened(self, _view: object) -> None:
        self.controller.offer()


class ReadingBar(QFrame):
    """There while a reading is under way.

    Args:
        controller: of the readings.
    """

    def __init__(self, controller: SecondReadingController) -> None:
        super().__init__()
        named(self, "finalBar")
        self._controller = controller
        self.text = QLabel()
        self.pause, self.finish = QPushButton(tr("Pause")), QPushButton(tr("Finish"))
        self.pause.setToolTip(tr("Back to the case; the reading waits"))
        self.finish.setToolTip(tr("End the reading and show how far both agree"))
        line = QHBoxLayout(self)
        line.setContentsMargins(SPACE_M, SPACE_XS, SPACE_S, SPACE_XS)
        line.addWidget(self.text, 1)
        line.addWidget(self.pause)
        line.addWidget(self.finish)
        self.pause.clicked.connect(controller.pause)
        self.finish.clicked.connect(controller.finish)
        self._turn = OwnTurn(self, self.refresh)
        controller.changed.connect(self._on_changed)
        self.refresh()

    @Slot()
    def _on_changed(self) -> None:
        """It goes at once; the image makes room for it in a turn of its own."""
        if self._controller.under_way is None:
            self.refresh()
        else:
            self._turn.ask()

    def refresh(self) -> None:
        """Come and go with the reading; show how far it is."""
        reading = self._controller.under_way
        self.setVisible(reading is not None)
        if reading is not None:
            self.text.setText(f"{progress_text(reading)}. {tr(HIDDEN)}")
            over = reading.done == len(reading.cells)
            if self.finish.property("primary") is not over:
                self.finish.setProperty("primary", over)
                self.finish.style().unpolish(self.finish)
                self.finish.style().polish(self.finish)
