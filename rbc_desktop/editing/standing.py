"""What a change does to the state of a case: what was reviewed and is changed afterwards is a draft again. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ..domain.case.audit_trail import Act
from ..domain.case.case import Case, Field
from ..domain.case.changes import (
    Change,
    DeleteSlides,
    PutAnalyses,
    PutFields,
    PutGrading,
    PutIdentity,
    PutQualities,
    PutReading,
    PutSignOffs,
    PutSlides,
    Together,
)
from ..domain.clock import now
from ..domain.sample.sign_off import SignOff, state_of, version_of


def fallen(case: Case, change: Change, *, act: Act, head: Callable[[], str]) -> PutSignOffs | None:
    """The step back to a draft that this change brings with it, or None where the state may stand.

    Args:
        case: before the change.
        change: to be made.
        act: whose change it is; its words are the reason of the step.
        head: reads the head of the audit trail, before the change.
    """
    steps = case.sign_offs
    if state_of(steps) != "reviewed" or not alters(case, change):
        return None
    time = now().astimezone().isoformat()
    step = SignOff("draft", act.operator, steps[-1].meaning, time, act.action, version_of(steps), head())
    return PutSignOffs((*steps, step))


def alters(case: Case, change: Change) -> bool:
    """Whether a report of the case may say something else after this change.

    Where an image lies, which slides are at hand, and that a field was searched, say nothing about the sample.
    """
    match change:
        case Together():
            return any(alters(case, part) for part in change.changes)
        case PutSignOffs() | PutReading() | PutSlides() | DeleteSlides():
            return False
        case PutIdentity():
            return change.identity != case.identity
        case PutGrading():
            return change.grading != case.grading
        case PutFields():
            return any(f.id not in case.fields or _told(f) != _told(case.fields[f.id]) for f in change.fields)
        case PutQualities():
            return any(case.qualities.get(number) != quality for number, quality in change.qualities)
        case PutAnalyses():
            known = case.analyses
            return any(a.cell_id not in known or a.prediction != known[a.cell_id].prediction for a in change.analyses)
        case _:
            return True


NOWHERE = Path()


def _told(field: Field) -> Field:
    return replace(field, path=NOWHERE, searched="")
