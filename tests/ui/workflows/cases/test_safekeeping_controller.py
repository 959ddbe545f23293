"""The window and its case file: moved away, write-protected, left behind, or the death of the last window."""

import contextlib
import os
import random
import shutil
import sqlite3

import pytest
from PySide6.QtCore import QCoreApplication

from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.safekeeping import autosave, run_record
from rbc_desktop.turns import is_quiet
from rbc_desktop.workflows.cases import opening_controller, safekeeping_controller
from tests.attack.case_window import RefusedError, Window
from tests.fakes.case_copies import copy_of
from tests.fakes.casework import make_proposal, write_image


@pytest.fixture
def settle(qtbot, window):
    """Waits until nothing is being opened or decoded."""
    files, images = window.services.files, window.services.images
    return lambda: qtbot.waitUntil(lambda: not files.is_busy and not images.is_loading and is_quiet(), timeout=20_000)


@pytest.fixture
def case_path(window, settle, tmp_path):
    """A case with a name, a field and a cell, open in the window."""
    image = write_image(tmp_path / "smear.png", 1).path
    window.services.files.open_paths([image])
    settle()
    window.services.editor.add_cell(1, make_proposal(random.Random(1)))
    window.services.files.save_as(tmp_path / "case.rbc")
    settle()
    return tmp_path / "case.rbc"


def test_a_case_file_that_is_moved_away_is_said_without_any_edit(qtbot, window, case_path):
    case_path.rename(case_path.with_name("elsewhere.rbc"))
    qtbot.waitUntil(lambda: "case.rbc was moved, renamed or deleted" in window.message_bar.text)
    assert window.message_bar.level == "error"
    case_path.with_name("elsewhere.rbc").rename(case_path)
    window.safekeeping.look()
    window.message_bar.dismiss()
    case_path.unlink()
    window.safekeeping.look()
    assert "case.rbc was moved, renamed or deleted" in window.message_bar.text


def test_the_log_of_the_case_is_folded_once_nobody_changes_it(qtbot, window, case_path, monkeypatch):
    """What was changed then stands in the database alone; while changes come, nothing folds."""
    monkeypatch.setattr(safekeeping_controller, "MANY_ROWS", 3)
    editor, look, dice = window.services.editor, window.safekeeping.look, random.Random(3)

    def cells_of_the_database_alone():
        alone = shutil.copy(case_path, case_path.with_name("alone.rbc"))
        with contextlib.closing(sqlite3.connect(f"file:{alone}?immutable=1", uri=True)) as connection:
            return connection.execute("SELECT count(*) FROM cell").fetchone()[0]

    folded, fold = [], CaseFile.fold

    def counted(store):
        fold(store)
        folded.append(store)

    monkeypatch.setattr(CaseFile, "fold", counted)
    for _ in range(3):
        editor.add_cell(1, make_proposal(dice))
        look()
    QCoreApplication.processEvents()  # from which a task would start
    assert not folded
    assert cells_of_the_database_alone() < len(editor.case.cells)
    look()
    qtbot.waitUntil(lambda: bool(folded))
    assert cells_of_the_database_alone() == len(editor.case.cells)


def test_a_window_whose_case_is_gone_closes_only_at_the_second_try(window, case_path):
    case_path.unlink()
    window.close()
    assert window.isVisible()
    assert "Do it again" in window.message_bar.text
    window.close()
    assert not window.isVisible()


def test_the_case_is_saved_again_under_its_old_name(window, settle, case_path):
    case_path.unlink()
    window.close()
    window.services.files.save_as(case_path)
    settle()
    window.services.editor.add_cell(1, make_proposal(random.Random(2)))
    window.close()
    assert not window.isVisible()
    window.services.files.close()
    store, case = CaseFile.open(case_path)
    store.close()
    assert len(case.cells) == 2


def test_opening_another_case_does_not_leave_one_that_is_gone(window, settle, case_path):
    case_path.unlink()
    window.services.files.new_case()
    settle()
    assert window.services.editor.case.cells
    assert "Do it again" in window.message_bar.text
    window.services.files.new_case()
    settle()
    assert not window.services.editor.case.cells


def test_the_open_case_can_be_chosen_again_and_stays_locked(window, settle, case_path, tmp_path):
    window.services.files.open_paths([case_path])
    settle()
    assert "open in this window already" in window.message_bar.text
    with Window(tmp_path / "other home") as other, pytest.raises(RefusedError, match="another window"):
        other.tell("open", case_path)


def test_a_case_of_which_the_last_window_died_is_not_opened_unasked(qtbot, window, settle, tmp_path, monkeypatch):
    monkeypatch.setattr(opening_controller, "SETTLED_MS", 0)
    window.services.settings.update(sample_shown=True)
    store = autosave.new_case_file()
    path = store.path
    store.close()
    run_record._write_shunned(frozenset({path}))
    window.services.files.start([])
    settle()
    assert window.services.editor.store.path != path
    assert "File › Open recent…" in window.message_bar.text
    window.services.files.open_paths([path])  # asked for, it is opened, and trusted when nothing happens
    settle()
    qtbot.waitUntil(lambda: run_record.shunned() == frozenset())
    assert window.services.editor.store.path == path


def test_a_write_protected_case_says_so(window, settle, case_path, tmp_path, monkeypatch):
    """With a second account: tests/unit/storage/case/test_case_lock.py."""
    copy = copy_of(window.services.editor.store, tmp_path / "shelf.rbc")
    monkeypatch.setattr(os, "access", lambda path, mode: not str(path).endswith("shelf.rbc"))
    window.services.files.open_paths([copy])
    settle()
    assert window.services.editor.store.is_read_only
    assert "write-protected" in window.message_bar.text


def test_an_image_at_a_place_that_the_case_names_itself_is_asked_for(window, settle, case_path, tmp_path):
    """Not read by itself, though it is there; chosen by the user, it is."""
    copy, image = tmp_path / "from elsewhere" / "copy.rbc", tmp_path / "smear.png"
    copy.parent.mkdir()
    copy_of(window.services.editor.store, copy)
    connection = sqlite3.connect(copy)
    connection.execute("UPDATE field SET path = ?", (str(image),))
    connection.commit()
    connection.close()
    window.services.files.open_paths([copy])
    settle()
    assert "outside the folder of the case" in window.services.images.problems[1]
    assert window.host.shown is window.host.notice
    window.services.moved.relocate(1, image)
    settle()
    assert window.services.images.problems == {}
    assert window.host.shown is window.canvas
