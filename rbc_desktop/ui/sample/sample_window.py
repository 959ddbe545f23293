"""Report › Sample and grades: a window of its own that follows the case while the work goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QAction, QCloseEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ... import research_use
from ...language import mark, tr
from ...workflows.sample.auditing_controller import AuditingController
from ...workflows.sample.grading_controller import GradingController
from ...workflows.sample.signing import state_text
from ..look.keyed_window import KeyedWindow
from ..look.later_tabs import LaterTabs
from ..look.plain_label import plain_label
from ..look.room import open_as_large_as
from ..look.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XS, named
from .blood_count_page import BloodCountPage
from .details_page import DetailsPage
from .grades_page import GradesPage
from .reading_page import ReadingPage
from .reference_page import ReferencePage
from .signing_page import SigningPage
from .trail_page import TrailPage

SIZE = 1040, 720
_COUNTED_AFTER_MS = 400
"""When grades are worked out after the window came: the thread that does it would slow down what is painted."""

FINAL = mark("This case is final.")


class SampleWindow(KeyedWindow):
    """Details, grades, blood count, signatures and audit trail of the open case.

    Args:
        grading: the sample.
        auditing: the trail.
        reading: makes the page of the second readings.
        reference: makes the page of the laboratory's normal samples.
        actions: keys of the main window that hold here too, such as undo.
        parent: the main window.
    """

    manual_chapter = "sample.md"

    def __init__(
        self, grading: GradingController, auditing: AuditingController, *, reading: Callable[[], ReadingPage],
        reference: Callable[[], ReferencePage], actions: Sequence[QAction], parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle(tr("Sample and grades – RBC Desktop"))
        self.addActions(actions)
        self._grading = grading
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_COUNTED_AFTER_MS)
        self._soon.timeout.connect(self._follow)
        self.details = DetailsPage(grading)
        self.tabs = LaterTabs()
        self._places = {
            name: self.tabs.add(title, make)
            for name, title, make in (
                ("details", tr("Details"), lambda: self.details),
                ("grades", tr("Grades"), lambda: GradesPage(grading)),
                ("blood count", tr("Blood count"), lambda: BloodCountPage(grading)),
                ("reference", tr("Reference"), reference),
                ("reading", tr("Second reading"), reading),
                ("signing", tr("Signatures"), lambda: SigningPage(grading)),
                ("trail", tr("Audit trail"), lambda: TrailPage(auditing)),
            )
        }
        self.final_bar = self._final_bar()
        self.said = plain_label(kind="warning")
        self.state = QLabel()
        self.state.setProperty("muted", True)
        use = QLabel(research_use())
        use.setProperty("muted", True)
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE_L, SPACE_XS, SPACE_L, SPACE_M)
        foot.addWidget(use)
        foot.addStretch(1)
        foot.addWidget(self.state)
        message = QHBoxLayout()
        message.setContentsMargins(SPACE_L, 0, SPACE_L, 0)
        message.addWidget(self.said)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        column.addWidget(self.final_bar)
        middle = QHBoxLayout()
        middle.setContentsMargins(SPACE_L, 0, SPACE_L, 0)
        middle.addWidget(self.tabs)
        column.addLayout(middle, 1)
        column.addLayout(message)
        column.addLayout(foot)
        open_as_large_as(self, *SIZE)
        self.tabs.currentChanged.connect(self._on_tab)
        grading.refused.connect(self._on_refused)
        grading.changed.connect(self._refresh)
        grading.worked_out.connect(self._on_worked_out)
        self._refresh()

    @property
    def grades(self) -> GradesPage:
        """What the sample is graded as; like the following ones made when it is first asked for."""
        return cast(GradesPage, self.tabs.page(self._places["grades"]))

    @property
    def blood_count(self) -> BloodCountPage:
        """What an analyser has counted."""
        return cast(BloodCountPage, self.tabs.page(self._places["blood count"]))

    @property
    def reference(self) -> ReferencePage:
        """The laboratory's normal samples."""
        return cast(ReferencePage, self.tabs.page(self._places["reference"]))

    @property
    def reading(self) -> ReadingPage:
        """The second readings."""
        return cast(ReadingPage, self.tabs.page(self._places["reading"]))

    @property
    def signing(self) -> SigningPage:
        """Who signed what."""
        return cast(SigningPage, self.tabs.page(self._places["signing"]))

    @property
    def trail(self) -> TrailPage:
        """The audit trail."""
        return cast(TrailPage, self.tabs.page(self._places["trail"]))

    def open_at(self, page: QWidget | None = None) -> None:
        """Show the window, at this page or where it was."""
        if page is not None:
            self.tabs.setCurrentWidget(page)
        self.show()
        self.raise_()
        self.activateWindow()

    @Slot()
    def amend(self) -> None:
        """Show where an amendment begins."""
        self.open_at(self.signing)
        self.signing.ask_for_reason()

    def keep(self) -> None:
        """Keep what is being typed, as if its field was left."""
        self.details.keep()
        if self.tabs.has_page(self._places["blood count"]):
            self.blood_count.keep()

    def _final_bar(self) -> QFrame:
        bar = named(QFrame(), "finalBar")
        amend = QPushButton(tr("Amend…"))
        amend.clicked.connect(self.amend)
        line = QHBoxLayout(bar)
        line.setContentsMargins(SPACE_L, SPACE_S, SPACE_L, SPACE_S)
        line.addWidget(QLabel(tr(FINAL)), 1)
        line.addWidget(amend)
        return bar

    @Slot()
    def _refresh(self) -> None:
        self.final_bar.setVisible(self._grading.is_final)
        self.state.setText(state_text(self._grading.sign_offs))
        self.said.setText("")

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        """The page of signatures says beside its buttons what they would be refused with: not twice."""
        is_there = self.tabs.currentIndex() == self._places["signing"]
        said_there = is_there and self.signing.hint.text() == sentence
        self.said.setText("" if said_there else sentence)

    @Slot()
    def _on_worked_out(self) -> None:
        if self.tabs.has_page(self._places["reference"]):
            self.reference.look()

    @Slot()
    def _on_tab(self) -> None:
        self.keep()
        self.said.setText("")

    # Qt's side

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._soon.start()
        self._grading.load_schemes()

    @Slot()
    def _follow(self) -> None:
        self._grading.follow(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._soon.stop()
        self._grading.follow(False)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.keep()
        super().closeEvent(event)
