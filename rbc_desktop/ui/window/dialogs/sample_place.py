"""The window of the sample, made when it is first asked for, and the bar over the image of a final case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ....domain.sample.sign_off import is_locked
from ....editing.case_editor import CaseEditor
from ....editing.sample_editor import SampleEditor
from ....errors import RbcError
from ....language import tr
from ....turns import in_next_turn
from ....workflows.laboratory.operators_controller import OperatorsController
from ....workflows.sample.auditing_controller import AuditingController
from ....workflows.sample.graded_sample import usual_missing
from ....workflows.sample.grading_controller import GradingController
from ....workflows.sample.second_reading_controller import SecondReadingController
from ....workflows.sample.standing_controller import StandingController
from ...look.theme import SPACE_M, SPACE_S, SPACE_XS, named
from ...sample.reading_page import ReadingPage
from ...sample.reference_page import ReferencePage
from ...sample.sample_window import FINAL, SampleWindow
from ..actions.actions import ActionSet
from ..frame.services import Services

SHARED = ("undo", "redo", "manual")
"""Actions of the main window that its keys do in the sample's window, too."""


class SamplePlace(QObject):
    """Opens and closes the window of the sample.

    Args:
        services: what it shows.
        operators: who may sign.
        reading: second readings; the window is closed while one is under way, for it shows what is to be hidden.
        actions: ``sample`` and ``amend`` open it.
        column: gets the bar at its top.
        parent: the main window.
    """

    made = Signal(object)
    """The tabs of the window, once it is there."""

    cell_wanted = Signal(int)
    """Show this cell on the image."""

    def __init__(
        self, services: Services, *, operators: OperatorsController, reading: SecondReadingController,
        actions: ActionSet, column: QVBoxLayout, parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._operators, self._reading = operators, reading
        reading.entered.connect(self.close)
        self._services, self._actions, self._parent = services, actions, parent
        self.window: SampleWindow | None = None
        self.bar = FinalBar(services.editor, actions)
        column.insertWidget(0, self.bar)
        StandingController(services.editor, services.notices, parent=self)
        services.files.images_added.connect(self._fill_in)

    @property
    def is_final(self) -> bool:
        """Whether the case refuses changes."""
        return is_locked(self._services.editor.case.sign_offs)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Of the actions, by id."""
        return {"sample": self.open, "amend": self.amend}

    @Slot()
    def open(self) -> None:
        """Show the window where it was left."""
        self._open(lambda _window: None)

    @Slot()
    def open_details(self) -> None:
        """Show the details of the sample."""
        self._open(lambda window: window.details)

    @Slot()
    def open_readings(self) -> None:
        """Show what came of the second reading."""
        self._open(lambda window: window.reading)

    def _open(self, page: Callable[[SampleWindow], QWidget | None]) -> None:
        """Show the window at a page; to make it is a turn of the event loop of its own."""
        is_there, window = self.window is not None, self._made()
        if is_there:
            window.open_at(page(window))
        else:
            in_next_turn(self, lambda: window.open_at(page(window)))

    @Slot(object)
    def _show_cells(self, ids: tuple[int, ...]) -> None:
        self._services.selection.set(ids)
        self.cell_wanted.emit(ids[0])

    @Slot()
    def amend(self) -> None:
        """Show where an amendment begins."""
        self._made().amend()

    @Slot(object)
    def _fill_in(self, field_ids: tuple[int, ...]) -> None:
        """Images began a case: it gets the details that are usual here, if the settings say so."""
        s = self._services
        is_new = set(field_ids) == set(s.editor.case.fields)
        if is_new and s.settings.value.fills_in_usual and not s.files.holds_only_sample:
            identity = s.editor.case.identity
            missing = usual_missing(identity, s.settings.value)
            try:
                SampleEditor(s.editor).set_identity(replace(identity, **missing))
            except RbcError as error:
                s.notices.error(error)

    def close(self) -> None:
        """The main window closes."""
        if self.window is not None:
            self.window.close()

    def _made(self) -> SampleWindow:
        if self.window is None:
            s = self._services
            grading = GradingController(
                s.editor, tasks=s.tasks, settings=s.settings, notices=s.notices, operators=self._operators,
                lock=lambda: s.controls.lock, parent=self,
            )  # fmt: skip
            s.controls.changed.connect(grading.changed)
            auditing = AuditingController(s.editor, tasks=s.tasks, parent=self)
            shared = [self._actions[name] for name in SHARED]
            self.window = SampleWindow(
                grading, auditing, reading=partial(self._reading_page, grading),
                reference=partial(self._reference_page, grading), actions=shared, parent=self._parent,
            )  # fmt: skip
            self.made.emit(self.window.tabs)
        return self.window

    def _reading_page(self, grading: GradingController) -> ReadingPage:
        page = ReadingPage(self._reading, self._services.editor)
        page.cells_wanted.connect(self._show_cells)
        self._reading.refused.connect(grading.refused)
        return page

    def _reference_page(self, grading: GradingController) -> ReferencePage:
        self._services.references.refused.connect(grading.refused)
        return ReferencePage(self._services.references, self._services.theme)


class FinalBar(QFrame):
    """There while the case is final.

    Args:
        editor: of the case.
        actions: ``amend`` is its button.
    """

    def __init__(self, editor: CaseEditor, actions: ActionSet) -> None:
        super().__init__()
        named(self, "finalBar")
        self._editor = editor
        self.amend = QPushButton(tr("Amend…"))
        self.amend.clicked.connect(actions["amend"].trigger)
        line = QHBoxLayout(self)
        line.setContentsMargins(SPACE_M, SPACE_XS, SPACE_S, SPACE_XS)
        line.addWidget(QLabel(tr(FINAL)), 1)
        line.addWidget(self.amend)
        editor.sample_changed.connect(self.refresh)
        editor.case_replaced.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Come and go with the state of the case."""
        self.setVisible(is_locked(self._editor.case.sign_offs))
