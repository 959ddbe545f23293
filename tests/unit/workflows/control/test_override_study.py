"""Overrides over many cases: those of a folder or of the list, the open one from memory."""

import random
from datetime import datetime

import pytest

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.errors import TaskCancelled
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.safekeeping.known_cases import KnownCase, remember
from rbc_desktop.workflows.control.override_study import study_overrides
from tests.fakes.casework import make_analysis, make_proposal, write_image


class Control:
    def __init__(self, cancel_at=10**9):
        self.steps, self._cancel_at = [], cancel_at

    def check(self):
        if len(self.steps) >= self._cancel_at:
            raise TaskCancelled

    def progress(self, done, total):
        self.steps.append((done, total))
        self.check()


def worked(folder, name, *, seed):
    """A case whose four cells a person classified."""
    folder.mkdir(exist_ok=True)
    store = CaseFile.create(folder / f"{name}.rbc")
    editor, rng = CaseEditor(Case(), store), random.Random(seed)
    editor.add_fields([write_image(folder / f"{name}.png", seed)])
    cells = editor.add_cells(1, [make_proposal(rng, cut_share=0) for _ in range(4)], run=editor.new_run())
    editor.set_analyses([make_analysis(cell, rng, predicted_share=1) for cell in cells])
    editor.set_class([c.id for c in cells], CellClass.NORMAL)
    return editor, store


@pytest.fixture
def folder(tmp_path):
    """Three cases, one of which is damaged, and the open one."""
    folder = tmp_path / "cases"
    for number in (1, 2):
        worked(folder, f"case {number}", seed=number)[1].close()
    (folder / "damaged.rbc").write_bytes(b"SQLite format 3\0 and nothing else")
    return folder


def test_a_folder_is_counted_with_the_open_case_if_it_lies_there(folder):
    editor, store = worked(folder, "open", seed=3)
    control = Control()
    study = study_overrides(folder, present=editor.case, present_path=store.path, control=control)
    assert (study.cases, study.left_out) == (3, 1)
    assert sum(o.seen for o in study.overrides) == 12
    assert control.steps == [(0, 3), (1, 3), (2, 3)]
    elsewhere = study_overrides(folder, present=editor.case, present_path=folder.parent / "x.rbc", control=Control())
    assert (elsewhere.cases, elsewhere.left_out) == (2, 2)  # the open one's file can't be read
    store.close()


def test_without_a_folder_the_cases_of_the_list_are_counted(folder):
    for number in (1, 2, 9):
        remember(KnownCase(folder / f"case {number}.rbc", datetime.now().astimezone()))
    study = study_overrides(None, present=Case(), present_path=None, control=Control())
    assert (study.cases, study.left_out) == (2, 0)


def test_counting_can_be_stopped(folder):
    with pytest.raises(TaskCancelled):
        study_overrides(folder, present=Case(), present_path=None, control=Control(cancel_at=2))
