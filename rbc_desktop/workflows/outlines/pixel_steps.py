"""Grow, shrink, smooth or fill the selected cells: steps by a pixel. Pure, no Qt."""

from __future__ import annotations

from typing import Literal

from ...domain.case import step_names as names
from ...domain.cells.cell import Cell
from ...domain.cells.hand_edit import HandEdit, Mended
from ...errors import RepairError
from ...imaging.masks import mask_repair
from ...imaging.masks.mask_repair import Rest
from ...language import plural, tr
from ...phrases import Template
from .repairing import Plan, Scene, parted_text, plan_of

PixelEdit = Literal["grown", "shrunk", "smoothed", "filled"]

PIXEL_STEPS: dict[PixelEdit, tuple[Template, Template]] = {
    "grown": names.GROW, "shrunk": names.SHRINK, "smoothed": names.SMOOTH, "filled": names.FILL,
}  # fmt: skip
"""What they are called on one cell, and on several."""


def by_a_pixel(scene: Scene, kind: PixelEdit) -> Plan:
    """Grow, shrink, smooth or fill the selected cells.

    Raises:
        RepairError: when none is selected here, or none would change.
    """
    cells = scene.chosen
    if not cells:
        raise RepairError(tr("Select a cell of this field first."))
    made: list[Mended] = []
    parted: list[int] = []
    refusals: list[RepairError] = []
    for cell in cells:
        try:
            rest = _pixel_edit(scene, cell, kind)
        except RepairError as refusal:
            refusals.append(refusal)
        else:
            made.append(Mended(rest.mask, HandEdit(kind), cell.id))
            parted += [cell.id] if rest.lost_px else []
    if not made:
        raise refusals[0]
    one, several = PIXEL_STEPS[kind]
    text = one(number=made[0].cell_id) if len(made) == 1 else several(count=len(made))
    return plan_of(scene, text, made, before=cells).saying(
        parted_text(parted), _left_out(len(scene.selected) - len(made))
    )


def _pixel_edit(scene: Scene, cell: Cell, kind: PixelEdit) -> Rest:
    last = cell.edits[-1] if cell.edits else None
    step = last.times if last is not None and last.kind == kind else 0
    match kind:
        case "grown":
            return mask_repair.grown(cell.mask, **scene.size, step=step)
        case "shrunk":
            return mask_repair.shrunk(cell.mask, **scene.size, step=step)
        case "smoothed":
            return mask_repair.smoothed(cell.mask, **scene.size)
        case "filled":
            return mask_repair.filled(cell.mask)


def _left_out(count: int) -> str:
    if not count:
        return ""
    return plural(
        "{count} selected cell stays as it is: the step can't change it, or it lies in another field.",
        "{count} selected cells stay as they are: the step can't change them, or they lie in other fields.",
        count,
    )
