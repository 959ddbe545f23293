"""Values of a case as rows of its file, and back."""

from __future__ import annotations

import dataclasses
import functools
import json
import logging
import math
import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..domain.calibration import Calibration
from ..domain.case import Case, Field, Identity
from ..domain.cell import Cell, CellAnalysis, Measurements, Prediction
from ..domain.geometry import Box
from ..domain.mask import CellMask
from ..domain.prompts import PromptPoint, PromptSet
from ..domain.taxonomy import class_from_name
from .mask_png import decode_mask, encode_mask

IDENTITY_COLUMNS = tuple(f.name for f in dataclasses.fields(Identity))
_MEASUREMENTS = tuple(f.name for f in dataclasses.fields(Measurements))

_REMEMBERED = 4096
"""Encoded values kept for when undo brings them back: 1,000 cells with analyses then cost 25 instead of 60 ms."""

_log = logging.getLogger(__name__)


def stored_path(image: Path, *, folder: Path) -> str | bytes:
    """How a case file in `folder` names an image: relative, or absolute where no relative path exists (other drive).

    A file name that isn't valid Unicode is stored as bytes.
    """
    try:
        name = Path(os.path.relpath(image, folder)).as_posix()
    except ValueError:
        name = image.as_posix()
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(name)
    return name


def resolved_path(stored: str | bytes, *, folder: Path) -> Path:
    """The absolute path of an image that a case file in `folder` names."""
    return Path(os.path.normpath(folder / (os.fsdecode(stored) if isinstance(stored, bytes) else stored)))


def field_row(field: Field, *, folder: Path) -> tuple[Any, ...]:
    """Columns of ``field``."""
    return field.id, stored_path(field.path, folder=folder), field.sha256, field.width, field.height, field.page


def cell_row(cell: Cell) -> tuple[Any, ...]:
    """Columns of ``cell``."""
    mask = cell.mask
    return (
        cell.id,
        cell.field_id,
        mask.x0,
        mask.y0,
        _mask_png(mask),
        cell.mask_revision,
        cell.score,
        int(cell.touches_border),
        cell.origin,
    )


def prompt_rows(cell: Cell) -> Iterator[tuple[Any, ...]]:
    """Columns of ``prompt``, one row a prompt: points in their order, then box, then mask."""
    prompts = cell.prompts
    position = 0
    for position, p in enumerate(prompts.points, start=1):
        yield cell.id, position, "positive" if p.positive else "negative", p.x, p.y, None, None, None
    if prompts.box is not None:
        position += 1
        b = prompts.box
        yield cell.id, position, "box", b.x0, b.y0, b.x1, b.y1, None
    if prompts.mask is not None:
        m = prompts.mask
        yield cell.id, position + 1, "mask", m.x0, m.y0, None, None, _mask_png(m)


@functools.lru_cache(_REMEMBERED)
def measurement_row(analysis: CellAnalysis) -> tuple[Any, ...]:
    """Columns of ``measurement``."""
    measurements = analysis.measurements
    values = {name: _finite(getattr(measurements, name)) for name in _MEASUREMENTS}
    return analysis.cell_id, analysis.mask_revision, json.dumps(values)


@functools.lru_cache(_REMEMBERED)
def prediction_row(analysis: CellAnalysis) -> tuple[Any, ...] | None:
    """Columns of ``prediction``, or None when there is none."""
    prediction = analysis.prediction
    if prediction is None:
        return None
    probabilities = json.dumps({c.value: p for c, p in prediction.probabilities.items()})
    return analysis.cell_id, prediction.mask_revision, prediction.model, prediction.review_limit, probabilities


def load_case(connection: sqlite3.Connection, *, folder: Path) -> Case:
    """The whole case.

    Raises:
        ValueError: when a mask, a path or a name of a class can't be understood.
        sqlite3.Error: when the file is damaged.
    """
    *identity, next_field, next_cell = connection.execute(
        f'SELECT {", ".join(IDENTITY_COLUMNS)}, next_field_id, next_cell_id FROM "case"'
    ).fetchone()
    cells = _cells(connection)
    return Case(
        identity=Identity(*identity),
        fields=_fields(connection, folder=folder),
        cells=cells,
        analyses=_analyses(connection, cells),
        next_field_id=next_field,
        next_cell_id=next_cell,
    )


def _fields(connection: sqlite3.Connection, *, folder: Path) -> dict[int, Field]:
    rows = connection.execute(
        "SELECT id, path, sha256, width, height, page, um_per_px, source, detail"
        " FROM field LEFT JOIN calibration ON field_id = id ORDER BY id"
    )
    fields = {}
    for number, path, sha256, width, height, page, um_per_px, source, detail in rows:
        calibration = None if um_per_px is None else Calibration(um_per_px, source, detail)
        place = resolved_path(path, folder=folder)
        fields[number] = Field(number, place, sha256, width, height, calibration, page)
    return fields


def _cells(connection: sqlite3.Connection) -> dict[int, Cell]:
    prompts: dict[int, PromptSet] = defaultdict(PromptSet)
    for number, kind, x0, y0, x1, y1, mask in connection.execute(
        "SELECT cell_id, kind, x0, y0, x1, y1, mask FROM prompt ORDER BY cell_id, position"
    ):
        if kind == "box":
            prompts[number] = prompts[number].with_box(Box(x0, y0, x1, y1))
        elif kind == "mask":
            prompts[number] = prompts[number].with_mask(CellMask(int(x0), int(y0), decode_mask(mask)))
        else:
            prompts[number] = prompts[number].with_point(PromptPoint(x0, y0, positive=kind == "positive"))
    cells = {}
    for number, field_id, x0, y0, mask, revision, score, touches_border, origin, reviewed in connection.execute(
        "SELECT id, field_id, x0, y0, mask, mask_revision, score, touches_border, origin, class"
        " FROM cell LEFT JOIN review ON cell_id = id ORDER BY id"
    ):
        cells[number] = Cell(
            id=number,
            field_id=field_id,
            mask=CellMask(x0, y0, decode_mask(mask)),
            prompts=prompts[number],
            score=score,
            touches_border=bool(touches_border),
            origin=origin,
            mask_revision=revision,
            reviewed_class=None if reviewed is None else class_from_name(reviewed),
        )
    return cells


def _analyses(connection: sqlite3.Connection, cells: dict[int, Cell]) -> dict[int, CellAnalysis]:
    """Derived data; what doesn't fit this version's measurements or classes is left out, to be made anew."""
    analyses = {}
    rows = connection.execute(
        'SELECT m.cell_id, m.mask_revision, m."values", p.mask_revision, model, review_limit, probabilities'
        " FROM measurement m LEFT JOIN prediction p ON p.cell_id = m.cell_id ORDER BY m.cell_id"
    )
    for number, revision, values, predicted_revision, model, review_limit, probabilities in rows:
        try:
            read = {k: math.nan if v is None else float(v) for k, v in json.loads(values).items()}
            prediction = None
            if predicted_revision is not None:
                shares = {class_from_name(k): float(p) for k, p in json.loads(probabilities).items()}
                prediction = Prediction(shares, predicted_revision, model, review_limit)
            analysis = CellAnalysis(number, revision, Measurements(**read), prediction)
        except (TypeError, ValueError, AttributeError) as error:
            _log.warning("The analysis of cell %d is made anew: %s", number, error)
            continue
        if cells[number].mask_revision == revision:
            analyses[number] = analysis
    return analyses


@functools.lru_cache(_REMEMBERED)
def _mask_png(mask: CellMask) -> bytes:
    return encode_mask(mask.crop)


def _finite(value: float) -> float | None:
    """JSON has no NaN."""
    return float(value) if math.isfinite(value) else None
