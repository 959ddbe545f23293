"""What a report shows. Separate from its drawing, so that the export dialog opens without ReportLab."""

from __future__ import annotations

from dataclasses import dataclass, fields

from ..domain.case import Identity

IDENTITY_LABELS: dict[str, str] = {
    "sample_id": "Sample number",
    "patient": "Patient",
    "laboratory": "Laboratory",
    "operator": "Operator",
    "stain": "Stain",
    "comment": "Comment",
}
"""Labels of the identity fields, in the window and in the report alike."""

assert set(IDENTITY_LABELS) == {f.name for f in fields(Identity)}


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What goes into the PDF besides counts, calibration and method, which always do.

    Attributes:
        overview: fields with outlines, small on page 1 and large on pages of their own.
        histogram: distribution of the diameters.
        gallery: a thumbnail of every cell, by class.
        cell_table: one row per cell.
        gallery_limit: most thumbnails per class; the report says where it leaves some out.
    """

    overview: bool = True
    histogram: bool = True
    gallery: bool = True
    cell_table: bool = True
    gallery_limit: int = 1000
