"""Has the predictions of the open case follow the share under which a class counts as doubtful."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from ...editing.case_editor import CaseEditor
from ...engine import jobs
from ...errors import RbcError
from ..configuring_controller import SettingsKeeper
from ..notices import Notices
from .analysing import limited
from .analysing_controller import AnalysingController

AT_ONCE = 150
"""Predictions per turn of the event loop: a transaction of a few milliseconds."""


class ReviewLimitController(QObject):
    """What is classified from now on gets the limit of the settings; what is classified already when that is changed.

    Another case that is opened keeps its own: opening changes nothing.

    Args:
        editor: the working case.
        analysing: supplies it with predictions.
        settings: have the limit.
        notices: says what could not be kept.
    """

    def __init__(
        self, editor: CaseEditor, *, analysing: AnalysingController, settings: SettingsKeeper, notices: Notices,
        parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._editor, self._settings, self._notices = editor, settings, notices
        self._stated: float | None = None
        self._chosen = settings.value.review_limit
        self._left: list[int] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)
        analysing.review_limit = lambda: settings.value.review_limit
        settings.changed.connect(self._on_settings)
        editor.case_replaced.connect(self._left.clear)

    @Slot(object)
    def note_ready(self, ready: jobs.EngineReady) -> None:
        """Models are there, and the classifier states its limit."""
        self._stated = ready.review_limit

    @Slot()
    def _on_settings(self) -> None:
        chosen = self._settings.value.review_limit
        if chosen != self._chosen:
            self._chosen = chosen
            self._left[:] = self._editor.case.analyses
            self._timer.start()

    @Slot()
    def _go_on(self) -> None:
        limit = self._chosen or self._stated
        some, self._left[:] = self._left[:AT_ONCE], self._left[AT_ONCE:]
        if not limit or not some:
            return
        present = (a for i in some if (a := self._editor.case.analyses.get(i)) is not None)
        others = [a for a in present if a.prediction is not None and a.prediction.review_limit != limit]
        try:
            self._editor.set_analyses(limited(others, limit))
        except RbcError as error:
            self._notices.error(error, holds=self._notices.until_next_step())
            self._left.clear()
            return
        if self._left:
            self._timer.start()
