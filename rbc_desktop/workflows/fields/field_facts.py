"""What the strip says of each field: how far it is, its cells, and what is wrong with it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ...domain.case.case import Case, Field
from ...domain.fields.field_quality import unmet
from ...domain.wording import cells_text
from ...language import mark, tr
from ...phrases import told
from ...reports.summary.rows import remarks_on
from .field_queue import FieldQueue, searched_fields

PROBLEMS = ("incomplete", "scale", "no cells", "missed")
"""Remarks that a person has to see to; the others are findings."""


class FieldState(StrEnum):
    """How far a field is; the value is what the strip says, once translated."""

    NEW = mark("not segmented")
    WAITING = mark("waiting")
    RUNNING = mark("finding cells")
    FOUND = mark("found")
    REVIEWED = mark("reviewed")
    FAILED = mark("failed")


@dataclass(frozen=True, slots=True)
class QualityMark:
    """Something about a field's image that the technician should know.

    Attributes:
        text: one sentence.
        is_problem: the field can't be used as it is; else it only matters for some numbers.
    """

    text: str
    is_problem: bool = True


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """What is known of one field.

    Attributes:
        name: of its image.
        size: pixels.
        state: how far it is.
        share: how much of the search under way is done, 0 to 1.
        place: among those that wait, from 1; 0 for the others.
        cells, to_review: how many.
        marks: what is wrong with it.
    """

    name: str
    size: str
    state: FieldState
    share: float = 0.0
    place: int = 0
    cells: int = 0
    to_review: int = 0
    marks: tuple[QualityMark, ...] = ()

    @property
    def has_problem(self) -> bool:
        """Whether something is wrong that a person has to see to."""
        return any(mark.is_problem for mark in self.marks)

    @property
    def counts_text(self) -> str:
        """The line below the name: how many cells, or how far it is while there are none."""
        if self.cells or self.state in (FieldState.FOUND, FieldState.REVIEWED):
            return cells_text(self.cells)
        return tr(self.state.value)

    @property
    def text(self) -> str:
        """Everything, one line each: for the tooltip and for screen readers."""
        lines = [self.name, self.size, self._state_text]
        if self.cells:
            cells = cells_text(self.cells)
            lines.append(
                tr("{cells}, {count:,} to review", cells=cells, count=self.to_review) if self.to_review else cells
            )
        return "\n".join([*lines, *(mark.text for mark in self.marks)])

    @property
    def _state_text(self) -> str:
        match self.state:
            case FieldState.WAITING:
                return (
                    tr("Next to be segmented")
                    if self.place == 1
                    else tr("Number {number} to be segmented", number=self.place)
                )
            case FieldState.REVIEWED:
                return tr("Nothing left to review")
            case state:
                text = tr(state.value)
                return text[:1].upper() + text[1:]


def quality_marks(case: Case, field: Field) -> tuple[QualityMark, ...]:
    """What the image of a field shows that its cells suffer from.

    A missing calibration is no fault of the field: the status line says it.
    """
    marks = [QualityMark(told(remark.text)) for remark in remarks_on(case, field) if remark.kind in PROBLEMS]
    if field.left_out:
        marks.append(QualityMark(told(field.left_out), is_problem=False))
    quality = case.qualities.get(field.id)
    facts = () if quality is None else unmet(quality)
    return (*marks, *(QualityMark(tr(fact.sentence), is_problem=False) for fact in facts))


class FieldFactsNow(Mapping[int, FieldFacts]):
    """The facts of every field, by id; those of one field are made when they are asked for.

    A strip shows eight of five hundred fields, and hears of each several times a second.

    Args:
        case: the case.
        queue: what is under way.
        to_review: how many cells of each field that has any wait for a person.
        problems: why images can't be read, by field id.
        share: how much of the field under way is done.
    """

    def __init__(
        self, case: Case, queue: FieldQueue, *, to_review: Mapping[int, int], problems: Mapping[int, str], share: float
    ) -> None:
        self._case, self._queue, self._share, self._problems = case, queue, share, problems
        self._counts, self._review = case.cells_in_fields(), to_review
        self._searched = searched_fields(case)
        self._places = {number: place for place, number in enumerate(queue.waiting, start=1)}

    def __len__(self) -> int:
        return len(self._case.fields)

    def __iter__(self) -> Iterator[int]:
        return iter(self._case.fields)

    def __getitem__(self, number: int) -> FieldFacts:
        field, place = self._case.fields[number], self._places.get(number, 0)
        problem = self._problems.get(number) or self._queue.failures.get(number)
        marks = (QualityMark(problem),) if problem else ()
        return FieldFacts(
            name=field.name,
            size=tr("{width:,} × {height:,} px", width=field.width, height=field.height),
            state=self._state(number),
            share=self._share if number == self._queue.running else 0.0,
            place=place,
            cells=self._counts[number],
            to_review=self._review.get(number, 0),
            marks=(*marks, *quality_marks(self._case, field)),
        )

    def _state(self, number: int) -> FieldState:
        if number == self._queue.running:
            return FieldState.RUNNING
        if number in self._places:
            return FieldState.WAITING
        if number in self._queue.failures:
            return FieldState.FAILED
        if self._counts[number] and not self._review.get(number):
            return FieldState.REVIEWED
        return FieldState.FOUND if number in self._searched or self._counts[number] else FieldState.NEW
