"""Names of ten scripts in the report's font: shaped, drawn, and read back from the page."""

import io
import shutil
from pathlib import Path

import numpy as np
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from rbc_desktop.files import resource_root
from rbc_desktop.reports.pdf.paper.page_pictures import draw_page, page_lines
from rbc_desktop.reports.pdf.paper.pdf_style import BOLD, REGULAR, printable, register_fonts, shortened, width_of
from rbc_desktop.reports.text.shaped_text import FIRST_OWN, MISSING, SHAPER, _Pen
from rbc_desktop.reports.text.system_fonts import face_with

SANS = resource_root() / "fonts" / "DejaVuSans.ttf"

OWN = {
    "Latin": "Zoë Łukasiewicz-Nguyễn", "Cyrillic": "Пётр Иванов", "Greek": "Ελένη Παπαδοπούλου",
    "Armenian": "Արամ Խաչատրյան", "Georgian": "თამარ მეფე", "Hebrew": "אברהם כהן", "Arabic": "محمد عبد الله",
    "Persian": "پریسا لطفی", "Lao": "ສົມຊາຍ", "marks": "n̈ x́ a̧ m̃",
}  # fmt: skip
"""The bundled font has them."""

OTHERS = {"Han": "王小明", "kana": "やまだ", "Hangul": "김민수", "Devanagari": "आरती शर्मा", "Thai": "สมชาย ใจดี"}
"""A font of the computer may have them."""


@pytest.fixture(autouse=True)
def _fonts():
    register_fonts()


def page(*texts, font=REGULAR):
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(400, 40 * len(texts) + 20), invariant=1)
    for number, text in enumerate(texts):
        canvas.setFont(font, 20)
        canvas.drawString(20, 40 * (len(texts) - number) - 10, text)
    canvas.save()
    return target.getvalue()


@pytest.mark.parametrize("name", OWN.values(), ids=OWN)
def test_a_name_is_drawn_in_letters_and_can_be_copied(no_system_fonts, name):
    drawn = printable(name)
    assert MISSING not in drawn
    assert SHAPER.missing(name) == ""
    document = page(drawn)
    (line,) = page_lines(document)[0]
    assert [c for c in line if c.isprintable()] == [c for c in name if c.isprintable()]
    ink = draw_page(document, number=1, width=800).pixels[..., 0] < 128
    assert ink[:, 40 : 40 + round(2 * width_of(drawn, 20))].any(axis=0).mean() > 0.55
    assert not ink[:, 44 + round(2 * width_of(drawn, 20)) :].any()


@pytest.mark.parametrize("name", OTHERS.values(), ids=OTHERS)
def test_a_name_in_another_script_is_drawn_where_a_font_has_it_and_named_where_none_has(name):
    needed = frozenset(ord(c) for c in name if not c.isspace())
    if face_with(needed) is not None:
        assert MISSING not in printable(name)
        assert len(page_lines(page(printable(name)))[0][0]) >= len(name)
        assert SHAPER.missing(name) == ""
    else:
        assert MISSING in printable(name)
        assert SHAPER.missing(name)


def test_arabic_letters_take_the_form_that_their_place_asks_for(no_system_fonts):
    alone, joined = printable("م"), printable("ممم")
    assert len(set(joined)) == 3
    assert alone not in joined
    assert printable("محمد")[-1] in printable("مح"), "drawn from right to left, the first letter stands last"


def test_right_to_left_stands_right_to_left_beside_latin(no_system_fonts):
    drawn = printable("by אבג, 7 of 9")
    assert "".join(SHAPER.text_of.get(ord(c), c) for c in drawn) == "by 7 ,גבא of 9"


def test_a_mark_stands_on_its_letter(no_system_fonts):
    assert printable("e\u0301") == "é", "composed where there is such a letter"
    stacked = printable("n\u0308")
    assert abs(width_of(stacked, 20) - width_of("n", 20)) < 0.1


def test_a_letter_that_the_report_lacks_comes_from_a_font_of_the_computer(system_fonts_are, monkeypatch, tmp_path):
    wide = width_of("Ω", 20)
    for name in (REGULAR, BOLD):
        monkeypatch.delitem(pdfmetrics.getFont(name).face.charToGlyph, ord("Ω"))
    system_fonts_are()
    assert printable("5 Ω") == f"5 {MISSING}"
    assert SHAPER.missing("5 Ω Ω") == "Ω"
    system_fonts_are(shutil.copy(SANS, tmp_path))
    drawn = printable("5 Ω")
    assert drawn.startswith("5 ")
    assert ord(drawn[2]) >= FIRST_OWN
    assert abs(width_of(drawn[2], 20) - wide) < 0.1
    assert page_lines(page(drawn)) == [("5 Ω",)]
    assert np.abs(picture(drawn[2]) - picture("Ω", monkeypatch)).max() < 0.01


def picture(text, monkeypatch=None):
    if monkeypatch is not None:
        monkeypatch.undo()
    return (draw_page(page(text), number=1, width=800).pixels < 128).mean(axis=(0, 1))


def test_what_is_printable_stays_so_and_can_be_shortened(no_system_fonts):
    drawn = printable("אברהם כהן")
    assert printable(drawn) == drawn
    assert width_of(shortened("אברהם כהן " * 9, 7, 60), 7) <= 60


def test_equal_text_gives_equal_bytes_whatever_was_drawn_before(no_system_fonts):
    first = page(printable("محمد n̈"))
    page(printable("אברהם, پریسا, x́"))
    assert page(printable("محمد n̈")) == first


def test_both_fonts_draw_a_shaped_name(no_system_fonts):
    ink = [(draw_page(page(printable("محمد"), font=font), number=1, width=800).pixels < 128).sum() for font in
           (REGULAR, BOLD)]  # fmt: skip
    assert ink[0] == ink[1] > 200


def test_cubic_curves_are_followed_within_half_a_unit():
    pen = _Pen(0, 0)
    ends = np.array([(0, 0), (0, 1100), (900, 1100), (900, 0)], float)
    pen.moveTo(tuple(ends[0]))
    pen.curveTo(*map(tuple, ends[1:]))
    t = np.linspace(0, 1, 400)[:, None]
    exact = (1 - t) ** 3 * ends[0] + 3 * t * (1 - t) ** 2 * ends[1] + 3 * t**2 * (1 - t) * ends[2] + t**3 * ends[3]
    points = [np.array(p[:2], float) for p in pen.contours[0]]
    quadratic = np.concatenate(
        [
            (1 - t) ** 2 * points[i] + 2 * t * (1 - t) * points[i + 1] + t**2 * points[i + 2]
            for i in range(0, len(points) - 1, 2)
        ]
    )
    away = np.linalg.norm(exact[:, None] - quadratic[None], axis=2).min(axis=1)
    assert away.max() < 3


def test_the_bundled_font_is_where_the_tests_look_for_it():
    assert Path(SHAPER.file) == SANS
