"""Whether a case is what its audit trail says: chain, contents, images, and on request the outlines drawn again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from ...domain.case.audit_trail import emptied_rows
from ...domain.case.case import Case, Field
from ...domain.cells.cell import Cell
from ...errors import ImageReadError
from ...language import mark, plural, tr
from ...phrases import told
from ...ports import ImageReader
from ...storage.case.case_trail import ReadTrail
from ..cases.reading import read_image_of
from .finding import Finding

if TYPE_CHECKING:  # torch takes a second, which only a replay waits for
    from ...engine.pipeline import Pipeline, PreparedField

SAME_OUTLINE_IOU = 0.9
"""An outline drawn again fits this well: device, scale and the cells around it may have been others at that time."""

BATCH = 16


def trail_findings(read: ReadTrail, *, head: str = "") -> Iterator[Finding]:
    """Chain, contents and, when a report's is given, the head.

    Args:
        read: the case with its trail.
        head: the head that stands in a report or export of the case; at least its first eight digits.
    """
    head_digits = read.entries[-1].head[:16]
    rows = plural("{count} row, head {head}", "{count} rows, head {head}", len(read.entries), head=head_digits)
    if lost := emptied_rows(read.entries):
        rows += plural(
            "; {count} row, number {last}, lost patient data when it was deleted: for what came before it, only later"
            " heads vouch",
            "; {count} rows up to row {last} lost patient data when it was deleted: for what came before it, only later"
            " heads vouch",
            len(lost), last=max(lost),
        )  # fmt: skip
    yield Finding(mark("audit trail"), not read.break_, told(read.break_) or rows)
    fields = plural("{count} field", "{count} fields", len(read.case.fields))
    cells = plural("{count} cell", "{count} cells", len(read.case.cells))
    what = tr("{fields} and {cells}, as their rows left them", fields=fields, cells=cells)
    yield Finding(mark("contents"), not read.difference, told(read.difference) or what)
    if head:
        yield head_finding(read, head.strip().lower())


def head_finding(read: ReadTrail, head: str) -> Finding:
    """At which row of the trail something was made that states this head."""
    number = next((e.number for e in read.entries if e.head.startswith(head)), None)
    if len(head) < LEAST_DIGITS:
        text = tr("{head} is too short to be a head; give at least {least} digits.", head=head, least=LEAST_DIGITS)
        return Finding(REPORT, False, text)
    if number is None:
        text = tr("No row has the head {head}: the case isn't the one that was reported.", head=head)
        return Finding(REPORT, False, text)
    later = len(read.entries) - number
    after = plural("; {count} row came later", "; {count} rows came later", later) if later else ""
    if lost := [n for n in emptied_rows(read.entries) if n <= number]:
        after += tr(
            "; what came before row {number}, which lost patient data since, only later heads vouch for",
            number=max(lost),
        )
    return Finding(REPORT, True, tr("The report was made at row {number}{after}.", number=number, after=after))


LEAST_DIGITS = 8
REPORT = mark("report")


def image_findings(case: Case, *, reader: ImageReader) -> Iterator[Finding]:
    """One finding per image that can't be read or isn't the one that was analysed, or one for all."""
    wrong = 0
    for field in case.fields.values():
        try:
            read_image_of(reader, field)
        except ImageReadError as error:
            wrong += 1
            yield Finding(mark("image"), False, error.message)
    if not wrong:
        text = plural("{count} image", "{count} images", len(case.fields))
        yield Finding(mark("images"), True, tr("{images}, unchanged since the analysis", images=text))


def replay_findings(
    case: Case, *, reader: ImageReader, pipeline: Pipeline, advance: Callable[[], None]
) -> Iterator[Finding]:
    """Draw each outline again from its prompts and compare; a finding per outline that differs, then one for all.

    Outlines by another segmenter than the loaded one, changed by hand or without prompts can't be drawn again.
    """
    drawn = differing = 0
    for field in case.fields.values():
        cells = [c for c in case.cells_of(field.id) if is_replayable(c, segmenter=pipeline.segmenter.model_id)]
        for cell, iou in _replayed(field, cells, reader=reader, pipeline=pipeline):
            drawn += 1
            if iou < SAME_OUTLINE_IOU:
                differing += 1
                text = tr("Cell {id} of {name}: drawn again it overlaps {percent:.0f} %.", id=cell.id, name=field.name,
                          percent=100 * iou)  # fmt: skip
                yield Finding(mark("outline"), False, text)
        advance()
    rest = len(case.cells) - drawn
    same = tr("{same:,} of {drawn:,} outlines came out the same", same=drawn - differing, drawn=drawn)
    if rest:
        same += tr("; {rest:,} are by hand, by another model, or in images that can't be read", rest=rest)
    yield Finding(mark("replay"), not differing, same)


def is_replayable(cell: Cell, *, segmenter: str) -> bool:
    """Whether the loaded segmenter drew this outline from prompts that are known."""
    prompts = cell.prompts
    has_prompts = bool(prompts.points) or prompts.box is not None
    return has_prompts and cell.segmenter == segmenter and not cell.edits


def _replayed(
    field: Field, cells: Sequence[Cell], *, reader: ImageReader, pipeline: Pipeline
) -> Iterator[tuple[Cell, float]]:
    """Each cell with the overlap of its mask and the most similar candidate of the same prompts."""
    if not cells:
        return
    try:
        image = read_image_of(reader, field)
    except ImageReadError:
        return  # said by `image_findings`
    prepared: PreparedField = pipeline.prepare(image, calibration=field.calibration)
    for start in range(0, len(cells), BATCH):
        batch = cells[start : start + BATCH]
        for cell, proposal in zip(batch, pipeline.propose_many(prepared, [c.prompts for c in batch]), strict=True):
            candidates = () if proposal is None else proposal.candidates
            yield cell, max((c.mask.iou(cell.mask) for c in candidates), default=0.0)
    pipeline.forget(image)
