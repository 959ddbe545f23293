"""Figures and tables of the report."""

import pytest
from reportlab.lib.units import mm

from rbc_desktop.domain.classes.taxonomy import BUILT_IN
from rbc_desktop.reports.pdf.paper.pdf_style import register_fonts
from rbc_desktop.reports.pdf.parts.pdf_figures import counts_table
from rbc_desktop.reports.summary.counts import ClassCount

BESIDE_PICTURES = 77 * mm


@pytest.mark.parametrize("cells", [7, 2_375])
def test_no_german_name_of_a_class_is_cut_short_beside_the_pictures(german, cells):
    register_fonts()
    counts = [ClassCount(c, cells, cells, 0, share=0.785, low=0.766, high=0.795) for c in BUILT_IN]
    counts += [ClassCount(None, cells, 0, 0, aside=aside) for aside in ("not assessable", "cut by the edge")]
    table = counts_table(counts, width=BESIDE_PICTURES)
    names = [row[1] for row in table._cellvalues[1:]]
    assert names == [count.title for count in counts]
    assert "nicht beurteilbar" in names
    assert sum(table._colWidths) == pytest.approx(BESIDE_PICTURES)


def test_a_report_without_cells_says_so():
    register_fonts()
    assert counts_table([], width=BESIDE_PICTURES)._cellvalues[1][0] == "No cells"
