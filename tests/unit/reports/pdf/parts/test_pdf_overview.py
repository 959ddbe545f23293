"""Large images of the fields: two a page, and no page that ends half empty."""

import pypdf
import pytest

from rbc_desktop.reports.pdf.pdf_report import write_pdf
from rbc_desktop.reports.summary.options import ReportOptions
from rbc_desktop.reports.summary.summary import build
from tests.fakes.report_cases import CONTEXT, add_field, small_case


@pytest.fixture
def pages(tmp_path):
    """The texts of the pages of a report of so many fields."""

    def write(fields):
        case, drawn = small_case()
        for number in range(1, fields):
            add_field(case, drawn, name=f"more {number}.png")
        path = tmp_path / f"{fields}.pdf"
        options = ReportOptions(gallery=False, cell_table=False)
        write_pdf(path, build(case, context=CONTEXT), case, pixels=lambda _field: drawn.rgb, options=options)
        return [page.extract_text().splitlines() for page in pypdf.PdfReader(path).pages]

    return write


def images_on(page):
    return sum(line.startswith("Field ") and " cells" in line for line in page)


def test_the_image_of_one_field_stands_below_the_table_of_fields(pages):
    (page,) = [page for page in pages(1) if "Overview" in page]
    assert "Fields" in page
    assert images_on(page) == 1


@pytest.mark.parametrize(("fields", "shares_a_page"), [(2, False), (5, True), (12, True), (23, False), (40, True)])
def test_the_first_takes_what_the_table_of_fields_has_left_if_that_is_enough(pages, fields, shares_a_page):
    found = pages(fields)
    begins = next(number for number, page in enumerate(found) if "Overview" in page)
    counts = [images_on(page) for page in found[begins:]]
    assert sum(counts) == fields
    assert all(count == 2 for count in counts[1:-1])
    assert ("image and SHA-256" in found[begins]) is shares_a_page
    assert counts[0] == 2 - shares_a_page
