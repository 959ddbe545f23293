"""What some verbs do, decided by pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..domain.case.case import Case, Field, ImageFacts
from ..domain.case.changes import Change, DeleteCells, PutAnalyses, PutCells, PutFields, PutQualities, Together
from ..domain.case.step_names import REPLACING
from ..domain.cells.cell import Cell, CellAnalysis
from ..domain.classes.taxonomy import CellClass
from ..domain.fields.field_quality import Qualities


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


def confirmable(case: Case, cells: Iterable[Cell]) -> list[tuple[Cell, CellClass | None]]:
    """The cells that no person has classified, each with the class that it counts as."""
    open_ones = (cell for cell in cells if cell.reviewed_class is None)
    return [(cell, shown) for cell, shown in case.shown_classes_of(open_ones) if shown is not None]


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


def restoring(case: Case, field_id: int) -> Change:
    """The change that brings a field back, once it is removed, with its cells and what its image shows."""
    judged = tuple((i, q) for i, q in case.qualities.items() if i == field_id)
    return Together(
        (PutFields((case.fields[field_id],)), PutCells(tuple(case.cells_of(field_id))), PutQualities(judged))
    )


def replacing(gone: Sequence[Cell], text: str, forward: Change, backward: Change) -> tuple[str, Change, Change]:
    """A step that also deletes cells: its text and its two changes."""
    if not gone:
        return text, forward, backward
    first = Together((DeleteCells(tuple(c.id for c in gone)), forward))
    text = REPLACING(action=text, count=len(gone))
    return text, first, Together((backward, PutCells(tuple(gone))))
