"""Cells of the session become rows once nothing is done to the case, and many at a time."""

import random

import pytest

from rbc_desktop.background import TaskRunner
from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.workflows.cases import folding_controller
from rbc_desktop.workflows.cases.folding_controller import FoldingController
from tests.fakes.casework import describe, make_analysis, make_proposal, write_image


@pytest.fixture
def editor(qtbot, tmp_path):
    store = CaseFile.create(tmp_path / "case.rbc")
    editor = CaseEditor(Case(), store)
    editor.add_fields([write_image(tmp_path / "field.png", 1)])
    yield editor
    store.close()


@pytest.fixture
def tasks(qtbot):
    tasks = TaskRunner()
    yield tasks
    assert tasks.shutdown()


@pytest.fixture
def folding(editor, tasks, monkeypatch):
    """Twenty are many, and so many become rows at a time."""
    for name, value in (("MANY", 20), ("AT_ONCE", 20), ("QUIET_MS", 1)):
        monkeypatch.setattr(folding_controller, name, value)
    return FoldingController(editor, tasks=tasks, parent=editor)


def find(editor, count, *, measured):
    rng = random.Random(count)
    cells = editor.add_cells(1, [make_proposal(rng) for _ in range(count)], run=editor.new_run())
    editor.set_analyses([make_analysis(cell, rng) for cell in cells[:measured]])


def test_many_become_rows_and_few_stay_objects(qtbot, editor, folding):
    find(editor, 50, measured=45)
    before = describe(editor.case)
    qtbot.waitUntil(lambda: folding.is_settled)
    assert len(editor.case.cells.columns.ids) == 50, "in three parts"
    assert not editor.case.cells.put
    assert len(editor.case.analyses.put) < folding_controller.MANY
    assert describe(editor.case) == before
    columns = editor.case.cells.columns
    find(editor, 3, measured=0)
    qtbot.waitUntil(lambda: folding.is_settled)
    assert len(editor.case.cells.put) == 3
    assert editor.case.cells.columns is columns


def test_it_begins_anew_when_rows_were_worked_on_meanwhile(qtbot, editor, folding):
    find(editor, 30, measured=0)
    qtbot.waitUntil(lambda: folding.is_settled)
    find(editor, 30, measured=0)
    folding.begin()
    editor.set_class(list(editor.case.cells)[:30], CellClass.TEARDROP)
    qtbot.waitUntil(lambda: folding.is_settled)
    assert len(editor.case.cells.columns.ids) == 60
    assert editor.case.reviewed == 30


def test_another_case_is_not_given_these_rows(qtbot, editor, folding, tmp_path):
    find(editor, 30, measured=30)
    folding.begin()
    store = CaseFile.create(tmp_path / "other.rbc")
    editor.replace_case(Case(), store).close()
    qtbot.waitUntil(lambda: folding.is_settled)
    assert editor.case.cells.columns is None
    editor.store.close()


def test_what_fails_is_tried_again_only_after_a_change(qtbot, editor, folding, monkeypatch):
    tries = []

    def failing(*_args, **_kwargs):
        tries.append(1)
        raise RuntimeError("no room")

    monkeypatch.setattr(folding_controller, "folded", failing)
    find(editor, 50, measured=0)
    qtbot.waitUntil(lambda: bool(tries) and folding.is_settled)
    assert not folding._timer.isActive()
    editor.set_class([1], CellClass.TARGET_CELL)
    qtbot.waitUntil(lambda: len(tries) == 2 and folding.is_settled)
    assert len(editor.case.cells.put) == 50
