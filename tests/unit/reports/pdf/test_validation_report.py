"""The study's page and CSV, read back."""

import csv
from datetime import UTC, datetime

from pypdf import PdfReader

from rbc_desktop.domain.laboratory.concordance import Imaging, Reread, repeatability_of
from rbc_desktop.reports.pdf.validation_report import Study, sentences, write_study_csv, write_study_pdf

PAIRS = (*[("normal", "normal")] * 45, *[("teardrop", "teardrop")] * 3, *[("normal", "teardrop")] * 2)
GRADES = {"teardrop": ("2+", "2+")}
REREADS = tuple(
    [Reread(f"=case {n}", "Ada", "Bo", 1.0, PAIRS if n else PAIRS[40:], GRADES) for n in range(60)]
    + [Reread("again", "Ada", "Ada", 20.0, PAIRS), Reread("too soon", "Ada", "Ada", 3.0, PAIRS)]
)
REPEATS = repeatability_of([Imaging(c, "S", 100, {"normal": s}, 7.1) for c, s in (("a", 0.9), ("b", 0.94))])
STUDY = Study(
    REREADS, REPEATS, ("x.rbc is left out: Row 3 …",), ("segmenter 5",), datetime(2026, 11, 26, tzinfo=UTC), "0.2"
)


def test_the_sentences_say_what_counts_what_is_missing_and_what_is_left_out():
    text = "\n".join(sentences(STUDY))
    assert "Intra-observer: 48 of 50 cells in 1 case agree, 96.0 % (" in text
    assert "Intra-observer: 1 of at least 60 cases; too few to conclude from." in text
    assert "Inter-observer: 60 of 60 cases have the same grade in every line, 100.0 % (" in text
    assert "Inter-observer: Cohen's kappa 0." in text
    assert "Inter-observer: 60 of at least" not in text
    assert "Left out, since the washout of 14 days wasn't over: too soon." in text
    assert "Repeatability: 1 sample in 2 cases." in text
    assert "normal 2.8." in text
    assert text.endswith("x.rbc is left out: Row 3 …")


def test_the_page_has_sentences_classes_and_the_cases_to_look_into(tmp_path):
    write_study_pdf(tmp_path / "validation.pdf", STUDY)
    text = " ".join(" ".join(p.extract_text() for p in PdfReader(tmp_path / "validation.pdf").pages).split())
    assert "at least 60 cases" in text
    assert "Inter-observer, class by class" in text
    assert "teardrop 180 300 180 75.0" in text
    assert "to be looked into: =case 0 80.0 %." in text
    assert "Research Use Only" in text


def test_nothing_to_study_is_said(tmp_path):
    empty = Study((), None, (), (), STUDY.made, "0.2")
    assert sentences(empty)[0] == "Intra-observer: no reading that can be used."
    write_study_pdf(tmp_path / "validation.pdf", empty)


def test_one_line_per_reading(tmp_path):
    write_study_csv(tmp_path / "cases.csv", REREADS)
    with (tmp_path / "cases.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 62
    assert (rows[0]["case"], rows[0]["agreed"], rows[0]["grades_agree"]) == ("'=case 0", "8", "true")
    assert (rows[-1]["kind"], rows[-1]["days"], rows[-1]["counts"]) == ("intra-observer", "3.0", "false")
