"""Cells of a case file change as columns: what comes of it is what comes of changing one after the other."""

import random

import numpy as np
import pytest

from rbc_desktop.domain.case import stored_claims, stored_pairs
from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.case.changes import BringBack, DeleteCells
from rbc_desktop.domain.cells import overlaps
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.editing import decisions, effects, large_writes
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.effects import apply_change
from rbc_desktop.storage.case.audit import entries_of, first_difference
from rbc_desktop.storage.case.case_file import CaseFile
from tests.fakes.casework import Technician, describe, grow, make_analysis, make_proposal, write_image

COUNT = 90


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A case file of three fields of cells, most of them measured, some of them reviewed."""
    folder = tmp_path_factory.mktemp("case")
    store, rng = CaseFile.create(folder / "case.rbc"), random.Random(5)
    editor = CaseEditor(Case(), store)
    fields = editor.add_fields([write_image(folder / f"{n}.png", n) for n in range(3)])
    for field in fields:
        editor.add_cells(field.id, [make_proposal(rng) for _ in range(COUNT // 3)], run=editor.new_run())
    cells = list(editor.case.cells.values())
    editor.set_analyses([make_analysis(cell, rng) for cell in cells[:-7]])
    editor.set_class([cell.id for cell in cells[::4]], CellClass.BURR_CELL)
    store.close()
    return store.path


def at_work(monkeypatch, path, images, *, few, seed):
    """What a technician did on the case of that file, step by step; cells beyond `few` are changed together."""
    for module in (decisions, effects, overlaps, stored_claims, stored_pairs):
        monkeypatch.setattr(module, "FEW", few)
    monkeypatch.setattr(large_writes, "LARGE", few)
    store, case = CaseFile.open(path)
    editor, told, steps = CaseEditor(case, store), {}, []
    for name in ("cells_added", "cells_removed", "cells_changed", "analyses_changed"):
        getattr(editor, name).connect(lambda ids, name=name: told.setdefault(name, set()).update(ids))
    worker = Technician(editor, images, seed)
    for _ in range(40):
        told.clear()
        done = worker.act() if worker.rng.random() < 0.7 else bulk(worker)
        covered = [number for number in case.cells if case.overlaps.is_covered(number)]
        steps.append((done, {name: set(ids) for name, ids in told.items()}, describe(case), covered))
    assert first_difference(store._hold.connection, entries_of(store._hold.connection)) == ""
    store.close()
    store, again = CaseFile.open(path)
    store.close()
    assert describe(again) == describe(case)
    return steps


def bulk(worker):
    """A step over many cells, or back."""
    editor, rng = worker.editor, worker.rng
    some = [number for number in editor.case.cells if rng.random() < 0.7]
    return rng.choice((
        lambda: editor.remove_cells(some),
        lambda: grow(editor, some), lambda: grow(editor, some),
        editor.undo, editor.undo, editor.redo,
        lambda: editor.set_class(some, CellClass.TEARDROP),
        lambda: editor.confirm(some),
    ))()  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_many_at_once_is_one_after_the_other(qapp, monkeypatch, written, tmp_path, seed):
    images, found = [write_image(tmp_path / f"{n}.png", n) for n in (7, 8)], []
    for few in (0, 10**6):
        path = tmp_path / f"{few}.rbc"
        path.write_bytes(written.read_bytes())
        found.append(at_work(monkeypatch, path, images, few=few, seed=seed))
    for together, alone in zip(*found, strict=True):
        assert together == alone


def test_cells_that_come_back_are_brought_into_another_case_as_well(written):
    """The same change on a case that knows nothing of the rows."""
    cases = []
    for _ in range(2):
        store, case = CaseFile.open(written)
        store.close()
        cases.append(case)
    numbers = list(cases[0].cells)[10:70]
    [back] = decisions.returning(cases[0], numbers)
    assert isinstance(back, BringBack)
    for case in cases:
        before = describe(case)
        apply_change(case, DeleteCells(tuple(numbers)))
        assert list(case.cells) == [number for number in range(1, COUNT + 1) if number not in numbers]
        told = apply_change(case, back)
        assert describe(case) == before
        assert set(told.added) == set(numbers)
        assert set(told.analysed) == {number for number in numbers if number in case.analyses}


def test_mended_cells_come_back_as_rows_with_what_was_known_of_them(qapp, written, tmp_path):
    """Of their new masks everything was measured, of the old ones not; and they were reviewed since."""
    path, rng = tmp_path / "case.rbc", random.Random(9)
    path.write_bytes(written.read_bytes())
    store, case = CaseFile.open(path)
    editor, before = CaseEditor(case, store), describe(case)
    numbers = case.ids_of((3,))
    back = BringBack(stored_pairs.pairs_of(case, np.array(numbers)))
    grow(editor, numbers)
    editor.set_analyses([make_analysis(case.cells[number], rng) for number in numbers])
    grown = describe(case)
    for _ in range(2):
        editor.undo()
        assert describe(case) == before
        assert not case.cells.put
        assert not case.analyses.put
        editor.redo()
        assert describe(case) == grown
    editor.set_class(numbers, CellClass.TARGET_CELL)
    editor.keep(back, "Bring back")
    told = apply_change(case, back)
    assert (list(told.changed), list(told.added)) == (numbers, [])
    assert describe(case) == before
    assert first_difference(store._hold.connection, entries_of(store._hold.connection)) == ""
    store.close()
    store, again = CaseFile.open(path)
    store.close()
    assert describe(again) == before


def test_no_object_is_made_of_cells_that_go_and_come_back(qapp, written, tmp_path):
    path = tmp_path / "case.rbc"
    path.write_bytes(written.read_bytes())
    store, case = CaseFile.open(path)
    editor = CaseEditor(case, store)
    editor.confirm(list(case.cells))
    editor.remove_cells(list(case.cells))
    assert not case.cells
    editor.undo()
    editor.undo()
    editor.redo()
    assert len(case.cells) == COUNT
    assert not case.cells._made
    assert not case.cells.put
    store.close()
