"""The share under which a class counts as doubtful: of what is classified, and of what is classified already."""

import random

import pytest
from PySide6.QtCore import QObject

from rbc_desktop.background import TaskRunner
from rbc_desktop.engine.jobs import EngineReady
from rbc_desktop.workflows.analysis.review_limit_controller import AT_ONCE, ReviewLimitController
from rbc_desktop.workflows.configuring_controller import SettingsKeeper
from rbc_desktop.workflows.notices import Notices
from tests.fakes.casework import describe, make_analysis

READY = EngineReady("cpu", "sam 1", "booster 1", 0.1, review_limit=0.64)


class Analysing(QObject):
    """Stands where predictions come from."""

    def __init__(self):
        super().__init__()
        self.review_limit = lambda: 0.0


@pytest.fixture
def settings(qtbot, tmp_path):
    tasks = TaskRunner()
    keeper = SettingsKeeper(tmp_path / "settings.json", tasks)
    yield keeper
    keeper.flush()
    tasks.shutdown()


@pytest.fixture
def analysing():
    return Analysing()


@pytest.fixture
def controller(editor, settings, analysing):
    owner = QObject()
    made = ReviewLimitController(editor, analysing=analysing, settings=settings, notices=Notices(), parent=owner)
    made.note_ready(READY)
    yield made
    owner.deleteLater()


def limits(editor):
    return {a.prediction.review_limit for a in editor.case.analyses.values() if a.prediction is not None}


def test_what_is_classified_from_now_on_gets_the_limit_of_the_settings(controller, settings, analysing):
    assert analysing.review_limit() == 0.0
    settings.update(review_limit=0.8)
    assert analysing.review_limit() == 0.8


def test_what_is_classified_already_follows_and_goes_back(qtbot, editor, images, add_cells, controller, settings):
    editor.add_fields(images)
    add_cells(1, 3 * AT_ONCE)
    settings.update(review_limit=0.9)
    qtbot.waitUntil(lambda: limits(editor) == {0.9})
    settings.update(review_limit=0.0)
    qtbot.waitUntil(lambda: limits(editor) == {0.64})


def test_other_settings_change_nothing(qtbot, editor, images, add_cells, controller, settings):
    editor.add_fields(images)
    add_cells(1, 5)
    before = describe(editor.case)
    settings.update(theme="dark")
    assert not controller._timer.isActive()
    assert describe(editor.case) == before


def test_cells_that_go_meanwhile_are_passed_over(qtbot, editor, images, add_cells, controller, settings):
    editor.add_fields(images)
    cells = add_cells(1, 2 * AT_ONCE)
    settings.update(review_limit=0.9)
    editor.remove_cells([cell.id for cell in cells[:50]])
    editor.set_analyses([make_analysis(cells[-1], random.Random(1), predicted_share=1)])
    qtbot.waitUntil(lambda: not controller._left)
    assert 0.9 in limits(editor)
