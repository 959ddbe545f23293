"""The second reading in the full report; nothing of one that goes on."""

from dataclasses import replace

from pypdf import PdfReader
from reportlab.platypus import SimpleDocTemplate

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.sample.second_reading import ReadCell, SecondReading
from rbc_desktop.reports.pdf.paper.pdf_style import register_fonts
from rbc_desktop.reports.pdf.parts.pdf_readings import readings_section

NORMAL, TEARDROP, BURR = CellClass.NORMAL, CellClass.TEARDROP, CellClass.BURR_CELL
CELLS = (
    *(ReadCell(i, NORMAL, NORMAL) for i in range(1, 81)),
    *(ReadCell(i, NORMAL, TEARDROP) for i in range(81, 91)),
    *(ReadCell(i, BURR, BURR) for i in range(91, 100)),
    ReadCell(100, BURR, NORMAL, BURR), ReadCell(101, NORMAL),
)  # fmt: skip
READING = SecondReading(1, "Bo Ö.", "2026-11-26T10:00:00+01:00", "2026-11-26T11:00:00+01:00", 0.5, 3, CELLS)


def text_of(readings, path):
    register_fonts()
    SimpleDocTemplate(str(path)).build(readings_section(readings))
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_who_agreement_matrix_and_differences(tmp_path):
    text = text_of([READING], tmp_path / "report.pdf")
    assert "Second reading 1 by Bo Ö., 26 Nov 2026: 50 % of the cells, drawn with 3; 100 of 101 read" in text
    assert "89 of 100 cells agree (89.0 %" in text
    assert "Cohen's kappa 0." in text
    assert "Differences: 11, 10 of them not settled" in text
    assert "100 burr cell normal burr cell" in text


def test_every_class_has_room(tmp_path):
    every = [NORMAL, TEARDROP, BURR, CellClass.MACROCYTE, CellClass.MICROCYTE, CellClass.SPHEROCYTE,
             CellClass.TARGET_CELL, CellClass.STOMATOCYTE, CellClass.OVALOCYTE]  # fmt: skip
    cells = tuple(ReadCell(n, a, b) for n, (a, b) in enumerate(zip(every, every[1:] + every[:1], strict=True), start=1))
    text = text_of([replace(READING, cells=cells)], tmp_path / "report.pdf")
    assert "0 of 9 cells agree" in text


def test_nothing_of_a_reading_that_goes_on():
    assert readings_section([replace(READING, ended="")]) == []
    assert readings_section([]) == []
