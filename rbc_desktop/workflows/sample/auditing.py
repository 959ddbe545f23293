"""The audit trail in words: who did what and when, and what was there before."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ...domain.case.audit_trail import TrailRow
from ...domain.case.step_kinds import StepKind, cells_found, kind_of
from ...domain.sample.blood_count import QUANTITIES
from ...domain.wording import cells_text
from ...language import mark, number, plural, tr
from ...phrases import told
from ...ports import CaseStore, TaskControl
from ...reports.summary.options import IDENTITY_LABELS
from .signing import local_time

NOTHING = "–"
"""Stands for no value."""

_READ = {"second": mark("second class of cell {number}"), "settled": mark("settled class of cell {number}")}

LONGEST = 200
"""Characters of a value that a line shows."""


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One row of the trail for the list: texts, and of what kind the step is.

    Attributes:
        number, time, operator, action, reason, change, head: of the row, in words.
        kind: of the step.
        found: cells that a batch of *Segment all* brought, else 0.
        since: number of the first of the rows that the line stands for; see `grouped`.
        rows: how many these are.
    """

    number: int
    time: str
    operator: str
    action: str
    reason: str
    change: str
    head: str
    kind: StepKind
    found: int = 0
    since: int = 0
    rows: int = 1

    def holds(self, words: Iterable[str]) -> bool:
        """Whether each of these words, in lower case, stands somewhere in the line."""
        text = " ".join((self.time, self.operator, self.action, self.reason, self.change)).casefold()
        return all(word in text for word in words)


def load_trail(store: CaseStore, *, since: int, control: TaskControl) -> list[TrailLine]:
    """The lines after this one, newest first, read a few at a time so that no edit waits; not for the GUI thread.

    Raises:
        CaseFileError: when the trail can't be read.
    """
    lines: list[TrailLine] = []
    while rows := store.trail(after=since):
        control.check()
        lines += [trail_line(row) for row in rows]
        since = rows[-1].number
    return lines[::-1]


def trail_line(row: TrailRow) -> TrailLine:
    """A row in words."""
    return TrailLine(
        row.number,
        local_time(row.time),
        row.operator,
        told(row.action),
        told(row.reason),
        change_text(row.was),
        row.head,
        kind_of(row.action),
        cells_found(row.action),
        row.number,
    )


def grouped(lines: Iterable[TrailLine]) -> list[TrailLine]:
    """These lines, newest first, with batches of *Segment all* that follow on each other as one line."""
    groups: list[TrailLine] = []
    for line in lines:
        last = groups[-1] if groups else None
        if last is None or not (line.found and last.found) or line.operator != last.operator:
            groups.append(line)
            continue
        found, rows = last.found + line.found, last.rows + line.rows
        said = tr("Segment all ({cells:,} cells in {rows:,} batches)", cells=found, rows=rows)
        groups[-1] = replace(last, action=said, found=found, since=line.since, rows=rows)
    return groups


def change_text(was: str) -> str:
    """Old and new values, e.g. “cell 12: normal → target cell”; what can't be read is passed over."""
    try:
        parts = json.loads(was) if was else {}
        return "; ".join(_changes(parts))
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return tr("can't be read")


def _changes(parts: Mapping[str, Mapping[str, list[Any]]]) -> Iterator[str]:
    for name, (old, new) in parts.get("identity", {}).items():
        yield f"{tr(IDENTITY_LABELS.get(name, name))}: {_shown(old)} → {_shown(new)}"
    for name, (old, new) in parts.get("state", {}).items():
        yield f"{told(name)}: {_named(old)} → {_named(new)}"
    for name, (old, new) in parts.get("grading", {}).items():
        yield from _grading_changes(name, old, new)
    by_change = defaultdict(list)
    for which, (old, new) in parts.get("class", {}).items():
        by_change[(old, new)].append(which)
    for (old, new), numbers in by_change.items():
        which = tr("cell {number}", number=numbers[0]) if len(numbers) == 1 else cells_text(len(numbers))
        yield f"{which}: {_named(old)} → {_named(new)}"
    for name, text in _READ.items():
        for which, (old, new) in parts.get(name, {}).items():
            yield f"{tr(text, number=which)}: {_named(old)} → {_named(new)}"
    by_scale = defaultdict(list)
    for which, (old, new) in parts.get("um_per_px", {}).items():
        by_scale[(old, new)].append(which)
    for (old, new), numbers in by_scale.items():
        scale = plural("scale of field {number}", "scale of {count} fields", len(numbers), number=numbers[0])
        yield f"{scale}: {_scale(old)} → {_scale(new)}"


def _grading_changes(name: str, old: str, new: str) -> Iterator[str]:
    if name == "scheme":
        yield tr("scheme: {old} → {new}", old=_scheme(old), new=_scheme(new))
        return
    before, after = dict(json.loads(old)), dict(json.loads(new))
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) != after.get(key):
            label = tr(QUANTITIES[key].name) if key in QUANTITIES else told(key)
            yield f"{label}: {_shown(before.get(key))} → {_shown(after.get(key))}"


def _scheme(text: str) -> str:
    if not text:
        return NOTHING
    content = json.loads(text)
    return tr("{name}, version {version}", name=content["name"], version=content["version"])


def _scale(value: float | None) -> str:
    return NOTHING if value is None else tr("{scale:.4g} µm/px", scale=value)


def _named(value: object) -> str:
    """A value that is a word of ours, such as a class."""
    return told(_shown(value))


def _shown(value: object) -> str:
    if value is None or value == "":
        return NOTHING
    text = number(value, "g") if isinstance(value, float) else " ".join(str(value).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
