"""The start that fails."""

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from rbc_desktop.commands import window
from rbc_desktop.commands.desktop.splash import Splash
from rbc_desktop.errors import CaseFileError


class _Box:
    """Stands for the message box; the dialog would wait for a person."""

    shown: list["_Box"] = []  # noqa: RUF012
    Icon, StandardButton = QMessageBox.Icon, QMessageBox.StandardButton

    def __init__(self, icon, title, text, buttons):
        self.text, self.details = text, ""
        self.splashes = [w for w in QApplication.topLevelWidgets() if isinstance(w, Splash) and w.isVisible()]
        self.shown.append(self)

    def setDetailedText(self, text):
        self.details = text

    def exec(self):
        return 0


@pytest.fixture
def boxes(monkeypatch):
    """The message boxes of a start in this process, whose application exists already."""
    monkeypatch.setattr(_Box, "shown", [])
    monkeypatch.setattr("PySide6.QtWidgets.QMessageBox", _Box)
    monkeypatch.setattr(window, "QApplication", lambda _: QApplication.instance())
    monkeypatch.setattr(window, "start_log", lambda folder: folder / "log")
    yield _Box.shown
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, Splash):
            widget.deleteLater()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (CaseFileError("The disk is full; make room."), "The disk is full; make room."),
        (PermissionError(13, "no"), "can't write to its folder"),
        (PermissionError(13, "no", "/home/lab/.config"), "can't write to /home/lab/.config;"),
        (KeyError("x"), "could not start"),
    ],
)
def test_a_start_that_fails_says_why_and_nothing_hides_it(qapp, boxes, monkeypatch, error, sentence):
    def fail(_):
        raise error

    monkeypatch.setattr("rbc_desktop.commands.desktop.assembly.build_window", fail)
    assert window.run([]) == 1
    (box,) = boxes
    assert sentence in box.text
    assert type(error).__name__ in box.details
    assert box.splashes == []
