"""The last resort: an unexpected error is shown and logged, and the work continues."""

import logging
import os
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest
from PySide6.QtCore import qInstallMessageHandler

from rbc_desktop import log_file
from rbc_desktop.commands.crash_dialog import CrashReporter, error_sentence
from rbc_desktop.commands.process import GuiCollector
from rbc_desktop.errors import CaseFileError
from tests.fakes.casework import write_image


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


@pytest.mark.parametrize(
    "text",
    [
        "Cannot open /home/lab/Jane Doe 1970.png", "C:\\Users\\x\\Doe, Jane.tiff is damaged",
        "in '/data/Müller.rbc': disk I/O error",
    ],
)  # fmt: skip
def test_the_log_names_no_image_and_no_case(text):
    record = logging.LogRecord("PIL.Image", logging.INFO, "", 0, text, (), None)
    written = log_file.PrivateFormatter("%(message)s").format(record)
    assert "Doe" not in written
    assert "Müller" not in written
    assert "left out" in written


NAME = "Doe Anna 7"


def _raise_chain():
    from rbc_desktop.errors import ImageReadError

    try:
        try:
            Path("/nowhere", NAME).read_bytes()
        except FileNotFoundError as error:
            raise ImageReadError(f"{NAME} doesn't exist; it may have been moved.") from error
    except ImageReadError as error:
        raise ValueError(f"field '{NAME}' of 12") from error


def test_a_traceback_keeps_where_and_what_kind_and_no_name():
    try:
        _raise_chain()
    except ValueError:
        info = sys.exc_info()
    record = logging.LogRecord("rbc_desktop.x", logging.ERROR, "", 0, "job failed: %s", ("Embed",), info)
    logging.Formatter().format(record)  # another handler's text is cached in the record, names and all
    written = log_file.PrivateFormatter("%(message)s").format(record)
    assert "Doe" not in written
    for expected in ("job failed: Embed", "FileNotFoundError: errno 2", "ImageReadError", "ValueError", "_raise_chain"):
        assert expected in written


def test_what_cannot_be_a_name_is_kept():
    try:
        raise RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB")
    except RuntimeError:
        info = sys.exc_info()
    record = logging.LogRecord("rbc_desktop.x", logging.ERROR, "", 0, "%d of %.1f", (3, 4.0), info)
    written = log_file.PrivateFormatter("%(message)s").format(record)
    assert written.startswith("3 of 4.0\n")
    assert "Tried to allocate 2.00 GiB" in written


def test_a_window_among_files_of_patients_logs_none_of_their_names(qtbot, tmp_path, window):
    """Good, broken, missing and odd files, by names with blanks and without endings."""
    folder = tmp_path / "Doe Anna 1970"
    folder.mkdir()
    names = ["Doe Anna 1.png", "Doe.Anna 2.tif", "Doe 3", "Doe – 4.JPG", "Doe 5.rbc", "Doe 6.rbc"]
    write_image(folder / names[0], 1)
    for name in names[1:5]:
        (folder / name).write_bytes(b"II*\0 no image" * 20)
    before = logging.getLogger().handlers[:]
    try:
        log = log_file.start_log(tmp_path)
        for name in names:
            window.services.files.open_paths([folder / name])
            qtbot.waitUntil(lambda: not window.services.files.is_busy)
        window.services.files.save_as(folder / "missing" / "Doe 7.rbc")
        qtbot.waitUntil(lambda: not window.services.files.is_busy)
        written = log.read_text(encoding="utf-8")
        assert log.stat().st_mode & 0o077 == 0 or os.name != "posix"
    finally:
        for handler in logging.getLogger().handlers[:]:
            if handler not in before:
                logging.getLogger().removeHandler(handler)
                handler.close()
        logging.captureWarnings(False)
        qInstallMessageHandler(None)
    assert "could not be written" in written
    assert "Doe" not in written
    assert "Anna" not in written


def test_the_log_rotates_and_takes_what_qt_says(tmp_path):
    before = logging.getLogger().handlers[:]
    try:
        path = log_file.start_log(tmp_path)
        logging.getLogger("rbc").info("hello")
        assert "hello" in path.read_text(encoding="utf-8")
        handler = next(h for h in logging.getLogger().handlers if h not in before)
        assert isinstance(handler, RotatingFileHandler)
        assert handler.maxBytes == log_file.LOG_BYTES
    finally:
        for handler in logging.getLogger().handlers[:]:
            if handler not in before:
                logging.getLogger().removeHandler(handler)
                handler.close()
        logging.captureWarnings(False)
        qInstallMessageHandler(None)


def test_garbage_is_collected_on_the_gui_thread_only(qtbot):
    import gc

    collector = GuiCollector()
    try:
        assert not gc.isenabled()
        seen = []
        gc.callbacks.append(lambda phase, info: seen.append(threading.current_thread()))
        cycles = [[] for _ in range(3000)]
        for cycle in cycles:
            cycle.append(cycle)
        del cycles, cycle
        collector._collect()
        assert seen
        assert set(seen) == {threading.main_thread()}
    finally:
        gc.callbacks.clear()
        collector.stop()
    assert gc.isenabled()
