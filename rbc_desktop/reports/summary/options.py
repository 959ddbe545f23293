"""What a report shows. Separate from its drawing, so that the export dialog opens without ReportLab."""

from __future__ import annotations

from dataclasses import dataclass, fields

from ...domain.case.case import Identity
from ...language import mark

IDENTITY_LABELS: dict[str, str] = {
    "sample_id": mark("Sample number"),
    "accession": mark("Accession"),
    "patient": mark("Patient"),
    "patient_id": mark("Patient number"),
    "birth_date": mark("Born"),
    "sex": mark("Sex"),
    "requester": mark("Requested by"),
    "laboratory": mark("Laboratory"),
    "specimen": mark("Specimen"),
    "collected": mark("Collected"),
    "received": mark("Received"),
    "stain": mark("Stain"),
    "smear_by": mark("Smear made by"),
    "instrument": mark("Instrument"),
    "operator": mark("Operator"),
    "comment": mark("Comment"),
}
"""Labels of the identity fields, in the window and in the report alike, in the order of the report; to be
translated where they are shown."""

DATES = ("birth_date", "collected", "received")
"""Those that are dates."""

assert set(IDENTITY_LABELS) == {f.name for f in fields(Identity)}


TELLING = 6
"""Cells of a graded class that the short report shows."""


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What goes into the PDF besides counts, calibration and method, which always do.

    Attributes:
        short: about two pages: no table of fields, large overviews, gallery or table of cells, but the most telling
            cells of each graded class.
        overview: fields with outlines, small on page 1 and large on pages of their own.
        histogram: distribution of the diameters.
        gallery: a thumbnail of every cell, by class.
        cell_table: one row per cell.
        gallery_limit: most thumbnails per class; the report says where it leaves some out.
    """

    short: bool = False
    overview: bool = True
    histogram: bool = True
    gallery: bool = True
    cell_table: bool = True
    gallery_limit: int = 1000
