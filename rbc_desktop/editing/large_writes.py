"""Writing a change of thousands of cells: on another thread, while the window goes on being painted."""

from __future__ import annotations

from functools import partial

from ..domain.case.audit_trail import Act
from ..domain.case.changes import (
    BringBack,
    Change,
    DeleteCells,
    PutAnalyses,
    PutCells,
    PutReading,
    PutReviews,
    Together,
)
from ..ports import CaseStore
from .while_painting import while_painting

LARGE = 500
"""Cells from which on a change is written on another thread: some 3 ms."""


def cells_in(change: Change) -> int:
    """How many cells a change writes, one that it writes twice counted twice."""
    match change:
        case Together():
            return sum(map(cells_in, change.changes))
        case PutCells():
            return len(change.cells)
        case BringBack():
            return len(change.pairs.rows)
        case DeleteCells():
            return len(change.ids)
        case PutReviews():
            return len(change.reviews)
        case PutAnalyses():
            return len(change.analyses)
        case PutReading():
            return len(change.reading.cells)
    return 0


def write(store: CaseStore, change: Change, *, act: Act) -> None:
    """Store a change, a large one while the window is painted; it is on the disk when the call returns.

    Raises:
        CaseFileError: see `CaseStore.apply`.
    """
    if cells_in(change) < LARGE:
        store.apply(change, act=act)
        return
    while_painting(partial(store.apply, change, act=act))
