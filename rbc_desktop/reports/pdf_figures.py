"""Drawn parts of the PDF: overview with outlines, class table, histogram, key numbers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ..domain.round_steps import largest_step, smallest_step
from ..domain.taxonomy import CLASS_INFO, CellClass
from .counts import ClassCount
from .pdf_images import Outline, Overview
from .pdf_style import (
    ACCENT,
    BOLD,
    INK,
    MUTED,
    REGULAR,
    RULE,
    SHADE,
    Figure,
    class_code,
    class_colour,
    class_name,
    ink_on,
    shortened,
)
from .sizes import SizeSummary

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
        info = CLASS_INFO[outline.cell_class] if outline.cell_class else None
        line = 0.9 if self._numbers else 0.65
        canvas.setDash([2.2, 1.2] if info and info.dashed else [])
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
        label = f"{length_um:g} µm"
        box = max(length, canvas.stringWidth(label, REGULAR, 6)) + 8
        canvas.setFillColor(WHITE)
        canvas.setFillAlpha(0.8)
        canvas.rect(5, base + 5, box, 15, stroke=0, fill=1)
        canvas.setFillAlpha(1)
        canvas.setFillColor(INK)
        canvas.rect(5 + (box - length) / 2, base + 8, length, 1.4, stroke=0, fill=1)
        canvas.setFont(REGULAR, 6)
        canvas.drawCentredString(5 + box / 2, base + 12, label)


class CountsTable(Figure):
    """Counts per class with share, Wilson interval and a bar; what is no red cell stands apart below a rule."""

    LINE = 5.1 * mm

    def __init__(self, counts: Sequence[ClassCount], *, width: float) -> None:
        super().__init__()
        self._counts, self.width = counts, width
        self.height = self.LINE * (max(1, len(counts)) + 1) + 2
        self._columns = (width - 118, width - 92, width - 62, width)  # right edges: n, reviewed, %, interval

    def draw(self) -> None:
        canvas = self.canv
        y = self.height - self.LINE
        canvas.setFont(BOLD, 6.5)
        canvas.setFillColor(MUTED)
        canvas.drawString(0, y + 4.5, "Class")
        for edge, title in zip(self._columns, ("n", "rev.", "%", "95 % CI"), strict=True):
            canvas.drawRightString(edge, y + 4.5, title)
        self._rule(y, INK, 0.6)
        red = True
        for count in self._counts:
            if red and count.share is None:
                self._rule(y, MUTED, 0.5)
                red = False
            y -= self.LINE
            self._draw_line(count, y)
            self._rule(y, RULE, 0.3)
        if not self._counts:
            canvas.setFont(REGULAR, 7.5)
            canvas.drawString(0, y - 12, "No cells")

    def _rule(self, y: float, colour: Color, width: float) -> None:
        self.canv.setStrokeColor(colour)
        self.canv.setLineWidth(width)
        self.canv.line(0, y, self.width, y)

    def _draw_line(self, count: ClassCount, y: float) -> None:
        canvas = self.canv
        chip = draw_chip(canvas, count.cell_class, 0, y + 3.2, height=8)
        canvas.setFillColor(INK)
        canvas.setFont(REGULAR, 7.5)
        canvas.drawString(chip + 5, y + 4.6, class_name(count.cell_class))
        number, reviewed, share, interval = self._columns
        canvas.drawRightString(number, y + 4.6, f"{count.count:,}")
        canvas.setFillColor(MUTED)
        canvas.drawRightString(reviewed, y + 4.6, f"{count.reviewed:,}")
        if count.share is None or count.low is None or count.high is None:
            canvas.drawRightString(interval, y + 4.6, "apart")
            return
        canvas.drawRightString(interval, y + 4.6, f"{100 * count.low:.1f} – {100 * count.high:.1f}")
        canvas.setFillColor(INK)
        canvas.setFont(BOLD, 7.5)
        canvas.drawRightString(share, y + 4.6, f"{100 * count.share:.1f}")


class Histogram(Figure):
    """Distribution of the diameters, as vectors."""

    def __init__(self, sizes: SizeSummary, *, width: float, height: float) -> None:
        super().__init__()
        self._sizes, self.width, self.height = sizes, width, height

    def draw(self) -> None:
        canvas, sizes = self.canv, self._sizes
        left, bottom = 24.0, 24.0
        width, height = self.width - left - 4, self.height - bottom - 6
        if not sizes.counts:
            canvas.setFont(REGULAR, 7.5)
            canvas.setFillColor(MUTED)
            canvas.drawString(0, self.height / 2, "No complete, measured red cell")
            return
        step = max(1, round(smallest_step(max(sizes.counts) / 4)))
        top = step * -(-max(sizes.counts) // step)
        canvas.setLineWidth(0.3)
        canvas.setFont(REGULAR, 6)
        for value in range(0, int(top) + 1, int(step)):
            y = bottom + height * value / top
            canvas.setStrokeColor(RULE)
            canvas.line(left, y, left + width, y)
            canvas.setFillColor(MUTED)
            canvas.drawRightString(left - 4, y - 2, f"{value}")
        self._draw_bars(left, bottom, width, height, top)
        canvas.setFillColor(MUTED)
        canvas.setFont(REGULAR, 6.5)
        canvas.drawCentredString(left + width / 2, 3, f"Equivalent diameter, {sizes.unit}")
        canvas.saveState()
        canvas.translate(6, bottom + height / 2)
        canvas.rotate(90)
        canvas.drawCentredString(0, 0, "Red cells")
        canvas.restoreState()

    def _draw_bars(self, left: float, bottom: float, width: float, height: float, top: float) -> None:
        canvas, sizes = self.canv, self._sizes
        bins = len(sizes.counts)
        each = min(width / bins, 26.0)
        start = left + (width - bins * each) / 2
        every = next(n for n in (1, 2, 4, 5, 10, 20, 50, 1000) if n * each >= 20)
        for index, count in enumerate(sizes.counts):
            canvas.setFillColor(ACCENT)
            canvas.rect(start + index * each + 0.4, bottom, each - 0.8, height * count / top, stroke=0, fill=1)
        canvas.setFillColor(MUTED)
        canvas.setStrokeColor(MUTED)
        canvas.setFont(REGULAR, 6)
        for index in range(0, bins + 1, every):
            x = start + index * each
            canvas.line(x, bottom, x, bottom - 2)
            canvas.drawCentredString(x, bottom - 9, f"{sizes.edges[index]:g}")
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.5)
        canvas.line(left, bottom, left + width, bottom)


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """A number worth a large type. note: what it refers to."""

    value: str
    label: str


class KeyNumbers(Figure):
    """A band of large numbers."""

    def __init__(self, numbers: Sequence[KeyNumber], *, width: float) -> None:
        super().__init__()
        self._numbers, self.width, self.height = numbers, width, 13.5 * mm

    def draw(self) -> None:
        canvas = self.canv
        canvas.setFillColor(SHADE)
        canvas.roundRect(0, 0, self.width, self.height, 3, stroke=0, fill=1)
        each = self.width / len(self._numbers)
        for index, number in enumerate(self._numbers):
            x = index * each + 8
            if index:
                canvas.setStrokeColor(RULE)
                canvas.setLineWidth(0.6)
                canvas.line(index * each, 7, index * each, self.height - 7)
            canvas.setFillColor(INK)
            canvas.setFont(BOLD, 13)
            canvas.drawString(x, self.height - 19, number.value)
            canvas.setFillColor(MUTED)
            canvas.setFont(REGULAR, 6.5)
            canvas.drawString(x, 7, number.label)
