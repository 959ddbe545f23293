"""Bulk annotations of DICOM slides: which slides of a case take them, and writing them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from ...domain.case.case import Case, Field
from ...language import mark, tr
from ...reports.summary.rows import fields_with_cells
from ...reports.summary.summary import ReportContext
from ...storage.slides.dicom_header import is_dicom, read_header

NO_DICOM_SLIDE = mark("There is no DICOM slide with cells, so there are no DICOM annotations to write.")
NOT_DEIDENTIFIED = mark(
    "DICOM annotations name their slide and its patient, so a de-identified export leaves them out."
)


def annotated_slides(case: Case) -> tuple[int, ...]:
    """The first field of each DICOM slide with cells, by id; looks into files, so not for the GUI thread."""
    first: dict[tuple[str, Path], int] = {}
    for field in fields_with_cells(case):
        first.setdefault((field.sha256, field.path), field.id)
    known = {path: is_dicom(path) for _, path in first}
    return tuple(number for (_, path), number in first.items() if known[path])


def why_no_annotations(slides: Collection[int], *, deidentified: bool) -> str:
    """The sentence about why none can be written; "" where they can."""
    if deidentified:
        return tr(NOT_DEIDENTIFIED)
    return "" if slides else tr(NO_DICOM_SLIDE)


def write_slide_annotations(path: Path, case: Case, first: Field, *, context: ReportContext) -> None:
    """Write the annotations of one slide.

    Args:
        path: where to write.
        case: a snapshot.
        first: a field of the slide; its other fields are found.
        context: version and head of the audit trail.

    Raises:
        OSError: when the path can't be written to.
        ImageReadError: when the slide has gone or changed.
    """
    from ...reports.exchange.dicom_annotations import write_annotations

    same = [f for f in fields_with_cells(case) if (f.sha256, f.path) == (first.sha256, first.path)]
    header = read_header(first.path, sha256=first.sha256)
    write_annotations(path, case, same, header=header, context=context)
