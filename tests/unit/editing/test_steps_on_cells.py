"""Steps on cells: counting those that the edge cuts, outlines that take the place of others; kept and undoable."""

import random
from dataclasses import replace

import pytest

from rbc_desktop.domain.case.case import Case
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.storage.case.case_file import CaseFile
from tests.fakes.casework import make_analysis, make_proposal, write_image
from tests.fakes.good_field import GOOD


@pytest.fixture
def editor(qapp, tmp_path):
    """Four cells, the last two cut by the edge."""
    store = CaseFile.create(tmp_path / "case.rbc")
    editor, rng = CaseEditor(Case(), store), random.Random(1)
    editor.add_fields([write_image(tmp_path / "a.png", 1)])
    proposals = [make_proposal(rng, cut_share=share) for share in (0, 0, 1, 1)]
    cells = editor.add_cells(1, proposals, run=editor.new_run())
    editor.set_analyses([make_analysis(cell, rng) for cell in cells])
    yield editor
    store.close()


def counted(case):
    return [cell.is_counted for cell in case.cells.values()]


def test_a_person_counts_them_and_leaves_them_out_again(editor, tmp_path):
    assert counted(editor.case) == [True, True, False, False]
    analyses = dict(editor.case.analyses)
    assert editor.set_edge_counted([1, 2, 3, 99], include=True) == 1
    assert counted(editor.case) == [True, True, True, False]
    assert editor.undo_text == "Count 1 cell at the edge"
    assert editor.case.analyses == analyses, "the mask is the same"
    assert editor.set_edge_counted([3], include=True) == 0, "nothing to do leaves no entry"
    assert editor.set_edge_counted([3, 4], include=False) == 1
    editor.undo()
    editor.undo()
    assert counted(editor.case) == [True, True, False, False]


def test_an_outline_that_takes_the_place_of_cells_is_one_step(editor, tmp_path):
    before, analyses = list(editor.case.cells), dict(editor.case.analyses)
    added = editor.add_cell(1, make_proposal(random.Random(7)), instead_of=[2, 3, 99])
    assert list(editor.case.cells) == [1, 4, added.id]
    assert editor.undo_text == "Add cell, replacing 2 others"
    editor.replace_mask(1, make_proposal(random.Random(8)), instead_of=[1, 4])
    assert list(editor.case.cells) == [1, added.id]
    assert editor.undo_text == "Refine cell 1, replacing 1 other"
    editor.undo()
    editor.undo()
    assert list(editor.case.cells) == before
    assert editor.case.analyses == analyses
    editor.redo()
    assert list(editor.case.cells) == [1, 4, added.id]


def test_who_drew_the_mask_and_what_counts_are_in_the_case_file(editor, tmp_path):
    editor.set_edge_counted([4], include=True)
    refined = replace(make_proposal(random.Random(5)), segmenter="sam 9")
    editor.replace_mask(1, refined)
    expected = {c.id: (c.is_counted, c.segmenter) for c in editor.case.cells.values()}
    made = {i: a.made for i, a in editor.case.analyses.items()}
    assert expected[1][1] == "sam 9"
    assert all(made.values())
    editor.store.close()
    store, case = CaseFile.open(tmp_path / "case.rbc")
    store.close()
    assert {c.id: (c.is_counted, c.segmenter) for c in case.cells.values()} == expected
    assert {i: a.made for i, a in case.analyses.items()} == made


def test_what_a_field_shows_is_known_before_a_class_is_claimed(editor):
    field, cell, rng = editor.current_field, editor.case.cells[1], random.Random(2)
    last, told = editor.undo_text, []
    editor.qualities_changed.connect(told.append)
    editor.analyses_changed.connect(lambda _: told.append(editor.case.qualities.get(field.id)))
    editor.set_analyses([make_analysis(cell, rng)], qualities={field.id: GOOD, 99: GOOD})
    assert told == [(field.id,), GOOD]
    assert editor.undo_text == last, "derived data is no step of its own"
    told.clear()
    editor.set_analyses([], qualities={field.id: GOOD})
    assert told == [], "the same again is nothing new"
