"""Hearing of everything that the working case says, for what is worked out of all of it."""

from __future__ import annotations

from collections.abc import Callable

from .case_editor import CaseEditor


def listen(
    editor: CaseEditor,
    *,
    content: Callable[..., object],
    sample: Callable[..., object],
    another: Callable[..., object],
) -> None:
    """Connect slots of one object.

    Args:
        editor: of the case.
        content: called when fields, cells, classes or measurements are other than before.
        sample: called when identity, grading, state or readings are.
        another: called when another case is open.
    """
    for signal in (
        editor.cells_added, editor.cells_removed, editor.cells_changed, editor.analyses_changed,
        editor.calibration_changed, editor.qualities_changed, editor.fields_changed,
    ):  # fmt: skip
        signal.connect(content)
    editor.sample_changed.connect(sample)
    editor.case_replaced.connect(another)
