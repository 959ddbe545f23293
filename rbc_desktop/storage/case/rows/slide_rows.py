"""Slides of a case as rows of its file, and back; and which part of a slide a field is."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from ....domain.fields.calibration import Calibration
from ....domain.fields.regions import Region
from ....domain.slides.slide import SlideEntry
from ..values.case_values import LONGEST_SIDE, digest, path_text, real, text, whole
from ..versions.schema import user_version
from .case_places import SLIDES_SINCE, resolved_path, stored_path

_LONGEST = 1_000


def slide_row(slide: SlideEntry, *, folder: Path) -> tuple[Any, ...]:
    """Columns of ``slide``."""
    scale = slide.calibration
    return (
        slide.id,
        stored_path(slide.path, folder=folder),
        slide.sha256,
        slide.width,
        slide.height,
        slide.page,
        None if scale is None else scale.um_per_px,
        "" if scale is None else scale.detail,
        slide.objective,
        slide.scanner,
        slide.scanned,
    )


def load_slides(connection: sqlite3.Connection, *, folder: Path) -> dict[int, SlideEntry]:
    """The slides of a case, every value checked; none in a file of an earlier version.

    Raises:
        ValueError: when a value has another type or lies outside its range.
    """
    if user_version(connection) < SLIDES_SINCE:
        return {}
    slides = {}
    for number, path, sha256, width, height, page, um_per_px, detail, objective, *scan in connection.execute(
        "SELECT id, path, sha256, width, height, page, um_per_px, detail, objective, scanner, scanned"
        " FROM slide ORDER BY id"
    ):
        where = text(detail, "detail", longest=_LONGEST)
        scale = None if um_per_px is None else real(um_per_px, "um_per_px", low=1e-300, high=1e300)
        slides[whole(number, "slide id", low=1)] = SlideEntry(
            id=number,
            path=resolved_path(path_text(path, "path"), folder=folder),
            sha256=digest(sha256, "sha256"),
            width=whole(width, "width", low=1, high=LONGEST_SIDE),
            height=whole(height, "height", low=1, high=LONGEST_SIDE),
            page=whole(page, "page"),
            calibration=None if scale is None else Calibration(scale, "file", where),
            objective=None if objective is None else real(objective, "objective", low=0, high=1_000),
            scanner=text(scan[0], "scanner", longest=_LONGEST),
            scanned=text(scan[1], "scanned", longest=_LONGEST),
        )
    return slides


def region_row(region: Region | None) -> tuple[int | None, int | None]:
    """Columns ``region_x`` and ``region_y`` of a field."""
    return (None, None) if region is None else (region.x0, region.y0)


def region_of(x: Any, y: Any, *, width: int, height: int) -> Region | None:
    """The region of a field of this size, None for a whole image.

    Raises:
        ValueError: when only one value is there, or one lies outside its range.
    """
    if x is None and y is None:
        return None
    left, top = whole(x, "region_x", high=LONGEST_SIDE), whole(y, "region_y", high=LONGEST_SIDE)
    return Region(left, top, left + width, top + height)
