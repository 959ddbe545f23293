"""How own classes are shown: as the laboratory's list has them now, though not what they count as in a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from ..domain.case.case import Case
from ..domain.case.changes import BringBack, Change, PutAnalyses, PutCells, PutReviews, Together
from ..domain.cells.cell import Cell, CellAnalysis
from ..domain.classes.taxonomy import CellClass
from .effects import apply_change

Looks = Mapping[str, CellClass]
"""Own classes by name."""


class OwnLooks:
    """Keeps the own classes of the working case as they are to be shown; part of `CaseEditor`.

    Args:
        case: the working case.
        apply: applies a change to it in memory and tells the window.
    """

    def __init__(self, case: Case, apply: Callable[[Change], object]) -> None:
        self._case, self._apply = case, apply
        self._laboratory: tuple[CellClass, ...] = ()
        self._looks: Looks = {}

    @property
    def classes(self) -> tuple[CellClass, ...]:
        """The laboratory's classes, then others that the case has used."""
        return tuple(self._looks.values())

    def show(self, laboratory: Sequence[CellClass]) -> None:
        """Show own classes as this list has them; nothing that is stored."""
        self._laboratory = tuple(laboratory)
        self._looks = looks_for(self._laboratory, self._case.own_classes)
        self._apply(differing(self._case, self._looks))

    def take(self, case: Case) -> None:
        """Another case is worked on; nobody has been told of it yet."""
        self._case = case
        self._looks = looks_for(self._laboratory, case.own_classes)
        apply_change(case, differing(case, self._looks))

    def on(self, change: Change) -> Change:
        """A change with own classes that look as they are to."""
        return as_shown(change, self._looks)


def looks_for(laboratory: Iterable[CellClass], carried: Looks) -> Looks:
    """Each own class as cells of a case are to have it.

    Args:
        laboratory: the list of this laboratory, which decides on letters, colour and key.
        carried: the classes of the case, which decides whether their cells are red cells.
    """
    listed = {c.value: c for c in laboratory}
    shown = dict(listed)
    for name, own in carried.items():
        now = listed.get(name)
        shown[name] = replace(own, key="") if now is None else replace(now, is_red=own.is_red)
    return shown


def as_shown(change: Change, looks: Looks) -> Change:
    """The same change with own classes that look as they are to."""
    if not looks:
        return change
    match change:
        case Together():
            return Together(tuple(as_shown(part, looks) for part in change.changes))
        case PutCells():
            cells = change.cells
            return PutCells(tuple(replace(c, reviewed_class=_shown(c.reviewed_class, looks)) for c in cells))
        case BringBack():
            return _back(change, looks)
        case PutReviews():
            return PutReviews(tuple((cell_id, _shown(given, looks)) for cell_id, given in change.reviews))
        case PutAnalyses():
            return PutAnalyses(tuple(_analysis(a, looks) for a in change.analyses))
    return change


def differing(case: Case, looks: Looks) -> Change:
    """What has to be put so that every own class of a case looks as it is to."""
    reviews = [
        (cell.id, cell.reviewed_class)
        for cell in perhaps_own(case)
        if cell.reviewed_class is not None and _differs(cell.reviewed_class, looks)
    ]
    analyses = [
        analysis
        for analysis in _perhaps_told_own(case)
        if analysis.prediction is not None and any(_differs(c, looks) for c in analysis.prediction.probabilities)
    ]
    return as_shown(Together((PutReviews(tuple(reviews)), PutAnalyses(tuple(analyses)))), looks)


def perhaps_own(case: Case) -> Iterator[Cell]:
    """The cells that may have an own class: of those of the case file, the ones that have one."""
    stored = case.cells.columns
    if stored is not None:
        own = [code for code, cell_class in enumerate(stored.classes) if cell_class.is_own]
        rows = case.cells.live & np.isin(stored.reviewed, own)
        yield from (case.cells[number] for number in stored.ids[rows].tolist())
    yield from tuple(case.cells.put.values())


def _perhaps_told_own(case: Case) -> Iterator[CellAnalysis]:
    """The analyses that may propose an own class: of those of the case file, the ones that do."""
    stored = case.analyses.columns
    if stored is not None:
        own = [code for code, booster in enumerate(stored.boosters) if any(c.is_own for c in booster.classes)]
        rows = case.analyses.live & np.isin(stored.booster, own)
        yield from (case.analyses[number] for number in stored.ids[rows].tolist())
    yield from tuple(case.analyses.put.values())


def _differs(cell_class: CellClass, looks: Looks) -> bool:
    return cell_class.is_own and not cell_class.looks_like(looks.get(cell_class.value, cell_class))


def _shown(cell_class: CellClass | None, looks: Looks) -> CellClass | None:
    if cell_class is None or not cell_class.is_own:
        return cell_class
    return looks.get(cell_class.value, cell_class)


def _back(change: BringBack, looks: Looks) -> Change:
    """Columns stay as their file has them, so cells of own classes that look otherwise now become objects."""
    stored = change.pairs.analyses
    told = () if stored is None else (each for booster in stored.boosters for each in booster.classes)
    if not any(_differs(each, looks) for each in (*change.pairs.cells.classes, *told)):
        return change
    cells, analyses = change.pairs.made()
    return as_shown(Together((PutCells(tuple(cells)), PutAnalyses(tuple(analyses)))), looks)


def _analysis(analysis: CellAnalysis, looks: Looks) -> CellAnalysis:
    prediction = analysis.prediction
    if prediction is None or not any(_differs(c, looks) for c in prediction.probabilities):
        return analysis
    probabilities = {looks.get(c.value, c) if c.is_own else c: p for c, p in prediction.probabilities.items()}
    return replace(analysis, prediction=replace(prediction, probabilities=probabilities))
