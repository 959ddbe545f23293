"""Second readings in the full PDF: agreement, which class became which, and every difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, LongTable, Paragraph, Spacer, Table

from ....domain.classes.taxonomy import CellClass
from ....domain.laboratory.agreement import agreement_of, agreement_text
from ....domain.sample.second_reading import SecondReading
from ....language import number, tr
from ...text.local_dates import local_date
from ..paper.pdf_style import BOLD, MUTED, NO_PADDING, REGULAR, TABLE, TEXT_WIDTH, markup, paragraph_style, printable

ROW = 3.9 * mm
NAMES, CODE = 34 * mm, 9 * mm


def readings_section(readings: Sequence[SecondReading]) -> list[Flowable]:
    """The readings that are over; nothing of one that goes on, so that the report doesn't tell its reader anything."""
    story: list[Flowable] = []
    for reading in readings:
        if reading.ended and reading.pairs:
            story += [Spacer(1, 2 * mm), Paragraph(escape(printable(_head(reading))), paragraph_style(9, bold=True))]
            found = agreement_of(reading.pairs)
            if found is not None:
                story.append(Paragraph(markup(agreement_text(found)), paragraph_style(8)))
            story += [Spacer(1, 2 * mm), _matrix(reading.pairs), *_differences(reading)]
    return story


def _head(reading: SecondReading) -> str:
    percent = 100 * reading.share
    if reading.share == 1:
        part = tr("all cells")
    elif reading.seed:
        part = tr("{percent:.3g} % of the cells, drawn with {seed}", percent=percent, seed=str(reading.seed))
    else:  # a de-identified report leaves it out
        part = tr("{percent:.3g} % of the cells", percent=percent)
    return tr(
        "Second reading {number} by {operator}, {day}: {part}; {done:,} of {cells:,} read",
        number=reading.number, operator=reading.operator, day=local_date(reading.ended[:10]), part=part,
        done=reading.done, cells=len(reading.cells),
    )  # fmt: skip


def _matrix(pairs: Sequence[tuple[CellClass, CellClass]]) -> Flowable:
    """First class down, second across; the counts on the diagonal agree."""
    counts = Counter(pairs)
    classes = sorted({c for pair in pairs for c in pair}, key=lambda c: c.value)
    rows = [[tr("first ↓   second →"), *(c.code for c in classes)]]
    rows += [
        [f"{a.title} ({a.code})", *(number(counts[a, b]) if counts[a, b] else "·" for b in classes)] for a in classes
    ]
    marks = [("FONT", (i, i), (i, i), BOLD, 7) for i in range(1, len(classes) + 1)]
    table = Table(
        rows,
        colWidths=[NAMES, *[min(CODE, (TEXT_WIDTH - NAMES) / len(classes))] * len(classes)],
        rowHeights=ROW,
        style=[*NO_PADDING, ("FONT", (0, 0), (-1, -1), REGULAR, 7), ("TEXTCOLOR", (0, 0), (-1, 0), MUTED),
               ("ALIGN", (1, 0), (-1, -1), "RIGHT"), *marks],
    )  # fmt: skip
    table.hAlign = "LEFT"
    return table


def _differences(reading: SecondReading) -> list[Flowable]:
    differ = reading.differences
    if not differ:
        return []
    rows = [[tr("cell"), tr("first"), tr("second"), tr("settled")]]
    for read in differ:
        second, settled = (("" if c is None else c.title) for c in (read.second, read.settled))
        rows.append([str(read.cell), read.first.title, second, settled])
    body = ("FONT", (0, 1), (-1, -1), REGULAR, 7)
    widths = [18 * mm, NAMES, NAMES, NAMES]
    table = LongTable(rows, colWidths=widths, rowHeights=ROW, repeatRows=1, style=[*TABLE, body])
    table.hAlign = "LEFT"
    said = tr("Differences: {count:,}", count=len(differ))
    if reading.unsettled:
        said = tr("Differences: {count:,}, {open:,} of them not settled", count=len(differ), open=reading.unsettled)
    head = Paragraph(said, paragraph_style(8, bold=True))
    return [CondPageBreak(30 * mm), Spacer(1, 2 * mm), head, table]
