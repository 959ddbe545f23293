"""Applying a change to a case in memory, and saying which ids it touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from ..domain.case.case import Case
from ..domain.case.changes import (
    BringBack,
    Change,
    DeleteCells,
    DeleteFields,
    DeleteSlides,
    PutAnalyses,
    PutCells,
    PutFields,
    PutGrading,
    PutIdentity,
    PutQualities,
    PutReading,
    PutReviews,
    PutSignOffs,
    PutSlides,
    Together,
    own_classes_of,
)
from ..domain.case.stored_pairs import FEW, NONE, Pairs
from ..domain.cells.cell import Cell
from ..domain.cells.stored_cells import StoredCells
from ..domain.sample.second_reading import with_reading

T = TypeVar("T")


@dataclass(slots=True)
class Effects:
    """Ids that one change touched, each once, in order, and whether it touched the sample: for the editor's signals."""

    fields: dict[int, None] = field(default_factory=dict)
    calibrated: dict[int, None] = field(default_factory=dict)
    added: dict[int, None] = field(default_factory=dict)
    removed: dict[int, None] = field(default_factory=dict)
    changed: dict[int, None] = field(default_factory=dict)
    analysed: dict[int, None] = field(default_factory=dict)
    beside: dict[int, None] = field(default_factory=dict)
    judged: dict[int, None] = field(default_factory=dict)
    slides: dict[int, None] = field(default_factory=dict)
    sample: bool = False


def apply_change(case: Case, change: Change, effects: Effects | None = None) -> Effects:  # noqa: C901 - one arm per kind
    """Bring `case` to the state that `change` names; ids that don't exist are passed over."""
    effects = Effects() if effects is None else effects
    for own in own_classes_of(change):
        case.own_classes.setdefault(own.value, own)
    match change:
        case Together():
            for part in change.changes:
                apply_change(case, part, effects)
        case PutIdentity():
            case.identity = change.identity
            effects.sample = True
        case PutGrading():
            case.grading = change.grading
            effects.sample = True
        case PutSignOffs():
            case.sign_offs = change.sign_offs
            effects.sample = True
        case PutReading():
            case.readings = with_reading(case.readings, change.reading)
            effects.sample = True
        case PutSlides():
            case.slides = _in_order(case.slides | {slide.id: slide for slide in change.slides})
            effects.slides.update(dict.fromkeys(slide.id for slide in change.slides))
        case DeleteSlides():
            effects.slides.update(dict.fromkeys(i for i in change.ids if case.slides.pop(i, None) is not None))
        case PutFields():
            _put_fields(case, change, effects)
        case DeleteFields():
            _delete_fields(case, change, effects)
        case PutCells():
            _put_cells(case, change, effects)
        case BringBack():
            _bring_back(case, change.pairs, effects)
        case DeleteCells():
            _delete_cells(case, change.ids, effects)
        case PutReviews():
            _put_reviews(case, change, effects)
        case PutAnalyses():
            for analysis in change.analyses:
                if analysis.cell_id in case.cells:
                    case.analyses[analysis.cell_id] = analysis
                    effects.analysed[analysis.cell_id] = None
        case PutQualities():
            for field_id, quality in change.qualities:
                if field_id in case.fields:
                    case.qualities[field_id] = quality
                    effects.judged[field_id] = None
    return effects


def _put_fields(case: Case, change: PutFields, effects: Effects) -> None:
    for new in change.fields:
        old = case.fields.get(new.id)
        case.fields[new.id] = new
        case.next_field_id = max(case.next_field_id, new.id + 1)
        effects.fields[new.id] = None
        if old is not None and old.calibration != new.calibration:
            effects.calibrated[new.id] = None
    case.fields = _in_order(case.fields)


def _delete_fields(case: Case, change: DeleteFields, effects: Effects) -> None:
    gone = set(change.ids)
    _delete_cells(case, tuple(case.ids_of(gone)), effects)
    for field_id in change.ids:
        case.qualities.pop(field_id, None)
        if case.fields.pop(field_id, None) is not None:
            effects.fields[field_id] = None


def _put_cells(case: Case, change: PutCells, effects: Effects) -> None:
    """All at once: views follow cell by cell, the columns of the case as arrays."""
    cells = {cell.id: cell for cell in change.cells}
    if not cells:
        return
    here = set(case.cells.among(cells))
    effects.changed.update((number, None) for number in cells if number in here)
    effects.added.update((number, None) for number in cells if number not in here)
    effects.beside.update(dict.fromkeys(sorted(case.overlaps.put_all(change.cells))))
    case.cells.put_all(cells)
    case.next_cell_id = max(case.next_cell_id, max(cells) + 1)
    _drop_analyses(case, cells)


def _drop_analyses(case: Case, cells: Mapping[int, Cell]) -> None:
    """Those that belong to other masks of these cells."""
    analyses = case.analyses
    for number in analyses.put.keys() & cells.keys():
        if analyses.put[number].mask_revision != cells[number].mask_revision:
            del analyses[number]
    rows = analyses.rows_of(np.fromiter(cells, np.int64, len(cells)))
    if analyses.columns is not None and len(rows):
        numbers, revisions = analyses.columns.ids[rows].tolist(), analyses.columns.revision[rows].tolist()
        old = [cells[number].mask_revision != known for number, known in zip(numbers, revisions, strict=True)]
        analyses.hide(rows[old])


def _bring_back(case: Case, pairs: Pairs, effects: Effects) -> None:
    cells, analyses = case.cells, case.analyses
    same = cells.columns is not None and cells.columns.ids is pairs.cells.ids
    if not same or analyses.columns is not pairs.analyses:  # of another case, which knows nothing of these rows
        made, measured = pairs.made()
        apply_change(case, PutCells(tuple(made)), effects)
        apply_change(case, PutAnalyses(tuple(measured)), effects)
        return
    numbers = pairs.numbers
    here = set(cells.among(numbers))
    effects.changed.update((number, None) for number in numbers if number in here)
    effects.added.update((number, None) for number in numbers if number not in here)
    effects.beside.update(dict.fromkeys(sorted(case.overlaps.show(pairs.rows))))
    cells.show(pairs.rows)
    for number in analyses.put.keys() & here:  # of the masks that they had
        del analyses[number]
    analyses.show(pairs.measured)
    effects.analysed.update(dict.fromkeys(pairs.cells.ids[pairs.rows[pairs.found != NONE]].tolist()))
    case.next_cell_id = max(case.next_cell_id, numbers[-1] + 1)
    _put_reviews(case, PutReviews(tuple(pairs.reviews)), Effects())  # classes as they were: no further effect


def _delete_cells(case: Case, ids: tuple[int, ...], effects: Effects) -> None:
    """Cells of the case file go all at once."""
    cells, analyses = case.cells, case.analyses
    numbers = np.array(ids, np.int64)
    rows = cells.rows_of(numbers)
    if len(rows) > FEW and cells.columns is not None:
        gone = cells.columns.ids[rows].tolist()
        effects.beside.update(dict.fromkeys(sorted(case.overlaps.hide(rows))))
        cells.hide(rows)
        analyses.hide(analyses.rows_of(numbers))
        effects.removed.update(dict.fromkeys(gone))
        for number in effects.changed.keys() & effects.removed.keys():
            del effects.changed[number]
        for number in analyses.put.keys() & effects.removed.keys():
            del analyses[number]
        ids = tuple(cells.put.keys() & set(ids)) if cells.put else ()
    effects.beside.update(dict.fromkeys(case.overlaps.remove(ids)))
    for cell_id in ids:
        effects.beside.pop(cell_id, None)
        if cell_id in case.cells:
            del case.cells[cell_id]
            if cell_id in case.analyses:
                del case.analyses[cell_id]
            effects.removed[cell_id] = None
            effects.changed.pop(cell_id, None)


def _put_reviews(case: Case, change: PutReviews, effects: Effects) -> None:
    """Cells of the case file stay columns."""
    given = dict(change.reviews)
    cells = case.cells
    here = list(cells.among(given))
    effects.changed.update(dict.fromkeys(here))
    for number in cells.put.keys() & set(here):
        cells[number] = cells.put[number].reviewed_as(given[number])
    rows = cells.rows_of(np.array(here, np.int64))
    if len(rows) and cells.columns is not None:
        stored = cells.columns.ids[rows].tolist()
        columns = cells.columns.reviewed_as(rows, [given[number] for number in stored])
        cells.revise(columns, stored, StoredCells.renewed)


def _in_order(items: dict[int, T]) -> dict[int, T]:
    """The same dict in the order of its ids: ids grow, so that is the order of adding, which undo must restore."""
    previous = 0
    for key in items:
        if key < previous:
            return dict(sorted(items.items()))
        previous = key
    return items


def neighbour(gone: int | None, now: tuple[int, ...]) -> int | None:
    """The field to show when `gone` is gone: the next one, else the last one, else none."""
    return next((i for i in now if i > (gone or 0)), now[-1] if now else None)


def touched_fields(case: Case, effects: Effects) -> set[int]:
    """The existing fields in which there is something new to see."""
    touched = case.fields_of((*effects.added, *effects.changed))
    return set(touched) | {i for i in effects.fields if i in case.fields}
