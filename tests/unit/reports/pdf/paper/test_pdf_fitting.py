"""Flowables that take the room that a page has left."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from rbc_desktop.reports.pdf.paper.pdf_fitting import LEAST, Fitting


class Block(Flowable):
    def __init__(self, height):
        super().__init__()
        self.height, self.drawn = height, False

    def wrap(self, width, _height):
        return width, self.height

    def draw(self):
        self.drawn = True


@pytest.fixture
def made():
    blocks = {}

    def block(share):
        blocks[share] = Block(200 * share)
        return blocks[share]

    fitting = Fitting(block)
    fitting.canv = Canvas(io.BytesIO())
    return fitting, blocks


@pytest.mark.parametrize(("room", "height"), [(500, 200), (200, 200), (199, 180), (130, 120), (119, 200)])
def test_it_is_as_large_as_the_room_lets_it_be_or_goes_to_the_next_page(made, room, height):
    fitting, _ = made
    assert fitting.wrap(100, room) == (100, pytest.approx(height))


def test_what_was_measured_last_is_drawn(made):
    fitting, blocks = made
    fitting.wrap(100, 130)
    fitting.wrap(100, 500)
    fitting.draw()
    assert [share for share, block in blocks.items() if block.drawn] == [1.0]
    assert min(blocks) >= LEAST
