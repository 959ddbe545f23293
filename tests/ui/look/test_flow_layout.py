"""A head line on one line, and on as many as it takes where a pane is narrow."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from rbc_desktop.ui.look.flow_layout import FlowLayout, Sentence


class Box(QWidget):
    """A widget that wants a size."""

    def __init__(self, width, height=20, *, expands=False):
        super().__init__()
        self._size = QSize(width, height)
        horizontal = QSizePolicy.Policy.Expanding if expands else QSizePolicy.Policy.Fixed
        self.setSizePolicy(horizontal, QSizePolicy.Policy.Fixed)

    def sizeHint(self):
        return self._size

    def minimumSizeHint(self):
        return QSize(10, self._size.height())


@pytest.fixture
def row(qtbot):
    """Lays boxes out in a head of some width; returns their rectangles."""
    pages = []

    def lay(width, boxes):
        page = QWidget()
        pages.append(page)
        qtbot.addWidget(page)
        head = QWidget()
        line = FlowLayout(head, margins=(4, 3, 4, 3), spacing=6)
        for box in boxes:
            line.addWidget(box)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(head)
        column.addStretch(1)
        page.resize(width, 300)
        page.show()
        assert head.height() == line.heightForWidth(width)
        return [box.geometry().getRect() for box in boxes]

    return lay


def test_all_on_one_line_and_the_rest_goes_to_what_expands(row):
    assert row(300, [Box(50, expands=True), Box(60), Box(70)]) == [(4, 3, 150, 20), (160, 3, 60, 20), (226, 3, 70, 20)]


def test_what_expands_first_gets_a_line_of_its_own_and_the_others_stand_at_the_right(row):
    assert row(170, [Box(100, expands=True), Box(60), Box(70)]) == [(4, 3, 162, 20), (30, 29, 60, 20), (96, 29, 70, 20)]


def test_others_begin_at_the_left_and_a_line_is_full_before_the_next_begins(row):
    laid = row(200, [Box(60), Box(60, 26), Box(60), Box(60, expands=True), Box(30)])
    assert laid == [(4, 6, 60, 20), (70, 3, 60, 26), (136, 6, 60, 20), (4, 35, 156, 20), (166, 35, 30, 20)]


def test_hidden_widgets_take_no_room(row):
    boxes = [Box(60), Box(60), Box(60)]
    boxes[1].hide()
    assert row(140, boxes)[2] == (70, 3, 60, 20)


def test_nothing_is_ever_cut_off_at_the_right(row):
    for width in range(80, 420, 17):
        laid = row(width, [Box(90, expands=True), *(Box(25 + 7 * n) for n in range(6))])
        assert max(x + w for x, _, w, _ in laid) <= width - 4


def test_a_sentence_stands_on_one_line_and_wraps_where_it_must(qtbot, row):
    text = "Drag to move, the wheel zooms. A double click goes to work there."
    sentence, button = Sentence(text), QPushButton("Back to the fields")
    needed = sentence.fontMetrics().horizontalAdvance(text)
    [wide, _] = row(needed + 260, [sentence, button])
    assert wide[3] < 2 * sentence.fontMetrics().lineSpacing()
    [narrow, below] = row(240, [sentence, button])
    assert narrow[3] >= 2 * sentence.fontMetrics().lineSpacing()
    assert below[1] >= narrow[1] + narrow[3]
