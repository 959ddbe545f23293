"""The splash, the start that fails, files from outside, and what programs that we start inherit."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QFileOpenEvent, QFont
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from rbc_desktop.commands import process, window
from rbc_desktop.commands.process import OpenedFiles, paths_of
from rbc_desktop.commands.splash import HEIGHT, WIDTH, Splash, splash_picture
from rbc_desktop.errors import CaseFileError
from rbc_desktop.storage.paths import resource_root

ICON = resource_root() / "icons" / "app.svg"


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_picture_is_drawn_in_the_pixels_of_the_screen(qapp, ratio):
    picture = splash_picture(ICON, ratio=ratio, font=QFont())
    assert (picture.width(), picture.height()) == (round(WIDTH * ratio), round(HEIGHT * ratio))
    assert picture.deviceIndependentSize().toSize().width() == WIDTH
    image = picture.toImage()
    cell = image.pixelColor(round((36 + 56 - 25) * ratio), round((42 + 56) * ratio))
    assert cell.red() > 150 > cell.blue(), "the icon's cell is red"


def test_splash_is_painted_when_the_start_goes_on_and_gone_when_the_window_is_there(qtbot):
    splash = Splash(ICON)
    qtbot.addWidget(splash)
    splash.show_at_once()
    assert splash.isVisible()
    assert splash.is_painted
    assert not splash.windowFlags() & Qt.WindowType.WindowStaysOnTopHint, "a message must not lie under it"
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    splash.finish(window)
    assert not splash.isVisible()


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

    monkeypatch.setattr("rbc_desktop.commands.assembly.build_window", fail)
    assert window.run([]) == 1
    (box,) = boxes
    assert sentence in box.text
    assert type(error).__name__ in box.details
    assert box.splashes == []


def test_paths_from_outside(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    spaced = tmp_path / "Fall 7 – ä.rbc"
    assert paths_of([QUrl.fromLocalFile(str(spaced)).toString(QUrl.ComponentFormattingOption.FullyEncoded)]) == [spaced]
    assert paths_of(["case.rbc", "sub/a.png", ""]) == [tmp_path / "case.rbc", tmp_path / "sub" / "a.png"]
    assert paths_of([str(spaced)]) == [spaced]
    assert paths_of(["http://example.org/a.png"])[0].name == "a.png"  # a path like any other: it doesn't exist


def test_open_events_of_the_system_reach_the_case(qapp, tmp_path):
    class App(QObject):
        pass

    app, seen = App(), []
    OpenedFiles(seen.append, app)
    qapp.sendEvent(app, QFileOpenEvent(QUrl.fromLocalFile(str(tmp_path / "a b.rbc"))))
    qapp.sendEvent(app, QEvent(QEvent.Type.User))
    assert seen == [[tmp_path / "a b.rbc"]]


BUNDLE = Path("/opt/rbc/_internal")


@pytest.mark.parametrize(
    ("before", "changes"),
    [
        ({"LD_LIBRARY_PATH": "/opt/rbc/_internal"}, {"LD_LIBRARY_PATH": ""}),
        (
            {"LD_LIBRARY_PATH": "/opt/rbc/_internal:/usr/local/lib", "LD_LIBRARY_PATH_ORIG": "/usr/local/lib"},
            {"LD_LIBRARY_PATH": "/usr/local/lib", "LD_LIBRARY_PATH_ORIG": ""},
        ),
        ({"QT_PLUGIN_PATH": "/opt/rbc/_internal/PySide6/Qt/plugins", "PATH": "/usr/bin"}, {"QT_PLUGIN_PATH": ""}),
        ({"QT_PLUGIN_PATH": "/home/me/plugins", "LD_LIBRARY_PATH": "/opt/rbc/_internal2"}, {}),
    ],
)
@pytest.mark.skipif(os.pathsep != ":", reason="POSIX search paths")
def test_programs_that_we_start_do_not_inherit_the_bundle(before, changes):
    assert process.without_bundle(before, BUNDLE) == changes


def test_a_source_start_leaves_the_environment(monkeypatch):
    monkeypatch.setenv("LD_LIBRARY_PATH", "/somewhere")
    process.release_environment()
    assert os.environ["LD_LIBRARY_PATH"] == "/somewhere"
    monkeypatch.setattr("sys._MEIPASS", "/somewhere", raising=False)
    process.release_environment()
    assert "LD_LIBRARY_PATH" not in os.environ
