"""Long parts of the PDF that run over pages: gallery, cell table, table of fields."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, LongTable

from ....domain.classes.taxonomy import CellClass
from ....language import number, tr
from ....phrases import told
from ...summary.rows import CellRow
from ...summary.summary import FieldSummary
from ..paper.pdf_images import Thumbnail
from ..paper.pdf_style import (
    BOLD,
    INK,
    MUTED,
    REGULAR,
    RULE,
    SHADE,
    TABLE,
    WARNING,
    Figure,
    class_colour,
    printable,
    shortened,
    width_of,
)
from .pdf_figures import WHITE, Chip, draw_chip, draw_jpeg

THUMBS_A_ROW = 11
GALLERY_BAR_UM = 5
_GAP = 1.4 * mm


class GalleryRow(Figure):
    """One line of thumbnails with number, probability and, where the scale is known, a scale bar each."""

    LABEL = 9.0

    def __init__(self, thumbnails: Sequence[Thumbnail], *, width: float, most: int = THUMBS_A_ROW) -> None:
        super().__init__()
        self._thumbnails, self.width = thumbnails, width
        self._side = (width - (most - 1) * _GAP) / most
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
        chance = "" if row.class_probability is None else number(row.class_probability, ".2f")
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

    def __init__(self, cell_class: CellClass | None, *, name: str, note: str, width: float) -> None:
        super().__init__()
        self._class, self._name, self._note, self.width, self.height = cell_class, name, note, width, 8 * mm

    def draw(self) -> None:
        canvas = self.canv
        chip = draw_chip(canvas, self._class, 0, 5, height=10)
        name = shortened(self._name, 9, self.width - chip - 20 - width_of(self._note, 7), bold=True)
        canvas.setFillColor(INK)
        canvas.setFont(BOLD, 9)
        canvas.drawString(chip + 6, 7, name)
        canvas.setFillColor(MUTED)
        canvas.setFont(REGULAR, 7)
        canvas.drawString(chip + 14 + width_of(name, 9, bold=True), 7, self._note)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the cell table. width: points, 0 takes what is left; cell: what a row shows."""

    title: str
    width: float
    cell: Callable[[CellRow], str | Flowable]
    align: Literal["LEFT", "RIGHT", "CENTER"] = "RIGHT"


def cell_columns(*, several_fields: bool, calibrated: bool) -> tuple[Column, ...]:
    """The columns of the cell table; micrometres when every field has a scale, else pixels."""

    def measured(name: str, decimals: int) -> Callable[[CellRow], str]:
        def text(row: CellRow) -> str:
            value = getattr(row, name)
            return "–" if value is None else number(value, f",.{decimals}f")

        return text

    sizes = (
        (Column(tr("area µm²"), 38, measured("area_um2", 1)), Column("Ø µm", 30, measured("diameter_um", 2)))
        if calibrated
        else (Column(tr("area px²"), 38, measured("area_px", 0)), Column("Ø px", 30, measured("diameter_px", 1)))
    )
    chip, cut = functools.cache(lambda cell_class: Chip(cell_class, height=7)), tr("cut", "by the edge of the image")
    field = (Column(tr("field"), 25, lambda r: str(r.field_id)),) if several_fields else ()
    return (
        Column(tr("no."), 26, lambda r: str(r.cell)),
        *field,
        Column(tr("class"), 21, lambda r: chip(r.cell_class), "LEFT"),
        Column("", 0, lambda r: told(r.class_text), "LEFT"),
        Column(tr("prob."), 28, measured("class_probability", 2)),
        Column(tr("review", "heading of a column: ✓ or ?"), 30, lambda r: _review_mark(r)[0], "CENTER"),
        *sizes,
        Column(tr("circ."), 28, measured("circularity", 2)),
        Column(tr("axes"), 28, measured("axis_ratio", 2)),
        Column(tr("solid."), 28, measured("solidity", 2)),
        Column(tr("pallor", "heading of a column"), 28, measured("pallor_ratio", 2)),
        Column(tr("core/rim"), 34, measured("core_rim_ratio", 2)),
        Column(tr("border"), 30, lambda r: cut if r.touches_border else "", "CENTER"),
        Column(tr("mask"), 26, measured("score", 2)),
    )


def cell_table(rows: Sequence[CellRow], columns: Sequence[Column], *, width: float) -> LongTable:
    """The table of cells; splits between rows and repeats its head."""
    widths = [column.width and max(column.width, width_of(column.title, 6.3, bold=True) + 4) for column in columns]
    rest = width - sum(widths)

    def cell(column: Column, row: CellRow) -> str | Flowable:
        shown = column.cell(row)
        return shown if column.width or not isinstance(shown, str) else shortened(shown, 6.8, rest - 3)

    return LongTable(
        [[column.title for column in columns], *([cell(column, row) for column in columns] for row in rows)],
        colWidths=[each or rest for each in widths],
        rowHeights=[6.0 * mm, *[4.15 * mm] * len(rows)],
        repeatRows=1,
        style=[
            *TABLE,
            ("FONT", (0, 1), (-1, -1), REGULAR, 6.8),
            *(("ALIGN", (i, 0), (i, -1), column.align) for i, column in enumerate(columns)),
            *(("LEFTPADDING", (i, 0), (i, -1), 8) for i, column in enumerate(columns) if column.title == tr("class")),
            ("ROWBACKGROUNDS", (0, 1), (-1, -1), [None, SHADE]),
            ("LINEBELOW", (0, "splitlast"), (-1, "splitlast"), 0.5, RULE),
            ("LINEBELOW", (0, -1), (-1, -1), 0.5, RULE),
        ],
    )


def field_table(fields: Sequence[FieldSummary], *, width: float) -> LongTable:
    """The fields: number, name, size, cells, calibration, below them SHA-256 and detail; splits between fields."""
    rest, scale = width - 26 - 60 - 50 - 158, 158.0
    lines, rows = [line for field in fields for line in _field_lines(field, rest=rest, scale=scale)], 2 * len(fields)
    return LongTable(
        [[tr("no."), tr("image and SHA-256"), tr("pixels"), tr("cells"), tr("calibration")], *lines],
        colWidths=[26, rest, 60, 50, scale],
        rowHeights=[6.0 * mm, *[3.9 * mm, 3.7 * mm] * len(fields)],
        repeatRows=1,
        style=[
            *TABLE,
            ("RIGHTPADDING", (0, 0), (0, -1), 8),
            ("RIGHTPADDING", (3, 0), (3, -1), 12),
            *(("ALIGN", (i, 0), (i, -1), "RIGHT") for i in (0, 2, 3)),
            *(("FONT", (0, i), (-1, i), REGULAR, 7) for i in range(1, rows, 2)),
            *(("VALIGN", (0, i), (-1, i), "BOTTOM") for i in range(1, rows, 2)),
            *(("FONT", (0, i), (-1, i), REGULAR, 5.6) for i in range(2, rows + 1, 2)),
            *(("TEXTCOLOR", (0, i), (-1, i), MUTED) for i in range(2, rows + 1, 2)),
            *(("LINEBELOW", (0, i), (-1, i), 0.3, RULE) for i in range(2, rows + 1, 2)),
            *(("NOSPLIT", (0, i - 1), (0, i)) for i in range(2, rows + 1, 2)),
        ],
    )


def _field_lines(field: FieldSummary, *, rest: float, scale: float) -> tuple[list[str], list[str]]:
    name = tr("{name}, page {page}", name=field.name, page=field.page + 1) if field.page else field.name
    given, _, detail = told(field.calibration).partition(" (")
    size, cells = f"{number(field.width)} × {number(field.height)}", number(field.cells)
    return (
        [str(field.id), shortened(name, 7, rest - 4), size, cells, shortened(given, 7, scale)],
        ["", printable(field.sha256), "", "", shortened(detail.removesuffix(")"), 5.6, scale)],
    )
