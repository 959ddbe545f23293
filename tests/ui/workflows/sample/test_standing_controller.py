"""The sentence comes once when a reviewed case falls back, and goes when it is signed again."""

import pytest

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.workflows.notices import Notices
from rbc_desktop.workflows.sample.standing_controller import DRAFT_AGAIN, StandingController


@pytest.fixture
def said(editor, images, add_cells):
    """The sentences, and "" when one is over; of a reviewed case."""
    editor.add_fields(images)
    add_cells(1, 3)
    SampleEditor(editor).sign("reviewed", operator="Ada", meaning="reviewed by")
    notices, said = Notices(), []
    notices.show_with(lambda text, _level: said.append(text), hide=lambda: said.append(""))
    editor.undo_changed.connect(notices.step_done)
    StandingController(editor, notices, parent=editor)
    return said


def test_a_reviewed_case_that_is_changed_says_so_once(qtbot, editor, said):
    editor.set_class([1], CellClass.TEARDROP)
    editor.set_class([2], CellClass.TEARDROP)
    qtbot.waitUntil(lambda: said == [DRAFT_AGAIN])
    SampleEditor(editor).sign("reviewed", operator="Ada", meaning="reviewed by")
    assert said == [DRAFT_AGAIN, ""]


def test_another_case_is_not_talked_about(editor, said, tmp_path):
    from rbc_desktop.domain.case.case import Case
    from rbc_desktop.storage.case.case_file import CaseFile

    other = CaseFile.create(tmp_path / "other.rbc")
    before = editor.replace_case(Case(), other)
    before.close()
    editor.set_class([1], CellClass.TEARDROP)
    assert said == []
    other.close()
