"""The log: it rotates, and names no image and no case."""

import logging
import os
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest
from PySide6.QtCore import qInstallMessageHandler

from rbc_desktop import log_file
from tests.fakes.casework import write_image


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
