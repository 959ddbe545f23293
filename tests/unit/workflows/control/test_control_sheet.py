"""Films as lines of a list, and the charts as a PDF."""

from dataclasses import replace

import pypdfium2
import pytest

from rbc_desktop.errors import ExportError
from rbc_desktop.workflows.control.control_sheet import film_lines, write_charts
from rbc_desktop.workflows.control.controlling import Overrides
from tests.fakes.control_films import film, weeks


def test_lines_are_the_newest_first_with_what_each_breaks_and_why_it_is_out():
    films = [*weeks(), film(22, 7.5), film(23, instrument="Scope 2")]
    films[3] = replace(films[3], left_out="damaged")
    lines = film_lines(films, "SCOPE 1")
    assert [line.name for line in lines][:2] == ["film 22", "film 21"]
    assert lines[0].rules == "diameter 1-2s, 1-3s"
    assert lines[0].values == ("7.50", "", "", "0.300")
    assert [line.note for line in lines if line.note] == ["left out: damaged"]


def test_the_charts_of_every_microscope_and_the_rates_are_written(tmp_path):
    films = [*weeks(), film(22, 7.5), film(23, instrument="Scope 2")]
    path = tmp_path / "control.pdf"
    write_charts(films, [Overrides("2026-03", "teardrop", 10, 3)], path)
    pages = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    assert "Scope 1: diameter in µm" in text
    assert "Scope 2: too few films" in text
    assert "30.0" in text
    with pytest.raises(ExportError, match="can't be written"):
        write_charts(films, (), tmp_path / "missing" / "control.pdf")
