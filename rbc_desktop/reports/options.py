"""What a report shows; apart from its drawing, so that the export dialog opens without ReportLab."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What goes into the PDF besides counts, calibration and method, which always do.

    Attributes:
        overview: fields with outlines, small on page 1 and large on pages of their own.
        histogram: distribution of the diameters.
        gallery: a thumbnail of every cell, by class.
        cell_table: a row for every cell.
        gallery_limit: most thumbnails a class; the report says where it leaves some out.
    """

    overview: bool = True
    histogram: bool = True
    gallery: bool = True
    cell_table: bool = True
    gallery_limit: int = 1000
