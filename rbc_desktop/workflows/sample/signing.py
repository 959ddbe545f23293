"""The state of a report in words: what it is, what comes next, who signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ...domain.laboratory.operator import key_digits
from ...domain.sample.sign_off import CaseState, SignOff, state_of, version_of
from ...language import mark, plural, tr
from ...phrases import told
from ..key_map import said

_NEXT: dict[CaseState, str] = {
    "draft": mark("Look at every cell that needs review, confirm the grades, then mark the case as reviewed or final."),
    "reviewed": mark("Next: make it final. It can then be changed only by amending it."),
    "final": mark("It is locked. To change anything, amend it: a new version begins, and the old signature stays."),
    "amended": mark("Change what has to be changed, then mark it as reviewed or make it final again."),
}


def state_text(steps: Sequence[SignOff]) -> str:
    """The state and the version in a few words, e.g. “Report 2 is amended, not signed yet”."""
    state, version = state_of(steps), version_of(steps)
    match state:
        case "draft":
            return tr("Report {version} is a draft", version=version)
        case "amended":
            return tr("Report {version} is an amendment, not signed yet", version=version)
        case _:
            text = mark("Report {version} is {state}, {act}")
            return tr(text, version=version, state=told(state), act=told(steps[-1].act))


def next_text(steps: Sequence[SignOff]) -> str:
    """What comes next, in one or two sentences."""
    return tr(_NEXT[state_of(steps)])


def unseen_text(unseen: int) -> str:
    """How many cells that need review nobody has seen."""
    if not unseen:
        return tr("Every cell that needs review has been seen.")
    return plural(
        "{count} cell that needs review is unseen: {key} leads to the next one.",
        "{count} cells that need review are unseen: {key} leads to the next one.",
        unseen, key=said("N"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature as texts for the list; `reason` may be empty."""

    time: str
    act: str
    reason: str


def signature(step: SignOff) -> Signature:
    """One signature in words."""
    version = step.version - (step.state == "amended")
    text = tr("report {version} {act}", version=version, act=told(step.act))
    if step.state in ("reviewed", "final"):
        text = tr("{text} ({state})", text=text, state=told(step.state))
    if step.key:
        text = tr("{text}, with key {digits}", text=text, digits=key_digits(step.key))
    return Signature(local_time(step.time), text, told(step.reason))


def local_time(text: str) -> str:
    """An ISO 8601 time here, with the offset of the zone; as it is where it is none."""
    try:
        time = datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError, OSError):
        return text
    offset = f"{time:%z}"
    return f"{time:%Y-%m-%d %H:%M:%S} UTC{offset[:3]}:{offset[3:5]}"


def local_span(began: str, ended: str) -> tuple[str, str]:
    """Both as `local_time` has them; an offset that they share stands at the end only."""
    first, last = local_time(began), local_time(ended)
    _, utc, offset = last.partition(" UTC")
    return first.removesuffix(utc + offset), last
