"""What a laboratory's own model says of a field as a whole: a research reading, derived data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ...language import mark
from ...phrases import template
from ..cells.cell import Cell, CellAnalysis, Measurements, shown_class
from ..cells.mask import CellMask
from .case import Field

READING_TITLE = mark("Image-level reading (research)")

NO_HAEMOGLOBIN = mark(
    "Read from the look of the field alone. A smear has no haemoglobin: this is no blood count and no diagnosis."
)
"""Stands with every reading, wherever one is shown."""

_READ = template(
    "{label}, probability {probability:.2f}. {model} was right on {percent:.0f} % of {fields:,} held-out fields."
)
_WITHHELD = template("Not given: {reason}. {model} was right on {percent:.0f} % of {fields:,} held-out fields.")


@dataclass(frozen=True, slots=True)
class ImageReading:
    """The answer of an image-level model to one field, or why it gives none.

    Attributes:
        model: name, version and short hash of the model.
        accuracy: share of held-out fields on which it was right when it was trained.
        fields: how many these were.
        label: its answer, "" where it gives none.
        probability: of the label.
        withheld: why there is no answer, "" where there is one.
    """

    model: str
    accuracy: float
    fields: int
    label: str = ""
    probability: float = 0.0
    withheld: str = ""

    @property
    def sentence(self) -> str:
        """What window, PDF and CSV say; to be `told`."""
        percent = 100 * self.accuracy
        if self.withheld:
            return _WITHHELD(reason=self.withheld, model=self.model, percent=percent, fields=self.fields)
        return _READ(
            label=self.label, probability=self.probability, model=self.model, percent=percent, fields=self.fields
        )


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredCell:
    """What an image-level model sees of one cell.

    Attributes:
        mask: its pixels.
        measurements: of them, None while they are not made.
        is_whole: it is a red cell that lies wholly in the field.
    """

    mask: CellMask
    measurements: Measurements | None
    is_whole: bool


def measured_cells(field: Field, cells: Iterable[Cell], analyses: Mapping[int, CellAnalysis]) -> list[MeasuredCell]:
    """A field's cells as an image-level model sees them; what is no red cell covers, but isn't measured.

    Args:
        field: in which they lie.
        cells: all of them.
        analyses: of their present masks, by cell id.
    """
    found = []
    for cell in cells:
        analysis = analyses.get(cell.id)
        prediction = None if analysis is None else analysis.prediction
        named = shown_class(cell, prediction, calibration=field.calibration, quality=None)
        is_whole = cell.is_counted and (named is None or named.is_red)
        found.append(MeasuredCell(cell.mask, None if analysis is None else analysis.measurements, is_whole))
    return found
