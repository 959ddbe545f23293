"""The state of a report in words: what it is, what comes next, who signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ..domain.operator import key_digits
from ..domain.sign_off import CaseState, SignOff, state_of, version_of
from .key_map import said

_NEXT: dict[CaseState, str] = {
    "draft": "Look at every cell that needs review, confirm the grades, then mark the case as reviewed or final.",
    "reviewed": "Next: make it final. It can then be changed only by amending it.",
    "final": "It is locked. To change anything, amend it: a new version begins, and the old signature stays.",
    "amended": "Change what has to be changed, then mark it as reviewed or make it final again.",
}


def state_text(steps: Sequence[SignOff]) -> str:
    """The state and the version in a few words, e.g. “Report 2 is amended, not signed yet”."""
    state, report = state_of(steps), f"Report {version_of(steps)}"
    match state:
        case "draft":
            return f"{report} is a draft"
        case "amended":
            return f"{report} is an amendment, not signed yet"
        case _:
            return f"{report} is {state}, {steps[-1].meaning} {steps[-1].operator}"


def next_text(steps: Sequence[SignOff]) -> str:
    """What comes next, in one or two sentences."""
    return _NEXT[state_of(steps)]


def unseen_text(unseen: int) -> str:
    """How many cells that need review nobody has seen."""
    if not unseen:
        return "Every cell that needs review has been seen."
    cells = "1 cell that needs review is" if unseen == 1 else f"{unseen:,} cells that need review are"
    return f"{cells} unseen: {said('N')} leads to the next one."


def signature_text(step: SignOff) -> str:
    """One signature as a line of the list."""
    version = step.version - (step.state == "amended")
    state = f" ({step.state})" if step.state in ("reviewed", "final") else ""
    key = f", with key {key_digits(step.key)}" if step.key else ""
    reason = f"\n{step.reason}" if step.reason else ""
    return f"{local_time(step.time)}   report {version} {step.act}{state}{key}{reason}"


def local_time(text: str) -> str:
    """An ISO 8601 time here, with the offset of the zone; as it is where it is none."""
    try:
        time = datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError, OSError):
        return text
    offset = f"{time:%z}"
    return f"{time:%Y-%m-%d %H:%M:%S} UTC{offset[:3]}:{offset[3:5]}"
