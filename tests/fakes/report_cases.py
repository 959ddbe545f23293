"""Cases for the report tests, with masks and pixels from the renderer and chosen classes."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from rbc_desktop.domain.case.case import Case, Field, Identity
from rbc_desktop.domain.cells.cell import Cell, CellAnalysis, Measurements, Prediction
from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.cells.prompts import PromptSet
from rbc_desktop.domain.classes.taxonomy import BUILT_IN, CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.imaging.cells.measure import measure_many
from rbc_desktop.reports.summary.summary import ReportContext
from training.renderer import Kind, RenderedField, render_field, scatter

CONTEXT = ReportContext(
    app_version="0.1.0",
    generated=datetime(2026, 3, 5, 14, 7, tzinfo=UTC),
    segmenter="compact-sam2 1.0 (ab12cd34)",
    classifier="rbc-lightgbm 1.0 (12ab34cd)",
    device="cpu",
)
SCALE = Calibration(0.19, "line", "10 µm over 52.6 px")


def drawn_field(kinds: list[Kind], *, width: int = 640, height: int = 480, seed: int = 1) -> RenderedField:
    """A rendered field of these cells, 39 px across like the training fields."""
    specs = scatter(kinds, width=width, height=height, diameter=39, rng=np.random.default_rng(seed))
    return render_field(specs, width=width, height=height, seed=seed)


def add_field(
    case: Case, drawn: RenderedField, *, name: str = "field.png", calibration: Calibration | None = SCALE
) -> Field:
    """Add a rendered field and its cells, measured for real and predicted as what was drawn (probability 0.9)."""
    height, width = drawn.rgb.shape[:2]
    field = Field(case.next_field_id, Path("/data") / name, "0" * 64, width, height, calibration)
    case.next_field_id += 1
    case.fields[field.id] = field
    measured = measure_many(drawn.rgb, [c.mask for c in drawn.cells])
    for rendered, measurements in zip(drawn.cells, measured, strict=True):
        prediction = certain(rendered.spec.kind.cell_class, probability=0.9)
        add_cell(case, field, rendered.mask, prediction=prediction, measurements=measurements)
    return field


def add_cell(case, field, mask: CellMask, *, prediction=None, measurements=None, reviewed=None) -> Cell:
    """Add one cell; without measurements it has no analysis."""
    touches = mask.touches_border(width=field.width, height=field.height)
    cell = Cell(
        case.next_cell_id, field.id, mask, PromptSet.click(1, 1), 0.95, touches, reviewed_class=reviewed,
        segmenter=CONTEXT.segmenter,
    )  # fmt: skip
    case.next_cell_id += 1
    case.cells[cell.id] = cell
    if measurements is not None:
        case.analyses[cell.id] = CellAnalysis(cell.id, 1, measurements, prediction)
    return cell


def certain(cell_class: CellClass, *, probability: float) -> Prediction:
    """A prediction that gives this class the probability and spreads the rest evenly."""
    others = [c for c in BUILT_IN if c is not cell_class]
    rest = dict.fromkeys(others, (1 - probability) / len(others))
    return Prediction({cell_class: probability, **rest}, 1, "rbc-lightgbm 1.0 (12ab34cd)", 0.6)


def small_case() -> tuple[Case, RenderedField]:
    """One calibrated field with a handful of kinds and an identity that isn't ASCII."""
    kinds = [Kind.NORMAL] * 12 + [Kind.TARGET_CELL] * 4 + [Kind.TEARDROP] * 2 + [Kind.MACROCYTE, Kind.PLATELET]
    case = Case(identity=Identity(sample_id="S-0042", patient="Zoë Łukasiewicz", laboratory="Лаборатория 3"))
    drawn = drawn_field(kinds)
    add_field(case, drawn, name="smear µ 1.png")
    return case, drawn


def disc(x: int, y: int, radius: int = 10) -> CellMask:
    """A round mask around a pixel."""
    ys, xs = np.mgrid[: 2 * radius + 1, : 2 * radius + 1]
    return CellMask.from_array((xs - radius) ** 2 + (ys - radius) ** 2 <= radius**2, x0=x - radius, y0=y - radius)


def measured(diameter: float = 20.0) -> Measurements:
    """Plausible measurements of a cell of this diameter."""
    return Measurements(314.0, 63.0, diameter, 21.0, 19.0, 0.98, 1.1, 0.99, 0.33, 0.44, 0.4)


def read_csv(path):
    """Its rows, as another reader than the one that wrote it reads them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
