"""Drawn parts of the PDF: overview with outlines, class table, histogram, key numbers."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.shapes import Drawing, Group, String
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Table

from ....domain.classes.taxonomy import CellClass
from ....domain.round_steps import largest_step, smallest_step
from ....language import number, tr
from ...summary.counts import ClassCount
from ...summary.sizes import SizeSummary
from ..paper.pdf_images import Outline, Overview
from ..paper.pdf_style import (
    ACCENT,
    BOLD,
    INK,
    MUTED,
    NO_PADDING,
    REGULAR,
    RULE,
    SHADE,
    TABLE,
    Figure,
    class_code,
    class_colour,
    ink_on,
    paragraph_style,
    percent_range,
    shortened,
    width_of,
)

WHITE = HexColor("#FFFFFF")


def draw_jpeg(canvas: Canvas, jpeg: bytes, x: float, y: float, width: float, height: float) -> None:
    """Place a JPEG, embedded as it is."""
    canvas.drawImage(ImageReader(io.BytesIO(jpeg)), x, y, width, height)


def draw_chip(canvas: Canvas, cell_class: CellClass | None, x: float, y: float, *, height: float = 8.0) -> float:
    """The mark of a class, its two letters on its colour; returns its width."""
    width = 1.75 * height
    colour = class_colour(cell_class)
    canvas.setFillColor(colour)
    canvas.roundRect(x, y, width, height, 1.5, stroke=0, fill=1)
    canvas.setFillColor(ink_on(colour))
    size = 0.68 * height
    canvas.setFont(BOLD, size)
    canvas.drawCentredString(x + width / 2, y + (height - 0.73 * size) / 2, class_code(cell_class))
    return width


class Chip(Figure):
    """The mark of a class, as a cell of a table."""

    def __init__(self, cell_class: CellClass | None, *, height: float) -> None:
        super().__init__()
        self._class, self.width, self.height = cell_class, 1.75 * height, height

    def draw(self) -> None:
        draw_chip(self.canv, self._class, 0, 0, height=self.height)


class OverviewFigure(Figure):
    """A field with its outlines; with numbers where there is room for them."""

    def __init__(self, overview: Overview, *, width: float, max_height: float, numbers: bool, caption: str) -> None:
        super().__init__()
        self._overview, self._numbers, self._caption = overview, numbers, caption
        self._caption_height = 11.0
        self._scale = min(width / overview.width, (max_height - self._caption_height) / overview.height)
        self.width = width
        self.height = overview.height * self._scale + self._caption_height

    def draw(self) -> None:
        canvas, view, scale = self.canv, self._overview, self._scale
        width, height, base = view.width * scale, view.height * scale, self._caption_height
        draw_jpeg(canvas, view.jpeg, 0, base, width, height)
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(0, base, width, height)
        canvas.clipPath(clip, stroke=0)
        for outline in view.outlines:
            self._draw_outline(outline, base + height)
        if view.um_per_px is not None:
            self._draw_scale_bar(view.um_per_px, base)
        canvas.restoreState()
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.5)
        canvas.rect(0, base, width, height)
        canvas.setFillColor(MUTED)
        canvas.setFont(REGULAR, 6.5)
        canvas.drawString(0, 2, shortened(self._caption, 6.5, self.width))

    def _draw_outline(self, outline: Outline, top: float) -> None:
        canvas, scale = self.canv, self._scale
        points = [(float(x) * scale, top - float(y) * scale) for x, y in outline.points]
        path = canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        path.close()
        line = 0.9 if self._numbers else 0.65
        canvas.setDash([2.2, 1.2] if outline.cell_class and outline.cell_class.dashed else [])
        canvas.setStrokeColor(class_colour(outline.cell_class))
        canvas.setLineWidth(line)
        canvas.drawPath(path)
        canvas.setDash([])
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if self._numbers and max(xs) - min(xs) > 9:
            self._draw_number(str(outline.cell), (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2 - 1.7)

    def _draw_number(self, text: str, x: float, y: float) -> None:
        canvas = self.canv
        canvas.setFont(BOLD, 4.6)
        canvas.setFillColor(INK)
        canvas.setStrokeColor(WHITE)
        canvas.setLineWidth(1.0)
        canvas.saveState()
        rim = canvas.beginText(x - canvas.stringWidth(text, BOLD, 4.6) / 2, y)
        rim.setTextRenderMode(1)
        rim.textOut(text)
        canvas.drawText(rim)
        canvas.restoreState()  # the render mode outlives its text object
        canvas.drawCentredString(x, y, text)

    def _draw_scale_bar(self, um_per_px: float, base: float) -> None:
        canvas = self.canv
        length_um = largest_step(self._overview.width * um_per_px / 4)
        length = length_um / um_per_px * self._scale
        label = f"{number(length_um, 'g')} µm"
        box = max(length, canvas.stringWidth(label, REGULAR, 6)) + 8
        canvas.setFillColor(WHITE)
        canvas.setFillAlpha(0.8)
        canvas.rect(5, base + 5, box, 15, stroke=0, fill=1)
        canvas.setFillAlpha(1)
        canvas.setFillColor(INK)
        canvas.rect(5 + (box - length) / 2, base + 8, length, 1.4, stroke=0, fill=1)
        canvas.setFont(REGULAR, 6)
        canvas.drawCentredString(5 + box / 2, base + 12, label)


def counts_table(counts: Sequence[ClassCount], *, width: float) -> Table:
    """Counts per class with share and interval; what is no red cell stands apart below a rule."""
    told = [_count_numbers(count) for count in counts]
    numbers = [max([least, *(width_of(row[i], 7.5) + 5 for row in told)]) for i, least in enumerate((22, 22, 25, 36))]
    names = max((width_of(count.title, 7.5) for count in counts), default=0.0) + 4
    spare = min(6.0, max(0.0, width - _CHIP - sum(numbers) - names) / len(numbers))
    numbers = [each + spare for each in numbers]
    room = width - _CHIP - sum(numbers)
    rows = [
        [Chip(count.cell_class, height=8), shortened(count.title, 7.5, room - 3), *row]
        for count, row in zip(counts, told, strict=True)
    ] or [[tr("No cells")]]
    apart = next((i for i, count in enumerate(counts, 1) if count.share is None), 0)
    return Table(
        [[tr("Class"), "", "n", tr("rev."), "%", tr("95 % CI")], *rows],
        colWidths=[_CHIP, room, *numbers],
        rowHeights=5.1 * mm,
        style=[
            *TABLE,
            ("FONT", (0, 1), (-1, -1), REGULAR, 7.5),
            ("ALIGN", (2, 0), (-1, -1), "RIGHT"),
            ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
            ("TEXTCOLOR", (3, 1), (3, -1), MUTED),
            ("FONT", (4, 1), (4, -1), BOLD, 7.5),
            ("TEXTCOLOR", (5, 1), (5, -1), MUTED),
            ("LINEBELOW", (0, 1), (-1, -1), 0.3, RULE),
            *([("LINEABOVE", (0, apart), (-1, apart), 0.5, MUTED)] if apart > 1 else []),
        ],
    )


_CHIP = 19
"""Width of the column with the marks."""


def _count_numbers(count: ClassCount) -> tuple[str, str, str, str]:
    found = number(count.count), number(count.reviewed)
    if count.share is None or count.low is None or count.high is None:
        return (*found, "", tr("not counted") if count.aside else tr("apart"))
    return (*found, number(100 * count.share, ".1f"), percent_range(count.low, count.high))


def histogram(sizes: SizeSummary, *, width: float, height: float) -> Flowable:
    """Distribution of the diameters, as vectors."""
    if not sizes.counts:
        return Paragraph(tr("No complete, measured red cell"), paragraph_style(7.5, colour=MUTED))
    chart, bins = VerticalBarChart(), len(sizes.counts)
    each = min((width - 36) / bins, 26.0)
    chart.x, chart.y, chart.width, chart.height = 32, 24, bins * each, height - 30
    chart.data = [sizes.counts]
    chart.groupSpacing, chart.barWidth = 0.8, each - 0.8
    chart.useAbsolute = 1
    chart.bars[0].fillColor, chart.bars[0].strokeColor = ACCENT, None
    every = next(n for n in (1, 2, 4, 5, 10, 20, 50, 1000) if n * each >= 20)
    axis = chart.categoryAxis
    axis.categoryNames = [number(edge, "g") if i % every == 0 else "" for i, edge in enumerate(sizes.edges[:-1])]
    axis.labels.dx, axis.tickDown = -each / 2, 2  # a label stands below the lower edge of its class
    axis.strokeColor, axis.strokeWidth = INK, 0.5
    scale = chart.valueAxis
    scale.valueMin, scale.valueStep = 0, max(1, round(smallest_step(max(sizes.counts) / 4)))
    scale.valueMax = scale.valueStep * -(-max(sizes.counts) // scale.valueStep)
    scale.visibleAxis, scale.visibleTicks, scale.visibleGrid = False, False, True
    scale.gridStrokeColor, scale.gridStrokeWidth, scale.labelTextFormat = RULE, 0.3, lambda value: number(round(value))
    for labels in (axis.labels, scale.labels):
        labels.fontName, labels.fontSize, labels.fillColor = REGULAR, 6, MUTED
    text = {"fontName": REGULAR, "fillColor": MUTED, "textAnchor": "middle"}
    middle, right = chart.x + chart.width / 2, chart.x + chart.width
    upright = Group(String(0, 0, tr("Red cells"), fontSize=6.5, **text))
    upright.transform = (0, 1, -1, 0, chart.x - 26, chart.y + chart.height / 2)
    across = String(middle, 3, tr("Equivalent diameter, {unit}", unit=sizes.unit), fontSize=6.5, **text)
    last = String(right, chart.y - 10.9, number(sizes.edges[-1], "g") if bins % every == 0 else "", fontSize=6, **text)
    return Drawing(width, height, chart, upright, across, last)


def key_numbers(numbers: Sequence[tuple[str, str]], *, width: float) -> Table:
    """A band of large numbers, each with what it counts."""
    needed = [max(width_of(number, 13, bold=True), width_of(label, 6.5)) for number, label in numbers]
    room = (width - sum(needed)) / len(numbers)
    return Table(
        list(zip(*numbers, strict=True)),
        colWidths=[each + room for each in needed],
        rowHeights=[8 * mm, 5.5 * mm],
        style=[
            ("BACKGROUND", (0, 0), (-1, -1), SHADE),
            ("ROUNDEDCORNERS", [3, 3, 3, 3]),
            *NO_PADDING,
            ("LEFTPADDING", (0, 0), (-1, -1), 8),
            ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
            ("VALIGN", (0, 1), (-1, 1), "TOP"),
            ("FONT", (0, 0), (-1, 0), BOLD, 13),
            ("TEXTCOLOR", (0, 0), (-1, 0), INK),
            ("FONT", (0, 1), (-1, 1), REGULAR, 6.5),
            ("TEXTCOLOR", (0, 1), (-1, 1), MUTED),
            ("LINEAFTER", (0, 0), (-2, -1), 0.6, RULE),
        ],
    )
