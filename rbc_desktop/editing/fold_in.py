"""The editor's part in what becomes rows (`domain.case.folding`)."""

from __future__ import annotations

from ..domain.case.folding import Folded, fold
from .case_editor import CaseEditor


def fold_in(editor: CaseEditor, made: Folded) -> bool:
    """Have these columns. Nothing that anybody sees changes, so nothing is told and nothing stored.

    Returns:
        whether the case could take them; see `fold`.
    """
    if not fold(editor.case, made):
        return False
    editor.revisions.forget(made.loose.analyses)
    return True
