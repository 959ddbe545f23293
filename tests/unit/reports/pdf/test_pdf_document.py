"""What makes the PDF a PDF/A-2b file, checked by another library; no validator is installed."""

import io
import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from xml.etree.ElementTree import fromstring

import pypdf
import pytest

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.reports.pdf.paper.srgb_profile import srgb_profile
from rbc_desktop.reports.pdf.pdf_report import write_pdf
from rbc_desktop.reports.summary.options import ReportOptions
from rbc_desktop.reports.summary.summary import RUO_LINE, build
from tests.fakes.report_cases import CONTEXT, add_cell, disc, measured, small_case

MADE = datetime(2026, 3, 5, 14, 7, 9, tzinfo=timezone(timedelta(hours=1)))


def written(context=CONTEXT, case=None, **arguments):
    drawn = None
    if case is None:
        case, drawn = small_case()
    target = io.BytesIO()
    write_pdf(target, build(case, context=context), case, pixels=lambda _: drawn.rgb, **arguments)
    return target.getvalue()


@pytest.fixture(scope="module")
def data():
    return written(replace(CONTEXT, generated=MADE, head="ab" * 32))


@pytest.fixture(scope="module")
def reader(data):
    return pypdf.PdfReader(io.BytesIO(data))


def objects(reader):
    """Every dictionary of the file."""
    for number in range(1, reader.trailer["/Size"]):
        found = reader.get_object(pypdf.generic.IndirectObject(number, 0, reader))
        if isinstance(found, pypdf.generic.DictionaryObject):
            yield found


def test_the_packet_says_part_2_level_b_and_what_the_information_says(reader):
    packet = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode("utf-8")
    root = fromstring(packet[packet.index("<x:xmpmeta") : packet.index("<?xpacket end")])
    text = {
        element.tag.partition("}")[2]: "".join(element.itertext()).strip()
        for element in root.iter()
        if "pdfa/ns/property#" not in element.tag
    }
    assert (text["part"], text["conformance"]) == ("2", "B")
    assert text["title"] == reader.metadata.title
    assert text["description"] == reader.metadata.subject == RUO_LINE
    assert text["CreateDate"] == text["ModifyDate"] == "2026-03-05T14:07:09+01:00"
    assert reader.metadata["/CreationDate"] == reader.metadata["/ModDate"] == "D:20260305140709+01'00'"
    assert text["CreatorTool"] == reader.metadata.creator
    assert text["Producer"] == reader.metadata.producer


def test_colours_have_an_output_intent(reader):
    (intent,) = reader.trailer["/Root"]["/OutputIntents"]
    assert intent.get_object()["/S"] == "/GTS_PDFA1"
    profile = intent.get_object()["/DestOutputProfile"].get_object()
    assert profile["/N"] == 3
    assert profile.get_data() == srgb_profile()


def test_every_font_is_embedded_and_its_text_can_be_copied(reader):
    fonts = [o for o in objects(reader) if o.get("/Type") == "/Font"]
    assert len(fonts) >= 2
    for font in fonts:
        assert "/FontFile2" in font["/FontDescriptor"].get_object(), font["/BaseFont"]
        assert "/ToUnicode" in font
        assert len(font["/Widths"]) == font["/LastChar"] - font["/FirstChar"] + 1


def test_nothing_that_is_forbidden_is_in_it(data, reader):
    assert data.startswith(b"%PDF-1.")
    assert all(byte > 127 for byte in re.match(rb"%PDF-1\.\d\s+%(.{4})", data).group(1))
    assert reader.trailer["/ID"]
    assert "/Encrypt" not in reader.trailer
    forbidden = {
        "/JS",
        "/JavaScript",
        "/AA",
        "/OpenAction",
        "/EmbeddedFiles",
        "/AcroForm",
        "/XFA",
        "/Launch",
        "/TR",
        "/HTP",
    }
    for found in objects(reader):
        assert not forbidden & set(found), found
        assert found.get("/S") not in ("/JavaScript", "/Launch", "/Movie", "/Sound")
        assert found.get("/Filter") != "/LZWDecode"
        assert found.get("/Interpolate", False) is not True
        assert found.get("/BM", "/Normal") in ("/Normal", "/Compatible")
        assert found.get("/SMask", "/None") == "/None", "no soft mask is needed"
        assert found.get("/ColorSpace") != "/DeviceCMYK"


def test_headings_are_bookmarks_of_their_pages(reader):
    pages = [page.extract_text() for page in reader.pages]
    names = [mark.title for mark in reader.outline]
    assert names == ["Fields", "Overview", "Gallery", "Cells"]
    for mark in reader.outline:
        assert mark.title in pages[reader.get_destination_page_number(mark)]


def test_equal_arguments_give_equal_bytes_and_another_time_does_not(data):
    context = replace(CONTEXT, generated=MADE, head="ab" * 32)
    assert written(context) == data
    assert written(replace(context, generated=MADE + timedelta(seconds=1))) != data


def test_the_first_page_alone_is_that_of_the_whole_but_for_the_number_of_pages(data):
    context = replace(CONTEXT, generated=MADE, head="ab" * 32)
    first = pypdf.PdfReader(io.BytesIO(written(context, first_only=True)))
    whole = pypdf.PdfReader(io.BytesIO(data))
    assert len(first.pages) == 1
    assert first.pages[0].extract_text() == whole.pages[0].extract_text().replace(f" of {len(whole.pages)}", "")
    assert [i.data for i in first.pages[0].images] == [i.data for i in whole.pages[0].images]


def test_the_first_page_reads_no_more_fields_than_it_shows():
    case, drawn = small_case()
    case.fields |= {n: replace(case.fields[1], id=n) for n in range(2, 9)}
    read = []
    for options in (ReportOptions(), ReportOptions(short=True)):
        read.clear()

        def pixels(field):
            read.append(field.id)
            return drawn.rgb

        write_pdf(io.BytesIO(), build(case, context=CONTEXT), case, pixels=pixels, options=options, first_only=True)
        assert read == [1, 2, 3, 4]


def test_no_page_is_left_empty_by_the_space_below_the_last_row():
    case, drawn = small_case()
    for count in range(20):
        for number in range(30):
            add_cell(
                case, case.fields[1], disc(60 + 9 * number, 60), measurements=measured(), reviewed=CellClass.TEARDROP
            )
        if count < 15:
            continue
        target = io.BytesIO()
        options = ReportOptions(overview=False, histogram=False, cell_table=False)
        write_pdf(target, build(case, context=CONTEXT), case, pixels=lambda _: drawn.rgb, options=options)
        last = pypdf.PdfReader(target).pages[-1]
        assert len(last.images) > 0, count


def test_without_details_dates_are_years():
    data = written(replace(CONTEXT, generated=MADE, is_deidentified=True), case=Case())
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert reader.metadata["/CreationDate"] == "D:2026"
    assert b"<xmp:CreateDate>2026</xmp:CreateDate>" in reader.trailer["/Root"]["/Metadata"].get_object().get_data()
