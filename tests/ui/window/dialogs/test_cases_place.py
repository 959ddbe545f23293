"""Recent cases in the real window, over real files: opened, left, killed, discarded, gone."""

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from rbc_desktop.storage.paths import data_folder
from rbc_desktop.storage.safekeeping.known_cases import KnownCase, known_cases, remember
from tests.attack.case_window import Window
from tests.fakes.casework import make_proposal


@pytest.fixture
def settle(qtbot, window):
    """Waits until nothing is being opened, decoded or listed."""
    s, listing = window.services, window.cases.listing

    def is_idle():
        return not (s.files.is_busy or s.images.is_loading or s.tasks._tasks or listing._listing)

    return lambda: qtbot.waitUntil(is_idle, timeout=20_000)


@pytest.fixture
def open_paths(window, settle):
    """Opens files and waits."""

    def open_them(*paths):
        window.services.files.open_paths([Path(p) for p in paths])
        settle()

    return open_them


@pytest.fixture
def dialog(window, settle):
    """Opens *File › Open recent…* and waits for the list."""

    def open_it():
        window.action_set["open-recent"].trigger()
        settle()
        return window.cases.dialog

    return open_it


def listed(window):
    """Names on the empty window."""
    return [line.name for line in window.cases.list.lines]


def test_the_empty_window_lists_what_was_left_and_a_click_opens_it(qtbot, window, open_paths, settle, pictures):
    open_paths(*pictures[:2])
    editor = window.services.editor
    editor.add_cell(1, make_proposal(random.Random(1)))
    left = editor.store.path
    window.services.files.new_case()
    settle()
    assert window.host.shown is window.host.welcome
    assert window.cases.list.isVisible()
    [line] = window.cases.list.lines
    assert (line.case.path, line.case.fields, line.case.cells, line.is_unsaved) == (left, 2, 1, True)
    assert line.name.endswith(", smear 1.png")
    assert line.case.thumbnail.shape[2] == 3
    viewport = window.cases.list.viewport()
    at = window.cases.list.visualItemRect(window.cases.list.item(0)).center()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=at)
    settle()
    assert editor.store.path == left
    assert len(editor.case.cells) == 1


def test_the_first_window_of_all_shows_no_list(window, settle):
    settle()
    assert not window.cases.list.isVisible()


def test_a_saved_case_is_listed_by_its_name_with_state_and_sample(window, open_paths, settle, pictures, tmp_path):
    open_paths(pictures[0])
    window.services.files.save_as(tmp_path / "patient 7.rbc")
    settle()
    window.services.files.new_case()
    settle()
    [line] = window.cases.list.lines
    assert (line.name, line.is_unsaved, line.case.state) == ("patient 7", False, "draft")
    assert line.place == str(tmp_path)


def test_the_sample_as_it_was_drawn_is_not_listed(window, open_paths, settle, pictures):
    window.services.files.open_sample()
    settle()
    open_paths(pictures[0])
    window.services.files.new_case()
    settle()
    assert [name.split(", ")[1] for name in listed(window)] == ["smear 1.png"]


def test_the_dialog_says_which_case_is_open_and_discards_another(qtbot, window, open_paths, settle, dialog, pictures):
    open_paths(pictures[0])
    left = window.services.editor.store.path
    window.services.files.new_case()
    settle()
    open_paths(pictures[1])
    shown = dialog()
    assert [(line.is_present, line.case.image) for line in shown.list.lines] == [
        (True, "smear 2.png"),
        (False, "smear 1.png"),
    ]
    for _ in range(2):
        qtbot.mouseClick(shown.remove, Qt.MouseButton.LeftButton)
    settle()
    assert not left.exists()
    assert [line.is_present for line in shown.list.lines] == [True]
    assert left not in {case.path for case in known_cases()}
    shown.reject()


def test_a_case_that_is_gone_stays_listed_until_a_person_takes_it_away(
    qtbot, window, open_paths, settle, dialog, pictures, tmp_path
):
    open_paths(pictures[0])
    window.services.files.save_as(tmp_path / "gone.rbc")
    settle()
    window.services.files.new_case()
    settle()
    (tmp_path / "gone.rbc").unlink()
    shown = dialog()
    assert shown.list.lines[0].problem.startswith("not found")
    shown.list.setCurrentRow(0)
    shown.accept()
    settle()
    assert window.message_bar.level == "error"
    shown = dialog()
    shown.list.setCurrentRow(0)
    qtbot.mouseClick(shown.remove, Qt.MouseButton.LeftButton)
    settle()
    assert shown.list.count() == 0
    shown.reject()


def test_unsaved_work_of_another_window_is_listed_and_opens_once_that_was_killed(
    window, settle, dialog, pictures, tmp_path
):
    with Window(data_folder().parent) as other:
        path = Path(other.tell("create_unsaved", pictures[0]))
        other.tell("edit", "S 9")
        long_ago = datetime(2026, 1, 2, tzinfo=UTC)
        remember(KnownCase(path, long_ago, image=pictures[0].name, fields=1))
        shown = dialog()
        assert [line.problem for line in shown.list.lines] == ["open in another window; close it there first"]
        other.kill()
    window.cases.listing.refresh()
    settle()
    [line] = [line for line in shown.list.lines if line.case.path == path]
    assert (line.problem, line.case.sample_id) == ("", "S 9")
    shown.list.choose(path)
    shown.accept()
    settle()
    assert window.services.editor.store.path == path


def test_what_is_known_is_written_down_when_the_window_closes(window, open_paths, pictures):
    open_paths(pictures[0])
    window.services.editor.add_cell(1, make_proposal(random.Random(1)))
    window.close()
    [case] = known_cases()
    assert (case.cells, case.image) == (1, "smear 1.png")


def test_odd_files_in_the_folder_of_known_cases_keep_nothing_from_opening(window, settle, pictures, caplog):
    folder = data_folder() / "cases"
    folder.mkdir(exist_ok=True)
    for number, content in enumerate((b"", b"{}", b"\xff" * 100, b'{"path": "/lab/Anna.rbc"}')):
        (folder / f"{number}.json").write_bytes(content)
    window.services.files.new_case()
    settle()
    assert window.host.shown is window.host.welcome
    assert listed(window) == []
    assert "Anna" not in caplog.text


def test_cases_of_an_earlier_version_are_taken_over(qtbot, tmp_path):
    from PySide6.QtWidgets import QApplication

    from rbc_desktop.commands.desktop import assembly
    from rbc_desktop.storage.laboratory.settings import Settings, save_settings
    from rbc_desktop.storage.paths import settings_file

    save_settings(Settings(recent_files=(str(tmp_path / "7.rbc"), str(tmp_path / "1.png"))), settings_file())
    built = assembly.build_window(QApplication.instance())
    qtbot.addWidget(built)
    qtbot.waitUntil(lambda: [case.path for case in known_cases()] == [tmp_path / "7.rbc"])
    assert built.services.settings.value.recent_files == ()
    built.close()
    assembly.close_down(built)
