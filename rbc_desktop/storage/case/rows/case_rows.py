"""Values of a case as rows of its file, and back."""

from __future__ import annotations

import dataclasses
import functools
import json
import logging
import math
import sqlite3
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any, get_args

from ....domain.case.case import Case, Field, Identity, Remark, RemarkKind
from ....domain.cells.cell import Cell, CellAnalysis
from ....domain.cells.hand_edit import HandEdit
from ....domain.cells.mask import CellMask
from ....domain.cells.stored_mask import StoredMask
from ....domain.fields.calibration import Calibration, CalibrationSource
from ....domain.fields.field_quality import QUALITY_VERSION, FieldQuality
from ..values.analysis_blobs import encode_measurements, encode_shares
from ..values.case_values import LONGEST_SIDE, choice, digest, measure, path_text, real, text, whole
from ..values.column_checks import Tell, nobody
from ..values.look_blob import encode_look
from ..values.mask_png import encode_mask
from ..versions.schema import expressions, user_version
from .analysis_reading import load_analyses
from .case_places import resolved_path, stored_path
from .cell_reading import load_cells
from .class_rows import load_classes
from .reading_rows import READINGS_SINCE, load_readings
from .sample_rows import SAMPLE_SINCE, load_sample
from .slide_rows import load_slides, region_of, region_row

IDENTITY_COLUMNS = tuple(f.name for f in dataclasses.fields(Identity))
FIRST_IDENTITY = IDENTITY_COLUMNS[:6]
"""What version 1 knew of the sample; later columns stand in `schema.ADDED`."""

_SOURCES, _REMARKS = get_args(CalibrationSource), get_args(RemarkKind)

LONGEST_REMARK = 10_000
"""Characters of a sentence about a field."""

REMEMBERED = 4096
"""Encoded values kept for when undo brings them back: 1,000 cells with analyses then cost 25 instead of 60 ms."""

_log = logging.getLogger(__name__)


def field_row(field: Field, *, folder: Path) -> tuple[Any, ...]:
    """Columns of ``field``."""
    remarks = json.dumps([[remark.kind, remark.text] for remark in field.remarks])
    place = stored_path(field.path, folder=folder)
    known = field.id, place, field.sha256, field.width, field.height, field.page, remarks, field.searched
    return *known, *region_row(field.region)


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
        int(cell.edge_counted),
        cell.segmenter,
        edits_json(cell.edits),
    )


def prompt_rows(cell: Cell) -> Iterator[tuple[Any, ...]]:
    """Columns of ``prompt``, one row per prompt: points in their order, then box, then mask."""
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


@functools.lru_cache(REMEMBERED)
def measurement_row(analysis: CellAnalysis) -> tuple[Any, ...]:
    """Columns of ``measurement``."""
    made = None if analysis.made is None else analysis.made.astimezone(UTC).isoformat()
    look = encode_look(analysis.look)
    return (
        analysis.cell_id,
        analysis.mask_revision,
        encode_measurements(analysis.measurements),
        analysis.um_per_px,
        made,
        look,
    )


@functools.lru_cache(REMEMBERED)
def prediction_row(analysis: CellAnalysis) -> tuple[Any, ...] | None:
    """Columns of ``prediction``, or None when there is none."""
    prediction = analysis.prediction
    if prediction is None:
        return None
    made = analysis.cell_id, prediction.mask_revision, prediction.model, prediction.review_limit
    return *made, *encode_shares(prediction.probabilities)


def quality_row(field_id: int, quality: FieldQuality) -> tuple[Any, ...]:
    """Columns of ``quality``."""
    values = {name: _finite(value) for name, value in dataclasses.asdict(quality).items()}
    return field_id, QUALITY_VERSION, json.dumps(values)


def load_case(connection: sqlite3.Connection, *, folder: Path, tell: Tell = nobody) -> Case:
    """The whole case, every value of it checked.

    Args:
        connection: to its file.
        folder: where that lies.
        tell: hears of rows of cells, prompts and analyses.

    Raises:
        ValueError: when a value has another type or lies outside its range.
        sqlite3.Error: when the file is damaged.
    """
    version = user_version(connection)
    newer = expressions("case", version=version)
    row = connection.execute(
        f'SELECT next_field_id, next_cell_id, {", ".join(FIRST_IDENTITY)}, {newer} FROM "case"'
    ).fetchone()
    if row is None:
        raise ValueError("there is no case inside")
    next_field, next_cell, *identity = row
    fields = _fields(connection, folder=folder)
    classes = load_classes(connection)
    cells = load_cells(connection, fields, own=classes.values(), tell=tell)
    return Case(
        identity=Identity(*(text(v, name) for v, name in zip(identity, IDENTITY_COLUMNS, strict=True))),
        fields=fields,
        cells=cells,
        analyses=load_analyses(connection, cells.columns, own=classes.values(), tell=tell),
        own_classes=classes,
        qualities=_qualities(connection, fields),
        slides=load_slides(connection, folder=folder),
        next_field_id=max(whole(next_field, "next_field_id", low=1), max(fields, default=0) + 1),
        next_cell_id=max(whole(next_cell, "next_cell_id", low=1), int(cells.ids.max(initial=0)) + 1),
        **({} if version < SAMPLE_SINCE else load_sample(connection)),
        readings=() if version < READINGS_SINCE else load_readings(connection, own=classes.values()),
    )


def _fields(connection: sqlite3.Connection, *, folder: Path) -> dict[int, Field]:
    newer = expressions("field", version=user_version(connection))
    rows = connection.execute(
        f"SELECT id, path, sha256, width, height, page, {newer}, um_per_px, source, detail"
        " FROM field LEFT JOIN calibration ON field_id = id ORDER BY id"
    )
    fields = {}
    for number, path, sha256, width, height, page, remarks, searched, x, y, um_per_px, source, detail in rows:
        calibration = None
        if um_per_px is not None:
            scale = real(um_per_px, "um_per_px", low=1e-300, high=1e300)
            calibration = Calibration(scale, choice(source, "source", _SOURCES), text(detail, "detail"))
        fields[whole(number, "field id", low=1)] = Field(
            id=number,
            path=resolved_path(path_text(path, "path"), folder=folder),
            sha256=digest(sha256, "sha256"),
            width=whole(width, "width", low=1, high=LONGEST_SIDE),
            height=whole(height, "height", low=1, high=LONGEST_SIDE),
            calibration=calibration,
            page=whole(page, "page"),
            remarks=_remarks(remarks),
            searched=text(searched, "searched", longest=1_000),
            region=region_of(x, y, width=width, height=height),
        )
    return fields


def _remarks(stored: Any) -> tuple[Remark, ...]:
    try:
        return tuple(
            Remark(choice(kind, "remark", _REMARKS), text(sentence, "remark", longest=LONGEST_REMARK))
            for kind, sentence in json.loads(text(stored, "remarks"))
        )
    except (TypeError, RecursionError) as error:
        raise ValueError("remarks") from error


def edits_json(edits: tuple[HandEdit, ...]) -> str:
    """What hands changed in a mask, as its column has it."""
    return json.dumps([[edit.kind, edit.cells, edit.times] for edit in edits]) if edits else "[]"


def _qualities(connection: sqlite3.Connection, fields: dict[int, Field]) -> dict[int, FieldQuality]:
    """Derived data like the analyses: what is of another version, or can't be read, is left out and measured again."""
    if user_version(connection) < 3:
        return {}
    qualities = {}
    rows = connection.execute('SELECT field_id, "values" FROM quality WHERE version = ?', (QUALITY_VERSION,))
    for field_id, values in rows:
        try:
            read = {k: measure(v, k) for k, v in json.loads(text(values, "values")).items()}
            cells = whole(int(read.pop("cells")), "cells")
            qualities[whole(field_id, "field id", low=1)] = FieldQuality(**read, cells=cells)
        except (TypeError, ValueError, OverflowError, AttributeError, KeyError, RecursionError) as error:
            _log.warning("The quality of field %d is measured again: %s", field_id, type(error).__name__)
    return {field_id: quality for field_id, quality in qualities.items() if field_id in fields}


@functools.lru_cache(REMEMBERED)
def _mask_png(mask: CellMask) -> bytes:
    return mask.data if isinstance(mask, StoredMask) else encode_mask(mask.crop)


def forget_encoded() -> None:
    """Forget the remembered values; undo no longer reaches them."""
    for remembered in (measurement_row, prediction_row, _mask_png):
        remembered.cache_clear()


def _finite(value: float) -> float | None:
    """JSON has no NaN."""
    return float(value) if math.isfinite(value) else None
