"""Help > About: what runs, and the list of all bundled parts with their licences."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from rbc_desktop.background import TaskRunner
from rbc_desktop.errors import RbcError
from rbc_desktop.storage.parts import Part, read_parts
from rbc_desktop.ui.help.about_dialog import AboutDialog, about_lines
from rbc_desktop.ui.help.parts_view import PartsModel, hash_note, matches, with_headings
from rbc_desktop.ui.help.shortcuts_dialog import ModelFacts

FACTS = ModelFacts("cpu", "compact-sam2 1 (ab12)", "rbc 1 (cd34)", ("CUDA is present but not usable",))


@pytest.fixture
def parts(tmp_path):
    (tmp_path / "mit.txt").write_text("MIT License of the application")
    (tmp_path / "qt.txt").write_text("GNU LESSER GENERAL PUBLIC LICENSE")
    ours = Part("RBC Desktop", "1", "MIT", "Cells", "application", "11" * 32, 229, (tmp_path / "mit.txt",))
    torch = Part("torch", "2.13.0", "BSD-3-Clause", "Tensors", "python", "22" * 32, 1018)
    sam2 = Part("sam2", "1.1.0", "Apache-2.0", "Segment anything", "python", "33" * 32, 15)
    qt = Part("Qt", "6.11.3", "LGPL-3.0-only", "Windows", "library", "44" * 32, 39, (tmp_path / "qt.txt",))
    return (ours, sam2, torch, qt)


@pytest.fixture
def open_dialog(qtbot, theme):
    runner = TaskRunner()

    def open_it(read, *, wait=True):
        dialog = AboutDialog(FACTS, tasks=runner, read=read)
        qtbot.addWidget(dialog)
        dialog.show()
        if wait:
            qtbot.waitUntil(lambda: "Reading" not in dialog.parts.count.text())
        return dialog

    yield open_it
    assert runner.shutdown()


def _texts(dialog):
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def test_about_says_what_runs_and_what_it_is_for(open_dialog, parts):
    dialog = open_dialog(lambda: parts)
    lines = dict(dialog.lines)
    assert lines["Segmenter"] == "compact-sam2 1 (ab12)"
    assert lines["Note"].startswith("CUDA")
    assert (lines["PyTorch"], lines["SAM 2"], lines["Device"]) == ("2.13.0", "1.1.0", "CPU")
    assert "For Research Use Only. Not for use in diagnostic procedures." in _texts(dialog)
    assert "2.13.0" in dialog.table.text()
    dialog.copy_button.click()
    assert "PyTorch: 2.13.0" in QApplication.clipboard().text()


def test_versions_are_open_until_the_list_is_read():
    assert dict(about_lines(ModelFacts()))["PyTorch"] == "…"


def test_the_window_does_not_wait_for_the_list(qtbot, open_dialog, parts):
    go_on = threading.Event()

    def slow():
        assert go_on.wait(10)
        return parts

    dialog = open_dialog(slow, wait=False)
    dialog.parts.search.setText("qt")  # may be typed before the list is there
    assert dialog.parts.count.text() == "Reading the list…"
    go_on.set()
    qtbot.waitUntil(lambda: dialog.parts.count.text() == "1 of 4 parts")
    assert dialog.parts.chosen.name == "Qt"


def test_a_list_that_cannot_be_read_says_so(open_dialog):
    def fail():
        raise RbcError("The list of parts can't be read; install the application again.")

    dialog = open_dialog(fail)
    assert "install the application again" in dialog.parts.count.text()


def test_closing_before_the_list_is_there(qtbot, theme, parts):
    runner, go_on = TaskRunner(), threading.Event()
    dialog = AboutDialog(FACTS, tasks=runner, read=lambda: (go_on.wait(10), parts)[1])
    dialog.show()
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
    go_on.set()
    assert runner.shutdown()


def test_choosing_a_part_shows_its_licence(qtbot, open_dialog, parts):
    dialog = open_dialog(lambda: parts)
    view = dialog.parts
    dialog.pages.setCurrentIndex(1)
    assert view.count.text() == "4 parts"
    assert view.text.toPlainText() == "MIT License of the application\n"
    rows = [view.model.data(view.model.index(row, 0)) for row in range(view.model.rowCount())]
    assert rows == ["Application", "RBC Desktop", "Python packages", "sam2", "torch", "Libraries inside packages", "Qt"]
    qtbot.mouseClick(
        view.table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=view.table.visualRect(view.model.index(6, 1)).center(),
    )
    assert view.title.text() == "Qt 6.11.3"
    assert "LGPL-3.0-only · 39 files" in view.about.text()
    assert view.hash.text() == "44" * 32
    assert "LESSER" in view.text.toPlainText()
    qtbot.mouseClick(
        view.table.viewport(), Qt.MouseButton.LeftButton, pos=view.table.visualRect(view.model.index(5, 0)).center()
    )
    assert view.title.text() == "Qt 6.11.3"  # a heading can't be chosen


def test_search_and_no_match(open_dialog, parts):
    dialog = open_dialog(lambda: parts)
    view = dialog.parts
    view.search.setText("apache segment")
    assert [part.name for part in view.model.shown] == ["sam2"]
    assert view.count.text() == "1 of 4 parts"
    assert "came without a licence text" in view.text.toPlainText()
    view.search.setText("nothing like this")
    assert view.count.text() == "0 of 4 parts"
    assert view.title.text() == "No part matches the search."
    assert view.chosen is None
    view.search.clear()
    assert view.chosen.name == "RBC Desktop"


def test_words_of_a_search(parts):
    assert matches(parts[3], "lgpl WINDOWS")
    assert matches(parts[3], "inside 4444")
    assert not matches(parts[3], "lgpl tensors")
    assert matches(parts[3], "")


def test_rows_and_cells(qtbot, parts):
    assert [row for row in with_headings(parts) if isinstance(row, str)] == [
        "Application", "Python packages", "Libraries inside packages",
    ]  # fmt: skip
    model = PartsModel()
    model.set_parts(parts)
    assert [model.data(model.index(1, column)) for column in range(4)] == ["RBC Desktop", "1", "MIT", "11111111"]
    assert model.data(model.index(1, 3), Qt.ItemDataRole.ToolTipRole) == "11" * 32
    assert model.headings == [0, 2, 5]
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable


def test_what_a_hash_was_taken_of(parts):
    assert hash_note(parts[1]) == "of the list of its 15 files with their hashes"
    assert hash_note(Part("x", "", "MIT", "", "model", "00", 1)) == "of its file"
    assert hash_note(Part("x", "", "MIT", "", "model")) == ""


def test_the_window_opens_it_with_the_real_list(qtbot, window):
    window.action_set["about"].trigger()
    dialog = window.findChild(AboutDialog)
    qtbot.waitUntil(lambda: bool(dialog.parts.model.shown), timeout=20_000)
    assert tuple(dialog.parts.model.shown) == read_parts()
    assert dict(dialog.lines)["PyTorch"].startswith("2.")
    dialog.close()
