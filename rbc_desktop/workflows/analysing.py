"""From the cells of a field to their measurements and classes, the same in the window and on the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..domain.calibration import Calibration
from ..domain.case import Case, Field, ImageFacts
from ..domain.cell import Cell, CellAnalysis, CellOrigin, Prediction, median_diameter_px
from ..domain.changes import Change, PutAnalyses, PutCells, PutFields
from ..domain.proposal import Proposal
from ..editing.effects import apply_change
from ..ports import LoadedImage

if TYPE_CHECKING:  # SciPy and scikit-image take a second, which no start waits for
    from ..engine.pipeline import Pipeline, PreparedField

BATCH = 256
"""Cells measured and classified in one go where nobody waits for the first of them."""


def unanalysed(case: Case, field_id: int, *, classifier: str | None = None) -> list[Cell]:
    """The cells of a field that the present classifier has not seen with their present mask.

    Measurements without a prediction come from a time when no classifier could be loaded: those are asked for again,
    and so are predictions of another classifier. Reviewed classes are not touched by either.

    Args:
        case: the case.
        field_id: of the field.
        classifier: ``model_id`` of the present classifier, or None while none is loaded.
    """
    return [cell for cell in case.cells_of(field_id) if _is_missing(case.prediction_of(cell), classifier)]


def _is_missing(prediction: Prediction | None, classifier: str | None) -> bool:
    return prediction is None or (classifier is not None and prediction.model != classifier)


def renewed_text(count: int) -> str:
    """The sentence when predictions of another classifier are made anew."""
    cells = "The class of 1 cell was" if count == 1 else f"The classes of {count:,} cells were"
    return f"{cells} suggested by another classifier; the present one looks again. Reviewed classes stay."


@dataclass(frozen=True, slots=True)
class CaseWriter:
    """Adds what the engine finds to a case that no window shows.

    Attributes:
        case: grows.
        store: is handed each change after the case has it; a case file, or nothing.
    """

    case: Case
    store: Callable[[Change], None] | None = None

    def put(self, change: Change) -> None:
        """Apply a change, and store it."""
        apply_change(self.case, change)
        if self.store is not None:
            self.store(change)

    def add_field(self, image: ImageFacts, *, calibration: Calibration | None) -> Field:
        """One more field."""
        field = Field.of(image, number=self.case.next_field_id, calibration=calibration)
        self.put(PutFields((field,)))
        return field

    def add_cells(self, field_id: int, proposals: Sequence[Proposal], *, origin: CellOrigin) -> tuple[Cell, ...]:
        """Proposals as cells of a field, in order."""
        first = self.case.next_cell_id
        cells = tuple(p.as_cell(n, field_id=field_id, origin=origin) for n, p in enumerate(proposals, start=first))
        self.put(PutCells(cells))
        return cells


def analyses(
    pipeline: Pipeline, field: PreparedField, cells: Sequence[Cell], *, median_px: float | None
) -> list[CellAnalysis]:
    """Measure and classify cells of one field, in batches; see `Pipeline.analyse`."""
    batches = (cells[start : start + BATCH] for start in range(0, len(cells), BATCH))
    return [a for batch in batches for a in pipeline.analyse(field, batch, median_diameter_px=median_px)]


def analyse_image(
    writer: CaseWriter, pipeline: Pipeline, image: LoadedImage, *, calibration: Calibration | None
) -> None:
    """Find, measure and classify every cell of an image; the case gets a field with all of it.

    Raises:
        InferenceError: when the device fails; the case is unchanged then.
    """
    prepared = pipeline.prepare(image, calibration=calibration)
    proposals = [proposal for step in pipeline.segment_all(prepared) for proposal in step.found]
    field = writer.add_field(image.facts, calibration=calibration)
    cells = writer.add_cells(field.id, proposals, origin="segment all")
    found = analyses(pipeline, prepared, cells, median_px=median_diameter_px(cells))
    writer.put(PutAnalyses(tuple(found)))
