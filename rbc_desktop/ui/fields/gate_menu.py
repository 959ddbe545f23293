"""Part of a field's context menu: leave it out of the count for a reason, or count it again."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMenu

from ...editing.case_editor import CaseEditor
from ...editing.sample_editor import SampleEditor
from ...errors import RbcError
from ...language import tr
from ...workflows.fields.gating import OTHER, REASONS, proposed_reasons, reason_sentence
from ...workflows.notices import Notices
from ..look.mnemonics import lettered


class GateMenu:
    """Fills menus.

    Args:
        editor: the working case.
        notices: says what can't be done.
    """

    def __init__(self, editor: CaseEditor, notices: Notices) -> None:
        self._editor, self._notices = editor, notices

    def fill(self, menu: QMenu, field_id: int) -> None:
        """Add what there is to do with this field; reasons that its image gives come first."""
        field = self._editor.case.fields.get(field_id)
        if field is None:
            return
        if field.left_out:
            menu.addAction(tr("Count again")).triggered.connect(partial(self._leave_out, field_id, None))
            return
        proposed = proposed_reasons(self._editor.case.qualities.get(field_id))
        reasons = lettered(menu.addMenu(tr("Leave out of the count")))
        for reason in proposed:
            action = reasons.addAction(tr("{reason} (measured)", reason=_capital(tr(reason))))
            action.triggered.connect(partial(self._leave_out, field_id, reason))
        if proposed:
            reasons.addSeparator()
        for reason in (*(r for r in REASONS.values() if r not in proposed), OTHER):
            action = reasons.addAction(_capital(tr(reason)))
            action.triggered.connect(partial(self._leave_out, field_id, reason))

    def _leave_out(self, field_id: int, reason: str | None, _checked: bool = False) -> None:
        field = self._editor.case.fields.get(field_id)
        if field is None:
            return
        try:
            sentence = None if reason is None else reason_sentence(field, reason)
            SampleEditor(self._editor).leave_out((field_id,), sentence)
        except RbcError as error:
            self._notices.error(error, holds=self._notices.until_next_step())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
