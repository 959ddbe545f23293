"""The report as it would be written now, in memory, and pictures of its pages. Slow: for the background."""

from __future__ import annotations

import io
from dataclasses import replace

from ...ports import TaskControl
from ...reports.pdf.paper.page_pictures import PagePicture, draw_page
from ...reports.summary.options import ReportOptions
from ...reports.summary.summary import build
from .report_material import ReportMaterial, without_identity


def report_bytes(
    material: ReportMaterial,
    options: ReportOptions,
    *,
    control: TaskControl,
    pseudonym: str | None = None,
    first_only: bool = False,
) -> bytes:
    """The PDF: the bytes that an export of the same material and options writes.

    Args:
        material: what it is made of.
        options: what goes in.
        control: cancel.
        pseudonym: of the sample in a de-identified report; None for one that names it.
        first_only: page 1 alone, which is there much sooner.

    Raises:
        ImageReadError: when an image that is shown has gone or changed.
        ExportError: when the fonts are missing.
    """
    from ...reports.pdf.pdf_report import write_pdf

    def is_cancelled() -> bool:
        control.check()
        return False

    control.check()
    if pseudonym is not None:
        material = without_identity(material, pseudonym=pseudonym)
    written = io.BytesIO()
    summary = build(material.case, context=material.context, begins=lambda _: control.check())
    write_pdf(
        written, summary, material.case, pixels=material.pixels, options=options, cancelled=is_cancelled,
        first_only=first_only,
    )  # fmt: skip
    return written.getvalue()


def first_page_of(
    material: ReportMaterial, options: ReportOptions, *, width: int, control: TaskControl, pseudonym: str | None = None
) -> PagePicture:
    """Page 1 as a picture of this width, pixels; see `report_bytes`."""
    document = report_bytes(material, options, control=control, pseudonym=pseudonym, first_only=True)
    control.check()
    return replace(draw_page(document, number=1, width=width), pages=None)
