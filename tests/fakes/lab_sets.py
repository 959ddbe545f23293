"""Training sets of drawn fields, written by the application's own export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from rbc_desktop.domain.case.case import Case, Field
from rbc_desktop.domain.cells.cell import Cell
from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.cells.prompts import PromptSet
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.reports.exchange.training_set import write_training_set
from training.renderer import Kind, RenderedField, render_field, scatter

SIZE = {"width": 640, "height": 480}
SCALE = Calibration(7.5 / 39, "typed")
KINDS = (Kind.NORMAL,) * 14 + (Kind.TARGET_CELL,) * 8 + (Kind.TEARDROP,) * 2 + (Kind.PLATELET,) * 6


def drawn(seed: int, kinds: Sequence[Kind] = KINDS) -> RenderedField:
    """One field of these cells, 39 px across."""
    specs = scatter(list(kinds), **SIZE, diameter=39, rng=np.random.default_rng(seed))
    return render_field(specs, **SIZE, seed=seed)


def write_set(
    folder: Path,
    seeds: Sequence[int],
    *,
    kinds: Sequence[Kind] = KINDS,
    called: Mapping[CellClass, CellClass | None] | None = None,
) -> Path:
    """A set of one case with a field for each seed.

    Every cell is reviewed as what was drawn, or as what the laboratory calls it instead; None leaves it unreviewed.
    """
    names = called or {}
    case, pixels = Case(), {}
    for seed in seeds:
        picture = drawn(seed, kinds)
        number = case.next_field_id
        case.next_field_id += 1
        case.fields[number] = Field(number, Path("/images") / f"{seed}.png", f"{seed:064d}", **SIZE, calibration=SCALE)
        pixels[number] = picture.rgb
        for rendered in picture.cells:
            drawn_as = rendered.spec.kind.cell_class
            _add(case, number, rendered.mask, names.get(drawn_as, drawn_as))
    write_training_set(folder, case, pixels=lambda field: pixels[field.id])
    return folder


def swapped_sets(folder: Path, *, cases: int = 4) -> list[Path]:
    """Sets of a laboratory that calls the drawn target cells stomatocytes, which the bundled booster can't know."""
    called = {CellClass.TARGET_CELL: CellClass.STOMATOCYTE}
    return [write_set(folder / f"case {n}", (10 * n + 1,), called=called) for n in range(cases)]


def _add(case: Case, field: int, mask: CellMask, reviewed: CellClass | None) -> None:
    touches = mask.touches_border(**SIZE)
    cell = Cell(case.next_cell_id, field, mask, PromptSet.click(1, 1), 0.9, touches, reviewed_class=reviewed)
    case.cells[cell.id] = cell
    case.next_cell_id += 1
