"""What some verbs do, decided by pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from ..domain.case.case import Case, Field, ImageFacts
from ..domain.case.changes import (
    BringBack,
    Change,
    DeleteCells,
    PutAnalyses,
    PutCells,
    PutFields,
    PutQualities,
    Together,
)
from ..domain.case.step_names import REPLACING
from ..domain.case.stored_claims import reviewed_classes, shown_classes
from ..domain.case.stored_pairs import FEW, pairs_of
from ..domain.cells.cell import Cell, CellAnalysis
from ..domain.classes.taxonomy import CellClass
from ..domain.fields.field_quality import Qualities

Reviews = tuple[tuple[int, CellClass | None], ...]
"""Of `PutReviews`."""


def fields_of(case: Case, images: Sequence[ImageFacts]) -> tuple[list[Field], list[Field]]:
    """The field of each image, in order, and those of them that the case doesn't have yet."""
    known = {f.picture: f for f in case.fields.values()}
    new: list[Field] = []
    answer: list[Field] = []
    for image in images:
        key = (image.sha256, image.page, image.region)
        if key not in known:
            known[key] = Field.of(image, number=case.next_field_id + len(new), calibration=image.calibration)
            new.append(known[key])
        answer.append(known[key])
    return answer, new


def confirming(case: Case, ids: Iterable[int]) -> Reviews:
    """The cells among these that no person has classified, each with the class that it counts as."""
    open_ones = [number for number, given in reviewed_classes(case, ids).items() if given is None]
    return tuple((number, shown) for number, shown in shown_classes(case, open_ones) if shown is not None)


def classing(case: Case, ids: Iterable[int], reviewed_class: CellClass | None) -> Reviews:
    """The cells among these that a person has called otherwise, with this class."""
    known = reviewed_classes(case, ids).items()
    return tuple((number, reviewed_class) for number, given in known if given != reviewed_class)


def as_reviewed(case: Case, changed: Reviews) -> Reviews:
    """What these cells are called now, for the way back."""
    return tuple(reviewed_classes(case, (number for number, _ in changed)).items())


def attachable(case: Case, analyses: Iterable[CellAnalysis], qualities: Qualities) -> list[PutQualities | PutAnalyses]:
    """The changes that attach what was found: new qualities of existing fields, and analyses of present masks.

    The qualities come first, so that no class is claimed before it is known whether it can be seen.
    """
    judged = tuple((i, q) for i, q in qualities.items() if i in case.fields and case.qualities.get(i) != q)
    fitting = tuple(analysis for analysis in analyses if case.fits(analysis))
    changes: list[PutQualities | PutAnalyses] = []
    if judged:
        changes.append(PutQualities(judged))
    if fitting:
        changes.append(PutAnalyses(fitting))
    return changes


def returning(case: Case, ids: Iterable[int]) -> list[Change]:
    """The changes that bring cells back, once they are deleted; their analyses come with the masks."""
    numbers = sorted(set(ids))
    pairs = pairs_of(case, np.array(numbers, np.int64)) if len(numbers) > FEW else None
    if pairs is None or not len(pairs.rows):
        return [PutCells(tuple(case.cells[number] for number in numbers))] if numbers else []
    others = [PutCells(tuple(case.cells[number] for number in pairs.others))] if pairs.others else []
    return [BringBack(pairs), *others]


def restoring(case: Case, field_id: int) -> Change:
    """The change that brings a field back, once it is removed, with its cells and what its image shows."""
    judged = tuple((i, q) for i, q in case.qualities.items() if i == field_id)
    cells = returning(case, case.ids_of((field_id,)))
    return Together((PutFields((case.fields[field_id],)), *cells, PutQualities(judged)))


def replacing(gone: Sequence[Cell], text: str, forward: Change, backward: Change) -> tuple[str, Change, Change]:
    """A step that also deletes cells: its text and its two changes."""
    if not gone:
        return text, forward, backward
    first = Together((DeleteCells(tuple(c.id for c in gone)), forward))
    text = REPLACING(action=text, count=len(gone))
    return text, first, Together((backward, PutCells(tuple(gone))))
