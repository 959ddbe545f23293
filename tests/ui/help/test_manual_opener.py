"""Help > Manual in the language of the window."""

import sys

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from rbc_desktop.background import TaskRunner
from rbc_desktop.errors import RbcError
from rbc_desktop.language import present
from rbc_desktop.storage.paths import manual_folder
from rbc_desktop.ui.help.manual_opener import ManualOpener
from rbc_desktop.ui.help.manual_text import THIN_SPACE, read_chapters

GERMAN = manual_folder("de")


@pytest.fixture
def opener(qtbot, theme):
    tasks = TaskRunner()
    made = ManualOpener(manual_folder(present().code), theme, tasks=tasks, parent=theme)
    yield made
    made.close()
    assert tasks.shutdown()


@pytest.fixture
def manual(qtbot, german, opener):
    opener.open()
    qtbot.waitUntil(lambda: opener.window is not None)
    return opener.window


def test_asked_for_twice_it_is_one_window(qtbot, opener):
    opener.open()
    opener.open()
    qtbot.waitUntil(lambda: opener.window is not None)
    first = opener.window
    opener.open()
    assert opener.window is first


def test_closed_before_it_is_there_it_stays_away(qtbot, opener):
    opener.open()
    with qtbot.waitSignal(opener._bringing.ended):
        opener.close()
    QApplication.processEvents()
    assert opener.window is None


def test_a_part_that_is_missing_is_said_and_asked_for_again(qtbot, opener, monkeypatch):
    monkeypatch.setitem(sys.modules, "rbc_desktop.ui.help.manual_window", None)
    opener.open()
    with qtbot.captureExceptions() as said:
        qtbot.waitUntil(lambda: bool(said))
    assert isinstance(said[0][1], RbcError)
    monkeypatch.undo()
    opener.open()
    qtbot.waitUntil(lambda: opener.window is not None)


def turn_to(qtbot, manual, file):
    qtbot.waitUntil(lambda: not manual.page.is_busy)
    manual.page.show_file(GERMAN / file)
    qtbot.waitUntil(lambda: not manual.page.is_busy)


def test_the_german_window_has_the_german_manual(qtbot, manual):
    qtbot.waitUntil(lambda: manual.page.file == "index.md")
    assert [chapter.title for chapter in manual.chapters[:3]] == ["Handbuch", "Installieren", "Ihr erster Fall"]
    assert "Noch nicht von einer muttersprachlichen MTA/MTL gelesen." in manual.page.toPlainText()
    assert "english" not in manual.page.toPlainText(), "the line that names the English page is for its makers"


def test_pictures_are_shown(qtbot, manual):
    turn_to(qtbot, manual, "first-case.md")
    document = manual.page.document()
    address = document.baseUrl().resolved("../../images/1-click.png")
    assert document.resource(2, address).width() > 100


def test_links_lead_to_german_pages(qtbot, manual):
    turn_to(qtbot, manual, "first-case.md")
    page = manual.page
    found = page.document().find("Klassen prüfen")
    page.setTextCursor(found)
    page.ensureCursorVisible()
    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=page.cursorRect(found).center() - QPoint(10, 0))
    assert page.source().toLocalFile() == str(GERMAN / "review.md")


def test_keys_have_their_german_names(qtbot, manual):
    turn_to(qtbot, manual, "opening.md")
    assert f"{THIN_SPACE}Strg+Umschalt+O{THIN_SPACE}" in manual.page.toPlainText()
    manual.search.setText("Strg+Umschalt+O")
    assert manual.list.count() == sum("Strg+Umschalt+O" in chapter.text for chapter in read_chapters(GERMAN))
