"""One row per cell, read by the table on the screen, the CSV and the PDF alike."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime

from ...domain.case.case import Case, Field, Remark, distinct_names
from ...domain.case.image_reading import NO_HAEMOGLOBIN
from ...domain.cells.cell import (
    Cell,
    CellAnalysis,
    Measurements,
    Prediction,
    claimed_probabilities,
    needs_review,
    not_assessable,
    shown_class,
)
from ...domain.cells.doubts import outline_doubts
from ...domain.classes.assessability import NOT_ASSESSABLE
from ...domain.classes.taxonomy import CellClass
from ...domain.fields.calibration import Calibration
from ...domain.fields.field_quality import FieldQuality
from ...language import mark
from ...phrases import joined
from .assessment import quality_text


@dataclass(frozen=True, slots=True)
class CellRow:
    """Everything that is reported about one cell. None means that the value is not known.

    Attributes:
        image: file name of the field; in `rows_of` with folders where several fields have that name.
        field_id, cell: numbers within the case.
        x, y: centroid of the mask; x0, y0, x1, y1: half-open bounding box; field pixels.
        area_px: pixels of the mask.
        score: the segmenter's own estimate of the mask's IoU, 0 to 1; None once a hand has changed the mask.
        cell_class: the class the cell counts as, None while unclassified or left out.
        class_probability: what the classifier gives *that* class (also when a person chose another than it did).
        needs_review: the cell is unconfirmed, and the classifier is unsure or silent.
        touches_border: the field's edge may cut the cell.
        perimeter_px … relative_diameter: as in `domain.cells.cell.Measurements`.
        diameter_um … minor_axis_um, area_um2: the same in micrometres; None without a calibration.
        um_per_px: the field's calibration.
        reviewed: a person set or confirmed the class.
        predicted_class: the classifier's best class (size classes only on calibrated fields).
        classifier: name, version and short hash of the classifier that predicted, "" without a prediction.
        counted: it belongs into counts, percentages and sizes; see `domain.cells.cell.Cell.is_counted`.
        segmenter: name, version and short hash of the segmenter that drew the outline, "" where unknown.
        image_sha256: of the field's file.
        analysed: when it was measured and classified, with time zone; None where unknown.
        waist, relative_density: as in `domain.cells.cell.Measurements`.
        doubts: why the outline is doubtful; see `domain.cells.doubts`.
        remarks: sentences about the field, e.g. that its image contradicts its scale.
        provenance: how the mask came about, e.g. "segment all; cut; brushed ×3".
        suggested: the classifier's first classes with their shares, best first, at most `SUGGESTED`; whoever
            reviewed the cell, and whether or not it is counted.
        flagged: it needs review, or needed it before a person gave it a class.
        image_level: what an image-level model says of the field, with the line that limits it; "" without one.
        not_assessable: why the field doesn't let the cell's class be told, empty where it does.
        field_quality: what the field's image shows otherwise than it should, in sentences.
    """

    image: str
    field_id: int
    cell: int
    x: float
    y: float
    x0: int
    y0: int
    x1: int
    y1: int
    area_px: int
    score: float | None
    cell_class: CellClass | None
    class_probability: float | None
    needs_review: bool
    touches_border: bool
    perimeter_px: float | None
    diameter_px: float | None
    major_axis_px: float | None
    minor_axis_px: float | None
    circularity: float | None
    axis_ratio: float | None
    solidity: float | None
    pallor_ratio: float | None
    core_rim_ratio: float | None
    mean_density: float | None
    relative_diameter: float | None
    diameter_um: float | None
    area_um2: float | None
    perimeter_um: float | None
    major_axis_um: float | None
    minor_axis_um: float | None
    um_per_px: float | None
    reviewed: bool
    predicted_class: CellClass | None
    classifier: str = ""
    counted: bool = True
    segmenter: str = ""
    image_sha256: str = ""
    analysed: datetime | None = None
    waist: float | None = None
    relative_density: float | None = None
    doubts: tuple[str, ...] = ()
    remarks: str = ""
    provenance: str = ""
    image_level: str = ""
    suggested: tuple[tuple[CellClass, float], ...] = ()
    flagged: bool = False

    @property
    def sureness(self) -> float | None:
        """What the classifier gives its best class, None without a prediction; reviewing doesn't change it."""
        return self.suggested[0][1] if self.suggested else None

    not_assessable: str = ""
    field_quality: str = ""
    field_left_out: str = ""

    @property
    def review_reason(self) -> str:
        """Why a person should look, or what keeps the class from being told; empty where neither is so."""
        if self.field_left_out:
            return ""
        if self.not_assessable and not self.doubts:
            return joined(": ", (NOT_ASSESSABLE, self.not_assessable))
        if not self.needs_review:
            return ""
        unsure = UNSURE if self.predicted_class is not None else NOT_CLASSIFIED
        return joined("; ", self.doubts) or unsure

    @property
    def aside(self) -> str:
        """The name of the group that it is left out of counts with, "" where it counts."""
        if self.field_left_out:
            return FIELD_LEFT_OUT
        if not self.counted:
            return CUT_BY_THE_EDGE
        return NOT_ASSESSABLE if self.not_assessable else ""

    @property
    def group(self) -> str:
        """What it is counted among: the class's name, or why it has none or isn't counted."""
        if self.aside:
            return self.aside
        return UNCLASSIFIED if self.cell_class is None else self.cell_class.value

    @property
    def class_text(self) -> str:
        """The class in words, and whether it counts."""
        if self.counted or self.cell_class is None:
            return self.group
        return mark("{cell_class} (not counted)", cell_class=self.cell_class.value)


UNSURE, NOT_CLASSIFIED = mark("class is not sure"), mark("not classified yet")

SUGGESTED = 3
"""Classes that a row names of the classifier's answer: the best and its two rivals."""

UNCLASSIFIED = mark("unclassified")
"""What a cell without a class is called."""

FIELD_LEFT_OUT = mark("field left out")
"""What a cell is called whose field a person left out of the count."""

CUT_BY_THE_EDGE = mark("cut by the edge")
"""What a cell is called that isn't counted because part of it lies outside the field."""

_MEASURED = tuple(f.name for f in fields(Measurements) if f.name != "area_px")


def row_for(
    cell: Cell, analysis: CellAnalysis | None, field: Field, *, quality: FieldQuality | None, overlapping: bool = False
) -> CellRow:
    """The row of one cell; an analysis of an older mask counts as none.

    Args:
        cell, analysis, field: as the case has them.
        quality: what the field's image shows.
        overlapping: about half of the cell lies in another cell (`Case.overlaps`).
    """
    if analysis is not None and analysis.mask_revision != cell.mask_revision:
        analysis = None
    prediction = analysis.prediction if analysis is not None else None
    scale = field.calibration
    claimed = {} if prediction is None else claimed_probabilities(cell, prediction, calibration=scale, quality=quality)
    suggested = tuple(sorted(claimed.items(), key=lambda pair: -pair[1])[:SUGGESTED])
    counted_as = shown_class(cell, prediction, calibration=scale, quality=quality)
    box, centroid = cell.mask.box, cell.mask.centroid
    measured = _measured(analysis)
    doubts = () if analysis is None else outline_doubts(analysis.measurements, overlapping=overlapping)
    waits, flagged = _waits(cell, prediction, calibration=scale, quality=quality, doubts=doubts)
    return CellRow(
        image=field.name,
        field_id=field.id,
        cell=cell.id,
        x=centroid.x,
        y=centroid.y,
        x0=int(box.x0),
        y0=int(box.y0),
        x1=int(box.x1),
        y1=int(box.y1),
        area_px=cell.mask.area,
        score=None if cell.edits else cell.score,
        cell_class=counted_as,
        class_probability=_probability(prediction, claimed, counted_as),
        needs_review=waits and not field.left_out,
        doubts=doubts,
        touches_border=cell.touches_border,
        **measured,
        **_in_micrometres(cell.mask.area, measured, scale.um_per_px if scale else None),
        reviewed=cell.reviewed_class is not None,
        predicted_class=suggested[0][0] if suggested else None,
        classifier=prediction.model if prediction is not None else "",
        counted=cell.is_counted and not field.left_out,
        field_left_out=field.left_out,
        segmenter=cell.segmenter,
        image_sha256=field.sha256,
        analysed=analysis.made if analysis is not None else None,
        remarks=joined(" ", (r.text for r in field.remarks if r.kind not in ("no cells", "image level"))),
        image_level=image_level_text(field),
        provenance=cell.provenance,
        suggested=suggested,
        flagged=flagged and not field.left_out,
        not_assessable=not_assessable(cell, prediction, calibration=scale, quality=quality),
        field_quality=quality_text(quality),
    )


def _waits(
    cell: Cell,
    prediction: Prediction | None,
    *,
    calibration: Calibration | None,
    quality: FieldQuality | None,
    doubts: tuple[str, ...],
) -> tuple[bool, bool]:
    """Whether a person should look at the cell, and whether one should have before it was reviewed."""
    flagged = needs_review(
        cell if cell.reviewed_class is None else replace(cell, reviewed_class=None),
        prediction, calibration=calibration, quality=quality, doubts=doubts,
    )  # fmt: skip
    return flagged and cell.reviewed_class is None, flagged


def _probability(
    prediction: Prediction | None, claimed: dict[CellClass, float], counted_as: CellClass | None
) -> float | None:
    """What the classifier gives the class that the cell counts as; a person may have chosen one that it can't claim."""
    if prediction is None or counted_as is None:
        return None
    return claimed.get(counted_as, prediction.probabilities.get(counted_as))


def rows_of(case: Case, *, begins: Callable[[int], object] = lambda _: None) -> tuple[CellRow, ...]:
    """The rows of every cell; see `each_row`."""
    return tuple(each_row(case, begins=begins))


def each_row(case: Case, *, begins: Callable[[int], object] = lambda _: None) -> Iterator[CellRow]:
    """One row after the other for every cell, field by field, in the order in which they were added.

    Args:
        case: the case.
        begins: hears the place of each field, from 0, whose rows are made next; raises when nobody wants them any more.
    """
    names = distinct_names(case.fields.values())
    for place, field in enumerate(case.fields.values()):
        begins(place)
        quality = case.qualities.get(field.id)
        for cell in case.cells_of(field.id):
            overlapping = case.overlaps.is_covered(cell.id)
            row = row_for(cell, case.analysis_of(cell), field, quality=quality, overlapping=overlapping)
            yield replace(row, image=names[field.id])


def remarks_on(case: Case, field: Field) -> list[Remark]:
    """Remarks on a field that still hold; cells may have been marked by hand where none was found.

    What an image-level model says is no remark of a report: it has a block and a column of its own.
    """
    kept = [remark for remark in field.remarks if remark.kind != "image level"]
    return [remark for remark in kept if remark.kind != "no cells" or not case.ids_of((field.id,))]


def image_level_text(field: Field) -> str:
    """The image-level reading of a field, never without what limits it; "" without one."""
    reading = field.remark("image level")
    return joined(" ", (reading, NO_HAEMOGLOBIN)) if reading else ""


def fields_with_cells(case: Case) -> list[Field]:
    """The fields that a file per field is worth writing for."""
    counts = case.cells_in_fields()
    return [f for f in case.fields.values() if counts[f.id]]


def time_text(time: datetime | None) -> str:
    """ISO 8601 in UTC, as tables and masks have it; empty where unknown."""
    return "" if time is None else f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def segmenters_of(rows: Iterable[CellRow]) -> tuple[str, ...]:
    """The models that drew the outlines, each once."""
    return tuple(dict.fromkeys(row.segmenter for row in rows if row.segmenter))


def _measured(analysis: CellAnalysis | None) -> dict[str, float | None]:
    if analysis is None:
        return dict.fromkeys(_MEASURED)
    values = {name: float(getattr(analysis.measurements, name)) for name in _MEASURED}
    return {name: value if math.isfinite(value) else None for name, value in values.items()}


def _in_micrometres(
    area_px: int, measured: dict[str, float | None], um_per_px: float | None
) -> dict[str, float | None]:
    """The lengths and the area in micrometres; every value None without a calibration."""

    def length(name: str) -> float | None:
        pixels = measured[name]
        return None if pixels is None or um_per_px is None else pixels * um_per_px

    return {
        "diameter_um": length("diameter_px"),
        "area_um2": None if um_per_px is None else area_px * um_per_px**2,
        "perimeter_um": length("perimeter_px"),
        "major_axis_um": length("major_axis_px"),
        "minor_axis_um": length("minor_axis_px"),
        "um_per_px": um_per_px,
    }
