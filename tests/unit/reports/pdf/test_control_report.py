"""Charts and the override rate on the page, read back."""

from pypdf import PdfReader

from rbc_desktop.domain.laboratory.control_chart import chart_of
from rbc_desktop.reports.pdf.control_report import ControlLine, MonthLine, sentences, write_control_pdf
from rbc_desktop.reports.summary.summary import RUO_LINE

VALUES = [7.0, 7.1, 7.2, 7.05, 7.15] * 4


def line(*more, instrument="Scope 1"):
    values = [(f"f{n}", f"2026-03-{n + 1:02}T08:00:00+00:00", v) for n, v in enumerate((*VALUES, *more))]
    return ControlLine(instrument, "diameter", "µm", chart_of(values))


def test_the_newest_film_in_a_sentence():
    said = sentences([line(7.1), line(7.26), line(9.9), line(instrument="")], few=["Scope 2"])
    assert said[0] == "Scope 1: diameter in µm: 7.10 on 21 Mar 2026, +0.0 SD, as usual."
    assert said[1].endswith("watch it (more than 2 SD off).")
    assert said[2].endswith("SD, run off (1-3s: one value is more than 3 SD off).")
    assert said[3].startswith("No instrument named: diameter in µm: the baseline is 7.10 ± 0.07")
    assert said[4] == "Scope 2: too few films for a baseline."


def test_the_page_has_every_chart_and_the_months(tmp_path):
    months = [MonthLine("2026-03", "teardrop", 40, 6)]
    write_control_pdf(tmp_path / "control.pdf", [line(7.1, 9.9)] * 6, months, app_version="0.2")
    reader = PdfReader(tmp_path / "control.pdf")
    text = " ".join(" ".join(p.extract_text() for p in reader.pages).split())
    assert len(reader.pages) == 2
    assert text.count("22 Mar 2026") >= 6
    assert "2026-03 teardrop 40 6 15.0" in text
    assert "Research Use Only" in text


def test_the_page_speaks_the_language_of_the_window(tmp_path, german):
    write_control_pdf(
        tmp_path / "control.pdf", [line(7.1, 9.9)], [MonthLine("2026-03", "teardrop", 1200, 6)], app_version="1"
    )
    text = " ".join(" ".join(p.extract_text() for p in PdfReader(tmp_path / "control.pdf").pages).split())
    assert "Kontrollausstriche" in text
    assert "Scope 1: Durchmesser in µm: 9,90 am 22. März 2026" in text
    assert "2026-03 Dakryozyt 1.200 6 0,5" in text
    assert RUO_LINE in text
