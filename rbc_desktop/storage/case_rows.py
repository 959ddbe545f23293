"""Values of a case as rows of its file, and back."""

from __future__ import annotations

import dataclasses
import functools
import json
import logging
import math
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

from ..domain.calibration import Calibration, CalibrationSource
from ..domain.case import Case, Field, Identity, Remark, RemarkKind
from ..domain.cell import Cell, CellAnalysis, CellOrigin, Measurements, Prediction
from ..domain.field_quality import QUALITY_VERSION, FieldQuality
from ..domain.geometry import Box
from ..domain.hand_edit import EditKind, HandEdit
from ..domain.mask import CellMask
from ..domain.prompts import PromptPoint, PromptSet
from ..domain.taxonomy import CellClass, class_from_name
from .case_places import resolved_path, stored_path
from .case_values import LONGEST_SIDE, choice, coordinate, digest, measure, path_text, real, shares, text, whole
from .class_rows import load_classes
from .look_blob import decode_look, encode_look
from .mask_png import decode_mask, encode_mask
from .reading_rows import READINGS_SINCE, load_readings
from .sample_rows import SAMPLE_SINCE, load_sample
from .schema import expressions, user_version
from .slide_rows import load_slides, region_of, region_row

IDENTITY_COLUMNS = tuple(f.name for f in dataclasses.fields(Identity))
FIRST_IDENTITY = IDENTITY_COLUMNS[:6]
"""What version 1 knew of the sample; later columns stand in `schema.ADDED`."""
_MEASUREMENTS = tuple(f.name for f in dataclasses.fields(Measurements))

_SOURCES, _ORIGINS, _REMARKS = get_args(CalibrationSource), get_args(CellOrigin), get_args(RemarkKind)
_EDITS = get_args(EditKind)
_NO_PROMPTS = PromptSet()

MASK_ROOM, _ROOM_PER_BYTE = 300_000_000, 500
"""Pixels that all masks of a case may have: so many, and so many for each byte they take. A disc of 48 px has 14 for a
byte and one of 1,000 px has 330, but a picture made to fill memory has 8,000."""

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
        _edits_json(cell.edits),
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
    measurements = analysis.measurements
    values = {name: _finite(getattr(measurements, name)) for name in _MEASUREMENTS}
    made = None if analysis.made is None else analysis.made.astimezone(UTC).isoformat()
    look = encode_look(analysis.look)
    return analysis.cell_id, analysis.mask_revision, json.dumps(values), analysis.um_per_px, made, look


@functools.lru_cache(REMEMBERED)
def prediction_row(analysis: CellAnalysis) -> tuple[Any, ...] | None:
    """Columns of ``prediction``, or None when there is none."""
    prediction = analysis.prediction
    if prediction is None:
        return None
    probabilities = json.dumps({c.value: p for c, p in prediction.probabilities.items()})
    return analysis.cell_id, prediction.mask_revision, prediction.model, prediction.review_limit, probabilities


def quality_row(field_id: int, quality: FieldQuality) -> tuple[Any, ...]:
    """Columns of ``quality``."""
    values = {name: _finite(value) for name, value in dataclasses.asdict(quality).items()}
    return field_id, QUALITY_VERSION, json.dumps(values)


def load_case(connection: sqlite3.Connection, *, folder: Path) -> Case:
    """The whole case, every value of it checked.

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
    cells = _cells(connection, fields, own=classes.values())
    return Case(
        identity=Identity(*(text(v, name) for v, name in zip(identity, IDENTITY_COLUMNS, strict=True))),
        fields=fields,
        cells=cells,
        analyses=_analyses(connection, cells, own=classes.values()),
        own_classes=classes,
        qualities=_qualities(connection, fields),
        slides=load_slides(connection, folder=folder),
        next_field_id=max(whole(next_field, "next_field_id", low=1), max(fields, default=0) + 1),
        next_cell_id=max(whole(next_cell, "next_cell_id", low=1), max(cells, default=0) + 1),
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


class _Masks:
    """Reads masks that lie in their field, as long as they don't fill memory: a few bytes can claim a huge picture."""

    def __init__(self, fields: dict[int, Field]) -> None:
        self._fields = fields
        self._room = MASK_ROOM

    def read(self, x0: Any, y0: Any, data: Any, *, field_id: Any) -> CellMask:
        """One mask.

        Raises:
            ValueError: when it is none, lies outside its field, or all of them together are too large.
        """
        field = self._fields.get(field_id)
        if field is None:
            raise ValueError("a cell of no field")
        left, top = whole(x0, "x0", high=field.width - 1), whole(y0, "y0", high=field.height - 1)
        crop = decode_mask(data, most_width=field.width - left, most_height=field.height - top)
        self._room += _ROOM_PER_BYTE * len(data) - crop.size
        if self._room < 0:
            raise ValueError("masks larger than any real ones")
        return CellMask(left, top, crop)


def _cells(connection: sqlite3.Connection, fields: dict[int, Field], *, own: Collection[CellClass]) -> dict[int, Cell]:
    masks = _Masks(fields)
    prompts = _prompts(connection, masks)
    cells = {}
    newer = expressions("cell", version=user_version(connection))  # a file is read before it is brought up to date
    rows = connection.execute(
        "SELECT id, field_id, x0, y0, mask, mask_revision, score, touches_border, origin, class,"
        f" {newer} FROM cell LEFT JOIN review ON cell_id = id ORDER BY id"
    )
    for number, field_id, x0, y0, mask, revision, score, cut, origin, reviewed, edge_counted, segmenter, edits in rows:
        cells[whole(number, "cell id", low=1)] = Cell(
            id=number,
            field_id=field_id,
            mask=masks.read(x0, y0, mask, field_id=field_id),
            prompts=prompts.get(number, _NO_PROMPTS),
            score=real(score, "score", low=-1e6, high=1e6),
            touches_border=bool(whole(cut, "touches_border", high=1)),
            origin=choice(origin, "origin", _ORIGINS),
            mask_revision=whole(revision, "mask_revision", low=1),
            reviewed_class=None if reviewed is None else class_from_name(text(reviewed, "class"), own=own),
            edge_counted=bool(whole(edge_counted, "edge_counted", high=1)),
            segmenter=text(segmenter, "segmenter", longest=1_000),
            edits=_edits(edits),
        )
    return cells


def _edits_json(edits: tuple[HandEdit, ...]) -> str:
    return json.dumps([[edit.kind, edit.cells, edit.times] for edit in edits]) if edits else "[]"


def _edits(stored: Any) -> tuple[HandEdit, ...]:
    if stored == "[]":
        return ()
    try:
        return tuple(
            HandEdit(
                choice(kind, "edit", _EDITS),
                tuple(whole(number, "cell id", low=1) for number in cells),
                whole(times, "times", low=1),
            )
            for kind, cells, times in json.loads(text(stored, "edits"))
        )
    except (TypeError, RecursionError) as error:
        raise ValueError("edits") from error


def _prompts(connection: sqlite3.Connection, masks: _Masks) -> dict[int, PromptSet]:
    points: dict[int, list[PromptPoint]] = defaultdict(list)
    prompts: dict[int, PromptSet] = {}
    for number, field_id, kind, x0, y0, x1, y1, mask in connection.execute(
        "SELECT cell_id, field_id, kind, prompt.x0, prompt.y0, x1, y1, prompt.mask"
        " FROM prompt JOIN cell ON cell.id = cell_id ORDER BY cell_id, position"
    ):
        present = prompts.setdefault(number, _NO_PROMPTS)
        if kind == "mask":
            whole_x, whole_y = (int(coordinate(v, "prompt")) for v in (x0, y0))
            prompts[number] = present.with_mask(masks.read(whole_x, whole_y, mask, field_id=field_id))
        elif kind == "box":
            prompts[number] = present.with_box(Box(*(coordinate(v, "box") for v in (x0, y0, x1, y1))))
        else:
            positive = choice(kind, "kind", ("positive", "negative")) == "positive"
            points[number].append(PromptPoint(coordinate(x0, "x"), coordinate(y0, "y"), positive=positive))
    return {number: replace(present, points=tuple(points[number])) for number, present in prompts.items()}


def _analyses(
    connection: sqlite3.Connection, cells: dict[int, Cell], *, own: Collection[CellClass]
) -> dict[int, CellAnalysis]:
    """Derived data; what doesn't fit this version's measurements or classes is left out and made again."""
    analyses = {}
    newer = expressions("measurement", version=user_version(connection), of="m.")
    rows = connection.execute(
        f'SELECT m.cell_id, m.mask_revision, m."values", {newer},'
        " p.mask_revision, model, review_limit, probabilities"
        " FROM measurement m LEFT JOIN prediction p ON p.cell_id = m.cell_id ORDER BY m.cell_id"
    )
    for number, revision, values, scale, made, look, predicted_revision, model, review_limit, probabilities in rows:
        try:
            read = {k: measure(v, k) for k, v in json.loads(text(values, "values")).items()}
            prediction = None
            if predicted_revision is not None:
                stored = json.loads(text(probabilities, "probabilities"))
                prediction = Prediction(
                    shares({class_from_name(k, own=own): real(p, k, low=0, high=1) for k, p in stored.items()}),
                    whole(predicted_revision, "mask_revision", low=1),
                    text(model, "model", longest=1_000),
                    real(review_limit, "review_limit", low=0, high=1),
                )
            um_per_px = None if scale is None else real(scale, "um_per_px", low=0, high=1e6)
            revision = whole(revision, "mask_revision", low=1)
            time = None if made is None else datetime.fromisoformat(text(made, "made", longest=100)).astimezone(UTC)
            known = Measurements(**read)
            analysis = CellAnalysis(number, revision, known, prediction, um_per_px, time, decode_look(look))
        except (TypeError, ValueError, OverflowError, AttributeError, RecursionError) as error:
            _log.warning("The analysis of cell %d is made again: %s", number, type(error).__name__)
            continue
        if cells[number].mask_revision == revision:
            analyses[number] = analysis
    return analyses


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
    return encode_mask(mask.crop)


def forget_encoded() -> None:
    """Forget the remembered values; undo no longer reaches them."""
    for remembered in (measurement_row, prediction_row, _mask_png):
        remembered.cache_clear()


def _finite(value: float) -> float | None:
    """JSON has no NaN."""
    return float(value) if math.isfinite(value) else None
