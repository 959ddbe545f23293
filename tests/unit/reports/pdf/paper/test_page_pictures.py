"""Pages as pictures."""

import io
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from reportlab.pdfgen.canvas import Canvas

from rbc_desktop.reports.pdf.paper.page_pictures import draw_page, page_lines


@pytest.fixture(scope="module")
def document():
    """Three pages of 200 × 300 points: red, green and blue over their upper half."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(200, 300))
    for colour in ((1, 0, 0), (0, 1, 0), (0, 0, 1)):
        canvas.setFillColorRGB(*colour)
        canvas.rect(0, 150, 200, 150, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_page_is_drawn_in_rgb_from_the_top(document, number):
    picture = draw_page(document, number=number, width=400)
    assert picture.pixels.shape == (600, 400, 3)
    assert (picture.number, picture.pages) == (number, 3)
    assert tuple(picture.pixels[100, 200]) == tuple(255 * (np.arange(3) == number - 1))
    assert tuple(picture.pixels[500, 200]) == (255, 255, 255)


def test_a_page_that_is_not_there_is_the_nearest_one(document):
    assert draw_page(document, number=9, width=50).number == 3
    assert draw_page(document, number=0, width=50).number == 1


def test_several_threads_may_ask(document):
    with ThreadPoolExecutor(4) as pool:
        pictures = list(pool.map(lambda n: draw_page(document, number=1 + n % 3, width=120), range(24)))
    for n, picture in enumerate(pictures):
        assert picture.pixels[20, 60].argmax() == n % 3


def test_the_lines_of_each_page_are_its_text(document):
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(200, 300))
    for lines in (("one  line", "and 22.2 %"), ("next",)):
        for number, line in enumerate(lines):
            canvas.drawString(10, 250 - 30 * number, line)
        canvas.showPage()
    canvas.save()
    assert page_lines(target.getvalue()) == [("one line", "and 22.2 %"), ("next",)]
    assert page_lines(document) == [(), (), ()]
    with pytest.raises(ValueError, match="no PDF"):
        page_lines(b"%PDF-1.4")
