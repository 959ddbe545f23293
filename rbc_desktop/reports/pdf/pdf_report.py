"""The PDF report: page 1 with the result, then overviews, gallery per class, table of cells."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph, Spacer, Table

from ...domain.case.case import Case, Field
from ...domain.sample.grading import NO_GRADE
from ...errors import ExportError, RbcError
from ...files import is_full
from ...language import mark, tr
from ...phrases import told
from ...ports import RgbImage
from ..summary.options import TELLING, ReportOptions
from ..summary.rows import CellRow
from ..summary.summary import ReportSummary, cells_text
from .paper.pdf_images import Overview, Thumbnail, overview, thumbnails
from .paper.pdf_style import MUTED, NO_PADDING, TEXT_WIDTH, markup, paragraph_style, register_fonts
from .parts.pdf_first_page import MOST_PICTURES, first_page
from .parts.pdf_overview import overview_section
from .parts.pdf_readings import readings_section
from .parts.pdf_reference import reference_section
from .parts.pdf_tables import (
    GALLERY_BAR_UM,
    THUMBS_A_ROW,
    GalleryHead,
    GalleryRow,
    cell_columns,
    cell_table,
    field_table,
)
from .pdf_document import Heading, write_document
from .pdf_statement import statement_text

PixelReader = Callable[[Field], RgbImage]
"""Gives the pixels of a field, ``(H, W, 3)`` uint8 RGB; `reports` can't read files itself."""


MOST_LISTED = 5000
"""Cells that a table on paper lists: some 90 pages. Nobody reads on; programs read the CSV table."""

_TOO_MANY = mark(
    "{count:,} cells are not listed here: a table on paper ends at {most:,}. The CSV table has a row for each of them."
)

_TABLE_NOTE = mark(
    "prob.: probability that the classifier gives this class. review: ✓ set or confirmed by a person, ? needs review. "
    "Ø: equivalent diameter 2√(A/π). circ.: circularity 4πA/P². axes: major over minor axis. solid.: area over area of "
    "the convex hull. pallor: diameter of the pale centre over that of the cell. core/rim: optical density of the core "
    "over that near the rim. border: cut off by the image edge. mask: the segmenter’s own estimate of the mask’s IoU."
)

_ABREAST = 6 * mm
"""Between two classes that stand abreast."""

_ABREAST_STYLE = [("VALIGN", (0, 0), (-1, -1), "TOP"), *NO_PADDING]


class ExportCancelledError(RbcError):
    """The user cancelled; nothing useful stands at the path."""


_ONE_AT_A_TIME = threading.Lock()
"""ReportLab keeps what it knows of fonts in one place for all threads."""


def write_pdf(
    target: Path | BinaryIO,
    summary: ReportSummary,
    case: Case,
    *,
    pixels: PixelReader,
    options: ReportOptions | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    first_only: bool = False,
) -> None:
    """Write the report; wrap the call in `files.replace_atomically`. Equal byte for byte for equal arguments.

    Args:
        target: a path, or a file that is open for writing.
        summary: `summary.build` of the case.
        case: for the masks.
        pixels: reads a field; called once a field, and only when pictures are wanted.
        options: what goes in.
        progress: called with steps done and steps in all, at most once a field or page.
        cancelled: asked at the same times.
        first_only: page 1 alone, for which a few fields are read; it doesn't say how many pages there are.

    Raises:
        ExportCancelledError: when `cancelled` said so.
        ImageReadError: from `pixels`, when an image has gone.
        ExportError: when the fonts are missing or the path can't be written to.
        OSError: when the disk is full.
    """
    options = options or ReportOptions()
    steps = _Steps(progress, cancelled, total=len(summary.fields) + 2)
    try:
        register_fonts()
        pictures = _pictures(summary, case, pixels, options, steps, first_only=first_only)
        with _ONE_AT_A_TIME:
            story = _story(summary, options, pictures, case=case, first_only=first_only)
            said = statement_text(summary, options)
            write_document(target, story, summary, on_page=steps.check, statement=said, first_only=first_only)
    except OSError as error:
        if is_full(error):
            raise
        place = target.parent.name or target if isinstance(target, Path) else "memory"
        raise ExportError(
            tr("The report can't be written to {place}: {why}.", place=place, why=error.strerror or error)
        ) from error
    steps.finish()


class _Steps:
    """Counts steps, passes them on, and stops when asked to."""

    def __init__(
        self, progress: Callable[[int, int], None] | None, cancelled: Callable[[], bool] | None, *, total: int
    ) -> None:
        self._progress, self._cancelled, self._total, self._done = progress, cancelled, total, 0

    def check(self) -> None:
        if self._cancelled is not None and self._cancelled():
            raise ExportCancelledError(tr("The export was cancelled."))

    def step(self) -> None:
        self.check()
        self._done = min(self._done + 1, self._total)
        if self._progress is not None:
            self._progress(self._done, self._total)

    def finish(self) -> None:
        if self._progress is not None and self._done < self._total:
            self._progress(self._total, self._total)


@dataclass(frozen=True, slots=True)
class _Pictures:
    """What was made of pixels: a picture a field, and thumbnails by the group of their cells."""

    overviews: tuple[Overview, ...]
    thumbnails: dict[str, list[Thumbnail]]


def _pictures(
    summary: ReportSummary,
    case: Case,
    pixels: PixelReader,
    options: ReportOptions,
    steps: _Steps,
    *,
    first_only: bool,
) -> _Pictures:
    """Everything that needs pixels, one field at a time, so that never two fields are in memory."""
    gallery = options.gallery and not options.short and not first_only
    pictured = set(
        list(case.fields)[: MOST_PICTURES if options.short or first_only else None] if options.overview else ()
    )
    overviews: list[Overview] = []
    thumbs: dict[str, list[Thumbnail]] = {}
    left: dict[str, int] = {}
    telling = {row.cell for row in telling_cells(summary)} if options.short and not first_only else set()
    by_field: dict[int, list[CellRow]] = {}
    for row in summary.rows:
        by_field.setdefault(row.field_id, []).append(row)
    for field_id, field in case.fields.items():
        rows = by_field.get(field_id, [])
        chosen = rows if gallery else [r for r in rows if r.cell in telling]
        if field_id in pictured or chosen:
            rgb = pixels(field)
            if field_id in pictured:
                overviews.append(overview(field, rgb, rows, case))
            for thumb in thumbnails(rgb, _within_limit(chosen, left, options.gallery_limit), case):
                thumbs.setdefault(thumb.row.group, []).append(thumb)
        steps.step()
    return _Pictures(tuple(overviews), thumbs)


def telling_cells(summary: ReportSummary) -> list[CellRow]:
    """The cells that best show each class with a grade: those that a person has seen first, then the surest."""
    known = {line.name for line in summary.sample.grades if line.grade not in (None, NO_GRADE)}
    found = []
    for name in known:
        rows = [r for r in summary.rows if r.counted and r.cell_class is not None and r.cell_class.value == name]
        rows.sort(key=lambda r: (not r.reviewed, -(r.class_probability or 0.0), r.cell))
        found += rows[:TELLING]
    return found


def _within_limit(rows: Sequence[CellRow], used: dict[str, int], limit: int) -> list[CellRow]:
    """The first so many rows of each group; used: how many an earlier field had, brought up to date here."""
    chosen = []
    for row in rows:
        if used.get(row.group, 0) < limit:
            used[row.group] = used.get(row.group, 0) + 1
            chosen.append(row)
    return chosen


def _story(
    summary: ReportSummary, options: ReportOptions, pictures: _Pictures, *, case: Case, first_only: bool
) -> list[Flowable]:
    """The whole report from top to bottom, as far as the options want it."""
    story = first_page(summary, overviews=pictures.overviews, histogram=options.histogram)
    if first_only:
        return story
    if options.short:
        if pictures.thumbnails:
            story += _telling(summary, pictures.thumbnails)
        return story
    if summary.fields:
        story += [CondPageBreak(40 * mm), _heading(tr("Fields")), field_table(summary.fields, width=TEXT_WIDTH)]
        story += [
            Paragraph(markup(mark("Field {id}: {text}", id=f.id, text=f.quality)), paragraph_style(7))
            for f in summary.fields
            if f.quality
        ]
    if pictures.overviews:
        story += overview_section(summary.fields, pictures.overviews, heading=_heading(tr("Overview")))
    if pictures.thumbnails:
        story += [CondPageBreak(60 * mm), *_gallery(summary, pictures.thumbnails)]
    readings = readings_section(summary.sample.readings)
    beside = reference_section(case, summary.context.reference)
    for title, section in ((tr("Second reading"), readings), (tr("Beside normal samples"), beside)):
        story += [CondPageBreak(60 * mm), _heading(title), *section] if section else []
    return story + (_cells(summary) if options.cell_table and summary.rows else [])


def _cells(summary: ReportSummary) -> list[Flowable]:
    """The table of all cells, or why there is none."""
    head: list[Flowable] = [CondPageBreak(60 * mm), _heading(tr("Cells"))]
    if len(summary.rows) > MOST_LISTED:
        return [*head, _note(tr(_TOO_MANY, count=len(summary.rows), most=MOST_LISTED))]
    calibrated = all(f.um_per_px is not None for f in summary.fields if f.cells)
    columns = cell_columns(several_fields=len(summary.fields) > 1, calibrated=calibrated)
    return [*head, _note(tr(_TABLE_NOTE)), cell_table(summary.rows, columns, width=TEXT_WIDTH)]


def _gallery(summary: ReportSummary, thumbs: dict[str, list[Thumbnail]]) -> list[Flowable]:
    """The cells by class, in display order; of many cells those that were made first."""
    story: list[Flowable] = [_heading(tr("Gallery")), _gallery_note(thumbs)]
    for line in summary.counts:
        shown = thumbs.get(line.name, [])
        if not shown:
            continue
        text = told(cells_text(line.count))
        if len(shown) < line.count:
            text = tr("{cells}, the first {count:,} shown", cells=text, count=len(shown))
        head = GalleryHead(line.cell_class, name=line.title, note=text, width=TEXT_WIDTH)
        lines = [GalleryRow(shown[i : i + THUMBS_A_ROW], width=TEXT_WIDTH) for i in range(0, len(shown), THUMBS_A_ROW)]
        story += [KeepTogether([head, lines[0]]), *lines[1:], Spacer(1, 2 * mm)]
    return story


def _telling(summary: ReportSummary, thumbs: dict[str, list[Thumbnail]]) -> list[Flowable]:
    """The most telling cells of each graded class, two classes abreast."""
    width = (TEXT_WIDTH - _ABREAST) / 2
    blocks: list[list[Flowable]] = []
    for line in summary.counts:
        if not (shown := thumbs.get(line.name, [])):
            continue
        text = told(cells_text(line.count))
        if len(shown) < line.count:
            text = tr("{cells}, {count:,} shown", cells=text, count=len(shown))
        head = GalleryHead(line.cell_class, name=line.title, note=text, width=width)
        blocks.append([head, GalleryRow(shown, width=width, most=TELLING)])
    pairs = [[*blocks[i : i + 2], ""][:2] for i in range(0, len(blocks), 2)]
    grids = [Table([pair], colWidths=[width + _ABREAST, width], style=_ABREAST_STYLE) for pair in pairs]
    return [KeepTogether([_heading(tr("Telling cells")), _gallery_note(thumbs), *grids[:1]]), *grids[1:]]


def _gallery_note(thumbs: dict[str, list[Thumbnail]]) -> Flowable:
    note = tr("Number, probability of the class; ✓ set or confirmed by a person, ? needs review.")
    if any(t.row.um_per_px is not None for shown in thumbs.values() for t in shown):
        note += " " + tr("The bar is {length} µm long.", length=GALLERY_BAR_UM)
    return _note(note)


def _heading(text: str) -> Flowable:
    style = paragraph_style(12, bold=True)
    style.spaceBefore, style.spaceAfter = 14, 4
    return Heading(text, style)


def _note(text: str) -> Flowable:
    style = paragraph_style(6.5, colour=MUTED)
    style.spaceAfter = 6
    return Paragraph(text, style)
