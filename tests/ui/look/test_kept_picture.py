"""Pictures that are drawn once: by key, size and ratio, and as sharp as the screen."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.ui.look import swatch
from rbc_desktop.ui.look.kept_picture import kept_picture


def test_a_picture_is_drawn_once_for_a_key_a_size_and_a_ratio(qtbot):
    drawn = []

    def picture(key, side, ratio):
        return kept_picture(key, QSize(side, side), ratio=ratio, draw=lambda painter: drawn.append(painter.viewport()))

    for _ in range(2):
        for asked in (("a", 8, 1.0), ("b", 8, 1.0), ("a", 9, 1.0), ("a", 8, 1.25)):
            picture(*asked)
    assert len(drawn) == 4
    assert picture("a", 8, 1.25).size() == QSize(10, 10)
    assert picture("a", 8, 1.25).deviceIndependentSize().width() == 8


def test_a_swatch_from_the_store_is_the_one_of_the_class_and_the_screen(qtbot, qapp):
    def painted(cell_class, ratio):
        image = QImage(round(40 * ratio), round(30 * ratio), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        swatch.paint(painter, QRect(3, 4, swatch.WIDTH, swatch.HEIGHT), cell_class, font=qapp.font())
        painter.end()
        return image

    classes = (None, CellClass.NORMAL, CellClass.SPHEROCYTE, CellClass.NOT_RED_CELL)
    first = [painted(c, ratio) for c in classes for ratio in (1.0, 1.5)]
    again = [painted(c, ratio) for c in classes for ratio in (1.0, 1.5)]
    assert first == again
    assert all(one != other for place, one in enumerate(first) for other in first[:place])
    assert painted(CellClass.NORMAL, 1.0).pixelColor(16, 6).name() == CellClass.NORMAL.colour.lower()
