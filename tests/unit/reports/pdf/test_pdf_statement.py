"""What a report states of itself."""

import io
import json
from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pypdf
import pytest

from rbc_desktop.reports.pdf.pdf_report import write_pdf
from rbc_desktop.reports.pdf.pdf_statement import NAMESPACE, numbers_of, read_statement, statement_text
from rbc_desktop.reports.summary.options import ReportOptions
from rbc_desktop.reports.summary.summary import build
from tests.fakes.report_cases import CONTEXT, small_case

CONTEXT = replace(CONTEXT, head="ab" * 32, device="cpu <&>")
OPTIONS = ReportOptions(short=True, gallery=False)


def document(context=CONTEXT):
    case, drawn = small_case()
    target = io.BytesIO()
    write_pdf(target, build(case, context=context), case, pixels=lambda _: drawn.rgb, options=OPTIONS)
    return target.getvalue()


def test_what_is_stated_is_read_back():
    stated = read_statement(document())
    assert (stated.app_version, stated.language, stated.options) == (CONTEXT.app_version, "en", OPTIONS)
    assert stated.context == CONTEXT
    assert stated.logo_size is None
    assert stated.numbers["normal, cells"] == "9"


def test_the_numbers_are_those_of_the_table(graded):
    stated = json.loads(statement_text(graded, OPTIONS))
    assert stated["numbers"] == numbers_of(graded)
    assert stated["numbers"]["teardrop, percent"] == "10.00"
    assert stated["numbers"]["teardrop, grade"] == stated["numbers"]["teardrop, confirmed_grade"] == "3+"


def test_the_property_is_declared_as_pdf_a_asks():
    packet = pypdf.PdfReader(io.BytesIO(document())).trailer["/Root"]["/Metadata"].get_object().get_data()
    text = packet.decode("utf-8")
    root = fromstring(text[text.index("<x:xmpmeta") : text.index("<?xpacket end")])
    found = {element.tag: element.text for element in root.iter()}
    assert found["{http://www.aiim.org/pdfa/ns/schema#}namespaceURI"] == NAMESPACE
    assert found["{http://www.aiim.org/pdfa/ns/schema#}prefix"] == "rbc"
    assert found["{http://www.aiim.org/pdfa/ns/property#}name"] == "statement"
    assert found["{http://www.aiim.org/pdfa/ns/property#}valueType"] == "Text"
    assert json.loads(found[f"{{{NAMESPACE}}}statement"])["head"] == CONTEXT.head


def test_a_deidentified_report_states_neither_when_nor_with_what():
    data = document(replace(CONTEXT, is_deidentified=True, head=""))
    stated = read_statement(data)
    assert stated.is_deidentified
    assert (stated.context, stated.options, stated.numbers) == (None, None, None)


@pytest.mark.parametrize(
    "text", [b"", b"%PDF-1.4", b"<rbc:statement></rbc:statement>", b"<rbc:statement>[1]</rbc:statement>",
             b'<rbc:statement>{"app_version": "1"}</rbc:statement>', b"</rbc:statement><rbc:statement>",
             b'<rbc:statement>{"app_version": "1", "deidentified": false, "options": {"x": 1}}</rbc:statement>'],
)  # fmt: skip
def test_what_states_nothing_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 — by any of its kinds
        read_statement(text)
