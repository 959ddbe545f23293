"""What the classifier and its features say of cells."""

from __future__ import annotations

from collections.abc import Sequence

from ..domain.arrays import FloatArray, Floats, U8Array
from ..domain.cells.cell import Cell, Prediction
from ..domain.cells.look import Look
from ..imaging.cells.field_context import FieldContext
from ..imaging.cells.field_sample import sampled_cells
from ..imaging.features import extract_many
from ..imaging.features.likeness import looks_of
from ..ports import CellClassifier


def field_evidence(
    classifier: CellClassifier | None,
    rgb: U8Array,
    context: FieldContext,
    *,
    median_diameter_px: float | None,
    normal_diameter_px: float | None,
) -> Floats | None:
    """What a field's cells as a whole say of each (`CellClassifier.field_evidence`), by a sample found in its image.

    It doesn't depend on what has been outlined so far. None where the classifier reads each cell by itself.

    Args:
        classifier: reads the features.
        rgb: ``(H, W, 3)`` uint8 RGB, the field.
        context: of the field.
        median_diameter_px, normal_diameter_px: as in `extract_many`.
    """
    if classifier is None or not classifier.reads_field:
        return None
    features = extract_many(
        rgb, sampled_cells(context), field_median_diameter=median_diameter_px, normal_diameter_px=normal_diameter_px,
        context=context,
    )  # fmt: skip
    return classifier.field_evidence(features)


def predictions_and_looks(
    classifier: CellClassifier | None,
    cells: Sequence[Cell],
    features: FloatArray | None,
    *,
    evidence: Floats | None = None,
) -> list[tuple[Prediction | None, Look | None]]:
    """Each cell's prediction and look; neither without a classifier.

    Args:
        classifier: reads the features.
        cells: what they belong to.
        features: ``(N, F)`` of `imaging.features`, or None.
        evidence: what the field says of its cells (`CellClassifier.field_evidence`).
    """
    if classifier is None or features is None:
        return [(None, None)] * len(cells)
    rows = classifier.classify(features, evidence=evidence)
    return [
        (_prediction(classifier, row, cell), look)
        for row, cell, look in zip(rows, cells, looks_of(features), strict=True)
    ]


def _prediction(classifier: CellClassifier, row: FloatArray, cell: Cell) -> Prediction:
    probabilities = {c: float(p) for c, p in zip(classifier.classes, row, strict=True)}
    return Prediction(probabilities, cell.mask_revision, classifier.model_id, review_limit=classifier.review_limit)
