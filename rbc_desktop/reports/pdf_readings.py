"""Second readings in the full PDF: agreement, which class became which, and every difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, LongTable, Paragraph, Spacer, Table

from ..domain.agreement import agreement_of, agreement_text
from ..domain.second_reading import SecondReading
from ..domain.taxonomy import CellClass
from .pdf_style import BOLD, MUTED, NO_PADDING, REGULAR, TABLE, TEXT_WIDTH, paragraph_style, printable

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
                story.append(Paragraph(escape(agreement_text(found)), paragraph_style(8)))
            story += [Spacer(1, 2 * mm), _matrix(reading.pairs), *_differences(reading)]
    return story


def _head(reading: SecondReading) -> str:
    seed = f", drawn with {reading.seed}" if reading.seed else ""  # a de-identified report leaves it out
    part = "all cells" if reading.share == 1 else f"{100 * reading.share:.3g} % of the cells{seed}"
    read = f"{reading.done:,} of {len(reading.cells):,} read"
    return f"Second reading {reading.number} by {reading.operator}, {reading.ended[:10]}: {part}; {read}"


def _matrix(pairs: Sequence[tuple[CellClass, CellClass]]) -> Flowable:
    """First class down, second across; the counts on the diagonal agree."""
    counts = Counter(pairs)
    classes = sorted({c for pair in pairs for c in pair}, key=lambda c: c.value)
    rows = [["first ↓   second →", *(c.code for c in classes)]]
    rows += [[f"{a.value} ({a.code})", *(str(counts[a, b] or "·") for b in classes)] for a in classes]
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
    rows = [["cell", "first", "second", "settled"]]
    for read in differ:
        second, settled = (("" if c is None else c.value) for c in (read.second, read.settled))
        rows.append([str(read.cell), read.first.value, second, settled])
    body = ("FONT", (0, 1), (-1, -1), REGULAR, 7)
    widths = [18 * mm, NAMES, NAMES, NAMES]
    table = LongTable(rows, colWidths=widths, rowHeights=ROW, repeatRows=1, style=[*TABLE, body])
    table.hAlign = "LEFT"
    open_ = f", {reading.unsettled:,} of them not settled" if reading.unsettled else ""
    head = Paragraph(f"Differences: {len(differ):,}{open_}", paragraph_style(8, bold=True))
    return [CondPageBreak(30 * mm), Spacer(1, 2 * mm), head, table]
