"""What is dragged over the window, and let go of or taken away again."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from rbc_desktop.ui.window.frame.drop_frame import DropFrame, drop_text

PRESSED = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def place(qtbot, theme):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    middle = QWidget(window)
    middle.setGeometry(100, 50, 400, 300)
    frame = DropFrame(window, over=middle, theme=theme)
    window.show()
    return window, frame


def mime(*urls):
    data = QMimeData()
    data.setUrls([QUrl(url) for url in urls])
    return data


def enter(window, data):
    event = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, *PRESSED)
    event.ignore()
    QApplication.sendEvent(window, event)
    return event


def test_a_frame_says_what_letting_go_does_and_goes_when_it_leaves(place):
    window, frame = place
    data = mime("file:///data/a.png", "file:///data/b.png")
    assert enter(window, data).isAccepted()
    assert frame.isVisible()
    assert frame.text == "Let go to open 2 files"
    assert frame.size() == frame.parentWidget().size()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not frame.isVisible()


def test_what_is_let_go_is_handed_on_and_the_frame_goes(qtbot, place):
    window, frame = place
    data = mime("file:///data/a.png")
    enter(window, data)
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, *PRESSED)
    with qtbot.waitSignal(frame.dropped) as dropped:
        QApplication.sendEvent(window, event)
    assert dropped.args == [[Path("/data/a.png")]]
    assert event.isAccepted()
    assert not frame.isVisible()


def test_what_is_no_file_is_not_taken(place):
    window, frame = place
    data = mime("https://example.org/no.png")
    assert not enter(window, data).isAccepted()
    assert not frame.isVisible()


def test_a_case_is_called_by_its_name():
    assert drop_text([Path("/data/S 1.RBC")]) == "Let go to open S 1.RBC"
    assert drop_text([Path("/data/a.png")]) == "Let go to open 1 file"
