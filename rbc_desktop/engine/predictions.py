"""What the classifier and its features say of cells."""

from __future__ import annotations

from collections.abc import Sequence

from ..domain.arrays import FloatArray
from ..domain.cells.cell import Cell, Prediction
from ..domain.cells.look import Look
from ..imaging.likeness import looks_of
from ..ports import CellClassifier


def predictions_and_looks(
    classifier: CellClassifier | None, cells: Sequence[Cell], features: FloatArray | None
) -> list[tuple[Prediction | None, Look | None]]:
    """Each cell's prediction and look; neither without a classifier.

    Args:
        classifier: reads the features.
        cells: what they belong to.
        features: ``(N, F)`` of `imaging.features`, or None.
    """
    if classifier is None or features is None:
        return [(None, None)] * len(cells)
    rows = classifier.classify(features)
    return [
        (_prediction(classifier, row, cell), look)
        for row, cell, look in zip(rows, cells, looks_of(features), strict=True)
    ]


def _prediction(classifier: CellClassifier, row: FloatArray, cell: Cell) -> Prediction:
    probabilities = {c: float(p) for c, p in zip(classifier.classes, row, strict=True)}
    return Prediction(probabilities, cell.mask_revision, classifier.model_id, review_limit=classifier.review_limit)
