"""A case as a second reader sees it, without any class of before, and what they do as changes of the reading."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import replace

from ..domain.case.case import Analyses, Case, Cells
from ..domain.case.changes import Change, PutReading, PutReviews, Together
from ..domain.cells.column_values import ColumnValues
from ..domain.classes.taxonomy import CellClass
from ..domain.sample.grading import Grading
from ..domain.sample.second_reading import SecondReading
from ..errors import CaseFileError
from ..language import mark, tr
from .effects import apply_change

BLIND = mark(
    "A second reading is under way: only classes can be set; finish or pause it first, by the bar over the image."
)
"""What every other change is refused with."""


def masked(case: Case, reading: SecondReading) -> Case:
    """The cells that are to be read, without what they were called, what the classifier says, grades and signatures."""
    seconds = {read.cell: read.second for read in reading.cells}
    seen: Cells = copy(case.cells)
    seen.keep(seconds)
    nothing: Analyses = ColumnValues()
    blind = replace(case, cells=seen, analyses=nothing, grading=Grading(), sign_offs=(), readings=(), is_blind=True)
    apply_change(blind, PutReviews(tuple(seconds.items())))
    return blind


class BlindReading:
    """What is stored of what a second reader does.

    Args:
        reading: as the case file has it.
    """

    def __init__(self, reading: SecondReading) -> None:
        self.reading = reading

    def stored(self, change: Change) -> PutReading:
        """The change of the reading that this change of the masked case means.

        Raises:
            CaseFileError: when it is another than setting classes.
        """
        if isinstance(change, PutReading):
            return change
        classes = dict(_reviews(change))
        return PutReading(self.reading.with_seconds(classes), tuple(classes))


def _reviews(change: Change) -> Iterator[tuple[int, CellClass | None]]:
    match change:
        case PutReviews():
            yield from change.reviews
        case Together():
            for part in change.changes:
                yield from _reviews(part)
        case _:
            raise CaseFileError(tr(BLIND))
