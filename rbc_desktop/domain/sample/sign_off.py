"""The states of a case's report: who vouched for it, when, and in what sense."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ...language import mark, plural, tr
from ...phrases import template

CaseState = Literal["draft", "reviewed", "final", "amended"]

Meaning = Literal["reviewed by", "approved by"]

WORDS = (mark("draft"), mark("reviewed"), mark("final"), mark("amended"), mark("reviewed by"), mark("approved by"))
"""The states and meanings in English, which `told` translates."""


@dataclass(frozen=True, slots=True)
class SignOff:
    """One step of a case's state, kept for ever.

    Attributes:
        state: the state that begins here.
        operator: who; printed.
        meaning: what the name stands for.
        time: ISO 8601 with its zone.
        reason: why cells were left unseen, what an amendment changes and why, or what made a draft of it; else "".
        version: of the report: 1 until the first amendment.
        head: head of the audit trail before this step: the work that is vouched for.
        seal: signature by a key that a pass phrase gives, "" without one; see `signed_bytes`.
    """

    state: CaseState
    operator: str
    meaning: Meaning
    time: str
    reason: str = ""
    version: int = 1
    head: str = ""
    seal: str = ""

    @property
    def key(self) -> str:
        """The public key that the seal names, hex; "" without a seal."""
        return self.seal.split(":")[1] if self.seal.count(":") == 2 else ""

    @property
    def signed_bytes(self) -> bytes:
        """What a seal is over: everything else that the step says, the head included, as JSON in ASCII."""
        said = [self.state, self.operator, self.meaning, self.time, self.reason, self.version, self.head]
        return json.dumps(said, separators=(",", ":")).encode("ascii")

    @property
    def act(self) -> str:
        """What was done with the report, and by whom, e.g. “approved by Ada”; to be `told`."""
        match self.state:
            case "draft":
                if not self.operator:
                    return mark("changed after it was reviewed, a draft again")
                return mark("changed by {name} after it was reviewed, a draft again", name=self.operator)
            case "amended":
                return mark("amended by {name}", name=self.operator)
            case _ if self.meaning == "reviewed by":
                return mark("reviewed by {name}", name=self.operator)
            case _:
                return mark("approved by {name}", name=self.operator)


def state_of(steps: Sequence[SignOff]) -> CaseState:
    """The present state: that of the last step, draft without any."""
    return steps[-1].state if steps else "draft"


def is_locked(steps: Sequence[SignOff]) -> bool:
    """Whether the case may not be changed: it is final until it is amended."""
    return state_of(steps) == "final"


def version_of(steps: Sequence[SignOff]) -> int:
    """The number of the report that is worked on or final."""
    return steps[-1].version if steps else 1


def refusal(
    steps: Sequence[SignOff], new: CaseState, *, operator: str, reason: str, unseen: int, lock: str = ""
) -> str:
    """Why the case can't take this state now, as a sentence that says what to do; "" when it can.

    Args:
        steps: so far.
        new: the state that is asked for.
        operator: who asks.
        reason: what they say.
        unseen: cells that need review and that no person has seen.
        lock: why the laboratory's rules keep the report from being final, as a sentence; "" where nothing does.
    """
    present = state_of(steps)
    if not operator.strip():
        return tr("A name is missing; choose who signs.")
    if new == "draft":
        return tr("A case becomes a draft by amending it.")
    if new == "amended":
        if present != "final":
            return tr("Only a final case can be amended; change this one as it is.")
        return "" if reason.strip() else tr("Say what is changed and why; the report carries it.")
    if present == "final":
        return tr("The case is final; amend it to change it.")
    if unseen and not reason.strip():
        return plural(
            "{count} cell that needs review is still unseen; review the rest, or say why that isn't needed.",
            "{count} cells that need review are still unseen; review the rest, or say why that isn't needed.",
            unseen,
        )
    if new == "final" and lock and not reason.strip():
        return tr(
            "{lock} Mend that before the report is final, or say in Reason why it is final all the same.", lock=lock
        )
    return ""


_SIGNED_ANYWAY = template("{what} Signed all the same: {reason}")


def reason_with(lock: str, reason: str) -> str:
    """What a signature says of a lock that a reason overrides; kept in English, to be `told`."""
    return _SIGNED_ANYWAY(what=lock, reason=reason.strip()) if lock else reason.strip()


LOCKED = mark("This case is final and can't be changed; amend it to go on (Report › Amend…).")
"""What every change of a final case is refused with."""
