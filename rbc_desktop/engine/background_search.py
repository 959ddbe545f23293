"""Segment all over one field as a row of short jobs, between which a click is answered."""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.case.case import Remark
from ..domain.cells.proposal import Proposal
from . import jobs
from .pipeline import Pipeline, PreparedField

SAID_TOGETHER = 24
"""Cells of a field out of view that are told at once: each telling is a transaction, and a look of the window at all
cells. So many take it 10 ms."""


def search(pipeline: Pipeline, job: jobs.SegmentAll, *, prepared: PreparedField | None) -> Iterator[list[jobs.Message]]:
    """Prepare the field, look whether its scale can be right, then find its cells; what each part has to say.

    Every part is one tile, one batch of prompts, or one look at the image.

    Args:
        pipeline: does it.
        job: which field, and the cells that are there.
        prepared: the field, where it is prepared already and its scale was looked at.

    Raises:
        InferenceError: when the device fails.
    """
    field = prepared
    if field is None:
        field = pipeline.prepare(job.image, calibration=job.calibration)
        yield []
        doubt = pipeline.scale_doubt(field)
        if doubt is not None:
            left_aside = doubt.calibration.source == "file"
            remark = Remark("scale", doubt.sentence(job.image.facts.name, left_aside=left_aside))
            yield [jobs.FieldRemarked(job.ticket, remark, left_aside)]
            if left_aside:
                field = pipeline.prepare(job.image)
                yield []
    found, unsaid = 0, list[Proposal]()
    for step in pipeline.segment_all(field, existing=job.existing):
        found += len(step.found)
        unsaid += step.found
        said: list[jobs.Message] = []
        if unsaid and (job.in_view or len(unsaid) >= SAID_TOGETHER or step.done == step.total):
            said.append(jobs.CellsFound(job.ticket, tuple(unsaid)))
            unsaid.clear()
        yield [*said, jobs.Progress(job.ticket, "segment all", step.done, step.total)]
    last: list[jobs.Message] = [jobs.TaskFinished(job.ticket, "segment all", found)]
    if not found and not job.existing:
        last.insert(0, jobs.FieldRemarked(job.ticket, Remark("no cells", pipeline.why_no_cells(field))))
    yield last
