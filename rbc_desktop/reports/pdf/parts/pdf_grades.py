"""The sample in the PDF: state, graded lines, findings, blood count, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, LongTable, Paragraph, Spacer, Table

from ....domain.laboratory.operator import key_digits
from ....domain.sample.blood_count import QUANTITIES
from ....domain.sample.findings import CLOSING
from ....domain.sample.sign_off import SignOff
from ....language import mark, number, tr
from ....phrases import told
from ...summary.grades import GradeLine, fields_text
from ...summary.sample_summary import SampleSummary
from ...text.local_dates import local_time_of
from ..paper.pdf_style import (
    BOLD,
    INK,
    MUTED,
    NO_PADDING,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    REGULAR,
    RULE,
    TABLE,
    TEXT_WIDTH,
    WARNING,
    markup,
    paragraph_style,
    percent_range,
    printable,
)
from .pdf_figures import Chip

STAMPS = {"draft": mark("DRAFT"), "reviewed": mark("PRELIMINARY"), "amended": mark("DRAFT"), "final": ""}
"""State of the report to what stands across each of its pages."""

_STATES = {
    "draft": mark("Draft: numbers and grades are suggested, not confirmed."),
    "reviewed": mark("Preliminary: reviewed, not final."),
    "amended": mark("Draft of an amended report: the report before it is still the valid one."),
    "final": mark("Final."),
}


def state_line(sample: SampleSummary) -> Flowable:
    """Number and state of the report."""
    colour = INK if sample.state == "final" else WARNING
    text = tr("Report {version}. {state}", version=sample.version, state=_STATES[sample.state])
    return Paragraph(escape(text), paragraph_style(8.5, bold=True, colour=colour))


def grades_block(sample: SampleSummary, *, rests_on: str) -> list[Flowable]:
    """Scheme, graded lines, conclusion and blood count; what there isn't is left out.

    Args:
        sample: as a whole.
        rests_on: what the conclusion rests on, one sentence.
    """
    story: list[Flowable] = []
    scheme = sample.grading.scheme
    if scheme is not None and sample.is_graded:
        head = Paragraph(tr("Grades"), paragraph_style(9, bold=True))
        text = f"{told(scheme.title)}. {told(scheme.note)}" if scheme.note else told(scheme.title)
        note = Paragraph(escape(printable(text)), paragraph_style(6.5, colour=MUTED))
        story += [KeepTogether([head, note]), Spacer(1, 1 * mm), grades_table(sample.grades), Spacer(1, 3 * mm)]
    if sample.findings:
        style = paragraph_style(7.5)
        head = Paragraph(tr("Conclusion"), paragraph_style(9, bold=True))
        lines = [Paragraph(markup(text), style) for text in (rests_on, *sample.findings, CLOSING)]
        story += [KeepTogether([head, lines[0]]), *lines[1:], Spacer(1, 3 * mm)]
    known = [(q, v) for name, q in QUANTITIES.items() if (v := getattr(sample.grading.blood_count, name)) is not None]
    if known:
        values = " · ".join(f"{told(q.name)} {number(v, f',.{q.decimals}f')} {q.unit}" for q, v in known)
        text = tr("<b>Blood count</b> (entered, not measured here): {values}", values=escape(values))
        story += [Paragraph(text, paragraph_style(7.5)), Spacer(1, 3 * mm)]
    return story


def grades_table(lines: Sequence[GradeLine]) -> LongTable:
    """One row per line: share with interval, suggested and confirmed grade, remark."""
    style, plain = paragraph_style(6.5, colour=MUTED), paragraph_style(7.5)
    rows = [
        [
            Chip(line.cell_class, height=8) if line.cell_class is not None else Paragraph(markup(line.name), plain),
            told(line.name) if line.cell_class is not None else "",
            "" if line.withheld else number(line.count),
            "" if line.share is None else number(100 * line.share, ".1f"),
            _interval(line),
            _suggested(line),
            told(line.confirmed or ""),
            Paragraph(markup(_remark(line)), style),
        ]
        for line in lines
    ]
    return LongTable(
        [[tr("Class"), "", "n", "%", tr("95 % interval"), tr("suggested"), tr("confirmed"), tr("remark")], *rows],
        colWidths=[19, 82, 28, 30, 62, 62, 52, TEXT_WIDTH - 335],
        repeatRows=1,
        style=[
            *TABLE,
            ("FONT", (0, 1), (-1, -1), REGULAR, 7.5),
            ("ALIGN", (2, 0), (4, -1), "RIGHT"),
            *(("SPAN", (0, row), (1, row)) for row, line in enumerate(lines, start=1) if line.cell_class is None),
            ("RIGHTPADDING", (4, 0), (4, -1), 10),
            ("FONT", (6, 1), (6, -1), BOLD, 7.5),
            ("TEXTCOLOR", (4, 1), (5, -1), MUTED),
            ("TOPPADDING", (0, 1), (-1, -1), 1.6),
            ("BOTTOMPADDING", (0, 0), (-1, 0), 3),
            ("BOTTOMPADDING", (0, 1), (-1, -1), 2),
            ("LINEBELOW", (0, 1), (-1, -1), 0.3, RULE),
        ],
    )


def _interval(line: GradeLine) -> str:
    return "" if line.low is None or line.high is None else percent_range(line.low, line.high)


def _suggested(line: GradeLine) -> str:
    if line.suggested is None or line.suggested.grade is None:
        return ""
    grade = told(line.suggested.grade)
    return f"{grade} *" if line.suggested.is_borderline else grade


def _remark(line: GradeLine) -> str:
    parts = [told(line.remark)]
    found = line.suggested
    if found is not None and found.is_borderline:
        parts.append(tr("* interval from {low} to {high}", low=told(found.low or ""), high=told(found.high or "")))
        if found.more_cells:
            parts.append(tr("about {count:,} more cells would tell", count=found.more_cells))
    elif found is not None and found.more_cells:
        parts.append(tr("count {count:,} more", count=found.more_cells))
    parts.append(told(fields_text(line)))
    return "; ".join(filter(None, parts))


def signatures_block(sample: SampleSummary) -> list[Flowable]:
    """The signatures so far; a line for one by hand while the report isn't final."""
    head = Paragraph(tr("Signatures"), paragraph_style(9, bold=True))
    style = paragraph_style(7.5)
    lines: list[Flowable] = [Paragraph(escape(printable(_signature(step))), style) for step in sample.sign_offs]
    if sample.state != "final":
        lines.append(_hand_line())
    return [Spacer(1, 3 * mm), KeepTogether([head, *lines])]


def _signature(step: SignOff) -> str:
    said = tr(
        "Report {version}, {state}: {act}, {time}",
        version=step.version, state=told(step.state), act=told(step.act), time=local_time_of(step.time),
    )  # fmt: skip
    key = tr(", key {digits}", digits=key_digits(step.key)) if step.key else ""
    return f"{said}{key}" + (f" – {told(step.reason)}" if step.reason else "")


def _hand_line() -> Flowable:
    labels = [
        Paragraph(text, paragraph_style(6.5, colour=MUTED)) for text in (tr("Reviewed by"), tr("Date"), tr("Signature"))
    ]
    table = Table([["", "", ""], labels], colWidths=[TEXT_WIDTH * 0.4, TEXT_WIDTH * 0.2, TEXT_WIDTH * 0.4])
    table.setStyle(
        [
            *NO_PADDING,
            ("TOPPADDING", (0, 0), (-1, 0), 8 * mm),
            *(("LINEBELOW", (i, 0), (i, 0), 0.5, MUTED) for i in range(3)),
        ]
    )
    return table


def draw_stamp(canvas: Canvas, text: str) -> None:
    """A pale word across the page, under the text's reading."""
    if not text:
        return
    canvas.saveState()
    canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
    canvas.rotate(52)
    canvas.setFillColor(WARNING, alpha=0.07)
    canvas.setFont(BOLD, 110 if len(text) < 8 else 72)
    canvas.drawCentredString(0, -35, text)
    canvas.restoreState()
