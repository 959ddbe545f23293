"""Whether the signatures of a case stand where its audit trail puts them, and whose keys sealed them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from ...domain.case.audit_trail import NO_HEAD, AuditEntry
from ...domain.laboratory.operator import Operator, key_digits, named
from ...domain.sample.sign_off import SignOff
from ...language import mark, tr
from ...phrases import told
from ...storage.case.case_trail import ReadTrail
from ...storage.laboratory.pass_phrase import sealing_key
from .finding import Finding


def signature_findings(read: ReadTrail, *, operators: Sequence[Operator]) -> Iterator[Finding]:
    """One finding per signature that doesn't fit, then one for all; nothing where nobody has signed.

    Args:
        read: the case with its trail.
        operators: those that this computer knows; a seal in the name of one of them must be by that key.
    """
    steps, wrong = read.case.sign_offs, 0
    before = _heads_before(read.entries)
    for number, step in enumerate(steps, start=1):
        problem = _problem(step, head=before.get(number), operators=operators)
        if problem:
            wrong += 1
            text = tr("Signature {number} ({state}, {act}): {problem}.", number=number, state=told(step.state),
                      act=told(step.act), problem=problem)  # fmt: skip
            yield Finding(mark("signature"), False, text)
    if steps and not wrong:
        text = tr("{count}, each over the head before it; {sealed}", count=len(steps), sealed=_sealed_text(steps))
        yield Finding(mark("signatures"), True, text)


def _problem(step: SignOff, *, head: str | None, operators: Sequence[Operator]) -> str:
    if step.head != head:
        return tr("the head that it vouches for isn't the one before it")
    try:
        key = sealing_key(step)
    except ValueError as error:
        return str(error)
    known = named(operators, step.operator)
    if key and known is not None and known.key != key:
        return tr("key {digits} isn't the one of {name} on this computer", digits=key_digits(key), name=known.name)
    return ""


def _sealed_text(steps: Sequence[SignOff]) -> str:
    keys = dict.fromkeys(
        tr("{name} with key {digits}", name=step.operator, digits=key_digits(step.key)) for step in steps if step.key
    )
    return tr("sealed by {keys}", keys=", ".join(keys)) if keys else tr("none is sealed")


def _heads_before(entries: Sequence[AuditEntry]) -> dict[int, str]:
    """By number of a signature: the head before the row that put it there first."""
    found: dict[int, str] = {}
    previous = NO_HEAD
    for entry in entries:
        for number in _signatures_of(entry):
            found.setdefault(number, previous)
        previous = entry.head
    return found


def _signatures_of(entry: AuditEntry) -> list[int]:
    try:
        return [int(number) for number in json.loads(entry.details).get("put", {}).get("sign-off", {})]
    except (ValueError, TypeError, AttributeError, RecursionError):
        return []  # said of the trail as a whole
