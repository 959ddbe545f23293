"""Analyses as columns: what a case file holds of them, and the analyses that rows make."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from datetime import datetime

from ..arrays import BoolArray, Floats
from ..classes.taxonomy import CellClass
from .cell import CellAnalysis, Measurements, Prediction
from .column_values import Ids
from .look import Looks
from .stored_cells import NO_CODE, Codes

MEASURED = tuple(f.name for f in fields(Measurements))
"""Columns of `StoredAnalyses.values`."""


@dataclass(frozen=True, slots=True)
class Booster:
    """What predictions of one classifier have in common: its version, and the classes in the order of the shares."""

    model: str
    classes: tuple[CellClass, ...]


@dataclass(frozen=True, slots=True, eq=False)
class StoredAnalyses:
    """Every analysis of a case as its file has it: one row each, in the order of the cells' numbers (`ValueColumns`).

    Attributes:
        ids, revision: of the masks that were measured.
        values: ``(n, len(MEASURED))``, NaN where unknown.
        um_per_px: scale, NaN without one.
        made: when.
        looks: ``(n, LOOK_LENGTH)``.
        has_look: where there is one.
        booster: position in `boosters`, `NO_CODE` without a prediction.
        shares: ``(n, most classes)``: probabilities in the order of the booster's classes, then zeros.
        predicted: mask revision that was classified.
        review_limit: probability below which the cell needs review.
    """

    ids: Ids
    revision: Codes
    values: Floats
    um_per_px: Floats
    made: tuple[datetime | None, ...]
    looks: Looks
    has_look: BoolArray
    booster: Codes
    boosters: tuple[Booster, ...]
    shares: Floats
    predicted: Codes
    review_limit: Floats

    def value(self, row: int) -> CellAnalysis:
        """The analysis of a row."""
        scale = float(self.um_per_px[row])
        return CellAnalysis(
            int(self.ids[row]),
            int(self.revision[row]),
            Measurements(*self.values[row].tolist()),
            self._prediction(row),
            None if math.isnan(scale) else scale,
            self.made[row],
            self.looks[row] if self.has_look[row] else None,
        )

    def _prediction(self, row: int) -> Prediction | None:
        code = int(self.booster[row])
        if code == NO_CODE:
            return None
        booster = self.boosters[code]
        shares = self.shares[row, : len(booster.classes)].tolist()
        probabilities = dict(zip(booster.classes, shares, strict=True))
        return Prediction(probabilities, int(self.predicted[row]), booster.model, float(self.review_limit[row]))
