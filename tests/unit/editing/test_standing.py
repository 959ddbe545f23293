"""A reviewed case that is changed is a draft again, by the row that changes it; what says nothing new leaves it."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from rbc_desktop.domain.case.case import Case, Identity
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.fields.found_image import FoundImage
from rbc_desktop.domain.sample.grading import Grading
from rbc_desktop.domain.sample.sign_off import state_of
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.moved_fields import relocate_fields
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.errors import CaseFileError
from rbc_desktop.storage.case.case_file import CaseFile
from tests.fakes.casework import make_analysis, make_proposal, write_image
from tests.fakes.good_field import GOOD


@pytest.fixture
def editor(tmp_path):
    """A reviewed case of one field and three cells."""
    editor = CaseEditor(Case(), CaseFile.create(tmp_path / "case.rbc"))
    editor.add_fields([write_image(tmp_path / "1.png", 1)])
    rng = random.Random(5)
    cells = editor.add_cells(1, [make_proposal(rng, cut_share=0) for _ in range(3)], run=editor.new_run())
    editor.set_analyses([make_analysis(cell, rng, predicted_share=1) for cell in cells], qualities={1: GOOD})
    SampleEditor(editor).sign("reviewed", operator="Ada", meaning="reviewed by")
    editor.operator = "Bo"
    yield editor
    editor.store.close()


VERBS = {
    "class": lambda e: e.set_class([1], CellClass.TEARDROP),
    "delete": lambda e: e.remove_cells([1], reason="debris"),
    "outline": lambda e: e.replace_mask(1, make_proposal(random.Random(8))),
    "add": lambda e: e.add_cell(1, make_proposal(random.Random(9))),
    "scale": lambda e: e.set_calibration([1], Calibration(0.1, "typed")),
    "field": lambda e: e.remove_field(1),
    "remark": lambda e: e.note_field(e.case.fields[1].with_remark("scale", "odd")),
    "details": lambda e: SampleEditor(e).set_identity(Identity("other")),
    "grade": lambda e: SampleEditor(e).set_grading(Grading(confirmed=(("teardrop", "2+"),))),
    "left out": lambda e: SampleEditor(e).leave_out([1], "1.png is left out."),
    "other prediction": lambda e: e.set_analyses([make_analysis(e.case.cells[1], random.Random(77))]),
    "other quality": lambda e: e.set_analyses([], qualities={1: replace(GOOD, level=0.3)}),
}


@pytest.mark.parametrize("verb", VERBS)
def test_every_change_makes_a_draft_of_a_reviewed_case_in_one_row(editor, verb):
    rows = len(editor.store.trail(most=1000))
    VERBS[verb](editor)
    assert state_of(editor.case.sign_offs) == "draft"
    new = editor.store.trail(after=rows, most=1000)
    assert len(new) == 1
    assert '"state":{"report":["reviewed","draft"]}' in new[0].was
    step = editor.case.sign_offs[-1]
    assert (step.state, step.version, step.reason) == ("draft", 1, new[0].action)
    editor.store.close()
    store, case = CaseFile.open(editor.store.path)
    store.close()
    assert case.sign_offs == editor.case.sign_offs


SILENT = {
    "same class": lambda e: e.set_class([], CellClass.TEARDROP),
    "same prediction": lambda e: e.set_analyses(list(e.case.analyses.values()), qualities={1: GOOD}),
    "searched": lambda e: e.note_field(replace(e.case.fields[1], searched="segmenter 5")),
    "moved image": lambda e: relocate_fields(e, [FoundImage(1, Path("/elsewhere/1.png"), e.case.fields[1].sha256)]),
}


@pytest.mark.parametrize("verb", SILENT)
def test_what_says_nothing_new_of_the_sample_leaves_it_reviewed(editor, verb):
    SILENT[verb](editor)
    assert state_of(editor.case.sign_offs) == "reviewed"


def test_undo_takes_the_change_back_and_not_the_fall(editor):
    editor.set_class([1], CellClass.TEARDROP)
    editor.undo()
    assert editor.case.cells[1].reviewed_class is None
    assert [s.state for s in editor.case.sign_offs] == ["reviewed", "draft"]
    SampleEditor(editor).sign("reviewed", operator="Ada", meaning="reviewed by")
    assert state_of(editor.case.sign_offs) == "reviewed"


def test_a_refused_change_leaves_a_reviewed_case_reviewed(editor, monkeypatch):
    def refuse(*_args, **_named):
        raise CaseFileError("The disk is full.")

    monkeypatch.setattr(editor.store, "apply", refuse)
    with pytest.raises(CaseFileError):
        editor.set_class([1], CellClass.TEARDROP)
    assert state_of(editor.case.sign_offs) == "reviewed"
    assert editor.case.cells[1].reviewed_class is None
