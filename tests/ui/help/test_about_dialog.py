"""Help > About: what runs, and the page of all licences."""

import threading

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from rbc_desktop.background import TaskRunner
from rbc_desktop.engine.jobs import EngineReady
from rbc_desktop.errors import RbcError
from rbc_desktop.storage.parts import read_licences
from rbc_desktop.ui.help.about_dialog import LINES_AT_ONCE, AboutDialog, about_lines

RUNNING = EngineReady("cpu", "compact-sam2 1 (ab12)", "rbc 1 (cd34)", 0.1, ("CUDA is present but not usable",))


@pytest.fixture
def open_dialog(qtbot, theme):
    runner = TaskRunner()

    def open_it(read):
        dialog = AboutDialog(RUNNING, tasks=runner, read=read)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    yield open_it
    assert runner.shutdown()


def test_about_says_what_runs_and_what_it_is_for(open_dialog):
    dialog = open_dialog(lambda: "page")
    lines = dict(dialog.lines)
    assert lines["Segmenter"] == "compact-sam2 1 (ab12)"
    assert lines["Note"].startswith("CUDA")
    assert lines["Device"] == "CPU"
    texts = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "For Research Use Only. Not for use in diagnostic procedures." in texts
    assert "compact-sam2 1 (ab12)" in dialog.table.text()
    dialog.copy_button.click()
    assert "Segmenter: compact-sam2 1 (ab12)" in QApplication.clipboard().text()


def test_before_the_models_are_loaded():
    assert dict(about_lines(None))["Segmenter"] == "not loaded yet"


def test_the_window_does_not_wait_for_the_licences_and_takes_them_in_parts(qtbot, open_dialog):
    go_on = threading.Event()
    page = "".join(f"line {number}\n" for number in range(2 * LINES_AT_ONCE + 1))

    def slow():
        assert go_on.wait(10)
        return page

    dialog = open_dialog(slow)
    dialog.pages.setCurrentIndex(1)
    seen = []
    dialog.licences.document().contentsChanged.connect(lambda: seen.append(dialog.licences.blockCount()))
    assert not dialog.licences_complete
    go_on.set()
    qtbot.waitUntil(lambda: dialog.licences_complete)
    assert dialog.licences.toPlainText() == page
    assert max(after - before for before, after in zip([1, *seen], seen, strict=False)) <= LINES_AT_ONCE
    assert dialog.licences.verticalScrollBar().value() == 0
    assert dialog.copy_button.isHidden()


def test_licences_that_cannot_be_read_say_so(qtbot, open_dialog):
    def fail():
        raise RbcError("The list of parts can't be read; install the application again.")

    dialog = open_dialog(fail)
    qtbot.waitUntil(lambda: "install the application again" in dialog.licences.placeholderText())


def test_closing_before_the_licences_are_there(qtbot, theme):
    runner, go_on = TaskRunner(), threading.Event()
    dialog = AboutDialog(RUNNING, tasks=runner, read=lambda: (go_on.wait(10), "page")[1])
    dialog.show()
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
    go_on.set()
    assert runner.shutdown()


def test_the_window_opens_it_with_the_real_page(qtbot, window):
    window.action_set["about"].trigger()
    dialog = window.findChild(AboutDialog)
    qtbot.waitUntil(lambda: dialog.licences_complete, timeout=20_000)
    assert dialog.licences.toPlainText().splitlines() == read_licences().splitlines()
    dialog.close()
