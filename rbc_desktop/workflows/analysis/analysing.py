"""From the cells of a field to their measurements and classes, the same in the window and on the command line."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ...domain.case.case import Case, Field, ImageFacts, Remark
from ...domain.case.changes import Change, PutAnalyses, PutCells, PutFields, PutQualities, PutSlides, Together
from ...domain.case.image_reading import measured_cells
from ...domain.case.stored_pairs import NONE, Pairs, pairs_of
from ...domain.cells.cell import Cell, CellAnalysis, median_diameter_px
from ...domain.cells.missed_places import cells_in, missed_text
from ...domain.cells.stored_cells import NO_CODE
from ...domain.fields.calibration import Calibration
from ...domain.fields.field_quality import FieldQuality
from ...domain.slides.slide import SlideEntry
from ...editing.effects import apply_change
from ...imaging.fields.same_place import Look
from ...language import plural
from ...ports import LoadedImage

if TYPE_CHECKING:  # SciPy and scikit-image take a second, which no start waits for
    from ...engine.jobs import FieldRemarked
    from ...engine.pipeline import Pipeline, PreparedField

BATCH = 256
"""Cells measured and classified per batch on the command line."""


Asked = tuple[int, int, float | None, str | None]
"""What a classification answers: cell, mask revision, scale of its field, classifier."""


def asked_of(cell: Cell, field: Field, *, classifier: str | None) -> Asked:
    """The question that classifying a cell now would ask."""
    return cell.id, cell.mask_revision, scale_of(field), classifier


def scale_of(field: Field) -> float | None:
    """Micrometres per pixel, None without a calibration."""
    return None if field.calibration is None else field.calibration.um_per_px


def stale_numbers(case: Case, *, classifier: str | None) -> dict[int, list[int]]:
    """The cells that the present classifier has not seen with their present mask and scale, by field id, ascending.

    Measurements without a prediction come from a time when no classifier could be loaded; they are stale, too. So are
    the cells of a field of which it isn't known yet what its image shows, once there is a classifier to ask.
    Reviewed classes are not touched by a new prediction.

    Args:
        case: the case.
        classifier: ``model_id`` of the present classifier, or None while none is loaded.
    """
    if case.is_blind:
        return {}
    scales = {field.id: scale_of(field) for field in case.fields.values()}
    pairs = pairs_of(case)
    stale = {} if pairs is None else _stale_stored(case, pairs, scales, classifier=classifier)
    for number in case.cells if pairs is None else pairs.others:
        cell = case.cells[number]
        unjudged = classifier is not None and cell.field_id not in case.qualities
        if unjudged or _is_stale(case, cell, um_per_px=scales[cell.field_id], classifier=classifier):
            stale.setdefault(cell.field_id, []).append(number)
    return {field_id: sorted(numbers) for field_id, numbers in stale.items()}


def stale_cells(case: Case, field_id: int, *, classifier: str | None) -> list[Cell]:
    """Those of `stale_numbers` in one field."""
    return [case.cells[number] for number in stale_numbers(case, classifier=classifier).get(field_id, ())]


def _stale_stored(
    case: Case, pairs: Pairs, scales: Mapping[int, float | None], *, classifier: str | None
) -> dict[int, list[int]]:
    """`stale_numbers` of the cells that are as the case file has them, looked at all at once."""
    fields = pairs.cells.field[pairs.rows]
    known, of = np.unique(fields, return_inverse=True)
    numbers = known.tolist()
    judged = np.array([classifier is None or number in case.qualities for number in numbers], np.bool_)
    is_stale = ~judged[of]
    if (stored := pairs.analyses) is None:
        is_stale[:] = True
    else:
        wanted = np.array([math.nan if (scale := scales[n]) is None else scale for n in numbers], np.float64)[of]
        at = np.maximum(pairs.found, 0)
        found = stored.um_per_px[at]
        present = [code for code, booster in enumerate(stored.boosters) if classifier in (None, booster.model)]
        is_fresh = np.isin(stored.booster[at], present) & ((found == wanted) | (np.isnan(found) & np.isnan(wanted)))
        is_stale |= (pairs.found == NONE) | ~is_fresh
    ids = pairs.cells.ids[pairs.rows]
    left = known[np.unique(of[is_stale])].tolist()
    return {number: ids[is_stale & (fields == number)].tolist() for number in left}


def _is_stale(case: Case, cell: Cell, *, um_per_px: float | None, classifier: str | None) -> bool:
    """Whether a cell's analysis answers another question than that of now.

    One that is as the case file has it is read where it stands: to make objects of thousands would keep the window.
    """
    stored, row = case.analyses.columns, case.analyses.row_of(cell.id)
    if stored is not None and row is not None:
        code, scale = int(stored.booster[row]), float(stored.um_per_px[row])
        if stored.revision[row] != cell.mask_revision or code == NO_CODE:
            return True
        other_scale = (None if math.isnan(scale) else scale) != um_per_px
        return other_scale or (classifier is not None and stored.boosters[code].model != classifier)
    analysis = case.analysis_of(cell)
    if analysis is None or analysis.prediction is None or analysis.um_per_px != um_per_px:
        return True
    return classifier is not None and analysis.prediction.model != classifier


def outdated(case: Case, *, classifier: str | None) -> int:
    """How many cells have a class that was suggested at another scale or by another classifier."""
    stale = {number for numbers in stale_numbers(case, classifier=classifier).values() for number in numbers}
    pairs = pairs_of(case) if stale else None
    rest, count = stale, 0
    if pairs is not None and pairs.analyses is not None:
        told = (pairs.found != NONE) & (pairs.analyses.booster[np.maximum(pairs.found, 0)] != NO_CODE)
        ids = pairs.cells.ids[pairs.rows]
        count = len(stale.intersection(ids[told].tolist()))
        rest = stale.intersection(pairs.others)
    return count + sum(case.prediction_of(case.cells[number]) is not None for number in rest)


def outdated_text(count: int) -> str:
    """The sentence when classes could not be brought up to date before an export."""
    return plural(
        "{count} cell keeps its class of an earlier scale or classifier, because an image could not be read or"
        " classifying was cancelled; show those fields, then export again.",
        "{count} cells keep their classes of an earlier scale or classifier, because an image could not be read or"
        " classifying was cancelled; show those fields, then export again.",
        count,
    )


def fitting(case: Case, found: Iterable[CellAnalysis]) -> list[CellAnalysis]:
    """The analyses that were made at the scale which their field has now; for the others a new one is on its way."""
    cells, fields = case.cells, case.fields
    return [a for a in found if a.cell_id in cells and a.um_per_px == scale_of(fields[cells[a.cell_id].field_id])]


def limited(analyses: Iterable[CellAnalysis], limit: float) -> list[CellAnalysis]:
    """The analyses with this review limit in their predictions; 0 leaves what the classifier stated."""
    found = list(analyses)
    if not limit:
        return found
    return [
        replace(a, prediction=replace(a.prediction, review_limit=limit)) if a.prediction is not None else a
        for a in found
    ]


def remarked_field(field: Field, remarked: FieldRemarked) -> Field:
    """The field with what was seen on its image, and without the scale that must not be used."""
    noted = field.with_remark(remarked.remark.kind, remarked.remark.text)
    return replace(noted, calibration=None) if remarked.left_aside else noted


def renewed_text(count: int) -> str:
    """The sentence when predictions of another classifier are renewed."""
    return plural(
        "The class of {count} cell was suggested by another classifier; the current one classifies again. Reviewed"
        " classes stay.",
        "The classes of {count} cells were suggested by another classifier; the current one classifies again. Reviewed"
        " classes stay.",
        count,
    )


@dataclass(frozen=True, slots=True)
class CaseWriter:
    """Adds what the engine finds to a case that no window shows.

    Attributes:
        case: grows.
        store: is handed each change before the case has it; a case file, or nothing.
    """

    case: Case
    store: Callable[[Change], None] | None = None

    def put(self, change: Change) -> None:
        """Store a change, then apply it: the case never holds what its file doesn't."""
        if self.store is not None:
            self.store(change)
        apply_change(self.case, change)

    def add_field(self, image: ImageFacts, *, calibration: Calibration | None) -> Field:
        """One more field."""
        field = Field.of(image, number=self.case.next_field_id, calibration=calibration)
        self.put(PutFields((field,)))
        return field


def analyses(
    pipeline: Pipeline, field: PreparedField, cells: Sequence[Cell], *, median_px: float | None
) -> list[CellAnalysis]:
    """Measure and classify cells of one field, in batches; see `Pipeline.analyse`."""
    batches = (cells[start : start + BATCH] for start in range(0, len(cells), BATCH))
    return [a for batch in batches for a in pipeline.analyse(field, batch, median_diameter_px=median_px)]


def scaled_field(
    pipeline: Pipeline, image: LoadedImage, *, calibration: Calibration | None
) -> tuple[PreparedField, list[Remark]]:
    """The field at the given scale, or at the one that its file states unless the image contradicts it.

    Returns:
        the field, and a remark when its scale is in doubt.

    Raises:
        InferenceError: when the device fails.
    """
    prepared = pipeline.prepare(image, calibration=calibration or image.calibration)
    doubt = pipeline.scale_doubt(prepared)
    if doubt is None:
        return prepared, []
    left_aside = calibration is None
    remarks = [Remark("scale", doubt.sentence(image.facts.name, left_aside=left_aside))]
    return pipeline.prepare(image) if left_aside else prepared, remarks


@dataclass(frozen=True, slots=True, eq=False)
class FieldFindings:
    """What was found on one image, before a case numbers it; it pickles, so that another process may have found it.

    Attributes:
        field: with its scale and remarks, as number 1.
        cells: of that field, numbered from 1.
        analyses: of those cells.
        quality: what the image shows.
        look: of the image, to tell when its place comes again; None for a region of a slide.
    """

    field: Field
    cells: tuple[Cell, ...]
    analyses: tuple[CellAnalysis, ...]
    quality: FieldQuality
    look: Look | None = dataclasses.field(default=None, compare=False)

    def numbered(self, *, field_id: int, first_cell: int) -> FieldFindings:
        """The same with the numbers that a case has free."""
        offset = first_cell - 1
        return FieldFindings(
            replace(self.field, id=field_id),
            tuple(replace(cell, id=cell.id + offset, field_id=field_id) for cell in self.cells),
            tuple(replace(analysis, cell_id=analysis.cell_id + offset) for analysis in self.analyses),
            self.quality,
        )


def find_cells(pipeline: Pipeline, image: LoadedImage, *, calibration: Calibration | None) -> FieldFindings:
    """Find, measure and classify every cell of an image.

    Args:
        pipeline: does it, and keeps nothing of the image.
        image: one field of a file.
        calibration: the scale that the user gives, or None for what the file states, if that can be.

    Returns:
        what was found, with remarks: see `scaled_field`, why it shows no cells, and how many may be missed.

    Raises:
        InferenceError: when the device fails.
    """
    try:
        prepared, remarks = scaled_field(pipeline, image, calibration=calibration)
        proposals = [proposal for step in pipeline.segment_all(prepared) for proposal in step.found]
        if not proposals:
            remarks.append(Remark("no cells", pipeline.why_no_cells(prepared)))
        missed = missed_text(image.facts.name, cells_in(pipeline.missed(prepared, [p.mask for p in proposals])))
        if missed is not None:
            remarks.append(Remark("missed", missed))
        made = Field.of(image.facts, number=1, calibration=prepared.calibration, remarks=tuple(remarks))
        field = replace(made, searched=pipeline.segmenter.model_id)
        numbered = enumerate(proposals, start=1)
        cells = tuple(p.as_cell(number, field_id=field.id, origin="segment all") for number, p in numbered)
        found = analyses(pipeline, prepared, cells, median_px=median_diameter_px(cells))
        quality = pipeline.quality(prepared)
        reading = pipeline.read_image(prepared, measured_cells(field, cells, {a.cell_id: a for a in found}))
        if reading is not None:
            field = field.with_remark("image level", reading.sentence)
        return FieldFindings(field, cells, tuple(found), quality)
    finally:
        pipeline.forget(image)


def write_findings(writer: CaseWriter, findings: FieldFindings) -> Field:
    """Put what was found into a case, as one change.

    Returns:
        the new field.

    Raises:
        CaseFileError: when the case file can't be written; the case is unchanged then.
    """
    case = writer.case
    new = findings.numbered(field_id=case.next_field_id, first_cell=case.next_cell_id)
    judged = PutQualities(((new.field.id, new.quality),))
    writer.put(Together((PutFields((new.field,)), PutCells(new.cells), judged, PutAnalyses(new.analyses))))
    return new.field


def write_slide(writer: CaseWriter, slide: SlideEntry) -> None:
    """Put a slide into a case that doesn't have it.

    Raises:
        CaseFileError: when the case file can't be written; the case is unchanged then.
    """
    slides = writer.case.slides
    if all((known.sha256, known.page) != (slide.sha256, slide.page) for known in slides.values()):
        writer.put(PutSlides((replace(slide, id=max(slides, default=0) + 1),)))


def analyse_image(
    writer: CaseWriter, pipeline: Pipeline, image: LoadedImage, *, calibration: Calibration | None
) -> Field:
    """`find_cells` of an image, and put them into a case; the new field.

    Raises:
        InferenceError: when the device fails; the case is unchanged then.
        CaseFileError: when the case file can't be written; the case is unchanged then.
    """
    return write_findings(writer, find_cells(pipeline, image, calibration=calibration))
