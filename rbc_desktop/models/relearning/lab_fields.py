"""A laboratory's fields with their reviewed cells: what there is to learn from, without a pixel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ...domain.cells.cell import median_diameter_px
from ...domain.cells.mask import CellMask
from ...domain.classes.taxonomy import CellClass
from ...domain.fields.calibration import NORMAL_DIAMETER_UM
from ...domain.fields.regions import Region

CASES_NEEDED = 3
"""From so many cases on, cases are kept together in a split; with fewer, fields are."""


@dataclass(frozen=True)
class LabCell:
    """One cell of a laboratory. reviewed_class: what a person set or confirmed, else None."""

    mask: CellMask
    reviewed_class: CellClass | None
    touches_border: bool


@dataclass(frozen=True)
class LabField:
    """One field of a laboratory.

    Attributes:
        image, page, region: where its pixels are; the last of a slide.
        case, field: hashes by which both are known again.
        um_per_px: None without a scale.
        cells: all that were found in it.
        sha256: hex digest of the image's bytes, "" where it isn't known.
    """

    image: Path
    case: str
    field: str
    um_per_px: float | None
    cells: tuple[LabCell, ...]
    page: int = 0
    sha256: str = ""
    region: Region | None = None

    @property
    def reviewed(self) -> list[LabCell]:
        """The cells that count as labels."""
        return [cell for cell in self.cells if cell.reviewed_class is not None]

    @property
    def normal_diameter_px(self) -> float | None:
        """Pixels of a normal red cell, None without a scale."""
        return None if self.um_per_px is None else NORMAL_DIAMETER_UM / self.um_per_px

    @property
    def median_diameter_px(self) -> float | None:
        """Median diameter of the complete cells, None when they are few."""
        return median_diameter_px(self.cells)


def groups_of(fields: Sequence[LabField]) -> list[str]:
    """What a split must keep together: the case, or the field where there are too few cases."""
    by_case = len({field.case for field in fields}) >= CASES_NEEDED
    return [field.case if by_case else field.field for field in fields]
