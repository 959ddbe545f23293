import pytest

from rbc_desktop.background import TaskRunner
from rbc_desktop.domain.classes.own_classes import own_class
from rbc_desktop.storage.laboratory.class_file import read_classes, write_classes
from rbc_desktop.workflows.laboratory.own_classes_controller import NOT_STORED, OwnClassesKeeper
from rbc_desktop.workflows.notices import Notices

SICKLE = own_class("sickle", code="Si", colour="#7F3C8D", key="Shift+5")
BITE = own_class("bite cell", code="Bi", colour="#A5512B", key="Shift+6")


@pytest.fixture
def tasks(qapp):
    runner = TaskRunner()
    yield runner
    assert runner.shutdown()


@pytest.fixture
def said():
    return []


@pytest.fixture
def keep(editor, tasks, said):
    def _keep(path):
        notices = Notices()
        notices.show_with(lambda text, level: said.append((level, text)))
        return OwnClassesKeeper(path, editor, tasks=tasks, notices=notices)

    return _keep


def test_a_changed_list_is_shown_told_and_stored(qtbot, keep, editor, said, tmp_path):
    path = tmp_path / "own_classes.json"
    write_classes((SICKLE,), path)
    keeper = keep(path)
    assert editor.looks.classes == keeper.value == (SICKLE,)
    with qtbot.waitSignal(keeper.changed):
        keeper.set((SICKLE, BITE))
    with qtbot.assertNotEmitted(keeper.changed):
        keeper.set([SICKLE, BITE])
    keeper.set((BITE,))
    assert editor.looks.classes == (BITE,)
    qtbot.waitUntil(lambda: read_classes(path) == (BITE,))
    assert said == []


def test_a_list_that_cannot_be_read_is_said_and_the_window_starts(keep, said, tmp_path):
    path = tmp_path / "own_classes.json"
    path.write_text("{", encoding="utf-8")
    assert keep(path).value == ()
    [(level, text)] = said
    assert level == "warning"
    assert "can't be read" in text


def test_a_list_that_cannot_be_stored_is_said(qtbot, keep, said, tmp_path):
    keeper = keep(tmp_path / "there is no such folder" / "own_classes.json")
    keeper.set((SICKLE,))
    qtbot.waitUntil(lambda: said == [("error", NOT_STORED)])
    assert keeper.value == (SICKLE,)
