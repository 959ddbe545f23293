"""Control films as charts, with the rules that they break, and the override rate of each class month by month."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, LongTable, Paragraph, SimpleDocTemplate, Spacer

from ... import research_use
from ...domain.laboratory.control_chart import REJECTIONS, Chart
from ...domain.laboratory.control_film import value_text
from ...language import mark, number, tr
from ...phrases import told
from ..summary.summary import RUO_LINE
from ..text.local_dates import local_date
from .paper.pdf_style import (
    ACCENT,
    INK,
    MARGIN,
    MUTED,
    REGULAR,
    RULE,
    TABLE,
    TEXT_WIDTH,
    WARNING,
    Figure,
    paragraph_style,
    printable,
    register_fonts,
)

TITLE = mark("Control films")
BASIS = mark(
    "Levey-Jennings charts of medians over the red cells of each film; mean and SD are those of the first films of an"
    " instrument (grey). Rules after Westgard: 1-2s warns, the others stop the work."
)
NOBODYS = mark("No instrument named")


@dataclass(frozen=True, slots=True)
class ControlLine:
    """One chart: whose, of what, in which unit."""

    instrument: str
    measure: str
    unit: str
    chart: Chart

    @property
    def title(self) -> str:
        """What stands over the chart."""
        name, measure = self.instrument or tr(NOBODYS), tr(self.measure)
        if not self.unit:
            return tr("{name}: {measure}", name=name, measure=measure)
        return tr("{name}: {measure} in {unit}", name=name, measure=measure, unit=self.unit)


@dataclass(frozen=True, slots=True)
class MonthLine:
    """Override rate: month, predicted class, cells seen by a person, overruled."""

    month: str
    predicted: str
    seen: int
    overruled: int


def sentences(lines: Sequence[ControlLine], *, few: Sequence[str] = ()) -> list[str]:
    """What the newest film of each chart says; `few` names instruments without a baseline."""
    said = []
    for line in lines:
        chart, last = line.chart, line.chart.last
        if last is None:
            mean, sd = value_text(line.measure, chart.mean), value_text(line.measure, chart.sd, is_sd=True)
            text = tr(
                "{title}: the baseline is {mean} ± {sd}; no film after it yet.", title=line.title, mean=mean, sd=sd
            )
        else:
            why = "; ".join(f"{rule}: {tr(REJECTIONS[rule])}" for rule in last.broken if rule in REJECTIONS)
            state = tr("run off ({why})", why=why) if last.is_rejected else tr("as usual")
            if last.broken and not last.is_rejected:
                state = tr("watch it (more than 2 SD off)")
            text = tr("{title}: {value} on {day}, {z:+.1f} SD, {state}.", title=line.title, z=last.z, state=state,
                      value=value_text(line.measure, last.value), day=local_date(last.time[:10]))  # fmt: skip
        said.append(text)
    return [*said, *(tr("{name}: too few films for a baseline.", name=name or tr(NOBODYS)) for name in few)]


def write_control_pdf(
    path: Path, lines: Sequence[ControlLine], months: Sequence[MonthLine], *, few: Sequence[str] = (), app_version: str
) -> None:
    """Write the pages; wrap the call in `files.replace_atomically`.

    Raises:
        ExportError: when the fonts are missing.
        OSError: when the path can't be written to.
    """
    register_fonts()
    story: list[Flowable] = [
        Paragraph(escape(tr(TITLE)), paragraph_style(14, bold=True)),
        Paragraph(escape(tr(BASIS)), paragraph_style(8)),
        Spacer(1, 3 * mm),
        *(Paragraph(escape(printable(text)), paragraph_style(8.5)) for text in sentences(lines, few=few)),
    ]
    for line in lines:
        story += [CondPageBreak(55 * mm), Spacer(1, 4 * mm)]
        story += [
            Paragraph(escape(printable(line.title)), paragraph_style(9, bold=True)),
            ChartFigure(line.chart, measure=line.measure),
        ]
    story += [*_month_table(months), Spacer(1, 4 * mm), Paragraph(research_use("<br/>"), paragraph_style(7))]
    document = SimpleDocTemplate(
        str(path), leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN, title=tr(TITLE),
        subject=RUO_LINE, author="", creator=f"RBC Desktop {app_version}", invariant=1,
    )  # fmt: skip
    document.build(story)


def _month_table(months: Sequence[MonthLine]) -> list[Flowable]:
    if not months:
        return []
    rows = [[tr("month"), tr("classifier says"), tr("seen by a person"), tr("overruled"), "%"]]
    rows += [
        [m.month, told(m.predicted), number(m.seen), number(m.overruled), number(100 * m.overruled / m.seen, ".1f")]
        for m in months
    ]
    right = [("ALIGN", (i, 0), (i, -1), "RIGHT") for i in range(2, 5)]
    widths = [22 * mm, 45 * mm, 32 * mm, 24 * mm, 18 * mm]
    body = ("FONT", (0, 1), (-1, -1), REGULAR, 8)
    table = LongTable(rows, colWidths=widths, repeatRows=1, style=[*TABLE, body, *right])
    table.hAlign = "LEFT"
    head = Paragraph(tr("Override rate, month by month"), paragraph_style(10, bold=True))
    return [CondPageBreak(40 * mm), Spacer(1, 5 * mm), head, table]


class ChartFigure(Figure):
    """Points over lines at the mean and 1, 2 and 3 SD; what lies beyond 4 SD is drawn at the edge.

    Args:
        chart: what is drawn.
        measure: what its values are of.
    """

    _left, _top = 16 * mm, 4.5

    def __init__(self, chart: Chart, *, measure: str) -> None:
        super().__init__()
        self.width, self.height = TEXT_WIDTH, 42 * mm
        self._chart, self._measure = chart, measure

    def draw(self) -> None:
        """Draw on the page."""
        canvas, chart = self.canv, self._chart
        canvas.setFont(REGULAR, 6.5)
        for sd in range(-3, 4):
            y = self._y(sd)
            canvas.setStrokeColor(MUTED if sd == 0 else WARNING if abs(sd) == 3 else RULE)
            canvas.setLineWidth(0.4)
            canvas.line(self._left, y, self.width, y)
            canvas.setFillColor(MUTED)
            canvas.drawRightString(self._left - 3, y - 2, value_text(self._measure, chart.mean + sd * chart.sd))
        places = [(self._x(i), self._y(p.z)) for i, p in enumerate(chart.points)]
        canvas.setStrokeColor(RULE)
        for (x0, y0), (x1, y1) in itertools.pairwise(places):
            canvas.line(x0, y0, x1, y1)
        for (x, y), point in zip(places, chart.points, strict=True):
            canvas.setFillColor(MUTED if point.in_baseline else WARNING if point.is_rejected else ACCENT)
            canvas.circle(x, y, 2.2 if point.is_rejected else 1.5, stroke=0, fill=1)
        canvas.setFillColor(INK)
        canvas.drawString(self._left, 0, local_date(chart.points[0].time[:10]))
        canvas.drawRightString(self.width, 0, local_date(chart.points[-1].time[:10]))

    def _x(self, place: int) -> float:
        share = place / max(1, len(self._chart.points) - 1)
        return float(self._left + 4 + (self.width - self._left - 8) * share)

    def _y(self, z: float) -> float:
        middle, unit = (self.height + 8) / 2, (self.height - 12) / (2 * self._top)
        return float(middle + unit * min(4.0, max(-4.0, z)))
