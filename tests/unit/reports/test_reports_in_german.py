"""The report in German: what people read is German, what machines read stays as it is, to the byte."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
import pytest

from rbc_desktop.domain.sample.grading import Grading
from rbc_desktop.domain.sample.sign_off import SignOff
from rbc_desktop.language import ENGLISH, speak
from rbc_desktop.reports.exchange.fhir_bundle import write_fhir
from rbc_desktop.reports.exchange.hl7_message import write_hl7
from rbc_desktop.reports.exchange.interchange import write_coco, write_geojson
from rbc_desktop.reports.pdf.pdf_report import write_pdf
from rbc_desktop.reports.summary.grades import BUNDLED_TEXTS
from rbc_desktop.reports.summary.options import ReportOptions
from rbc_desktop.reports.summary.summary import RUO_LINE, build
from rbc_desktop.reports.tables.csv_report import write_cells
from rbc_desktop.reports.tables.summary_csv import write_summary
from rbc_desktop.reports.tables.xlsx_report import write_xlsx
from rbc_desktop.reports.text.local_dates import local_date, local_time
from rbc_desktop.storage.laboratory.scheme_file import bundled_schemes, read_scheme
from tests.fakes.report_cases import CONTEXT, small_case

SIGNED = SignOff("reviewed", "Ada", "reviewed by", "2026-03-05T10:00:00+01:00")


@pytest.fixture(scope="module")
def reported():
    case, drawn = small_case()
    case.grading = Grading(read_scheme(bundled_schemes() / "icsh_like.json"))
    return case, drawn.rgb


def pages(case, pixels, **how):
    written = io.BytesIO()
    write_pdf(written, build(case, context=CONTEXT), case, pixels=lambda _: pixels, **how)
    document = pypdfium2.PdfDocument(written.getvalue())
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
        return texts, document.get_metadata_dict()
    finally:
        document.close()


def test_every_part_of_the_pdf_is_german(reported, german):
    texts, about = pages(*reported)
    text = " ".join(" ".join(texts).split())
    for part in (
        "Erythrozytenmorphologie", "ENTWURF", "Manuell anzusehen", "Grade", "vorgeschlagen", "Beurteilung",
        "Größe der Erythrozyten", "Methode", "Segmentierer", "Gezählt", "Nicht beurteilt", "Sichelzellen",
        "Unterschriften", "Felder", "Übersicht", "Galerie", "Zellen", "Mitte/Rand", "Targetzelle", "Seite 1 von ",
    ):  # fmt: skip
        assert part in text, part
    assert re.search(r"\d,\d – \d", text), "decimal commas"
    assert not re.search(r"\d\.\d+ – \d", text)
    assert about["Title"] == "Erythrozytenmorphologie"


def test_the_promise_stands_in_english_and_in_german(reported, german):
    texts, _ = pages(*reported, options=ReportOptions(short=True))
    assert all(RUO_LINE in " ".join(text.split()) for text in texts)
    assert "Nur für Forschungszwecke. Nicht zur Verwendung in diagnostischen Verfahren." in texts[0]


def test_words_of_the_english_report_are_gone(reported, german):
    text = " ".join(" ".join(pages(*reported)[0]).split()).replace(RUO_LINE, "")
    words = (
        "red cells classified", "reviewed", "Report of", "Class", "Field ", "cells,", "Method ", "Calibration", "Page ",
        "Gallery", "review", "prob.", "Not assess", "line drawn", "typed", "Signature", "suggested", "confirmed",
    )  # fmt: skip
    assert [word for word in words if word in text] == []


def test_a_reviewed_report_is_vorlaeufig_and_names_its_signature(reported, german):
    case, pixels = reported
    case.sign_offs = (SIGNED,)
    try:
        text = " ".join(pages(case, pixels, options=ReportOptions(short=True))[0])
    finally:
        case.sign_offs = ()
    assert "VORLÄUFIG" in text
    assert "5. März 2026, 10:00 (UTC+01:00)" in text


def test_files_for_machines_are_the_same_to_the_byte(reported, german, tmp_path):
    case, _ = reported

    def written():
        summary = build(case, context=replace(CONTEXT, head="ab" * 32))
        field = next(iter(case.fields.values()))
        writers = {
            "cells.csv": lambda path: write_cells(path, summary.rows, app_version="1"),
            "sample.csv": lambda path: write_summary(path, summary),
            "fhir.json": lambda path: write_fhir(path, summary),
            "sample.hl7": lambda path: write_hl7(path, summary),
            "masks.json": lambda path: write_coco(path, case),
            "field.geojson": lambda path: write_geojson(path, case, field),
        }
        found = {}
        for name, write in writers.items():
            write(tmp_path / name)
            found[name] = (tmp_path / name).read_bytes()
        return found

    in_german = written()
    before = speak(ENGLISH)
    try:
        assert written() == in_german
    finally:
        speak(before)


def test_the_workbook_is_for_people(reported, german, tmp_path):
    case, _ = reported
    write_xlsx(tmp_path / "sample.xlsx", build(case, context=CONTEXT))
    with zipfile.ZipFile(tmp_path / "sample.xlsx") as book:
        sheets = book.read("xl/workbook.xml").decode("utf-8")
        words = book.read("xl/sharedStrings.xml").decode("utf-8")
    assert re.findall(r'<sheet name="([^"]+)"', sheets) == ["Klassen", "Felder", "Probe"]
    for word in ("Targetzelle", "95 % von", "Gezählte Erythrozyten", "Nicht beurteilt", "Sichelzellen", RUO_LINE):
        assert word in words, word
    assert "Not assessed" not in words


def test_what_the_bundled_schemes_say_is_in_the_catalogue(german):
    known = set(BUNDLED_TEXTS)
    for path in bundled_schemes().glob("*.json"):
        scheme = read_scheme(path)
        assert scheme.note in known
        assert {rule.line for rule in scheme.rules if rule.line not in rule.classes} <= known


def test_dates_are_german(german):
    assert local_date("2026-03-05") == "5. März 2026"
    assert local_date("2026-03") == "März 2026"
    assert local_time(datetime(2026, 12, 1, 14, 7, tzinfo=UTC)) == "1. Dezember 2026, 14:07 (UTC+00:00)"
