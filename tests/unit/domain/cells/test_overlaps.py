"""Cells that others cover, kept as cells come, change and go."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np

from rbc_desktop.domain.case.case import Case, Field
from rbc_desktop.domain.case.changes import DeleteCells, PutCells, PutFields, Together
from rbc_desktop.domain.cells import box_pairs
from rbc_desktop.domain.cells.cell import Cell
from rbc_desktop.domain.cells.doubts import OVERLAP, OVERLAPPING, outline_doubts
from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.cells.overlaps import Overlaps
from rbc_desktop.domain.cells.prompts import PromptSet
from rbc_desktop.editing.decisions import returning
from rbc_desktop.editing.effects import apply_change
from rbc_desktop.reports.summary.rows import row_for
from rbc_desktop.storage.case.case_file import CaseFile
from tests.fakes.casework import make_analysis


def square(number, x, y, *, side=20, field_id=1):
    mask = CellMask(x, y, np.ones((side, side), bool))
    return Cell(number, field_id, mask, PromptSet.click(x, y), 1.0, False)


def meet(one, other):
    """Whether the boxes of two cells have something in common."""
    a, b = one.mask, other.mask
    return (
        one.field_id == other.field_id
        and a.x0 < b.x0 + b.size[0]
        and b.x0 < a.x0 + a.size[0]
        and a.y0 < b.y0 + b.size[1]
        and b.y0 < a.y0 + a.size[1]
    )


def expected(cells, cell):
    others = [c for c in cells if c.id != cell.id and c.field_id == cell.field_id]
    return any(cell.mask.intersection_area(o.mask) >= OVERLAP * cell.mask.area for o in others)


def test_one_other_cell_must_cover_about_half_and_of_the_same_field():
    overlaps = Overlaps([square(1, 0, 0), square(2, 15, 0), square(3, 0, 11), square(4, 0, 0, field_id=2)])
    assert [overlaps.is_covered(i) for i in (1, 2, 3, 4, 99)] == [True, False, True, False, False]
    assert not Overlaps([square(1, 0, 0), square(2, 12, 0), square(3, 0, 12)]).is_covered(1), "two by 0.4 each"


def test_it_follows_whatever_happens_to_the_cells():
    dice, cells, overlaps = random.Random(3), {}, Overlaps()
    for _ in range(400):
        number = dice.randrange(30)
        before = {i: overlaps.is_covered(i) for i in cells}
        if number in cells and dice.random() < 0.4:
            del cells[number]
            touched = overlaps.remove((number,))
        else:
            size = dice.randrange(10, 90)
            cells[number] = square(number, dice.randrange(300), dice.randrange(300), side=size)
            touched = overlaps.put(cells[number])
        for i, cell in cells.items():
            assert overlaps.is_covered(i) == expected(cells.values(), cell)
            assert i in touched or i == number or overlaps.is_covered(i) == before[i]
    assert overlaps.put(cells[min(cells)]) == set(), "the same mask again changes nothing"
    overlaps.clear()
    assert not overlaps.is_covered(min(cells))


def test_many_at_once_are_as_one_after_the_other(tmp_path):
    """Some of a file, some put since; new ones come, others move or go, and all are told who may be covered now."""
    dice = random.Random(6)
    fields = tuple(Field(i, tmp_path / f"{i}.png", "0" * 64, 640, 640) for i in (1, 2))

    def anywhere(number):
        side = dice.choice((3, 20, 40, 90))
        return square(number, dice.randrange(500), dice.randrange(500), side=side, field_id=number % 2 + 1)

    store = CaseFile.create(tmp_path / "case.rbc")
    store.apply(Together((PutFields(fields), PutCells(tuple(map(anywhere, range(1, 120)))))))
    store.close()
    covered = 0
    for settled in (False, True):
        store, case = CaseFile.open(tmp_path / "case.rbc")
        store.close()
        if settled:
            case.overlaps.settle()
        for _ in range(12):
            numbers = dice.sample(range(1, 160), dice.choice((5, 30, 100)))
            before = {i: case.overlaps.is_covered(i) for i in case.cells}
            if dice.random() < 0.3:
                numbers = [number for number in numbers if number in case.cells]
                told = apply_change(case, DeleteCells(tuple(numbers))).beside
            else:
                told = apply_change(case, PutCells(tuple(map(anywhere, numbers)))).beside
            cells = list(case.cells.values())
            after = {cell.id: case.overlaps.is_covered(cell.id) for cell in cells}
            assert after == {cell.id: expected(cells, cell) for cell in cells}
            assert {i for i in after if i in before and after[i] != before[i]} <= set(told) | set(numbers)
            covered += sum(after.values())
    assert covered > 50


def test_only_cells_that_come_to_lie_in_other_squares_change_places(monkeypatch):
    """A step over a whole field moves most outlines by a pixel."""
    cells = [square(i, 64 * i + 3, 3) for i in range(30)]
    overlaps, left = Overlaps(), []
    overlaps.put_all(cells)
    leave = Overlaps._leave

    def note(self, number, placed):
        left.append(number)
        leave(self, number, placed)

    monkeypatch.setattr(Overlaps, "_leave", note)
    moved = [square(i, 64 * i + (3 if i % 10 else 50), 4) for i in range(30)]
    overlaps.put_all(moved)
    assert left == [0, 10, 20]
    assert not any(overlaps.is_covered(i) for i in range(30))
    assert overlaps.put(square(99, 64 * 10 + 64, 4)) == {10, 11}, "found in the square that it came to reach into"
    overlaps.remove((*range(30), 99))
    assert not overlaps._at


def test_cells_that_go_together_are_told_to_those_that_stay_only():
    cells = [square(1, 0, 0), square(2, 5, 0), square(3, 10, 0), square(4, 0, 0, field_id=2), square(5, 500, 0)]
    overlaps = Overlaps(cells)
    assert overlaps.is_covered(3)
    assert overlaps.remove((1, 2, 4, 2, 99)) == {3}
    assert [overlaps.is_covered(i) for i in (1, 3, 4, 5)] == [False] * 4
    assert overlaps.put(cells[1]) == {3}
    assert overlaps.is_covered(2)
    assert overlaps.remove((2, 3, 5)) == set()


def test_whoever_is_covered_or_freed_is_told():
    case = Case()
    apply_change(case, PutCells((square(1, 0, 0), square(2, 100, 0))))
    assert list(apply_change(case, PutCells((square(3, 5, 0),))).beside) == [1]
    assert case.overlaps.is_covered(1)
    moved = replace(square(3, 95, 0), mask_revision=2)
    assert set(apply_change(case, PutCells((moved,))).beside) == {1, 2}
    assert not case.overlaps.is_covered(1)
    effects = apply_change(case, Together((DeleteCells((3,)), DeleteCells((2,)))))
    assert not effects.beside, "what is gone is not told of"
    loaded = Case(cells={1: square(1, 0, 0), 2: square(2, 5, 0)})
    assert list(apply_change(loaded, DeleteCells((2,))).beside) == [1]
    assert Case(cells={1: square(1, 0, 0), 2: square(2, 5, 0)}).overlaps.is_covered(2)


def test_about_half_of_a_cell_in_another_is_a_doubt():
    simple_field = Field(1, Path("a.png"), "0" * 64, 640, 480)
    cell = square(1, 0, 0)
    analysis = make_analysis(cell, random.Random(1))
    assert OVERLAPPING not in outline_doubts(analysis.measurements)
    row = row_for(cell, analysis, simple_field, quality=None, overlapping=True)
    assert row.needs_review
    assert OVERLAPPING in row.review_reason


def test_the_cells_of_a_file_are_measured_together_as_each_alone(tmp_path, monkeypatch):
    """Of all sizes, in several fields, and some taken away before."""
    monkeypatch.setattr(box_pairs, "PAIRS_AT_ONCE", 50)
    dice = random.Random(4)
    cells = [
        square(i, dice.randrange(500), dice.randrange(500), side=dice.choice((3, 20, 40, 90)), field_id=i % 3 + 1)
        for i in range(1, 240)
    ]
    fields = tuple(Field(i, tmp_path / f"{i}.png", "0" * 64, 640, 640) for i in (1, 2, 3))
    store = CaseFile.create(tmp_path / "case.rbc")
    store.apply(Together((PutFields(fields), PutCells(tuple(cells)))))
    store.close()
    store, case = CaseFile.open(tmp_path / "case.rbc")
    store.close()
    gone = {cell.id for cell in cells[::7]}
    left = [cell for cell in cells if cell.id not in gone]
    met = {one.id for one in left if any(meet(one, other) for other in cells if other.id in gone)}
    before = {cell.id: case.overlaps.is_covered(cell.id) for cell in left}
    back = returning(case, gone)
    told = set(apply_change(case, DeleteCells(tuple(gone))).beside)
    freed = {i for i in before if case.overlaps.is_covered(i) != before[i]}
    assert freed
    assert freed <= told <= met, "nobody is told who is too far away to be covered"
    case.overlaps.settle()
    found = {cell.id: case.overlaps.is_covered(cell.id) for cell in left}
    assert found == {cell.id: expected(left, cell) for cell in left}
    assert 20 < sum(found.values()) < len(left) - 20
    again = set().union(*(apply_change(case, change).beside for change in back))
    assert {i: case.overlaps.is_covered(i) for i in before} == before
    assert freed <= again <= met
    assert {c.id for c in cells if case.overlaps.is_covered(c.id)} == {c.id for c in cells if expected(cells, c)}
    apply_change(case, DeleteCells(tuple(gone)))
    in_second = [cell.id for cell in left if cell.field_id == 2]
    assert not apply_change(case, DeleteCells(tuple(in_second))).beside, "nobody stays in that field"
    assert not any(case.overlaps.is_covered(i) for i in in_second)
