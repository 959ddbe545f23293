"""Which outline means what."""

import numpy as np

from rbc_desktop.domain.classes.taxonomy import BUILT_IN, CellClass
from rbc_desktop.reports.pdf.paper.pdf_images import Outline
from rbc_desktop.reports.pdf.paper.pdf_style import register_fonts
from rbc_desktop.reports.pdf.parts.pdf_legend import NO_CLASS, ClassLegend

POINTS = np.zeros((3, 2), np.float32)


class Noted:
    """Notes what is drawn."""

    def __init__(self):
        self.texts, self.dashes, self.right = [], [], 0.0

    def drawString(self, x, y, text):
        self.texts.append(text)
        self.right = max(self.right, x)

    def setDash(self, dash):
        self.dashes.append(bool(dash))

    def __getattr__(self, name):
        return lambda *_: None


def drawn(classes, width=500):
    register_fonts()
    legend = ClassLegend([Outline(1, c, POINTS) for c in classes], width=width)
    legend.canv = Noted()
    legend.draw()
    return legend, legend.canv


def test_each_class_that_occurs_once_in_display_order():
    _, canvas = drawn([CellClass.BURR_CELL, None, CellClass.NORMAL, CellClass.BURR_CELL])
    assert canvas.texts == ["No normal", "Bu burr cell", NO_CLASS]
    assert canvas.dashes[::2] == [False, True, False]


def test_many_classes_take_several_lines_and_stay_within_the_width():
    legend, canvas = drawn(BUILT_IN, width=300)
    assert legend.height > 2 * drawn([CellClass.NORMAL])[0].height
    assert canvas.right < 300


def test_nothing_takes_no_room():
    assert drawn([])[0].height == 0
