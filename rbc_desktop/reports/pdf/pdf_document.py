"""The file around the report's pages: footers, stamp, bookmarks, and what PDF/A-2b asks for.

The file declares PDF/A-2b (ISO 19005-2) and is built for it: embedded fonts, XMP, an sRGB output intent, nothing that
is encrypted, run or loaded from elsewhere. No validator has seen it; our own tests check these points. It isn't tagged:
ReportLab draws pages and knows no structure tree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer

from ...language import mark, present, tr
from ..summary.summary import RUO_LINE, ReportSummary
from .paper.pdf_style import (
    FOOTER,
    MARGIN,
    MUTED,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    REGULAR,
    RULE,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    shortened,
)
from .paper.srgb_profile import srgb_profile
from .parts.pdf_grades import STAMPS, draw_stamp
from .pdf_statement import xmp_property

TITLE = mark("Red cell morphology")
SRGB = "sRGB IEC61966-2.1"


class Heading(Paragraph):
    """A paragraph that is a bookmark, too."""


@dataclass(slots=True)
class _Marks:
    """Bookmarks by page, from 1; filled while pages are laid out."""

    by_page: dict[int, list[str]]


def write_document(
    target: Path | BinaryIO,
    story: list[Flowable],
    summary: ReportSummary,
    *,
    on_page: Callable[[], None],
    statement: str = "",
    first_only: bool = False,
) -> None:
    """Lay the story out and write it; equal byte for byte for equal arguments.

    Args:
        target: a path, or a file that is open for writing.
        story: what stands on the pages.
        summary: for footers, stamp and metadata.
        on_page: called at the beginning of each page; may raise.
        statement: what it says of itself for programs (`pdf_statement`).
        first_only: write page 1 alone; how many there are isn't known then.

    Raises:
        OSError: when the path can't be written to.
    """
    while story and isinstance(story[-1], Spacer):
        story.pop()  # at the foot of a page it would begin another one
    context = summary.context
    marks = _Marks({})
    document = _Document(
        str(target) if isinstance(target, Path) else target,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        title=tr(TITLE),
        subject=RUO_LINE,
        creator=f"RBC Desktop {context.app_version}",
        producer="ReportLab",
        author="",
        lang=present().code,
        invariant=1,
    )
    document.marks = marks
    frame = Frame(MARGIN, MARGIN + FOOTER, TEXT_WIDTH, TEXT_HEIGHT, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate("page", [frame], onPage=lambda *_: on_page()))
    document.build(story, canvasmaker=_numbered_canvas(summary, marks, statement=statement, first_only=first_only))


class _Document(BaseDocTemplate):
    marks: _Marks

    def afterFlowable(self, flowable: Flowable) -> None:
        if isinstance(flowable, Heading):
            self.marks.by_page.setdefault(self.page, []).append(flowable.getPlainText())


def _numbered_canvas(summary: ReportSummary, marks: _Marks, *, statement: str, first_only: bool) -> type[Canvas]:
    """A canvas that knows the number of pages when it draws the footers: it holds the pages back until the end."""

    class NumberedCanvas(Canvas):
        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, **{**kwargs, "initialFontName": REGULAR})
            self._held: list[dict[str, object]] = []
            _declare(self, summary, statement=statement)

        def setFont(self, name: str, *args: object, **kwargs: object) -> None:
            """Tables and charts begin with Helvetica before they are told otherwise, and that can't be embedded."""
            super().setFont(REGULAR if name.startswith("Helvetica") else name, *args, **kwargs)

        def showPage(self) -> None:
            self._held.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            pages = self._held[:1] if first_only else self._held
            for number, state in enumerate(pages, start=1):
                self.__dict__.update(state)
                draw_stamp(self, tr(STAMPS[summary.sample.state]))
                _draw_footer(self, summary, _page_text(number, None if first_only else len(pages)))
                for place, text in enumerate(marks.by_page.get(number, ())):
                    key = f"page {number} {place}"
                    self.bookmarkPage(key)
                    self.addOutlineEntry(text, key, level=0)
                super().showPage()
            super().save()

    return NumberedCanvas


def _page_text(number: int, pages: int | None) -> str:
    if pages is None:
        return tr("Page {number}", number=number)
    return tr("Page {number} of {pages}", number=number, pages=pages)


def _draw_footer(canvas: Canvas, summary: ReportSummary, page: str) -> None:
    identity, head = summary.identity, summary.context.head
    sample = " · ".join(filter(None, (identity.sample_id.strip(), identity.accession.strip())))
    y = MARGIN + 2
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, y + 11, PAGE_WIDTH - MARGIN, y + 11)
    canvas.setFillColor(MUTED)
    canvas.setFont(REGULAR, 6.8)
    canvas.drawString(MARGIN, y, shortened(sample, 6.8, TEXT_WIDTH / 4))
    canvas.drawCentredString(PAGE_WIDTH / 2, y, RUO_LINE)
    canvas.drawRightString(PAGE_WIDTH - MARGIN, y, page)
    if head:
        canvas.setFont(REGULAR, 5.6)
        canvas.drawCentredString(PAGE_WIDTH / 2, y - 8, tr("Audit head {head}", head=head))


# What makes it PDF/A


def _declare(canvas: Canvas, summary: ReportSummary, *, statement: str) -> None:
    """Dates, XMP and output intent."""
    made, year_only = summary.context.generated, summary.context.is_deidentified
    document: Any = canvas._doc  # noqa: SLF001
    canvas.setDateFormatter(lambda *_: _pdf_date(made, year_only=year_only))
    catalog = document.Catalog
    xmp = _xmp(document.info, _xmp_date(made, year_only=year_only), statement=statement)
    catalog.Metadata = document.Reference(pdfdoc.XMP(creator=lambda _: xmp()))
    profile = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"N": 3}), srgb_profile(), filters=[pdfdoc.PDFZCompress])
    intent = {
        "Type": pdfdoc.PDFName("OutputIntent"),
        "S": pdfdoc.PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": pdfdoc.PDFString(SRGB),
        "Info": pdfdoc.PDFString(SRGB),
        "DestOutputProfile": document.Reference(profile),
    }
    catalog.OutputIntents = pdfdoc.PDFArray([pdfdoc.PDFDictionary(intent)])
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]


def _pdf_date(moment: datetime, *, year_only: bool) -> str:
    if year_only:
        return f"D:{moment:%Y}"
    zone = f"{moment:%z}" or "+0000"
    return f"D:{moment:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"


def _xmp_date(moment: datetime, *, year_only: bool) -> str:
    return f"{moment:%Y}" if year_only else moment.isoformat(timespec="seconds")


def _xmp(info: Any, date: str, *, statement: str) -> Callable[[], bytes]:
    """Gives the packet once title and creator are set."""

    def packet() -> bytes:
        return _PACKET.format(
            title=escape(info.title), subject=escape(info.subject), creator=escape(info.creator),
            producer=escape(info.producer), date=date, own=xmp_property(statement) if statement else "",
        ).encode("utf-8")  # fmt: skip

    return packet


_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>B</pdfaid:conformance>
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
   <xmp:CreatorTool>{creator}</xmp:CreatorTool>
   <xmp:CreateDate>{date}</xmp:CreateDate>
   <xmp:ModifyDate>{date}</xmp:ModifyDate>
   <pdf:Producer>{producer}</pdf:Producer>
  </rdf:Description>
{own} </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""
