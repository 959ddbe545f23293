"""Page 1 of the PDF: sample, counts, sizes, method and limits."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from .... import research_use
from ....domain.case.case import Identity
from ....domain.case.image_reading import NO_HAEMOGLOBIN, READING_TITLE
from ....domain.cells.outline_error import METHOD_TEXT
from ....language import mark, mark_plural, number, plural, tr
from ....phrases import told
from ...summary.options import DATES, IDENTITY_LABELS
from ...summary.summary import ReportSummary, cells_text
from ...text.bidi import is_bidirectional
from ...text.local_dates import local_date, local_time
from ..paper.pdf_fitting import Fitting
from ..paper.pdf_images import Overview
from ..paper.pdf_style import (
    INK,
    MUTED,
    NO_PADDING,
    RULE,
    TEXT_WIDTH,
    WARNING,
    WARNING_SHADE,
    markup,
    paragraph_style,
    printable,
    width_of,
)
from ..paper.print_problem import print_problem
from .pdf_figures import OverviewFigure, counts_table, histogram, key_numbers
from .pdf_grades import grades_block, signatures_block, state_line
from .pdf_heads import letterhead_block, manual_look_block

_LEFT = 97 * mm
_GUTTER = 6 * mm
_RIGHT = TEXT_WIDTH - _LEFT - _GUTTER
_PICTURE_HEIGHT = 80 * mm
MOST_PICTURES = 4
"""Fields that are shown on page 1."""
_SHORT = 300
"""Characters of a text that stands beside its label."""
_FEW_LINES = 4
"""Lines of such a text."""
_PIECE = 2000
"""Characters of a long text that are set at a time."""
_LINE, _ONE_LINE = 85, 36
"""Characters that surely fit on a line of the page, and of half of it."""


def first_page(summary: ReportSummary, *, overviews: Sequence[Overview], histogram: bool) -> list[Flowable]:
    """The flowables of page 1; long identities or notices run over to page 2."""
    story: list[Flowable] = [*letterhead_block(summary.context.letterhead), _title(summary), _ruo_band()]
    story += [Spacer(1, 2 * mm), state_line(summary.sample), Spacer(1, 2 * mm), *manual_look_block(summary.manual_look)]
    story += [*_identity(summary.identity), *grades_block(summary.sample, rests_on=_rests_on(summary))]
    story += [_key_numbers(summary), Spacer(1, 4 * mm), _result(summary, overviews), Spacer(1, 4 * mm)]
    story.append(_sizes_and_method(summary) if histogram else KeepTogether(_method(summary, width=TEXT_WIDTH)))
    story += [Spacer(1, 2 * mm), *_limits(summary), *_image_levels(summary), *signatures_block(summary.sample)]
    return story


def _rests_on(summary: ReportSummary) -> str:
    """What the conclusion rests on, in one sentence."""
    return tr(
        "Automated pre-classification {red_cells} {fields}; {reviewed:,} of {cells} reviewed by a person.",
        red_cells=mark_plural("of {count} red cell", "of {count} red cells", summary.red_cells),
        fields=mark_plural("in {count} field", "in {count} fields", sum(f.counts for f in summary.fields)),
        reviewed=summary.reviewed,
        cells=cells_text(len(summary.rows)),
    )


def _title(summary: ReportSummary) -> Flowable:
    context = summary.context
    made = context.made_text if context.is_deidentified else local_time(context.generated)
    right = paragraph_style(7.5, colour=MUTED)
    right.alignment = 2
    head = Table(
        [
            [
                Paragraph(tr("Red cell morphology"), paragraph_style(17, bold=True)),
                Paragraph(tr("Report of {made}", made=made), right),
            ]
        ],
        colWidths=[TEXT_WIDTH * 0.54, TEXT_WIDTH * 0.46],
    )
    head.setStyle([("VALIGN", (0, 0), (-1, -1), "BOTTOM"), *NO_PADDING, ("BOTTOMPADDING", (0, 0), (-1, -1), 4)])
    return head


def _ruo_band() -> Flowable:
    text = research_use("<br/>")
    band = Table([[Paragraph(text, paragraph_style(8.5, bold=True, colour=WARNING))]], colWidths=[TEXT_WIDTH])
    band.setStyle(
        [
            ("BACKGROUND", (0, 0), (-1, -1), WARNING_SHADE),
            ("LINEBEFORE", (0, 0), (0, -1), 2.5, WARNING),
            ("LEFTPADDING", (0, 0), (-1, -1), 8),
            ("TOPPADDING", (0, 0), (-1, -1), 3.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4.5),
        ]
    )
    return band


def _identity(identity: Identity) -> list[Flowable]:
    """The fields that are filled, two per line, long ones below at full width; nothing when all are empty."""
    filled = [
        (tr(label), local_date(text) if name in DATES else text)
        for name, label in IDENTITY_LABELS.items()
        if (text := getattr(identity, name).strip())
    ]
    long = [flowable for label, text in filled if not _fits_beside(text) for flowable in _long_text(label, text)]
    short = [(label, text) for label, text in filled if _fits_beside(text)]
    story = [_pairs(short)] if short else []
    return [*story, *long, Spacer(1, 3 * mm)] if filled else []


def _fits_beside(text: str) -> bool:
    """Whether a text stands beside another one: of few lines, and from right to left only while it needs one."""
    lines = text.splitlines()
    if is_bidirectional(text):
        return len(lines) == 1 and len(text) <= _ONE_LINE
    return len(lines) <= _FEW_LINES and len(text) <= _SHORT


def _long_text(label: str, text: str) -> list[Flowable]:
    """A text in paragraphs, which may run over pages; its lines begin where those of the text do."""
    style = paragraph_style(8.5)
    width = _LINE if is_bidirectional(text) else _PIECE  # what is turned round can't be broken afterwards
    lines = (" ".join(line.split()) for line in text.splitlines())
    pieces = [printable(piece) for line in lines for piece in textwrap.wrap(line, width, break_on_hyphens=False)]
    return [
        Paragraph(label, paragraph_style(7.5, colour=MUTED)),
        *(Paragraph(escape(piece), style) for piece in pieces),
    ]


def _pairs(filled: Sequence[tuple[str, str]]) -> Flowable:
    label_style, text_style = paragraph_style(7.5, colour=MUTED), paragraph_style(8.5)
    cells = [[Paragraph(label, label_style), Paragraph(_in_lines(text), text_style)] for label, text in filled]
    if len(cells) % 2:
        cells.append(["", ""])
    lines = [[*cells[i], *cells[i + 1]] for i in range(0, len(cells), 2)]
    label_width = max(25 * mm, *(width_of(label, 7.5) + 7 for label, _ in filled))
    table = Table(lines, colWidths=[label_width, TEXT_WIDTH / 2 - label_width] * 2)
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            *NO_PADDING,
            ("RIGHTPADDING", (0, 0), (-1, -1), 6),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
            ("LINEBELOW", (0, 0), (-1, -1), 0.3, RULE),
        ]
    )
    return table


def _in_lines(text: str) -> str:
    """A text as a paragraph takes it, broken where the text is."""
    return "<br/>".join(escape(printable(line)) for line in text.splitlines())


def _key_numbers(summary: ReportSummary) -> Flowable:
    cells = len(summary.rows)
    numbers = [
        (number(summary.red_cells), tr("red cells classified")),
        (number(summary.not_red_cells), tr("not red cells")),
        (tr("{count:,} of {cells:,}", count=summary.reviewed, cells=cells), tr("reviewed by a person")),
        (number(summary.needs_review), tr("need review")),
        *([(number(summary.not_assessable), tr("not assessable"))] if summary.not_assessable else []),
        (number(len(summary.fields)), plural("field", "fields", len(summary.fields))),
    ]
    return key_numbers(numbers, width=TEXT_WIDTH)


def _result(summary: ReportSummary, overviews: Sequence[Overview]) -> Flowable:
    if not overviews:
        return counts_table(summary.counts, width=TEXT_WIDTH)

    def made(share: float) -> Flowable:
        pictures, counts = _pictures(overviews, summary, share=share), counts_table(summary.counts, width=_RIGHT)
        body = Table([[pictures, counts]], colWidths=[_LEFT + _GUTTER, _RIGHT])
        body.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *NO_PADDING])
        return body

    return Fitting(made)


def _pictures(overviews: Sequence[Overview], summary: ReportSummary, *, share: float) -> list[Flowable]:
    """Those of the first fields, at a share of their usual size."""
    height = share * _PICTURE_HEIGHT
    if len(overviews) == 1:
        name = summary.fields[0].name
        return [_figure(overviews[0], share * _LEFT, height, name)]
    shown = overviews[:MOST_PICTURES]
    side = share * (_LEFT - 3 * mm) / 2
    figures = [
        _figure(view, side, height / 2, tr("Field {id}: {name}", id=field.id, name=field.name))
        for view, field in zip(shown, summary.fields, strict=False)
    ]
    lines = [[figures[i], figures[i + 1] if i + 1 < len(figures) else ""] for i in range(0, len(figures), 2)]
    grid = Table(lines, colWidths=[side + 3 * mm, side], hAlign="LEFT")
    grid.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *NO_PADDING, ("BOTTOMPADDING", (0, 0), (-1, -1), 3)])
    more = len(summary.fields) - len(shown)
    if not more:
        return [grid]
    text = plural("and {count} more field", "and {count} more fields", more)
    return [grid, Paragraph(text, paragraph_style(6.5, colour=MUTED))]


def _figure(view: Overview, width: float, height: float, caption: str) -> Flowable:
    return OverviewFigure(view, width=width, max_height=height, numbers=False, caption=caption)


def _sizes_and_method(summary: ReportSummary) -> Flowable:
    head = Paragraph(tr("Size of the red cells"), paragraph_style(9, bold=True))
    chart = histogram(summary.sizes, width=_LEFT, height=44 * mm)
    left = [head, Paragraph(_size_line(summary), paragraph_style(7, colour=MUTED)), Spacer(1, 1 * mm), chart]
    body = Table([[left, _method(summary, width=_RIGHT)]], colWidths=[_LEFT + _GUTTER, _RIGHT])
    body.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *NO_PADDING])
    return body


def _size_line(summary: ReportSummary) -> str:
    sizes = summary.sizes
    if sizes.median is None:
        return ""
    decimals = 2 if sizes.unit == "µm" else 1
    parts = [
        plural("{count} complete red cell", "{count} complete red cells", sizes.cells),
        tr("median Ø {size} {unit}", size=number(sizes.median, f".{decimals}f"), unit=sizes.unit),
        "" if sizes.cv_percent is None else tr("size CV (image) {cv:.1f} %", cv=sizes.cv_percent),
    ]
    return " · ".join(filter(None, parts))


def _method(summary: ReportSummary, *, width: float) -> list[Flowable]:
    context = summary.context
    scales = dict.fromkeys(f.calibration for f in summary.fields)
    calibration = next(iter(scales), mark("no field"))
    if len(scales) > 1:
        calibration = mark("differs between fields, see Fields")
    predicted = sum(not r.reviewed and r.cell_class is not None for r in summary.rows)
    lines = {
        tr("Calibration"): told(calibration),
        **({tr("Sizes"): told(METHOD_TEXT)} if summary.sizes.unit == "µm" else {}),
        tr("Segmenter"): "; ".join(summary.segmenters) or tr("not known"),
        tr("Classifier"): "; ".join(summary.classifiers) or tr("none", "classifier"),
        tr("Device"): context.device or "–",
        tr("Application"): f"RBC Desktop {context.app_version}",
        tr("Counted"): told(summary.counting_rule),
        tr("Percentages"): _percentages(summary),
        **({tr("Control film"): told(context.control.text)} if context.control is not None else {}),
        **({tr("Overrides"): told(text)} if (text := summary.override_text) else {}),
        tr("Classes"): tr(
            "{reviewed:,} reviewed by a person, {predicted:,} predicted only",
            reviewed=summary.reviewed,
            predicted=predicted,
        ),
    }
    label_style, text_style = paragraph_style(7, colour=MUTED), paragraph_style(7)
    labels = max(19 * mm, *(width_of(label, 7) + 4 for label in lines))
    table = Table(
        [[Paragraph(k, label_style), Paragraph(escape(_brief(v)), text_style)] for k, v in lines.items()],
        colWidths=[labels, width - labels],
    )
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            *NO_PADDING,
            ("TOPPADDING", (0, 0), (-1, -1), 1.6),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.2),
            ("LINEBELOW", (0, 0), (-1, -1), 0.3, RULE),
        ]
    )
    return [Paragraph(tr("Method"), paragraph_style(9, bold=True)), Spacer(1, 1 * mm), table]


def _percentages(summary: ReportSummary) -> str:
    text = tr("of {count:,} classified red cells, 95 % Wilson interval", count=summary.red_cells)
    if any(line.widened for line in summary.sample.grades):
        text += tr("; wider where the fields differ more than by chance")
    return text


def _brief(text: str) -> str:
    """What stands in a cell of a table, which can't run over a page."""
    text = printable(text)
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"


def _image_levels(summary: ReportSummary) -> list[Flowable]:
    """The block of an image-level model; nothing while none is in use."""
    if not summary.image_levels:
        return []
    style, several = paragraph_style(7, colour=INK), len(summary.fields) > 1
    said = [f"{name}: {told(text)}" if several else told(text) for name, text in summary.image_levels]
    head = [Spacer(1, 2 * mm), Paragraph(told(READING_TITLE), paragraph_style(9, bold=True))]
    lines = [Paragraph(escape(printable(text)), style) for text in said]
    return [
        KeepTogether([*head, lines[0]]),
        *lines[1:],
        Paragraph(told(NO_HAEMOGLOBIN), paragraph_style(7, colour=MUTED)),
    ]


def _limits(summary: ReportSummary) -> list[Flowable]:
    style = paragraph_style(7, colour=INK)
    missing = escape(printable(", ".join(told(each) for each in summary.not_assessed)))
    notices = filter(None, (print_problem(summary), *summary.notices))
    lines: list[Flowable] = [Paragraph(markup(notice), style) for notice in notices]
    text = tr("<b>Not assessed</b> (never to be read as absent): {missing}.", missing=missing)
    return [*lines, Paragraph(text, style)]
