"""The last resort: an unexpected error is shown and logged, and the work continues."""

import logging
import sys
import threading

import pytest

from rbc_desktop.commands.desktop.crash_dialog import CrashReporter, error_sentence
from rbc_desktop.errors import CaseFileError


@pytest.fixture
def reporter(qtbot, theme, tmp_path):
    made = CrashReporter(log_file=tmp_path / "rbc.log")
    yield made
    if made.dialog is not None:
        made.dialog.accept()


def raised(error):
    try:
        raise error
    except type(error):
        return sys.exc_info()


def test_an_unexpected_error_is_shown_with_details_and_logged(qtbot, reporter, caplog):
    reporter.handle(*raised(ZeroDivisionError("division by zero")))
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    assert "ZeroDivisionError: division by zero" in reporter.dialog.details.toPlainText()
    assert "Traceback" in reporter.dialog.details.toPlainText()
    assert any(record.levelno == logging.CRITICAL for record in caplog.records)


def test_a_flood_of_errors_opens_one_dialog(qtbot, reporter):
    for _ in range(5):
        reporter.handle(*raised(ValueError("again")))
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    first = reporter.dialog
    qtbot.wait(1)
    assert reporter.dialog is first
    first.accept()
    assert reporter.dialog is None


def test_errors_of_other_threads_arrive_too(qtbot, reporter, monkeypatch):
    monkeypatch.setattr(threading, "excepthook", reporter.handle_thread)

    def fail():
        raise RuntimeError("in a thread")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    assert "in a thread" in reporter.dialog.details.toPlainText()


def test_a_foreseen_error_keeps_its_own_sentence():
    assert error_sentence(CaseFileError("The disk is full.")) == "The disk is full."
    assert "unexpected" in error_sentence(KeyError("x"))
