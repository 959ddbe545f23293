"""The sample in the PDF: state, graded lines, findings, blood count, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, LongTable, Paragraph, Spacer, Table

from ..domain.blood_count import QUANTITIES
from ..domain.findings import CLOSING
from ..domain.operator import key_digits
from ..domain.sign_off import SignOff
from .grades import GradeLine
from .local_dates import local_time_of
from .pdf_figures import Chip
from .pdf_style import (
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
    paragraph_style,
    printable,
)
from .sample_summary import SampleSummary

STAMPS = {"draft": "DRAFT", "reviewed": "PRELIMINARY", "amended": "DRAFT", "final": ""}
"""State of the report to what stands across each of its pages."""

_STATES = {
    "draft": "Draft: numbers and grades are suggested, not confirmed.",
    "reviewed": "Preliminary: reviewed, not final.",
    "amended": "Draft of an amended report: the report before it is still the valid one.",
    "final": "Final.",
}


def state_line(sample: SampleSummary) -> Flowable:
    """Number and state of the report."""
    colour = INK if sample.state == "final" else WARNING
    text = f"Report {sample.version}. {_STATES[sample.state]}"
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
        head = Paragraph("Grades", paragraph_style(9, bold=True))
        text = f"{scheme.title}. {scheme.note}" if scheme.note else scheme.title
        note = Paragraph(escape(printable(text)), paragraph_style(6.5, colour=MUTED))
        story += [KeepTogether([head, note]), Spacer(1, 1 * mm), grades_table(sample.grades), Spacer(1, 3 * mm)]
    if sample.findings:
        style = paragraph_style(7.5)
        head = Paragraph("Conclusion", paragraph_style(9, bold=True))
        lines = [Paragraph(escape(printable(text)), style) for text in (rests_on, *sample.findings, CLOSING)]
        story += [KeepTogether([head, lines[0]]), *lines[1:], Spacer(1, 3 * mm)]
    known = [(q, v) for name, q in QUANTITIES.items() if (v := getattr(sample.grading.blood_count, name)) is not None]
    if known:
        values = " · ".join(f"{q.name} {v:,.{q.decimals}f} {q.unit}" for q, v in known)
        text = f"<b>Blood count</b> (entered, not measured here): {escape(values)}"
        story += [Paragraph(text, paragraph_style(7.5)), Spacer(1, 3 * mm)]
    return story


def grades_table(lines: Sequence[GradeLine]) -> LongTable:
    """One row per line: share with interval, suggested and confirmed grade, remark."""
    style = paragraph_style(6.5, colour=MUTED)
    rows = [
        [
            Chip(line.cell_class, height=8) if line.cell_class is not None else "",
            line.name,
            "" if line.withheld else f"{line.count:,}",
            "" if line.share is None else f"{100 * line.share:.1f}",
            _interval(line),
            _suggested(line),
            line.confirmed or "",
            Paragraph(escape(printable(_remark(line))), style),
        ]
        for line in lines
    ]
    return LongTable(
        [["Class", "", "n", "%", "95 % interval", "suggested", "confirmed", "remark"], *rows],
        colWidths=[19, 82, 28, 30, 62, 62, 52, TEXT_WIDTH - 335],
        repeatRows=1,
        style=[
            *TABLE,
            ("FONT", (0, 1), (-1, -1), REGULAR, 7.5),
            ("ALIGN", (2, 0), (4, -1), "RIGHT"),
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
    return "" if line.low is None or line.high is None else f"{100 * line.low:.1f} – {100 * line.high:.1f}"


def _suggested(line: GradeLine) -> str:
    if line.suggested is None or line.suggested.grade is None:
        return ""
    return f"{line.suggested.grade} *" if line.suggested.is_borderline else line.suggested.grade


def _remark(line: GradeLine) -> str:
    parts = [line.remark]
    found = line.suggested
    if found is not None and found.is_borderline:
        reach = f"* interval from {found.low} to {found.high}"
        more = f"; about {found.more_cells:,} more cells would tell" if found.more_cells else ""
        parts.append(reach + more)
    elif found is not None and found.more_cells:
        parts.append(f"count {found.more_cells:,} more")
    return "; ".join(filter(None, parts))


def signatures_block(sample: SampleSummary) -> list[Flowable]:
    """The signatures so far; a line for one by hand while the report isn't final."""
    head = Paragraph("Signatures", paragraph_style(9, bold=True))
    style = paragraph_style(7.5)
    lines: list[Flowable] = [Paragraph(escape(printable(_signature(step))), style) for step in sample.sign_offs]
    if sample.state != "final":
        lines.append(_hand_line())
    return [Spacer(1, 3 * mm), KeepTogether([head, *lines])]


def _signature(step: SignOff) -> str:
    reason = f" – {step.reason}" if step.reason else ""
    key = f", key {key_digits(step.key)}" if step.key else ""
    return f"Report {step.version}, {step.state}: {step.act}, {local_time_of(step.time)}{key}{reason}"


def _hand_line() -> Flowable:
    labels = [Paragraph(text, paragraph_style(6.5, colour=MUTED)) for text in ("Reviewed by", "Date", "Signature")]
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
