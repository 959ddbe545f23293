"""A PDF report is laid out again and compared with the case, line by line."""

import io
import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import numpy as np
import pytest
from PIL import Image

from rbc_desktop import __version__
from rbc_desktop.commands.terminal.catalogues import german
from rbc_desktop.domain.case.case import Case, Identity
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.sample.grading import Grading
from rbc_desktop.errors import CaseFileError
from rbc_desktop.language import ENGLISH, speak
from rbc_desktop.reports.pdf.pdf_report import write_pdf
from rbc_desktop.reports.summary.letterhead import Letterhead
from rbc_desktop.reports.summary.options import ReportOptions
from rbc_desktop.reports.summary.summary import build
from rbc_desktop.storage.laboratory.scheme_file import bundled_schemes, read_scheme
from rbc_desktop.workflows.results.report_material import ReportMaterial, without_identity
from rbc_desktop.workflows.verification.verified_numbers import number_findings, stated_head
from tests.fakes.report_cases import CONTEXT, add_field, drawn_field
from training.renderer import Kind

MADE = datetime(2026, 3, 5, 14, 7, 9, tzinfo=timezone(timedelta(hours=1)))
CONTEXT = replace(CONTEXT, generated=MADE, head="ab" * 32, app_version=__version__)


@pytest.fixture(scope="module")
def drawn():
    return drawn_field([Kind.NORMAL] * 12 + [Kind.TEARDROP] * 4 + [Kind.TARGET_CELL] * 2, seed=3)


@pytest.fixture
def case(drawn):
    case = Case(identity=Identity(sample_id="S-7", patient="Ada <Löwe> & Co", comment="one\ntwo"))
    add_field(case, drawn, name="smear 1.png")
    case.grading = Grading(read_scheme(bundled_schemes() / "icsh_like.json")).with_grade("teardrop", "3+")
    return case


def written(case, drawn, path, *, context=CONTEXT, options=None):
    target = io.BytesIO()
    write_pdf(target, build(case, context=context), case, pixels=lambda _: drawn.rgb, options=options)
    path.write_bytes(target.getvalue())
    return path


def found(case, path, **given):
    ((ok, detail),) = [(f.ok, f.detail) for f in number_findings(case, path, **given)]
    return ok, detail


@pytest.mark.parametrize("options", [ReportOptions(), ReportOptions(short=True), ReportOptions(overview=False)])
def test_a_report_of_the_case_holds(case, drawn, tmp_path, options):
    path = written(case, drawn, tmp_path / "report.pdf", options=options)
    ok, detail = found(case, path)
    assert ok, detail
    assert re.match(r"report\.pdf says what the case says: every line of \d+ pages?$", detail)
    assert stated_head(path) == CONTEXT.head


def test_a_letterhead_with_a_logo_takes_its_room_again(case, drawn, tmp_path):
    logo = tmp_path / "logo.png"
    Image.fromarray(np.zeros((70, 210, 3), np.uint8)).save(logo)
    context = replace(CONTEXT, letterhead=Letterhead("Labor Müller\nWeg 3", logo))
    path = written(case, drawn, tmp_path / "report.pdf", context=context)
    logo.unlink()
    ok, detail = found(case, path)
    assert ok, detail


def test_a_grade_that_is_another_now_is_named_by_what_is_stated(case, drawn, tmp_path):
    path = written(case, drawn, tmp_path / "report.pdf")
    case.grading = case.grading.with_grade("teardrop", "1+")
    assert found(case, path) == (False, "teardrop, grade: the file says “3+”, the case “1+”.")


def test_a_line_on_a_page_that_is_another_now_is_named(case, drawn, tmp_path):
    path = written(case, drawn, tmp_path / "report.pdf")
    case.identity = replace(case.identity, sample_id="S-8")
    ok, detail = found(case, path)
    assert not ok
    assert re.match(r"Page 1: the file says “.*S-7.*”, the case “.*S-8.*”\.$", detail), detail


def test_a_german_report_is_laid_out_in_german_again_and_spoken_of_in_english(case, drawn, tmp_path):
    language = german()
    speak(language)
    path = written(case, drawn, tmp_path / "report.pdf")
    speak(ENGLISH)
    ok, detail = found(case, path, languages=iter((ENGLISH, language)))
    assert ok, detail
    assert "every line of" in detail
    case.identity = replace(case.identity, sample_id="S-8")
    assert found(case, path, languages=(ENGLISH, language))[1].startswith("Page 1: the file says “")


def test_a_page_that_was_changed_after_it_was_written_is_named(case, drawn, tmp_path):
    """The stated numbers stay those of the case: it is the page that a reader sees which was forged."""
    honest = written(case, drawn, tmp_path / "report.pdf").read_bytes()
    other = replace(next(iter(case.cells.values())), reviewed_class=CellClass.TARGET_CELL)
    changed = Case(
        identity=case.identity, fields=case.fields, cells={**case.cells, other.id: other}, analyses=case.analyses,
        grading=case.grading,
    )  # fmt: skip
    forged = written(changed, drawn, tmp_path / "forged.pdf").read_bytes()
    packet = re.compile(rb"<rbc:statement>.*</rbc:statement>", re.DOTALL)
    (tmp_path / "forged.pdf").write_bytes(packet.sub(lambda _: packet.search(honest).group(), forged))
    ok, detail = found(case, tmp_path / "forged.pdf")
    assert not ok
    assert detail.startswith("Page 1: the file says “")


def test_a_report_of_another_version_is_compared_by_its_stated_numbers(case, drawn, tmp_path):
    path = written(case, drawn, tmp_path / "report.pdf", context=replace(CONTEXT, app_version="0.1.9"))
    ok, detail = found(case, path)
    assert ok, detail
    assert detail.endswith("version 0.1.9 laid its pages out, which only that version can compare")
    case.cells.pop(next(iter(case.cells)))
    assert not found(case, path)[0]


def test_a_deidentified_report_names_no_case(case, drawn, tmp_path):
    material = without_identity(ReportMaterial(case, CONTEXT, lambda _: drawn.rgb), pseudonym="anon-1")
    path = written(material.case, drawn, tmp_path / "report.pdf", context=material.context)
    with pytest.raises(CaseFileError, match=r"^report\.pdf is de-identified"):
        found(case, path)
