"""Repairs by hand as steps of the working case, in memory and in the file."""

import random
from dataclasses import replace
from threading import current_thread

import pytest

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.cells.hand_edit import HandEdit, Mended, Repair
from rbc_desktop.domain.cells.prompts import PromptPoint, PromptSet
from rbc_desktop.domain.cells.proposal import Candidate, Proposal
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.geometry import Box
from rbc_desktop.editing import large_writes
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.errors import CaseFileError
from rbc_desktop.reports.summary.rows import rows_of
from rbc_desktop.storage.case.case_file import CaseFile
from tests.fakes.case_copies import copy_of
from tests.fakes.casework import describe, make_analysis, make_proposal, write_image
from tests.fakes.pixel_pictures import rectangle

MASK = rectangle(10, 10, 40, 20)
LEFT, RIGHT = rectangle(10, 10, 20, 20), rectangle(30, 10, 20, 20)
PROMPTS = PromptSet(
    (PromptPoint(15, 15), PromptPoint(45, 15), PromptPoint(90, 90, positive=False)), Box(1, 1, 9, 9), LEFT
)


def proposal(mask, prompts=PROMPTS, *, cut=False):
    return Proposal(prompts, (Candidate(mask, 0.9, cut),), segmenter="sam 1")


@pytest.fixture
def store(tmp_path):
    case_file = CaseFile.create(tmp_path / "case.rbc")
    yield case_file
    case_file.close()


@pytest.fixture
def editor(store, tmp_path):
    made = CaseEditor(Case(), store)
    made.add_fields([write_image(tmp_path / "1.png", 1)])
    return made


def cut(cell_id, field_id=1):
    parts = Mended(LEFT, HandEdit("cut"), cell_id), Mended(RIGHT, HandEdit("cut", (cell_id,)), parent=cell_id)
    return Repair(f"Cut cell {cell_id}", field_id, parts)


def test_a_cut_keeps_the_number_for_one_half_and_gives_the_other_a_new_one(editor):
    cell = editor.add_cell(1, proposal(MASK))
    editor.set_class([cell.id], CellClass.NORMAL)
    before = describe(editor.case)
    assert editor.repair(cut(cell.id)) == (cell.id, cell.id + 1)
    first, second = editor.case.cells.values()
    assert (first.mask, second.mask) == (LEFT, RIGHT)
    assert (first.mask_revision, second.mask_revision) == (2, 1)
    assert (first.provenance, second.provenance) == ("prompt; cut", f"prompt; cut from {cell.id}")
    assert [c.reviewed_class for c in (first, second)] == [None, None], "the halves are other cells"
    assert first.prompts.points == (PROMPTS.points[0], PROMPTS.points[2])
    assert second.prompts.points == PROMPTS.points[1:]
    assert (first.prompts.box, first.prompts.mask) == (None, None)
    assert first.segmenter == second.segmenter == "sam 1"
    assert editor.undo_text == f"Cut cell {cell.id}"
    after = describe(editor.case)
    editor.undo()
    assert describe(editor.case)["cells"] == before["cells"]
    editor.redo()
    assert describe(editor.case) == after


def test_merged_cells_are_one_and_come_back_with_their_analyses(editor):
    rng = random.Random(5)
    cells = [editor.add_cell(1, proposal(m)) for m in (LEFT, RIGHT)]
    editor.set_analyses([make_analysis(c, rng) for c in cells])
    before = describe(editor.case)
    merge = Repair("Merge cells 1 and 2", 1, (Mended(MASK, HandEdit("merged", (2,)), 1),), used_up=(2,))
    editor.repair(merge)
    [one] = editor.case.cells.values()
    assert (one.id, one.mask, one.provenance) == (1, MASK, "prompt; merged with 2")
    assert editor.case.analyses == {}
    assert editor.undo_text == "Merge cells 1 and 2"
    editor.undo()
    assert describe(editor.case) == before


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ((CellClass.NORMAL, CellClass.NORMAL), CellClass.NORMAL),
        ((CellClass.NORMAL, CellClass.TEARDROP), None),
        ((None, CellClass.TEARDROP), None),
    ],
)
def test_merged_cells_keep_a_class_that_all_of_them_have(editor, said, then):
    for mask, reviewed in zip((LEFT, RIGHT), said, strict=True):
        editor.set_class([editor.add_cell(1, proposal(mask)).id], reviewed)
    editor.repair(Repair("Merge", 1, (Mended(MASK, HandEdit("merged", (2,)), 1),), used_up=(2,)))
    assert editor.case.cells[1].reviewed_class is then


def test_a_drawn_cell_has_no_model_behind_it(editor):
    [number] = editor.repair(Repair("Draw cell", 1, (Mended(LEFT, HandEdit("drawn")),)))
    cell = editor.case.cells[number]
    assert (cell.provenance, cell.segmenter, cell.touches_border) == ("by hand; drawn", "", False)
    assert cell.prompts.is_empty
    [row] = rows_of(editor.case)
    assert (row.score, row.provenance) == (None, "by hand; drawn")


def test_changes_by_a_pixel_keep_the_class_and_count_up(editor):
    cell = editor.add_cell(1, proposal(LEFT))
    editor.set_class([cell.id], CellClass.TEARDROP)
    for mask in (MASK, LEFT):
        editor.repair(Repair("Grow cell 1", 1, (Mended(mask, HandEdit("grown"), cell.id),)))
    now = editor.case.cells[cell.id]
    assert (now.reviewed_class, now.provenance, now.mask_revision) == (CellClass.TEARDROP, "prompt; grown ×2", 3)
    editor.replace_mask(cell.id, proposal(MASK))
    assert editor.case.cells[cell.id].provenance == "prompt", "the model drew it anew"


def test_what_reaches_the_edge_is_said_to_be_cut_and_a_person_must_count_it_again(editor):
    cell = editor.add_cell(1, proposal(rectangle(0, 10, 20, 20), cut=True))
    editor.set_edge_counted([cell.id], include=True)
    editor.repair(Repair("Erase", 1, (Mended(LEFT, HandEdit("erased"), cell.id),)))
    now = editor.case.cells[cell.id]
    assert (now.touches_border, now.edge_counted) == (False, False)
    editor.repair(Repair("Extend", 1, (Mended(rectangle(5, 140, 10, 10), HandEdit("brushed"), cell.id),)))
    assert editor.case.cells[cell.id].touches_border


def test_covered_cells_give_way_in_the_same_step(editor):
    for mask in (LEFT, RIGHT):
        editor.add_cell(1, proposal(mask))
    before = describe(editor.case)
    editor.repair(Repair("Extend cell 1", 1, (Mended(MASK, HandEdit("brushed"), 1),), covered=(2, 99)))
    assert list(editor.case.cells) == [1]
    assert editor.undo_text == "Extend cell 1, replacing 1 other"
    editor.undo()
    assert describe(editor.case) == before


def test_repairs_are_in_the_file_when_the_call_returns(editor, store, tmp_path):
    cell = editor.add_cell(1, proposal(MASK))
    editor.repair(cut(cell.id))
    editor.repair(Repair("Draw cell", 1, (Mended(rectangle(60, 60, 9, 9), HandEdit("drawn")),)))
    other, case = CaseFile.open(copy_of(store, tmp_path / "copy.rbc"))
    other.close()
    assert describe(case)["cells"] == describe(editor.case)["cells"]


def test_a_refused_write_changes_nothing(editor, monkeypatch):
    cell = editor.add_cell(1, proposal(MASK))
    before = describe(editor.case)

    def full(_change, **_more):
        raise CaseFileError("The disk is full.")

    monkeypatch.setattr(editor.store, "apply", full)
    with pytest.raises(CaseFileError):
        editor.repair(cut(cell.id))
    assert describe(editor.case) == before


def test_cells_and_fields_that_are_gone_are_a_key_error(editor):
    for repair in (cut(7), replace(cut(1), field_id=9)):
        with pytest.raises(KeyError):
            editor.repair(repair)


def test_a_random_case_survives_repairs_and_undo(editor):
    rng = random.Random(11)
    for _ in range(6):
        editor.add_cell(1, make_proposal(rng))
    states = [describe(editor.case)]
    for number in range(1, 7):
        mask = make_proposal(rng).mask
        editor.repair(Repair("Smooth", 1, (Mended(mask, HandEdit("smoothed"), number),)))
        states.append(describe(editor.case))
    for state in states[-2::-1]:
        editor.undo()
        assert describe(editor.case) == state


def test_many_are_made_on_another_thread_from_cells_that_were_looked_up_on_this_one(editor, monkeypatch):
    """While the window is painted, which looks cells up, too; they are the same cells."""
    cells = [editor.add_cell(1, proposal(MASK)) for _ in range(4)]
    step = Repair("Grow 4 cells", 1, tuple(Mended(LEFT, HandEdit("grown"), cell.id) for cell in cells))
    looked_up, made = [], []
    find, give = type(editor.case.cells).get, editor.revisions.next_for

    def look_up(*args):
        looked_up.append(current_thread())
        return find(*args)

    def give_revision(cell):
        made.append(current_thread())
        return give(cell)

    monkeypatch.setattr(type(editor.case.cells), "get", look_up)
    monkeypatch.setattr(editor.revisions, "next_for", give_revision)
    outcomes = []
    for large in (5, 4):
        monkeypatch.setattr(large_writes, "LARGE", large)
        editor.repair(step)
        outcomes.append([(c.id, c.mask, c.prompts.points, c.provenance) for c in editor.case.cells.values()])
        editor.undo()
    assert outcomes[0] == outcomes[1]
    assert set(looked_up) == set(made[:4]) == {current_thread()}
    assert current_thread() not in made[4:]
    assert len(made) == 8
