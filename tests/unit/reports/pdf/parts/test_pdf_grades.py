"""The sample in the PDF, read back as text: state, grades, findings, signatures, and the short report."""

from dataclasses import replace

import pytest
from pypdf import PdfReader
from reportlab.lib.units import mm

from rbc_desktop.domain.case.case import Case, Identity
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.sample.blood_count import BloodCount
from rbc_desktop.domain.sample.grading import Grading
from rbc_desktop.domain.sample.sign_off import SignOff
from rbc_desktop.reports.pdf.paper.pdf_style import TEXT_WIDTH
from rbc_desktop.reports.pdf.pdf_report import telling_cells, write_pdf
from rbc_desktop.reports.summary.options import TELLING, ReportOptions
from rbc_desktop.reports.summary.summary import build
from rbc_desktop.storage.laboratory.scheme_file import bundled_schemes, read_scheme
from tests.fakes.report_cases import CONTEXT, add_field, drawn_field
from training.renderer import Kind

HEAD = "28e7c7a86683a302" * 4
SIGNED = (
    SignOff("reviewed", "Ada Ö.", "reviewed by", "2026-11-26T10:00:00+01:00"),
    SignOff("final", "Bo", "approved by", "2026-11-26T11:00:00+01:00", "clumps left unseen"),
)

AMENDED = SignOff("amended", "Bo", "approved by", "2026-11-27T09:00:00+01:00", "another scale", 2)


@pytest.fixture(scope="module")
def worked():
    """A graded case with two drawn fields, and their pixels by field id."""
    case = Case(identity=Identity(sample_id="S-7", accession="A 118"))
    kinds = [Kind.NORMAL] * 24 + [Kind.TARGET_CELL] * 8 + [Kind.TEARDROP] * 8
    pixels = {}
    for seed in (1, 2):
        drawn = drawn_field(kinds, seed=seed)
        pixels[add_field(case, drawn, name=f"smear {seed}.png").id] = drawn.rgb
    scheme = read_scheme(bundled_schemes() / "icsh_like.json")
    grading = Grading(scheme, blood_count=BloodCount(hb=88, mcv=104))
    case.grading = grading.with_grade("teardrop", "3+").with_grade("target cell", "2+")
    return case, pixels


def pages(worked, path, *, sign_offs=(), short=False):
    """The text of each page."""
    case, pixels = worked
    case.sign_offs = sign_offs
    summary = build(case, context=replace(CONTEXT, head=HEAD))
    write_pdf(path, summary, case, pixels=lambda field: pixels[field.id], options=ReportOptions(short=short))
    return [page.extract_text() for page in PdfReader(path).pages]


@pytest.mark.parametrize(
    ("steps", "stamp", "says"),
    [
        ((), "DRAFT", "Report 1. Draft: numbers and grades are suggested"),
        (SIGNED[:1], "PRELIMINARY", "Report 1. Preliminary"),
        (SIGNED, None, "Report 1. Final."),
        ((*SIGNED, AMENDED), "DRAFT", "Report 2. Draft of an amended report"),
    ],
)
def test_every_page_says_its_state_and_the_head_of_the_trail(worked, tmp_path, steps, stamp, says):
    found = pages(worked, tmp_path / "report.pdf", sign_offs=steps)
    assert len(found) > 2
    assert says in found[0]
    for number, text in enumerate(found, start=1):
        assert [word for word in ("DRAFT", "PRELIMINARY") if word in text] == ([stamp] if stamp else [])
        assert f"Audit head {HEAD}" in text
        assert f"Page {number} of {len(found)}" in text
        assert "S-7 · A 118" in text


def test_grades_findings_and_blood_count_come_first(worked, tmp_path):
    text = pages(worked, tmp_path / "report.pdf")[0]
    assert "verify against the primary source" in text
    assert text.index("suggested") < text.index("confirmed") < text.index("Conclusion") < text.index("Blood count")
    line = next(line for line in text.splitlines() if "teardrop" in line)
    assert "3+" in text
    assert line
    assert "Hb 88 g/L · MCV 104.0 fL" in text
    assert "Findings are not a diagnosis" in text
    assert "fewer than 1,000 red cells" in text


def test_signatures_stand_with_name_meaning_time_and_reason(worked, tmp_path):
    text = " ".join(pages(worked, tmp_path / "report.pdf", sign_offs=SIGNED))
    assert "reviewed by Ada Ö., 26 Nov 2026, 10:00 (UTC+01:00)" in text
    assert "approved by Bo, 26 Nov 2026, 11:00 (UTC+01:00) – clumps left unseen" in text
    assert "Signature" not in text.replace("Signatures", "")
    assert "Signature" in " ".join(pages(worked, tmp_path / "draft.pdf")).replace("Signatures", "")


def test_the_short_report_has_two_pages_with_the_most_telling_cells(worked, tmp_path):
    found = pages(worked, tmp_path / "short.pdf", short=True)
    assert len(found) == 2
    text = " ".join(found)
    assert "Telling cells" in text
    assert f"{TELLING} shown" in text
    assert "Gallery" not in text
    assert "SHA-256" not in text
    assert len(pages(worked, tmp_path / "full.pdf")) > 2


def test_graded_classes_stand_two_abreast(worked, tmp_path):
    pages(worked, tmp_path / "short.pdf", short=True)
    places: dict[str, tuple[float, float]] = {}

    def note(text, page, line, *_):
        if text.strip() in ("target cell", "teardrop"):
            places[text.strip()] = page[4] + line[4], page[5] + line[5]

    PdfReader(tmp_path / "short.pdf").pages[1].extract_text(visitor_text=note)
    (left, low), (right, also_low) = places["target cell"], places["teardrop"]
    assert low == pytest.approx(also_low)
    assert right - left == pytest.approx((TEXT_WIDTH + 6 * mm) / 2, abs=1)


def test_the_line_for_both_long_shapes_is_set_in_full(tmp_path):
    case = Case(identity=Identity(sample_id="S-8"))
    drawn = drawn_field([Kind.NORMAL] * 10 + [Kind.OVALOCYTE] * 5 + [Kind.ELLIPTOCYTE] * 5)
    add_field(case, drawn)
    case.grading = Grading(read_scheme(bundled_schemes() / "icsh_like.json"))
    text = pages((case, {1: drawn.rgb}), tmp_path / "report.pdf")[0]
    assert "ovalocytes and elliptocytes" in " ".join(text.split())


def test_cells_that_a_person_has_seen_are_the_most_telling(worked):
    case, _ = worked
    summary = build(case, context=CONTEXT)
    drops = [r for r in telling_cells(summary) if r.cell_class is CellClass.TEARDROP]
    last = max(r.cell for r in summary.rows if r.cell_class is CellClass.TEARDROP and r.counted)
    assert len(drops) == TELLING
    assert last not in [r.cell for r in drops]
    case.cells[last] = replace(case.cells[last], reviewed_class=CellClass.TEARDROP)
    again = [r.cell for r in telling_cells(build(case, context=CONTEXT)) if r.cell_class is CellClass.TEARDROP]
    assert again[0] == last
    case.cells[last] = replace(case.cells[last], reviewed_class=None)
