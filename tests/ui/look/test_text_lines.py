"""Lines that are laid out once look like those that Qt lays out each time."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter

from rbc_desktop.ui.look.text_lines import TextLines
from rbc_desktop.ui.look.theme import tabular

ROOM = QRect(60, 3, 80, 34)
MIDDLE = Qt.AlignmentFlag.AlignVCenter


def drawn(draw):
    """A picture of what `draw` draws."""
    image = QImage(200, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        painter.setPen(Qt.GlobalColor.black)
        draw(painter)
    return image


@pytest.fixture
def font(qapp):
    return tabular(qapp.font())


@pytest.mark.parametrize("side", [Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight])
@pytest.mark.parametrize("text", ["0.37", "normal", "elliptocyte (not counted)"])
def test_a_line_looks_like_one_of_qt(font, side, text):
    lines, cut = TextLines(), QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, ROOM.width())

    def qt(painter):
        painter.setFont(font)
        painter.drawText(ROOM, side | MIDDLE, cut)

    for _ in range(2):  # laid out, and as it was laid out
        assert drawn(lambda painter: lines.paint(painter, ROOM, side, text, font=font)) == drawn(qt)


def test_what_is_not_cut_reaches_beyond_its_room(font):
    lines = TextLines()
    long = QRect(100, 3, 20, 34)

    def written(painter):
        lines.paint(painter, long, Qt.AlignmentFlag.AlignRight, "1,234,567", font=font, cut=False)

    def in_room(painter):
        lines.paint(painter, QRect(0, 3, 120, 34), Qt.AlignmentFlag.AlignRight, "1,234,567", font=font)

    assert drawn(written) == drawn(in_room)


def test_another_font_lays_out_anew(font):
    large, lines = QFont(font), TextLines()
    large.setPointSizeF(2 * font.pointSizeF())

    def written(painter, size, by):
        by.paint(painter, ROOM, Qt.AlignmentFlag.AlignLeft, "normal", font=size)

    drawn(lambda painter: written(painter, font, lines))
    seen = drawn(lambda painter: written(painter, large, lines))
    assert seen == drawn(lambda painter: written(painter, large, TextLines()))
    assert lines.advance("normal", font=large) > 1.5 * lines.advance("normal", font=font)
