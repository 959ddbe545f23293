"""Page 1 of the PDF: sample, counts, sizes, method and limits."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from ..domain.case import Identity
from ..domain.image_reading import NO_HAEMOGLOBIN, READING_TITLE
from ..domain.outline_error import METHOD_TEXT
from ..domain.wording import counted
from .local_dates import local_date, local_time
from .options import DATES, IDENTITY_LABELS
from .pdf_figures import OverviewFigure, counts_table, histogram, key_numbers
from .pdf_grades import grades_block, signatures_block, state_line
from .pdf_heads import letterhead_block, manual_look_block
from .pdf_images import Overview
from .pdf_style import INK, MUTED, NO_PADDING, RULE, TEXT_WIDTH, WARNING, WARNING_SHADE, paragraph_style, printable
from .summary import RUO_LINE, ReportSummary, cells_text

_LEFT = 97 * mm
_GUTTER = 6 * mm
_RIGHT = TEXT_WIDTH - _LEFT - _GUTTER
_PICTURE_HEIGHT = 80 * mm
MOST_PICTURES = 4
"""Fields that are shown on page 1."""
_SHORT = 300
"""Characters of a text that stands beside its label."""
_PIECE = 2000
"""Characters of a long text that are set at a time."""


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
    fields = counted(sum(f.counts for f in summary.fields), "field")
    return (
        f"Automated pre-classification of {counted(summary.red_cells, 'red cell')} in {fields};"
        f" {summary.reviewed:,} of {cells_text(len(summary.rows))} reviewed by a person."
    )


def _title(summary: ReportSummary) -> Flowable:
    context = summary.context
    made = context.made_text if context.is_deidentified else local_time(context.generated)
    right = paragraph_style(7.5, colour=MUTED)
    right.alignment = 2
    head = Table(
        [[Paragraph("Red cell morphology", paragraph_style(17, bold=True)), Paragraph(f"Report of {made}", right)]],
        colWidths=[TEXT_WIDTH * 0.62, TEXT_WIDTH * 0.38],
    )
    head.setStyle([("VALIGN", (0, 0), (-1, -1), "BOTTOM"), *NO_PADDING, ("BOTTOMPADDING", (0, 0), (-1, -1), 4)])
    return head


def _ruo_band() -> Flowable:
    band = Table([[Paragraph(RUO_LINE, paragraph_style(8.5, bold=True, colour=WARNING))]], colWidths=[TEXT_WIDTH])
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
        (label, local_date(text) if name in DATES else text)
        for name, label in IDENTITY_LABELS.items()
        if (text := getattr(identity, name).strip())
    ]
    short = [(label, text) for label, text in filled if len(text) <= _SHORT]
    long = [flowable for label, text in filled if len(text) > _SHORT for flowable in _long_text(label, text)]
    story = [_pairs(short)] if short else []
    return [*story, *long, Spacer(1, 3 * mm)] if filled else []


def _long_text(label: str, text: str) -> list[Flowable]:
    """A text in paragraphs, which may run over pages."""
    style = paragraph_style(8.5)
    pieces = textwrap.wrap(printable(text), _PIECE, break_on_hyphens=False)
    return [
        Paragraph(label, paragraph_style(7.5, colour=MUTED)),
        *(Paragraph(escape(piece), style) for piece in pieces),
    ]


def _pairs(filled: Sequence[tuple[str, str]]) -> Flowable:
    label_style, text_style = paragraph_style(7.5, colour=MUTED), paragraph_style(8.5)
    cells = [[Paragraph(label, label_style), Paragraph(escape(printable(text)), text_style)] for label, text in filled]
    if len(cells) % 2:
        cells.append(["", ""])
    lines = [[*cells[i], *cells[i + 1]] for i in range(0, len(cells), 2)]
    label_width = 25 * mm
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


def _key_numbers(summary: ReportSummary) -> Flowable:
    cells = len(summary.rows)
    numbers = [
        (f"{summary.red_cells:,}", "red cells classified"),
        (f"{summary.not_red_cells:,}", "not red cells"),
        (f"{summary.reviewed:,} of {cells:,}", "reviewed by a person"),
        (f"{summary.needs_review:,}", "need review"),
        *([(f"{summary.not_assessable:,}", "not assessable")] if summary.not_assessable else []),
        (f"{len(summary.fields):,}", "fields" if len(summary.fields) != 1 else "field"),
    ]
    return key_numbers(numbers, width=TEXT_WIDTH)


def _result(summary: ReportSummary, overviews: Sequence[Overview]) -> Flowable:
    if not overviews:
        return counts_table(summary.counts, width=TEXT_WIDTH)
    body = Table(
        [[_pictures(overviews, summary), counts_table(summary.counts, width=_RIGHT)]],
        colWidths=[_LEFT + _GUTTER, _RIGHT],
    )
    body.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *NO_PADDING])
    return body


def _pictures(overviews: Sequence[Overview], summary: ReportSummary) -> list[Flowable]:
    if len(overviews) == 1:
        name = summary.fields[0].name
        return [_figure(overviews[0], _LEFT, _PICTURE_HEIGHT, name)]
    shown = overviews[:MOST_PICTURES]
    side = (_LEFT - 3 * mm) / 2
    figures = [
        _figure(view, side, _PICTURE_HEIGHT / 2, f"Field {field.id}: {field.name}")
        for view, field in zip(shown, summary.fields, strict=False)
    ]
    lines = [[figures[i], figures[i + 1] if i + 1 < len(figures) else ""] for i in range(0, len(figures), 2)]
    grid = Table(lines, colWidths=[side + 3 * mm, side])
    grid.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *NO_PADDING, ("BOTTOMPADDING", (0, 0), (-1, -1), 3)])
    more = len(summary.fields) - len(shown)
    if not more:
        return [grid]
    fields = "field" if more == 1 else "fields"
    return [grid, Paragraph(f"and {more:,} more {fields}", paragraph_style(6.5, colour=MUTED))]


def _figure(view: Overview, width: float, height: float, caption: str) -> Flowable:
    return OverviewFigure(view, width=width, max_height=height, numbers=False, caption=caption)


def _sizes_and_method(summary: ReportSummary) -> Flowable:
    head = Paragraph("Size of the red cells", paragraph_style(9, bold=True))
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
    cv = "" if sizes.cv_percent is None else f" · size CV (image) {sizes.cv_percent:.1f} %"
    return f"{sizes.cells:,} complete red cells · median Ø {sizes.median:.{decimals}f} {sizes.unit}{cv}"


def _method(summary: ReportSummary, *, width: float) -> list[Flowable]:
    context = summary.context
    scales = dict.fromkeys(f.calibration for f in summary.fields)
    calibration = next(iter(scales), "no field") if len(scales) <= 1 else "differs between fields, see Fields"
    lines = {
        "Calibration": calibration,
        **({"Sizes": METHOD_TEXT} if summary.sizes.unit == "µm" else {}),
        "Segmenter": "; ".join(summary.segmenters) or "not known",
        "Classifier": "; ".join(summary.classifiers) or "none",
        "Device": context.device or "–",
        "Application": f"RBC Desktop {context.app_version}",
        "Counted": summary.counting_rule,
        "Percentages": f"of {summary.red_cells:,} classified red cells, 95 % Wilson interval",
        **({"Control film": context.control.text} if context.control is not None else {}),
        **({"Overrides": text} if (text := summary.override_text) else {}),
        "Classes": f"{summary.reviewed:,} reviewed by a person, "
        f"{sum(not r.reviewed and r.cell_class is not None for r in summary.rows):,} predicted only",
    }
    label_style, text_style = paragraph_style(7, colour=MUTED), paragraph_style(7)
    table = Table(
        [[Paragraph(k, label_style), Paragraph(escape(_brief(v)), text_style)] for k, v in lines.items()],
        colWidths=[19 * mm, width - 19 * mm],
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
    return [Paragraph("Method", paragraph_style(9, bold=True)), Spacer(1, 1 * mm), table]


def _brief(text: str) -> str:
    """What stands in a cell of a table, which can't run over a page."""
    text = printable(text)
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"


def _image_levels(summary: ReportSummary) -> list[Flowable]:
    """The block of an image-level model; nothing while none is in use."""
    if not summary.image_levels:
        return []
    style, several = paragraph_style(7, colour=INK), len(summary.fields) > 1
    said = [f"{name}: {text}" if several else text for name, text in summary.image_levels]
    head = [Spacer(1, 2 * mm), Paragraph(READING_TITLE, paragraph_style(9, bold=True))]
    lines = [Paragraph(escape(printable(text)), style) for text in said]
    return [KeepTogether([*head, lines[0]]), *lines[1:], Paragraph(NO_HAEMOGLOBIN, paragraph_style(7, colour=MUTED))]


def _limits(summary: ReportSummary) -> list[Flowable]:
    style = paragraph_style(7, colour=INK)
    missing = escape(printable(", ".join(summary.not_assessed)))
    lines: list[Flowable] = [Paragraph(escape(printable(notice)), style) for notice in summary.notices]
    return [*lines, Paragraph(f"<b>Not assessed</b> (never to be read as absent): {missing}.", style)]
