"""Keeps every accepted prompt before the case is left, those without an answer included."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from ...editing.case_editor import CaseEditor
from ...language import plural
from ..cases.reading_controller import FieldImages
from ..notices import Notices
from .outlining_controller import OutliningController


class FinishingController(QObject):
    """Leaves a case once the model has answered what the user accepted on any of its fields.

    Fields with unanswered prompts are shown one after the other, because the engine works on the field that is shown.

    Args:
        editor: the working case.
        images: tells when a field's image can't be read, so that its prompts can't be answered.
        outlining: knows what is unanswered.
        notices: says why it takes a moment.
    """

    def __init__(
        self,
        editor: CaseEditor,
        images: FieldImages,
        *,
        outlining: OutliningController,
        notices: Notices,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._editor, self._images, self._outlining, self._notices = editor, images, outlining, notices
        self._then: Callable[[], object] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._go_on)
        outlining.changed.connect(self._on_changed)
        images.failed.connect(self._on_changed)

    def may_leave(self, then: Callable[[], object]) -> bool:
        """Whether nothing is unanswered. Otherwise `then` is called as soon as that is so.

        A second call while it waits gives up what is unanswered.
        """
        pending = self._outlining.pending
        if not pending or self._then is not None:
            self._then = None
            return True
        self._then = then
        count = sum(pending.values())
        self._notices.info(
            plural("Keeping {count} accepted outline first…", "Keeping {count} accepted outlines first…", count)
        )
        self._soon.start(0)
        return False

    @Slot()
    def _on_changed(self) -> None:
        if self._then is not None:
            self._soon.start(0)

    @Slot()
    def _go_on(self) -> None:
        if self._then is None:
            return
        for field_id in self._outlining.pending:
            if field_id in self._images.problems:
                self._outlining.give_up(field_id)
        pending = self._outlining.pending
        if not pending:
            then, self._then = self._then, None
            then()
            return
        shown = self._editor.current_field
        if shown is None or shown.id not in pending:
            self._editor.set_current_field(next(iter(pending)))
