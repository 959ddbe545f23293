"""A reader sees no class of before; each decision is in the file at once, in the reading and nowhere else."""

import random
from dataclasses import replace

import pytest

from rbc_desktop.domain.case.case import Case, Identity
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.sample.second_reading import ReadCell, SecondReading
from rbc_desktop.domain.sample.sign_off import state_of
from rbc_desktop.editing.blind import BLIND, masked
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.reading_editor import ReadingEditor
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.errors import CaseFileError
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.case.case_trail import read_trail
from tests.fakes.case_copies import copy_of
from tests.fakes.casework import make_analysis, make_proposal, write_image
from tests.fakes.good_field import GOOD

NORMAL, TEARDROP, BURR = CellClass.NORMAL, CellClass.TEARDROP, CellClass.BURR_CELL


@pytest.fixture
def editor(tmp_path):
    """Six normal cells of one field; Ada has reviewed them."""
    store = CaseFile.create(tmp_path / "case.rbc")
    editor = CaseEditor(Case(), store)
    editor.add_fields([write_image(tmp_path / "1.png", 1)])
    rng = random.Random(5)
    cells = editor.add_cells(1, [make_proposal(rng, cut_share=0) for _ in range(6)], run=editor.new_run())
    editor.set_analyses([make_analysis(cell, rng, predicted_share=1) for cell in cells], qualities={1: GOOD})
    editor.set_class(range(1, 7), NORMAL)
    SampleEditor(editor).sign("reviewed", operator="Ada", meaning="reviewed by")
    editor.operator = "Ada"
    yield editor
    store.close()


@pytest.fixture
def verbs(editor):
    verbs = ReadingEditor(editor)
    cells = tuple(ReadCell(i, NORMAL) for i in (1, 2, 3, 4))
    verbs.begin(SecondReading(1, "Bo", "2026-11-26T10:00:00+01:00", share=0.667, seed=3, cells=cells))
    return verbs


def in_file(editor):
    """The case as the file has it now."""
    store = editor.store
    read = read_trail(copy_of(store, store.path.with_name("copy.rbc")))
    assert (read.break_, read.difference) == ("", "")
    return read.case


def test_the_reader_sees_the_drawn_cells_without_classes_and_suggestions(editor, verbs):
    case = editor.case
    assert sorted(case.cells) == [1, 2, 3, 4]
    assert all(case.shown_class_of(cell) is None for cell in case.cells.values())
    assert (case.analyses, case.sign_offs, case.grading.scheme) == ({}, (), None)
    assert case.is_blind
    assert not editor.can_undo


def test_the_classes_of_the_laboratory_and_its_slides_stay(editor):
    own = CellClass("stack", "Sk", "#123456", key="Q", is_own=True)
    case = replace(editor.case, own_classes={own.value: own}, slides={1: object()})
    shown = masked(case, SecondReading(1, "Bo", "", cells=(ReadCell(2, NORMAL),)))
    assert (shown.own_classes, shown.slides, shown.fields) == (case.own_classes, case.slides, case.fields)
    assert list(shown.cells) == [2]
    assert shown.cells[2].reviewed_class is None


def test_each_decision_is_in_the_file_at_once_and_changes_no_class(editor, verbs):
    editor.set_class([1], NORMAL)
    editor.set_class([2, 3], TEARDROP)
    editor.undo()
    editor.set_class([2], BURR)
    stored = in_file(editor)
    (reading,) = stored.readings
    assert [c.second for c in reading.cells] == [NORMAL, BURR, None, None]
    assert {c.reviewed_class for c in stored.cells.values()} == {NORMAL}
    assert state_of(stored.sign_offs) == "reviewed"
    rows = editor.store.trail(most=1000)[-4:]
    assert {row.operator for row in rows} == {"Bo"}
    assert rows[-1].action == "Set 1 cell to burr cell"
    assert '"second":{"2 in reading 1":[null,"burr cell"]}' in rows[-1].was


REFUSED = {
    "delete": lambda e: e.remove_cells([1]),
    "outline": lambda e: e.replace_mask(1, make_proposal(random.Random(8))),
    "add": lambda e: e.add_cell(1, make_proposal(random.Random(9))),
    "details": lambda e: SampleEditor(e).set_identity(Identity("other")),
    "sign": lambda e: SampleEditor(e).sign("final", operator="Bo", meaning="approved by"),
}


@pytest.mark.parametrize("verb", REFUSED)
def test_everything_else_is_refused_with_a_sentence(editor, verbs, verb):
    before = dict(editor.case.cells)
    with pytest.raises(CaseFileError, match="second reading is under way") as refused:
        REFUSED[verb](editor)
    assert refused.value.message == BLIND
    assert editor.case.cells == before


def test_what_the_application_finds_by_itself_is_passed_over(editor, verbs):
    assert editor.set_analyses([make_analysis(editor.case.cells[1], random.Random(1))]) == 0
    editor.note_field(editor.case.fields[1].with_remark("missed", "Some may be missed."))
    assert editor.case.fields[1].remarks == ()


def test_a_paused_reading_goes_on_also_after_the_case_was_opened_again(editor, verbs):
    editor.set_class([1], TEARDROP)
    verbs.leave(finish=False)
    assert not editor.case.is_blind
    assert editor.operator == "Ada"
    assert editor.case.cells[1].reviewed_class is NORMAL
    assert editor.case.readings[0].done == 1
    editor.store.close()
    store, case = CaseFile.open(editor.store.path)
    editor.replace_case(case, store)
    again = ReadingEditor(editor)
    again.go_on(case.readings[0])
    assert editor.case.cells[1].reviewed_class is TEARDROP, "the reader's own class"
    assert editor.case.cells[2].reviewed_class is None
    editor.set_class([2], NORMAL)
    again.leave(finish=True)
    assert (editor.case.readings[0].done, editor.case.readings[0].is_open) == (2, False)
    assert in_file(editor).readings == editor.case.readings
    store.close()


def test_a_difference_is_settled_as_one_step_that_sets_the_class_and_falls_back_to_a_draft(editor, verbs):
    editor.set_class([1, 2], TEARDROP)
    reading = verbs.leave(finish=True)
    verbs.settle(reading, {1: TEARDROP, 2: NORMAL})
    case = editor.case
    assert [case.cells[i].reviewed_class for i in (1, 2)] == [TEARDROP, NORMAL]
    assert case.readings[0].unsettled == 0
    assert state_of(case.sign_offs) == "draft"
    assert in_file(editor).readings == case.readings
    editor.undo()
    assert editor.case.cells[1].reviewed_class is NORMAL
    assert editor.case.readings[0].unsettled == 2
    assert in_file(editor).readings == editor.case.readings


def test_a_final_case_can_be_read_again_and_not_be_settled(editor):
    SampleEditor(editor).sign("final", operator="Ada", meaning="approved by")
    verbs = ReadingEditor(editor)
    verbs.begin(SecondReading(1, "Bo", "2026-11-26T10:00:00+01:00", cells=(ReadCell(1, NORMAL),)))
    editor.set_class([1], BURR)
    reading = verbs.leave(finish=True)
    assert state_of(editor.case.sign_offs) == "final"
    with pytest.raises(CaseFileError, match="This case is final"):
        verbs.settle(reading, {1: BURR})


def test_another_case_ends_the_blindness(editor, verbs, tmp_path):
    other = CaseFile.create(tmp_path / "other.rbc")
    editor.replace_case(Case(), other).close()
    verbs.forget()
    assert verbs.reading is None
    assert editor.operator == "Ada"
    SampleEditor(editor).set_identity(Identity("S-1"))
    assert editor.case.identity.sample_id == "S-1"
    other.close()
