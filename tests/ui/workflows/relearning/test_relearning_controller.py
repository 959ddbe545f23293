"""Retraining from the window's side: cases are read, a run is started, stopped and cleared away."""

from pathlib import Path

import pytest

from rbc_desktop.background import TaskRunner
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.laboratory.classifier_folders import classifiers_folder
from rbc_desktop.storage.paths import settings_file
from rbc_desktop.workflows.configuring_controller import SettingsKeeper
from rbc_desktop.workflows.relearning.relearning_controller import THIS_CASE, RelearningController


@pytest.fixture
def tasks(qapp):
    runner = TaskRunner()
    yield runner
    assert runner.shutdown()


@pytest.fixture
def make(editor, tasks):
    def _make():
        return RelearningController(editor, tasks=tasks, settings=SettingsKeeper(settings_file(), tasks))

    return _make


def test_the_open_case_is_offered_when_it_has_reviewed_cells(make, editor, images, add_cells):
    editor.add_fields([image.facts for image in images])
    add_cells(1, 4)
    assert make().cases == []
    editor.set_class((1, 2), CellClass.NORMAL)
    [offered] = make().cases
    assert offered.text == f"{THIS_CASE}: 2 reviewed cells in 1 field"


def test_other_cases_are_read_and_what_cannot_be_read_is_said(qtbot, make, editor, images, add_cells, tmp_path):
    relearning = make()
    CaseFile.create(tmp_path / "other.rbc").close()
    with qtbot.waitSignal(relearning.cases_changed):
        relearning.add([tmp_path / "other.rbc"])
    assert [case.name for case in relearning.cases] == ["other.rbc"]
    with qtbot.waitSignal(relearning.refused) as said:
        relearning.add([tmp_path / "none.rbc"])
    assert said.args[0].endswith(".")


def test_too_little_is_refused_by_the_process_too_and_leaves_nothing_behind(qtbot, make, editor, images, add_cells):
    editor.add_fields([image.facts for image in images])
    add_cells(1, 4)
    editor.set_class((1, 2), CellClass.NORMAL)
    relearning = make()
    with qtbot.waitSignals([relearning.refused, relearning.ended], timeout=60_000):
        relearning.start(relearning.cases, name="x")
        assert relearning.is_running
    assert not relearning.is_running
    assert _left() == []


def test_a_stopped_run_leaves_nothing_behind(qtbot, make, editor, images, add_cells):
    editor.add_fields([image.facts for image in images])
    add_cells(1, 4)
    editor.set_class((1, 2), CellClass.NORMAL)
    relearning = make()
    relearning.start(relearning.cases, name="x")
    with qtbot.waitSignal(relearning.ended, timeout=60_000):
        relearning.cancel()
    assert _left() == []


def _left() -> list[Path]:
    return list(classifiers_folder().iterdir()) if classifiers_folder().exists() else []
