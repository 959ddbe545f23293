"""Identity, grades and signatures: each one stored step, read back as it was; a final case refuses every change."""

import dataclasses
import random

import pytest

from rbc_desktop.domain.case.case import Case, Identity
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.sample.blood_count import BloodCount
from rbc_desktop.domain.sample.grading import Grading
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.errors import CaseFileError
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.laboratory.scheme_file import bundled_schemes, read_scheme
from tests.fakes.casework import make_proposal, write_image

IDENTITY = Identity(**{f.name: f"{f.name} é\nline" for f in dataclasses.fields(Identity)})


@pytest.fixture
def editor(tmp_path):
    """A case with one field."""
    editor = CaseEditor(Case(), CaseFile.create(tmp_path / "case.rbc"))
    editor.add_fields([write_image(tmp_path / "1.png", 1)])
    yield editor
    editor.store.close()


@pytest.fixture
def sample(editor):
    return SampleEditor(editor)


def reopened(editor):
    editor.store.close()
    store, case = CaseFile.open(editor.store.path)
    editor.replace_case(case, store)
    return case


def test_every_detail_of_the_sample_comes_back(editor, sample):
    sample.set_identity(IDENTITY)
    assert reopened(editor).identity == IDENTITY


def test_grading_is_one_step_and_comes_back(editor, sample):
    scheme = read_scheme(bundled_schemes() / "icsh_like.json")
    grading = Grading(scheme, (("teardrop", "2+"),), BloodCount(hb=88, mcv=71.5))
    told = []
    editor.sample_changed.connect(lambda: told.append(editor.case.grading))
    sample.set_grading(grading, text="Confirm 2+ teardrop")
    assert editor.undo_text == "Confirm 2+ teardrop"
    editor.undo()
    assert told == [grading, Grading()]
    editor.redo()
    assert reopened(editor).grading == grading


def test_a_grade_is_set_and_taken_back():
    grading = Grading().with_grade("teardrop", "2+").with_grade("burr cell", "3+").with_grade("teardrop", "3+")
    assert grading.confirmed_grade("teardrop") == "3+"
    assert grading.with_grade("teardrop", None).confirmed == (("burr cell", "3+"),)


def test_signing_locks_and_amending_opens_a_new_version(editor, sample):
    rng = random.Random(3)
    cell = editor.add_cell(1, make_proposal(rng))
    sample.sign("reviewed", operator="Ada", meaning="reviewed by")
    sample.sign("final", operator="Bo", meaning="approved by")
    assert not editor.can_undo
    for verb in (
        lambda: editor.add_cell(1, make_proposal(rng)),
        lambda: editor.remove_cells([cell.id]),
        lambda: editor.set_class([cell.id], CellClass.TEARDROP),
        lambda: editor.set_calibration([1], Calibration(0.1, "typed")),
        lambda: editor.remove_field(1),
        lambda: sample.set_identity(Identity("other")),
        lambda: sample.set_grading(Grading(confirmed=(("teardrop", "2+"),))),
    ):
        with pytest.raises(CaseFileError, match="This case is final"):
            verb()
    editor.note_field(editor.case.fields[1].with_remark("scale", "odd"))
    assert editor.case.fields[1].remarks == (), "what the application notes by itself is passed over"
    assert reopened(editor).cells[cell.id].reviewed_class is None
    step = sample.sign("amended", operator="Bo", meaning="approved by", reason="wrong scale")
    assert (step.version, step.reason) == (2, "wrong scale")
    editor.set_class([cell.id], CellClass.TEARDROP)
    case = reopened(editor)
    assert [s.state for s in case.sign_offs] == ["reviewed", "final", "amended"]
    assert len({s.head for s in case.sign_offs}) == 3


@pytest.mark.parametrize(
    ("state", "arguments", "says"),
    [
        ("final", {"operator": " "}, "name is missing"),
        ("final", {"operator": "Ada", "unseen": 3}, "3 cells that need review are still unseen"),
        ("amended", {"operator": "Ada", "reason": "x"}, "Only a final case"),
        ("draft", {"operator": "Ada"}, "becomes a draft"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_signed(editor, sample, state, arguments, says):
    with pytest.raises(CaseFileError, match=says):
        sample.sign(state, meaning="reviewed by", **arguments)
    assert editor.case.sign_offs == ()


def test_an_amendment_needs_its_reason(sample):
    sample.sign("final", operator="Ada", meaning="approved by", unseen=3, reason="platelet clumps only")
    with pytest.raises(CaseFileError, match="what is changed and why"):
        sample.sign("amended", operator="Ada", meaning="approved by")
    with pytest.raises(CaseFileError, match="amend it to change it"):
        sample.sign("reviewed", operator="Ada", meaning="reviewed by")


def test_a_field_is_left_out_with_its_reason_and_counted_again(editor, sample):
    reason = "1.png is left out of the count: it is blurred."
    assert sample.leave_out((1,), reason) == 1
    assert editor.undo_text == "Leave out 1 field"
    assert sample.leave_out((1,), reason) == 0
    assert reopened(editor).fields[1].left_out == reason
    assert sample.leave_out((1,), None) == 1
    assert editor.case.fields[1].left_out == ""
    editor.undo()
    assert editor.case.fields[1].left_out == reason
