"""What some verbs do, decided by pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..domain.case import Case, Field, ImageFacts
from ..domain.cell import Cell, shown_class
from ..domain.taxonomy import CellClass


def fields_of(case: Case, images: Sequence[ImageFacts]) -> tuple[list[Field], list[Field]]:
    """The field of each image, in order, and those of them that the case doesn't have yet."""
    known = {(f.sha256, f.page): f for f in case.fields.values()}
    new: list[Field] = []
    answer: list[Field] = []
    for image in images:
        key = (image.sha256, image.page)
        if key not in known:
            known[key] = Field.of(image, number=case.next_field_id + len(new), calibration=image.calibration)
            new.append(known[key])
        answer.append(known[key])
    return answer, new


def confirmable(case: Case, cells: Iterable[Cell]) -> list[tuple[Cell, CellClass | None]]:
    """The cells that no person has classified, each with the class that it counts as."""
    pairs: list[tuple[Cell, CellClass | None]] = []
    for cell in cells:
        shown = shown_class(cell, case.prediction_of(cell), calibration=case.fields[cell.field_id].calibration)
        if cell.reviewed_class is None and shown is not None:
            pairs.append((cell, shown))
    return pairs
