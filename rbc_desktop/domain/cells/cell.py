"""Cells, their measurements and their predictions."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter
from typing import Literal, Protocol

from ...language import mark
from ...phrases import joined
from ..classes.assessability import too_small, withheld_classes
from ..classes.taxonomy import SIZE_CLASSES, CellClass
from ..fields.calibration import Calibration
from ..fields.field_quality import FieldQuality
from ..statistics import median
from .hand_edit import HandEdit, edits_text
from .look import Look
from .mask import CellMask
from .prompts import PromptSet

CellOrigin = Literal["prompt", "segment all", "by hand"]

ORIGINS = (mark("prompt"), mark("segment all"), mark("by hand"))
"""In English, which `told` translates."""

REVIEW_LIMIT = 0.60
"""Below this probability a cell needs review; replaced by the limit in the classifier's manifest entry."""


@dataclass(frozen=True, slots=True)
class Measurements:
    """What the mask and the optical density say about one cell; lengths in pixels, ratios without unit.

    Attributes:
        area_px: pixels of the mask.
        perimeter_px: length of the outline.
        diameter_px: equivalent diameter 2√(A/π).
        major_axis_px, minor_axis_px: axes of the ellipse with the same second moments.
        circularity: 4πA/P², at most 1.
        axis_ratio: major over minor axis, at least 1.
        solidity: area over area of the convex hull.
        pallor_ratio: diameter of the pale centre over diameter of the cell, 0 without a pale centre.
        core_rim_ratio: mean optical density of the core over that near the rim.
        mean_density: mean optical density (natural log, mean of R, G, B) inside the mask.
        relative_diameter: diameter over the median diameter of the field's cells, NaN while unknown.
        waist: width of the narrowest place between the two widest parts over that of the smaller part, 1 without one.
        relative_density: mean density over the median of the field's single cells, NaN while unknown.
    """

    area_px: float
    perimeter_px: float
    diameter_px: float
    major_axis_px: float
    minor_axis_px: float
    circularity: float
    axis_ratio: float
    solidity: float
    pallor_ratio: float
    core_rim_ratio: float
    mean_density: float
    relative_diameter: float = float("nan")
    waist: float = float("nan")
    relative_density: float = float("nan")


@dataclass(frozen=True, slots=True)
class Prediction:
    """The classifier's answer for one mask; derived data, never on the undo stack.

    Attributes:
        probabilities: class to probability; they sum to 1.
        mask_revision: the revision of the mask that was classified.
        model: version and short hash of the booster.
        review_limit: probability below which the cell needs review.
    """

    probabilities: dict[CellClass, float]
    mask_revision: int
    model: str
    review_limit: float = REVIEW_LIMIT

    @property
    def best(self) -> CellClass:
        """The most probable class."""
        return max(self.probabilities, key=lambda c: self.probabilities[c])

    @property
    def probability(self) -> float:
        """Probability of the best class."""
        return self.probabilities[self.best]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Cell:
    """One segmented cell.

    Attributes:
        id: number within the case, from 1, never used twice.
        field_id: the field it lies in.
        mask: its pixels.
        prompts: what the user (or *Segment all*) marked.
        score: the segmenter's own estimate of the mask's IoU, 0 to 1.
        touches_border: the image edge may cut it off.
        origin: how it came about.
        mask_revision: 1, plus one for every change of the mask.
        reviewed_class: what a person set or confirmed; always wins over a prediction.
        edge_counted: a person wants the cell to count although the field's edge cuts it.
        segmenter: ``model_id`` of the segmenter that drew the mask, "" where unknown or none did.
        edits: what hands changed in the mask since the segmenter drew it, in order.
    """

    id: int
    field_id: int
    mask: CellMask
    prompts: PromptSet
    score: float
    touches_border: bool
    origin: CellOrigin = "prompt"
    mask_revision: int = 1
    reviewed_class: CellClass | None = None
    edge_counted: bool = False
    segmenter: str = ""
    edits: tuple[HandEdit, ...] = ()

    @property
    def provenance(self) -> str:
        """How the mask came about, e.g. "segment all; cut; brushed ×3"; to be `told`."""
        return joined("; ", (mark(self.origin), edits_text(self.edits)))

    @property
    def is_counted(self) -> bool:
        """Whether it belongs into counts, percentages and sizes: it lies wholly in the field, or a person says so."""
        return self.edge_counted or not self.touches_border

    def reviewed_as(self, reviewed_class: CellClass | None) -> Cell:
        """The same cell with another reviewed class; `dataclasses.replace` takes over twice as long for thousands."""
        return Cell(
            self.id, self.field_id, self.mask, self.prompts, self.score, self.touches_border, self.origin,
            self.mask_revision, reviewed_class, self.edge_counted, self.segmenter, self.edits,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class CellAnalysis:
    """Measurements and prediction that belong to one revision of a cell's mask and to one scale of its field.

    Attributes:
        cell_id, mask_revision: of the mask that was measured.
        measurements: what was measured.
        prediction: None while no classifier could be loaded.
        um_per_px: the field's scale at that time, None without a calibration; the classifier looks at it.
        made: when, with its time zone; None where unknown.
        look: by which similar cells are found, None where unknown.
    """

    cell_id: int
    mask_revision: int
    measurements: Measurements
    prediction: Prediction | None = field(default=None)
    um_per_px: float | None = None
    made: datetime | None = None
    look: Look | None = None


MACROCYTE_UM = 8.0
"""A macrocyte is wider than this (Sacher's table; NCBI Bookshelf NBK254 says 8.5 µm)."""

MICROCYTE_UM = 7.0
"""A microcyte is narrower than this (NCBI Bookshelf NBK254; Sacher's table says 6 µm)."""


def claimed_probabilities(
    cell: Cell, prediction: Prediction, *, calibration: Calibration | None, quality: FieldQuality | None
) -> dict[CellClass, float]:
    """The probabilities that may be claimed; none where the most probable class can't be told on this field.

    A size class is claimed only where the calibrated size agrees with its definition. With a calibration the size is
    known, so the rest is scaled to sum to 1: the probabilities given that size. Of the other classes those stay away
    that the field doesn't let be seen (`assessability`); what they had is not given to the rest, which may be them.
    """
    possible = _possible(cell, prediction, calibration=calibration)
    withheld = withheld_classes(calibration=calibration, quality=quality)
    diameter = cell.mask.diameter
    unseen = [c for c in possible if c in withheld or too_small(c, diameter, quality=quality)]
    return {} if possible and _best(possible) in unseen else _without(possible, unseen)


def not_assessable(
    cell: Cell, prediction: Prediction | None, *, calibration: Calibration | None, quality: FieldQuality | None
) -> str:
    """Why the class of a cell can't be told on its field, empty where it can or no prediction says what it might be.

    It is so where the most probable class needs what the field doesn't show. A person's class stands all the same.
    """
    if cell.reviewed_class is not None or prediction is None or not cell.is_counted:
        return ""
    possible = _possible(cell, prediction, calibration=calibration)
    if not possible:
        return ""
    best = _best(possible)
    why = withheld_classes(calibration=calibration, quality=quality).get(best)
    why = why or too_small(best, cell.mask.diameter, quality=quality)
    return mark("may be {cell_class}, but {reason}", cell_class=best.value, reason=why) if why else ""


def _best(probabilities: dict[CellClass, float]) -> CellClass:
    return max(probabilities.items(), key=itemgetter(1))[0]


def _possible(cell: Cell, prediction: Prediction, *, calibration: Calibration | None) -> dict[CellClass, float]:
    """The probabilities given the cell's size, where that is known."""
    if calibration is None:
        return prediction.probabilities
    rest = _without(prediction.probabilities, _contradicted(cell, calibration.um_per_px))
    total = math.fsum(rest.values())
    return {c: p / total for c, p in rest.items()} if total > 0 else rest


def _most_probable(cell: Cell, prediction: Prediction, *, calibration: Calibration | None) -> CellClass | None:
    """The best of `_possible`, None where there is none; asked of thousands of cells at a time."""
    best = _best(prediction.probabilities) if prediction.probabilities else None
    if calibration is None or best not in SIZE_CLASSES:
        return best
    rest = _without(prediction.probabilities, _contradicted(cell, calibration.um_per_px))
    return _best(rest) if rest else None


def _without(probabilities: dict[CellClass, float], classes: Iterable[CellClass]) -> dict[CellClass, float]:
    """Those of all other classes; a copy knows the hashes, of which a class makes a new one each time."""
    rest = probabilities.copy()
    for cell_class in classes:
        rest.pop(cell_class, None)
    return rest


def _contradicted(cell: Cell, um_per_px: float) -> set[CellClass]:
    """Size classes that the cell's equivalent diameter rules out; one that the border cuts may be of any size."""
    diameter_um = cell.mask.diameter * um_per_px
    contradicted = set()
    if diameter_um <= MACROCYTE_UM:
        contradicted.add(CellClass.MACROCYTE)
    if diameter_um >= MICROCYTE_UM or cell.touches_border:
        contradicted.add(CellClass.MICROCYTE)
    return contradicted


def shown_class(
    cell: Cell,
    prediction: Prediction | None,
    *,
    calibration: Calibration | None,
    quality: FieldQuality | None,
) -> CellClass | None:
    """The class a cell counts as: the reviewed one, else the predicted one, else None.

    A cell that the field's edge cuts has none unless a person gives it one: half of a cell has another shape. Nor has
    one whose class the field doesn't let be seen (`not_assessable`).

    Args:
        cell: the cell.
        prediction: the prediction for its present mask, or None.
        calibration: of the cell's field; without one no size class is predicted.
        quality: what the field's image shows, None while unknown.
    """
    withheld = withheld_classes(calibration=calibration, quality=quality)
    return shown_unless_withheld(cell, prediction, calibration=calibration, quality=quality, withheld=withheld)


def shown_unless_withheld(
    cell: Cell,
    prediction: Prediction | None,
    *,
    calibration: Calibration | None,
    quality: FieldQuality | None,
    withheld: Container[CellClass],
) -> CellClass | None:
    """`shown_class`, for many cells of one field: `withheld` are the classes that it doesn't let be seen."""
    if cell.reviewed_class is not None:
        return cell.reviewed_class
    if prediction is None or not cell.is_counted:
        return None
    best = _most_probable(cell, prediction, calibration=calibration)
    if best is None or best in withheld or too_small(best, cell.mask.diameter, quality=quality):
        return None
    return best


def needs_review(
    cell: Cell,
    prediction: Prediction | None,
    *,
    calibration: Calibration | None,
    quality: FieldQuality | None,
    doubts: Sequence[str] = (),
) -> bool:
    """Whether a person should look: the cell is unconfirmed, and its class unsure or missing or its outline doubtful.

    A cell that isn't counted can wait: it changes no number. Nor is there anything to look at where the field doesn't
    let its class be seen: such cells are counted apart.
    """
    if cell.reviewed_class is not None or not cell.is_counted:
        return False
    if prediction is None or doubts:
        return True
    possible = _possible(cell, prediction, calibration=calibration)
    if not possible:
        return prediction.review_limit > 0
    best = _best(possible)  # where it isn't withheld it is also the best that may be claimed
    withheld = withheld_classes(calibration=calibration, quality=quality)
    if best in withheld or too_small(best, cell.mask.diameter, quality=quality):
        return False
    return possible[best] < prediction.review_limit


MEDIAN_NEEDS = 5
"""Complete cells of a field from which its median diameter is taken; with fewer the engine measures the image."""


class Outlined(Protocol):
    """Anything with a mask that may be cut by the edge."""

    @property
    def mask(self) -> CellMask:
        """Its pixels."""

    @property
    def touches_border(self) -> bool:
        """The image edge may cut it off."""


def median_diameter_px(cells: Iterable[Outlined]) -> float | None:
    """Median equivalent diameter of the cells that the field's edge doesn't cut, pixels; None for few."""
    diameters = [cell.mask.diameter for cell in cells if not cell.touches_border]
    return median(diameters) if len(diameters) >= MEDIAN_NEEDS else None
