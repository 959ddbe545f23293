"""Segment all over many fields: which comes next, how far it is, and when it is enough.

Pure; `FieldQueueController` carries it out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ...domain.case.case import Case
from ...language import plural, tr
from ..key_map import said
from ..review.cell_columns import CellColumns


@dataclass(frozen=True, slots=True)
class FieldQueue:
    """One run of Segment all over some fields.

    Attributes:
        waiting: fields to come, in order.
        running: the field under way.
        done: fields that have ended, also those that failed.
        failures: why fields could not be segmented, also in runs before; by field id.
        found_in: new cells so far, by the id of the field that has any.
    """

    waiting: tuple[int, ...] = ()
    running: int | None = None
    done: tuple[int, ...] = ()
    failures: Mapping[int, str] = field(default_factory=dict)
    found_in: Mapping[int, int] = field(default_factory=dict)

    @property
    def added(self) -> int:
        """New cells so far."""
        return sum(self.found_in.values())

    @property
    def is_active(self) -> bool:
        """Whether something is under way or to come."""
        return self.running is not None or bool(self.waiting)

    @property
    def total(self) -> int:
        """Fields of this run."""
        return len(self.done) + len(self.waiting) + (self.running is not None)

    @property
    def failed(self) -> tuple[int, ...]:
        """Fields of this run that could not be segmented."""
        return tuple(i for i in self.done if i in self.failures)

    def asked(self, ids: Iterable[int], *, first: bool = False) -> FieldQueue:
        """With more fields to come, each once; a queue that was at its end begins anew.

        Args:
            ids: the fields, in order.
            first: they come before those that wait.
        """
        new = [i for i in dict.fromkeys(ids) if i != self.running]
        rest = [i for i in self.waiting if i not in new] if first else [*self.waiting]
        waiting = tuple(dict.fromkeys([*new, *rest] if first else [*rest, *new]))
        failures = {i: why for i, why in self.failures.items() if i not in new}
        done = tuple(i for i in self.done if i not in waiting) if self.is_active else ()
        found_in = self.found_in if self.is_active else {}
        return replace(self, waiting=waiting, failures=failures, done=done, found_in=found_in)

    def begun(self) -> FieldQueue:
        """With the first of those that wait under way."""
        return replace(self, running=self.waiting[0], waiting=self.waiting[1:])

    def found(self, count: int) -> FieldQueue:
        """With so many cells more in the field under way."""
        if self.running is None or not count:
            return self
        return replace(self, found_in={**self.found_in, self.running: self.found_in.get(self.running, 0) + count})

    def ended(self, *, why: str = "") -> FieldQueue:
        """With the field under way done, or failed for this reason."""
        if self.running is None:
            return self
        failures = {**self.failures, self.running: why} if why else self.failures
        return replace(self, running=None, done=(*self.done, self.running), failures=failures)

    def put_back(self) -> FieldQueue:
        """With the field under way to be done again, next."""
        if self.running is None:
            return self
        return replace(self, running=None, waiting=(self.running, *self.waiting))

    def in_order(self, ids: Sequence[int]) -> FieldQueue:
        """With those that wait in the order that these have; what isn't among them comes last."""
        place = {number: index for index, number in enumerate(ids)}
        return replace(self, waiting=tuple(sorted(self.waiting, key=lambda i: place.get(i, len(place)))))

    def only(self, ids: Collection[int]) -> FieldQueue:
        """Without the fields that aren't among these."""
        return replace(
            self,
            waiting=tuple(i for i in self.waiting if i in ids),
            running=self.running if self.running in ids else None,
            done=tuple(i for i in self.done if i in ids),
            failures={i: why for i, why in self.failures.items() if i in ids},
            found_in={i: cells for i, cells in self.found_in.items() if i in ids},
        )

    def stopped(self) -> FieldQueue:
        """With nothing under way or to come."""
        return replace(self, waiting=(), running=None)


def searched_fields(case: Case) -> set[int]:
    """The fields in which a segmenter has looked for every cell, and of which that was not taken back."""
    kept = case.fields_with("segment all")
    kept |= {f.id for f in case.fields.values() if any(remark.kind == "no cells" for remark in f.remarks)}
    return {f.id for f in case.fields.values() if f.searched and f.id in kept}


def fields_to_search(case: Case, *, shown: int | None, order: Sequence[int] = ()) -> list[int]:
    """Every field that isn't done, the shown one first, the others in the order of the strip."""
    done = searched_fields(case)
    ids = [i for i in dict.fromkeys([*order, *case.fields]) if i in case.fields and i not in done]
    return sorted(ids, key=lambda i: i != shown)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cells of a case are there.

    Attributes:
        cells: those that count, white cells and the like left out.
        unseen: those among them that have no measurements yet: they may turn out to be none.
    """

    cells: int
    unseen: int = 0


def tally(columns: CellColumns) -> Tally:
    """The cells that count towards the target."""
    table = columns.table
    other = [place for place, cell_class in enumerate(columns.classes) if not cell_class.is_red]
    counting = table["counted"] & ~np.isin(table["cell_class"], other)
    return Tally(int(np.count_nonzero(counting)), int(np.count_nonzero(counting & np.isnan(table["diameter_px"]))))


def is_enough(count: Tally, *, target: int) -> bool | None:
    """Whether the target is reached; None while that depends on cells that are not measured yet. 0 is no target."""
    if not target or count.cells < target:
        return False
    return True if count.cells - count.unseen >= target else None


def progress_text(queue: FieldQueue) -> str:
    """How far a run is, empty when none is under way."""
    if not queue.is_active:
        return ""
    number = min(len(queue.done) + 1, queue.total)
    if queue.total == 1:
        return tr("Finding cells")
    return tr("Field {number} of {total}", number=number, total=queue.total)


def left_text(queue: FieldQueue) -> str:
    """The sentence where another case takes the place of the one that a run is in."""
    return plural(
        "Finding cells ended as the case was left, with {done:,} of {count} field done. Open it again, then go on "
        "with {key}.",
        "Finding cells ended as the case was left, with {done:,} of {count} fields done. Open it again, then go on "
        "with {key}.",
        queue.total, done=len(queue.done), key=said("Shift+F5"),
    )  # fmt: skip


def ended_text(queue: FieldQueue, *, names: Mapping[int, str], cancelled: bool = False, target: int = 0) -> str:
    """The sentence after a run.

    Args:
        queue: as it ended, what waits still included.
        names: of fields, by id.
        cancelled: it was stopped.
        target: the number of cells at which it ended by itself, or 0; without a field that is done, before it began.
    """
    cells = plural("{count} new cell", "{count} new cells", queue.added)
    fields = len(queue.found_in)
    if cancelled:
        return _stopped_text(cells, fields=fields) if queue.added else tr("Stopped.")
    if target and not queue.done:
        return plural(
            "The target of {target:,} cells was reached before: {count} field is left as it is. A click on the count"
            " below the fields sets another target.",
            "The target of {target:,} cells was reached before: {count} fields are left as they are. A click on the"
            " count below the fields sets another target.",
            len(queue.waiting), target=target,
        )  # fmt: skip
    parts = [_found_text(cells, fields=fields) if queue.added else tr("No new cell was found.")]
    if target:
        reached = plural(
            "The target of {target:,} cells is reached; {count} field is left as it is.",
            "The target of {target:,} cells is reached; {count} fields are left as they are.",
            len(queue.waiting), target=target,
        )  # fmt: skip
        parts.append(reached)
    if queue.failed:
        first, more = queue.failed[0], len(queue.failed) - 1
        name, reason = names.get(first) or tr("One field"), queue.failures[first]
        parts.append(reason if reason.startswith(name) else tr("{name} failed: {reason}", name=name, reason=reason))
        others = plural(
            "{count} more field failed; the triangle on it says why.",
            "{count} more fields failed; the triangle on each says why.",
            more,
        )
        parts += [others] if more else []
    return " ".join(parts)


def _found_text(cells: str, *, fields: int) -> str:
    if fields <= 1:
        return tr("{cells} found.", cells=cells)
    return plural("{cells} in {count} field found.", "{cells} in {count} fields found.", fields, cells=cells)


def _stopped_text(cells: str, *, fields: int) -> str:
    key = said("Ctrl+Z")
    if fields <= 1:
        return tr("Stopped. {cells} kept; undo with {key}.", cells=cells, key=key)
    return plural(
        "Stopped. {cells} in {count} field kept; undo with {key}.",
        "Stopped. {cells} in {count} fields kept; undo with {key}.",
        fields, cells=cells, key=key,
    )  # fmt: skip
