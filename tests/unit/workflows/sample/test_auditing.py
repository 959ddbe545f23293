"""The audit trail in words, from rows that a real case file wrote."""

import json
import random

import pytest

from rbc_desktop.domain.case.case import Case, Identity
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.sample.blood_count import BloodCount
from rbc_desktop.domain.sample.grading import Grading
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.laboratory.scheme_file import bundled_schemes, read_scheme
from rbc_desktop.workflows.sample.auditing import change_text, grouped, load_trail
from tests.fakes.casework import make_proposal, write_image


class Control:
    def check(self):
        """Nobody cancels."""


@pytest.fixture
def editor(tmp_path):
    editor = CaseEditor(Case(), CaseFile.create(tmp_path / "case.rbc"))
    editor.add_fields([write_image(tmp_path / "1.png", 1)])
    yield editor
    editor.store.close()


def changes(editor):
    return [line.change for line in load_trail(editor.store, since=2, control=Control())]


def test_old_and_new_values_are_said(editor):
    sample, scheme = SampleEditor(editor), read_scheme(bundled_schemes() / "icsh_like.json")
    editor.add_cells(1, [make_proposal(random.Random(n)) for n in range(3)], run=editor.new_run())
    editor.set_class([1], CellClass.NORMAL)
    editor.set_class([1, 2], CellClass.TARGET_CELL)
    editor.set_calibration([1], Calibration(0.2, "typed"))
    sample.set_identity(Identity(patient="Anna\nMüller"))
    sample.set_grading(Grading(scheme))
    sample.set_grading(Grading(scheme, (("target cell", "3+"),), BloodCount(mcv=72.5)))
    editor.undo()
    assert changes(editor) == [
        "target cell: 3+ → –; MCV: 72.5 → –",
        "target cell: – → 3+; MCV: – → 72.5",
        "scheme: – → ICSH-like, version 2",
        "Patient: – → Anna Müller",
        "scale of field 1: – → 0.2 µm/px",
        "cell 1: normal → target cell; cell 2: – → target cell",
        "cell 1: – → normal",
        "",
    ]


def test_only_what_is_new_is_read_newest_first_and_the_head_is_the_file_s(editor):
    first = load_trail(editor.store, since=0, control=Control())
    assert [line.action for line in first] == ["Add 1.png", "Create the case"]
    for n in range(450):
        SampleEditor(editor).set_identity(Identity(operator=f"K{n}", comment="x"))
    lines = load_trail(editor.store, since=first[0].number, control=Control())
    assert [line.number for line in lines] == list(range(452, 2, -1)), "in several parts"
    assert lines[0].head == editor.store.head
    assert lines[0].operator == "K448", "who it was before this step"


def test_a_search_finds_every_word_in_any_case(editor):
    SampleEditor(editor).set_identity(Identity(patient="Anna Müller"))
    line = load_trail(editor.store, since=0, control=Control())[0]
    assert line.holds(["müller", "details"])
    assert not line.holds(["müller", "delete"])


@pytest.mark.parametrize("was", ['{"identity": 3}', '{"class": {"1": 5}}', "{", '{"grading": {"scheme": ["x", ""]}}'])
def test_what_can_not_be_read_says_so(was):
    assert change_text(was) == "can't be read"


def test_long_values_are_cut():
    assert len(change_text('{"identity": {"comment": ["", "%s"]}}' % ("x" * 5000))) < 250


def test_a_closed_case_has_no_lines(editor):
    editor.store.close()
    assert load_trail(editor.store, since=0, control=Control()) == []


def test_many_fields_of_one_change_are_counted():
    same = {"um_per_px": {"1": [None, 0.1], "2": [None, 0.1], "3": [0.2, 0.1]}}
    assert change_text(json.dumps(same)) == "scale of 2 fields: – → 0.1 µm/px; scale of field 3: 0.2 µm/px → 0.1 µm/px"


def test_batches_of_segment_all_that_follow_on_each_other_are_one_line(editor):
    run, rng = editor.new_run(), random.Random(4)
    for count in (3, 1, 2):
        editor.add_cells(1, [make_proposal(rng) for _ in range(count)], run=run)
    editor.set_class([1], CellClass.NORMAL)
    editor.add_cells(1, [make_proposal(rng)], run=editor.new_run())
    lines = load_trail(editor.store, since=2, control=Control())
    assert [line.found for line in lines] == [1, 0, 2, 1, 3]
    shown = grouped(lines)
    assert [line.action for line in shown] == [
        "Segment all (1 cell)", "Set 1 cell to normal", "Segment all (6 cells in 3 batches)",
    ]  # fmt: skip
    assert [(line.since, line.number, line.rows) for line in shown] == [(7, 7, 1), (6, 6, 1), (3, 5, 3)]
    assert sum(line.rows for line in shown) == len(lines)
    assert grouped([]) == []
