"""What was found in a session becomes rows: nothing that anybody can see is other than without."""

import random

import pytest

from rbc_desktop.domain.case import stored_claims, stored_pairs
from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.cells import overlaps
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.editing import decisions, effects, large_writes
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.fold_in import fold_in
from rbc_desktop.storage.case.audit import entries_of, first_difference
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.workflows.review.cell_columns import CellColumns
from rbc_desktop.workflows.review.stored_columns import columns_of
from tests.fakes.casework import Technician, describe, grow, make_analysis, make_proposal, write_image
from tests.fakes.foldings import rows_made


def table_of(case):
    return sorted(columns_of(case, case.cells.ids, columns=CellColumns()).tolist())


def at_work(monkeypatch, folder, images, *, few, seed, folds):
    """What a technician did, step by step; at some moments all that is loose becomes rows."""
    for module in (decisions, effects, overlaps, stored_claims, stored_pairs):
        monkeypatch.setattr(module, "FEW", few)
    monkeypatch.setattr(large_writes, "LARGE", few)
    folder.mkdir()
    store = CaseFile.create(folder / "case.rbc")
    editor, told, steps, dice = CaseEditor(Case(), store), {}, [], random.Random(seed)
    for name in ("cells_added", "cells_removed", "cells_changed", "analyses_changed"):
        getattr(editor, name).connect(lambda ids, name=name: told.setdefault(name, set()).update(ids))
    worker, begun, taken = Technician(editor, images, seed), None, 0
    for _ in range(70):
        told.clear()
        done = worker.act() if worker.rng.random() < 0.8 else bulk(worker)
        case, chance = editor.case, dice.random()
        if begun is not None and chance < 0.5:  # what was begun before this step
            taken += fold_in(editor, begun)
            begun = None
        if folds and chance > 0.6:
            begun = rows_made(case, most=dice.choice((5, 30, 1000)))
            if chance > 0.75 and begun is not None:
                taken += fold_in(editor, begun)
        covered = [number for number in case.cells if case.overlaps.is_covered(number)]
        steps.append((done, {name: set(ids) for name, ids in told.items()}, describe(case), covered))
        if len(steps) % 10 == 0:
            steps.append(repr(table_of(case)))
    assert first_difference(store._hold.connection, entries_of(store._hold.connection)) == ""
    store.close()
    store, again = CaseFile.open(store.path)
    store.close()
    assert describe(again) == describe(editor.case)
    assert repr(table_of(again)) == repr(table_of(editor.case))
    return steps, taken


def bulk(worker):
    """A step over many cells, or back."""
    editor, rng = worker.editor, worker.rng
    some = [number for number in editor.case.cells if rng.random() < 0.7]
    return rng.choice((
        lambda: editor.remove_cells(some),
        lambda: grow(editor, some), lambda: grow(editor, some),
        editor.undo, editor.undo, editor.undo, editor.redo, editor.redo,
        lambda: editor.set_class(some, CellClass.TEARDROP),
        lambda: editor.confirm(some),
        lambda: editor.set_edge_counted(some, include=rng.random() < 0.7),
    ))()  # fmt: skip


@pytest.mark.parametrize("few", [0, 20])
@pytest.mark.parametrize("seed", range(6))
def test_nothing_is_other_than_without(qapp, monkeypatch, tmp_path, seed, few):
    images = [write_image(tmp_path / f"{n}.png", n) for n in range(4)]
    with monkeypatch.context() as patch:
        folding, taken = at_work(patch, tmp_path / "folding", images, few=few, seed=seed, folds=True)
    with monkeypatch.context() as patch:
        without, _ = at_work(patch, tmp_path / "without", images, few=few, seed=seed, folds=False)
    assert taken > 3
    for one, other in zip(folding, without, strict=True):
        assert one == other


def test_cells_of_the_session_go_and_come_back_as_rows(qapp, tmp_path):
    """No object is made of one, neither by undo of what was done before they were rows nor of what was done after."""
    rng, store = random.Random(3), CaseFile.create(tmp_path / "case.rbc")
    editor = CaseEditor(Case(), store)
    [field] = editor.add_fields([write_image(tmp_path / "field.png", 1)])
    editor.add_cells(field.id, [make_proposal(rng) for _ in range(60)], run=editor.new_run())
    case = editor.case
    editor.set_analyses([make_analysis(cell, rng) for cell in case.cells.values()])
    editor.confirm(list(case.cells))
    editor.remove_cells(list(case.cells)[:30])
    editor.undo()
    steps, before = 0, describe(case)
    assert fold_in(editor, rows_made(case))
    editor.remove_cells(list(case.cells))
    while editor.undo():
        steps += 1
        if len(case.cells) == 60 and case.reviewed == 60:
            assert describe(case) == before
            case.cells._made.clear()
    while editor.redo():
        steps -= 1
    editor.undo()
    assert steps == 0
    assert len(case.cells) == 60
    assert not case.cells._made
    assert not case.cells.put
    assert not case.analyses.put
    assert describe(case) == before
    store.close()


def test_what_somebody_holds_stays_the_same_one(qapp, tmp_path):
    rng, store = random.Random(5), CaseFile.create(tmp_path / "case.rbc")
    editor = CaseEditor(Case(), store)
    [field] = editor.add_fields([write_image(tmp_path / "field.png", 1)])
    held = editor.add_cells(field.id, [make_proposal(rng) for _ in range(9)], run=editor.new_run())
    assert fold_in(editor, rows_made(editor.case))
    assert all(editor.case.cells[cell.id] is cell for cell in held)
    store.close()


def test_a_cell_that_counts_at_the_edge_comes_back_so(qapp, monkeypatch, tmp_path):
    monkeypatch.setattr(stored_pairs, "FEW", 0)
    rng, store = random.Random(6), CaseFile.create(tmp_path / "case.rbc")
    editor = CaseEditor(Case(), store)
    [field] = editor.add_fields([write_image(tmp_path / "field.png", 1)])
    cells = editor.add_cells(field.id, [make_proposal(rng, cut_share=1) for _ in range(4)], run=editor.new_run())
    assert fold_in(editor, rows_made(editor.case))
    editor.set_edge_counted([cell.id for cell in cells[:2]], include=True)
    before = describe(editor.case)
    editor.remove_cells([cell.id for cell in cells])
    editor.undo()
    assert describe(editor.case) == before
    store.close()


def test_rows_of_earlier_columns_come_back_with_the_classes_that_the_cells_had(qapp, tmp_path):
    rng, store = random.Random(7), CaseFile.create(tmp_path / "case.rbc")
    editor = CaseEditor(Case(), store)
    [field] = editor.add_fields([write_image(tmp_path / "field.png", 1)])
    case, proposals = editor.case, [make_proposal(rng) for _ in range(60)]
    editor.add_cells(field.id, proposals[:30], run=editor.new_run())
    editor.set_analyses([make_analysis(cell, rng) for cell in list(case.cells.values())[:20]])
    assert fold_in(editor, rows_made(case))
    editor.set_class(list(case.cells)[:5], CellClass.TEARDROP)
    pairs = stored_pairs.pairs_of(case)
    editor.set_class(list(case.cells), CellClass.BURR_CELL)
    editor.add_cells(field.id, proposals[30:], run=editor.new_run())
    editor.set_analyses([make_analysis(cell, rng) for cell in list(case.cells.values())[20:]])
    assert fold_in(editor, rows_made(case))
    now = stored_pairs.as_now(pairs, case)
    assert now.reviews == pairs.reviews
    assert now.cells.ids is case.cells.columns.ids
    assert now.analyses is case.analyses.columns
    assert len(pairs.measured) == 20
    assert len(now.measured) == 30, "with what was measured since"
    store.close()


def test_a_revision_that_only_a_row_knows_is_not_given_out_again(qapp, tmp_path):
    rng, store = random.Random(8), CaseFile.create(tmp_path / "case.rbc")
    editor = CaseEditor(Case(), store)
    [field] = editor.add_fields([write_image(tmp_path / "field.png", 1)])
    cell = editor.add_cell(field.id, make_proposal(rng))
    editor.set_analyses([make_analysis(editor.replace_mask(cell.id, make_proposal(rng)), rng)])
    assert fold_in(editor, rows_made(editor.case))
    editor.undo()
    editor.replace_case(editor.case, store)  # as after a second reading
    new = editor.replace_mask(cell.id, make_proposal(rng))
    assert new.mask_revision == 3
    editor.undo()
    editor.redo()
    assert editor.case.analysis_of(new) is None, "that was of the mask before"
    store.close()
