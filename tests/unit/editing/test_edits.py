"""A run of Segment all on the undo stack, with the user's own steps between its batches."""

import random

import pytest

from rbc_desktop.domain.case.case import Case
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.storage.case.case_file import CaseFile
from tests.fakes.casework import describe, make_proposal, write_image


@pytest.fixture
def editor(qapp, tmp_path):
    store = CaseFile.create(tmp_path / "case.rbc")
    editor = CaseEditor(Case(), store)
    editor.add_fields([write_image(tmp_path / f"{name}.png", seed).facts for seed, name in enumerate("ab")])
    yield editor
    store.close()


@pytest.fixture
def add(editor):
    rng = random.Random(4)
    run = editor.new_run()
    return lambda field_id, count: editor.add_cells(field_id, [make_proposal(rng) for _ in range(count)], run=run), run


def test_undo_knows_where_images_were_opened(editor, add):
    batch, _ = add
    assert editor.undo_closes_images
    batch(1, 2)
    assert not editor.undo_closes_images
    editor.remove_field(2)
    assert not editor.undo_closes_images, "it brings one back"
    editor.undo()
    editor.undo()
    assert editor.undo_closes_images
    editor.undo()
    assert not editor.case.fields
    assert not editor.undo_closes_images


def stored(editor):
    """The case as its file has it."""
    editor.store.close()
    store, case = CaseFile.open(editor.store.path)
    store.close()
    return describe(case)["cells"]


def test_the_users_steps_are_taken_back_before_the_run_in_which_they_were_made(editor, add):
    batch, run = add
    batch(1, 3)
    own = editor.add_cell(1, make_proposal(random.Random(9)))
    batch(2, 4)
    editor.remove_cells([1])
    batch(2, 2)
    assert editor.undo_text == "Delete 1 cell"
    editor.undo()
    assert editor.undo_text == "Add cell"
    editor.undo()
    assert own.id not in editor.case.cells
    assert editor.undo_text == "Segment all (9 cells in 2 fields)"
    assert not editor.is_undone(run)
    editor.undo()
    assert not editor.case.cells
    assert editor.is_undone(run)
    for _ in range(3):
        editor.redo()
    assert len(editor.case.cells) == 9
    assert 1 not in editor.case.cells
    assert not editor.can_redo
    now = describe(editor.case)["cells"]
    assert stored(editor) == now


def test_undone_steps_may_be_done_again_after_another_batch(editor, add):
    batch, _ = add
    batch(1, 2)
    editor.remove_cells([1])
    editor.undo()
    batch(1, 2)
    assert editor.redo_text == "Delete 1 cell"
    editor.redo()
    assert list(editor.case.cells) == [2, 3, 4]


def test_a_run_over_a_field_that_came_during_it_is_two_steps_that_can_be_taken_back_in_order(editor, add, tmp_path):
    batch, _ = add
    batch(1, 2)
    [late] = editor.add_fields([write_image(tmp_path / "late.png", 7).facts])
    batch(late.id, 3)
    batch(2, 1)
    assert editor.undo_text == "Segment all (4 cells in 2 fields)"
    for _ in range(3):
        editor.undo()
    assert not editor.case.cells
    for _ in range(3):
        editor.redo()
    assert len(editor.case.cells) == 6


def test_a_batch_after_undo_is_a_step_of_its_own(editor, add):
    batch, run = add
    batch(1, 2)
    editor.undo()
    batch(1, 1)
    assert editor.undo_text == "Segment all (1 cell)"
    assert not editor.can_redo
    assert not editor.is_undone(run)
