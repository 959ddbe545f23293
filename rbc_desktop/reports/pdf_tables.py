"""Long parts of the PDF that run over pages: gallery, cell table, table of fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from ..domain.taxonomy import CellClass
from .pdf_figures import WHITE, draw_chip, draw_jpeg
from .pdf_images import Thumbnail
from .pdf_style import (
    BOLD,
    INK,
    MUTED,
    REGULAR,
    RULE,
    SHADE,
    WARNING,
    Figure,
    class_colour,
    class_name,
    printable,
    shortened,
    width_of,
)
from .rows import CellRow
from .summary import FieldSummary

THUMBS_A_ROW = 11
GALLERY_BAR_UM = 5
_GAP = 1.4 * mm


class GalleryRow(Figure):
    """One line of thumbnails with number, probability and, where the scale is known, a scale bar each."""

    LABEL = 9.0

    def __init__(self, thumbnails: Sequence[Thumbnail], *, width: float) -> None:
        super().__init__()
        self._thumbnails, self.width = thumbnails, width
        self._side = (width - (THUMBS_A_ROW - 1) * _GAP) / THUMBS_A_ROW
        self.height = self._side + self.LABEL + 4

    def draw(self) -> None:
        for index, thumbnail in enumerate(self._thumbnails):
            self._draw_one(thumbnail, index * (self._side + _GAP))

    def _draw_one(self, thumbnail: Thumbnail, x: float) -> None:
        canvas, row, side = self.canv, thumbnail.row, self._side
        base = self.height - side
        draw_jpeg(canvas, thumbnail.jpeg, x, base, side, side)
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(x, base, side, side)
        canvas.clipPath(clip, stroke=0)
        path = canvas.beginPath()
        points = [(x + float(u) * side, base + side - float(v) * side) for u, v in thumbnail.outline]
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        path.close()
        canvas.setStrokeColor(class_colour(row.cell_class))
        canvas.setLineWidth(0.5)
        canvas.drawPath(path)
        canvas.restoreState()
        if row.um_per_px is not None:
            _small_scale_bar(canvas, thumbnail.window_px * row.um_per_px, x, base, side)
        canvas.setFillColor(INK)
        canvas.setFont(REGULAR, 5.6)
        canvas.drawString(x, base - 7, str(row.cell))
        mark, colour = _review_mark(row)
        chance = "" if row.class_probability is None else f"{row.class_probability:.2f}"
        canvas.setFillColor(colour)
        canvas.drawRightString(x + side, base - 7, f"{chance} {mark}".strip())


def _small_scale_bar(canvas: Canvas, window_um: float, x: float, base: float, side: float) -> None:
    length = GALLERY_BAR_UM / window_um * side
    canvas.setFillColor(WHITE)
    canvas.rect(x + 1.8, base + 1.6, length + 0.8, 1.8, stroke=0, fill=1)
    canvas.setFillColor(INK)
    canvas.rect(x + 2.2, base + 2, length, 1, stroke=0, fill=1)


def _review_mark(row: CellRow) -> tuple[str, object]:
    if row.reviewed:
        return "✓", INK
    return ("?", WARNING) if row.needs_review else ("", MUTED)


class GalleryHead(Figure):
    """Heading of one class in the gallery."""

    def __init__(self, cell_class: CellClass | None, *, note: str, width: float) -> None:
        super().__init__()
        self._class, self._note, self.width, self.height = cell_class, note, width, 8 * mm

    def draw(self) -> None:
        canvas = self.canv
        chip = draw_chip(canvas, self._class, 0, 5, height=10)
        name = class_name(self._class)
        canvas.setFillColor(INK)
        canvas.setFont(BOLD, 9)
        canvas.drawString(chip + 6, 7, name)
        canvas.setFillColor(MUTED)
        canvas.setFont(REGULAR, 7)
        canvas.drawString(chip + 14 + width_of(name, 9, bold=True), 7, self._note)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the cell table. width: points, 0 takes what is left; text: what a row shows."""

    title: str
    width: float
    text: Callable[[CellRow], str]
    align: Literal["left", "right", "centre"] = "right"
    chip: bool = False


def cell_columns(*, several_fields: bool, calibrated: bool) -> tuple[Column, ...]:
    """The columns of the cell table; micrometres when every field has a scale, else pixels."""

    def number(name: str, decimals: int) -> Callable[[CellRow], str]:
        def text(row: CellRow) -> str:
            value = getattr(row, name)
            return "–" if value is None else f"{value:,.{decimals}f}"

        return text

    sizes = (
        (Column("area µm²", 42, number("area_um2", 1)), Column("Ø µm", 34, number("diameter_um", 2)))
        if calibrated
        else (Column("area px²", 42, number("area_px", 0)), Column("Ø px", 34, number("diameter_px", 1)))
    )
    field = (Column("field", 28, lambda r: str(r.field_id)),) if several_fields else ()
    return (
        Column("no.", 30, lambda r: str(r.cell)),
        *field,
        Column("class", 0, lambda r: class_name(r.cell_class), "left", chip=True),
        Column("prob.", 32, number("class_probability", 2)),
        Column("review", 34, lambda r: _review_mark(r)[0], "centre"),
        *sizes,
        Column("circ.", 32, number("circularity", 2)),
        Column("axes", 30, number("axis_ratio", 2)),
        Column("solid.", 32, number("solidity", 2)),
        Column("pallor", 34, number("pallor_ratio", 2)),
        Column("core/rim", 40, number("core_rim_ratio", 2)),
        Column("border", 34, lambda r: "cut" if r.touches_border else "", "centre"),
        Column("mask", 30, number("score", 2)),
    )


class CellTable(Figure):
    """The table of cells; splits between rows and repeats its head."""

    HEAD, LINE = 6.0 * mm, 4.15 * mm

    def __init__(self, rows: Sequence[CellRow], columns: Sequence[Column], *, width: float, first: int = 0) -> None:
        super().__init__()
        self._rows, self._columns, self.width, self._first = rows, columns, width, first
        rest = width - sum(c.width for c in columns)
        self._widths = [c.width or rest for c in columns]
        self.height = self.HEAD + self.LINE * len(rows)

    def split(self, _width: float, height: float) -> list[Figure]:
        fitting = int((height - self.HEAD) / self.LINE)
        if fitting < 3:
            return []
        head, tail = self._rows[:fitting], self._rows[fitting:]
        return [
            CellTable(head, self._columns, width=self.width, first=self._first),
            CellTable(tail, self._columns, width=self.width, first=self._first + fitting),
        ]

    def draw(self) -> None:
        y = self.height - self.HEAD
        self._draw_head(y)
        for index, row in enumerate(self._rows):
            y -= self.LINE
            if (self._first + index) % 2:
                self.canv.setFillColor(SHADE)
                self.canv.rect(0, y, self.width, self.LINE, stroke=0, fill=1)
            self._draw_row(row, y)
        self.canv.setStrokeColor(RULE)
        self.canv.setLineWidth(0.5)
        self.canv.line(0, y, self.width, y)

    def _draw_head(self, y: float) -> None:
        canvas = self.canv
        canvas.setFillColor(MUTED)
        canvas.setFont(BOLD, 6.3)
        x = 0.0
        for column, width in zip(self._columns, self._widths, strict=True):
            self._place(column, column.title, x, y + 5, width)
            x += width
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.6)
        canvas.line(0, y, self.width, y)

    def _draw_row(self, row: CellRow, y: float) -> None:
        canvas = self.canv
        x = 0.0
        for column, width in zip(self._columns, self._widths, strict=True):
            canvas.setFillColor(INK)
            canvas.setFont(REGULAR, 6.8)
            if column.chip:
                chip = draw_chip(canvas, row.cell_class, x + 8, y + 2.4, height=7)
                canvas.setFillColor(INK)
                canvas.setFont(REGULAR, 6.8)
                canvas.drawString(x + 8 + chip + 4, y + 3.4, column.text(row))
            else:
                self._place(column, column.text(row), x, y + 3.4, width)
            x += width

    def _place(self, column: Column, text: str, x: float, y: float, width: float) -> None:
        if column.align == "right":
            self.canv.drawRightString(x + width - 3, y, text)
        elif column.align == "centre":
            self.canv.drawCentredString(x + width / 2, y, text)
        else:
            self.canv.drawString(x + 8, y, text)


class FieldTable(Figure):
    """The fields: number, name, size, cells, calibration, SHA-256; splits between rows."""

    HEAD, LINE = 6.0 * mm, 7.6 * mm

    def __init__(self, fields: Sequence[FieldSummary], *, width: float) -> None:
        super().__init__()
        self._fields, self.width = fields, width
        self.height = self.HEAD + self.LINE * len(fields)

    def split(self, _width: float, height: float) -> list[Figure]:
        fitting = int((height - self.HEAD) / self.LINE)
        if fitting < 1:
            return []
        parts = (self._fields[:fitting], self._fields[fitting:])
        return [FieldTable(part, width=self.width) for part in parts if part]

    def draw(self) -> None:
        canvas = self.canv
        y = self.height - self.HEAD
        canvas.setFont(BOLD, 6.3)
        canvas.setFillColor(MUTED)
        canvas.drawRightString(18, y + 5, "no.")
        canvas.drawString(26, y + 5, "image and SHA-256")
        canvas.drawRightString(self.width - 208, y + 5, "pixels")
        canvas.drawRightString(self.width - 170, y + 5, "cells")
        canvas.drawString(self.width - 158, y + 5, "calibration")
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.6)
        canvas.line(0, y, self.width, y)
        for field in self._fields:
            y -= self.LINE
            self._draw_row(field, y)

    def _draw_row(self, field: FieldSummary, y: float) -> None:
        canvas, line = self.canv, y + 13
        name = f"{field.name}, page {field.page + 1}" if field.page else field.name
        canvas.setFillColor(INK)
        canvas.setFont(REGULAR, 7)
        canvas.drawRightString(18, line, str(field.id))
        canvas.drawString(26, line, shortened(name, 7, self.width - 208 - 60 - 26))
        canvas.drawRightString(self.width - 208, line, f"{field.width:,} × {field.height:,}")
        canvas.drawRightString(self.width - 170, line, f"{field.cells:,}")
        scale, _, detail = field.calibration.partition(" (")
        canvas.drawString(self.width - 158, line, shortened(scale, 7, 158))
        canvas.setFillColor(MUTED)
        canvas.setFont(REGULAR, 5.6)
        canvas.drawString(26, y + 4.5, printable(field.sha256))
        if detail:
            canvas.drawString(self.width - 158, y + 4.5, shortened(detail.removesuffix(")"), 5.6, 158))
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.3)
        canvas.line(0, y, self.width, y)
