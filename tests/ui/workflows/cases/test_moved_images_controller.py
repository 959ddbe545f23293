"""Moved images in the real window: one image or one folder located finds all, as one undoable step."""

import shutil

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QMenu

from rbc_desktop.errors import CaseFileError
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.turns import is_quiet
from rbc_desktop.ui.fields.field_delegate import FACTS_ROLE
from rbc_desktop.ui.look.mnemonics import plain
from tests.fakes.casework import write_image


@pytest.fixture
def settle(qtbot, window):
    """Until nothing is being opened or decoded."""

    def wait():
        files, images = window.services.files, window.services.images
        qtbot.waitUntil(lambda: not files.is_busy and not images.is_loading and is_quiet(), timeout=20_000)

    return wait


@pytest.fixture
def moved(qtbot, window, settle, pictures, tmp_path):
    """A case of three fields is open, and their images lie two folders deep somewhere else; one is renamed."""
    files = window.services.files
    files.open_paths(pictures)
    settle()
    path = tmp_path / "case.rbc"
    files.save_as(path)
    settle()
    files.new_case()
    settle()
    qtbot.waitUntil(lambda: _is_free(path))
    folder = tmp_path / "archive" / "2026" / "S-1"
    folder.parent.mkdir(parents=True)
    shutil.move(pictures[0].parent, folder)
    (folder / "smear 10.png").rename(folder / "renamed.png")
    files.open_paths([path])
    settle()
    qtbot.waitUntil(lambda: len(window.services.images.problems) == 3)
    return folder


def _is_free(path):
    try:
        CaseFile.open(path)[0].close()
    except CaseFileError:
        return False
    return True


def paths(window):
    return [field.path for field in window.services.editor.case.fields.values()]


def strip_facts(window):
    items = window.strip.list
    return [items.item(row).data(FACTS_ROLE) for row in range(items.count())]


def all_shown(window):
    images = window.services.images
    return not images.problems and all(images.thumbnail(n) is not None for n in (1, 2, 3))


def test_a_folder_is_chosen_and_all_images_are_found_below_it(
    qtbot, window, settle, moved, pictures, tmp_path, monkeypatch
):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "archive"))
    assert window.host.shown is window.host.notice
    qtbot.waitUntil(lambda: all(facts.has_problem for facts in strip_facts(window)))
    qtbot.mouseClick(window.host.notice.other, Qt.MouseButton.LeftButton)
    settle()
    qtbot.waitUntil(lambda: all_shown(window))
    assert paths(window) == [moved / "smear 1.png", moved / "smear 2.png", moved / "renamed.png"]
    assert window.host.shown is window.canvas
    assert window.message_bar.text == "3 images found."
    qtbot.waitUntil(lambda: not any(facts.has_problem for facts in strip_facts(window)))
    editor = window.services.editor
    assert editor.undo_text == "Locate 3 images"
    window.action_set["undo"].trigger()
    assert paths(window) == pictures
    assert not editor.can_undo
    qtbot.waitUntil(window.action_set["redo"].isEnabled)
    window.action_set["redo"].trigger()
    assert paths(window)[2] == moved / "renamed.png"


def test_one_located_image_finds_the_others_and_says_what_is_missing(qtbot, window, settle, moved, monkeypatch):
    write_image(moved / "smear 2.png", 77)  # another picture under the old name
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(moved / "smear 1.png"), ""))
    qtbot.mouseClick(window.host.notice.button, Qt.MouseButton.LeftButton)
    settle()
    images = window.services.images
    qtbot.waitUntil(lambda: list(images.problems) == [2] and images.thumbnail(3) is not None)
    assert paths(window)[2] == moved / "renamed.png"
    assert window.services.editor.undo_text == "Locate 2 images"
    expected = "2 images found; 1 still missing. Locate a folder that holds the rest."
    assert window.message_bar.text == expected


def test_the_strip_offers_it_and_cancel_leaves_the_case_as_it_is(
    qtbot, window, settle, moved, pictures, tmp_path, monkeypatch
):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    menus = []
    window.presenter.menu_opening.connect(lambda _, menu: menus.append(menu))
    window.presenter.show_menu((2, QPoint()))
    menu: QMenu = menus[0]
    next(action for action in menu.actions() if plain(action.text()) == "Locate a folder…").trigger()
    menu.close()
    assert window.services.files.is_busy
    window.services.files.cancel()
    settle()
    assert paths(window) == pictures
    assert not window.services.editor.can_undo


def test_an_image_that_is_back_where_it_was_is_shown_when_its_field_is_chosen_again(qtbot, window, moved, pictures):
    shutil.move(moved, pictures[0].parent)
    window.presenter.step(1)
    qtbot.waitUntil(lambda: window.host.shown is window.canvas)
    assert 2 not in window.services.images.problems
    window.presenter.step(1)
    window.presenter.step(-1)
    qtbot.waitUntil(is_quiet)
    assert window.host.shown is window.canvas
