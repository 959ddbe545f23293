"""The audit trail: who did what and when, as rows each of which carries a hash over itself and all before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...phrases import template
from .step_names import DELETE_PATIENT_DATA, MEASURE_AND_CLASSIFY

NO_HEAD = ""
"""What stands before the first row."""


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did, beside the change that came of it.

    Attributes:
        action: in the words of the undo menu; "" lets the change be named by its kind.
        operator: who, "" where nobody said.
        reason: why, where it matters; else "".
    """

    action: str = ""
    operator: str = ""
    reason: str = ""


BY_ITSELF = Act(MEASURE_AND_CLASSIFY)
"""Analyses come without being asked for."""

NOBODY = Act()
"""A change that the application makes by itself."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One row of the trail.

    Attributes:
        number: 1, 2, 3 … without gaps.
        time: ISO 8601 with its zone.
        operator, action, reason: as in `Act`.
        details: JSON: digests of what the case holds afterwards, what is gone, old and new values.
        head: hex SHA-256 over this row and the head of the row before.
    """

    number: int
    time: str
    operator: str
    action: str
    reason: str
    details: str
    head: str

    def follows(self, previous: str) -> bool:
        """Whether its hash is right after a row with this head."""
        return self.head == chained(
            previous,
            number=self.number,
            time=self.time,
            operator=self.operator,
            action=self.action,
            reason=self.reason,
            details=self.details,
        )


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One row of the trail as it is shown: of the details only what a person reads.

    Attributes:
        number, time, operator, action, reason, head: as in `AuditEntry`.
        was: JSON of old and new values by kind, "" where nothing of that kind changed.
    """

    number: int
    time: str
    operator: str
    action: str
    reason: str
    was: str
    head: str


def chained(previous: str, *, number: int, time: str, operator: str, action: str, reason: str, details: str) -> str:
    """The head of a row: SHA-256 of its values and the head before, as JSON without blanks in ASCII."""
    row = json.dumps([previous, number, time, operator, action, reason, details], separators=(",", ":"))
    return hashlib.sha256(row.encode("ascii")).hexdigest()


_MISSING = template("Row {number} of the audit trail is missing.")
_CHANGED = template("Row {number} of the audit trail (“{action}”) was changed after it was written.")


def emptied(previous: str, entry: AuditEntry) -> str:
    """What stands for a row that lost its data, in the row that says so: SHA-256 of all that is left of it.

    Args:
        previous: the head before it.
        entry: the row as it is now, with the head that it always had.
    """
    left = [previous, entry.number, entry.time, entry.operator, entry.action, entry.reason, entry.details, entry.head]
    return hashlib.sha256(json.dumps(left, separators=(",", ":")).encode("ascii")).hexdigest()


def emptied_rows(entries: Iterable[AuditEntry]) -> dict[int, str]:
    """The rows that lost a patient's data, with the digest of each; of one that lost some twice, the later one."""
    listed: dict[int, str] = {}
    for entry in entries:
        if entry.action == DELETE_PATIENT_DATA:
            try:
                rows = json.loads(entry.details).get("emptied", {})
                listed |= {int(number): str(digest) for number, digest in rows.items() if int(number) < entry.number}
            except (ValueError, TypeError, AttributeError, RecursionError):
                continue  # the row itself is named then
    return listed


def first_break(entries: Sequence[AuditEntry]) -> str:
    """A sentence, to be `told`, about the first row that doesn't fit the ones before it; "" when all do.

    A row that lost a patient's data is what the row says that lists it.
    """
    previous, expected = NO_HEAD, 1
    listed = emptied_rows(entries)
    for entry in entries:
        if entry.number != expected:
            return _MISSING(number=expected)
        known = listed.get(entry.number)
        if not (entry.follows(previous) if known is None else known == emptied(previous, entry)):
            return _CHANGED(number=entry.number, action=entry.action)
        previous, expected = entry.head, expected + 1
    return ""
