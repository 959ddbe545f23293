"""What a stroke, an outline or a click of a repairing tool means for the cells of a field. Pure, no Qt.

- A stroke of the knife cuts the selected cell that it crosses, else the cell that it crosses most.
- A stroke of the brush extends the selected cell that it touches, else the cell on which it begins; elsewhere it draws
  a new cell. The eraser takes from the selected cell that it touches, else from the one it covers most.
- A closed outline is a new cell, or, where it outlines a cell again, that cell's new outline.
- A cell of which a mended one now covers more than half gives way to it, unless it did so before.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ...domain.arrays import FloatArray
from ...domain.case import step_names as names
from ...domain.case.case import Field
from ...domain.cells.cell import Cell
from ...domain.cells.hand_edit import EditKind, HandEdit, Mended, Repair
from ...domain.cells.mask import CellMask
from ...domain.cells.prompts import PromptPoint, PromptSet
from ...domain.geometry import Point
from ...errors import RepairError
from ...imaging.masks import mask_repair, strokes
from ...language import listed, plural, tr
from ...phrases import Template
from ...ports import RgbImage
from ..key_map import said
from .outlining import COVERED_SHARE, Keeping, keeping, replaced_text

StrokeKind = Literal["knife", "brush", "eraser"]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line that was drawn with the button down.

    Attributes:
        kind: the tool.
        points: its way, field pixels, at least one point.
        diameter: of brush or eraser, field pixels.
    """

    kind: StrokeKind
    points: tuple[Point, ...]
    diameter: float = 0.0


@dataclass(frozen=True, slots=True)
class Outline:
    """A closed outline that was drawn, field pixels; the first point isn't repeated."""

    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Reshape:
    """The outline of a cell with a corner moved, added or removed, field pixels."""

    cell_id: int
    before: tuple[Point, ...]
    after: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Half:
    """A click that marks one half of a cell that is two.

    Attributes:
        point: field pixels.
        cell_id: the cell under it, or None.
    """

    point: Point
    cell_id: int | None = None


RepairGesture = Stroke | Outline | Reshape | Half


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What is to be done, and what the user is told about what can't be seen.

    Attributes:
        repair: the step.
        note: one sentence, empty where the picture says it all.
    """

    repair: Repair
    note: str = ""

    def saying(self, *sentences: str) -> Plan:
        """The plan with these sentences after its note; empty ones are passed over."""
        return Plan(self.repair, " ".join(filter(None, (self.note, *sentences))))


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What a gesture meets.

    Attributes:
        field: the field on show.
        cells: its accepted cells.
        selected: ids of the selected cells, in this field or not.
    """

    field: Field
    cells: tuple[Cell, ...]
    selected: frozenset[int] = frozenset()

    @property
    def chosen(self) -> list[Cell]:
        """The selected cells of this field."""
        return [cell for cell in self.cells if cell.id in self.selected]

    @property
    def size(self) -> dict[str, int]:
        """Width and height of the field."""
        return {"width": self.field.width, "height": self.field.height}

    def at(self, point: Point) -> Cell | None:
        """The smallest cell under a point."""
        return min((c for c in self.cells if c.mask.contains(point)), key=lambda c: c.mask.area, default=None)


def on_stroke(scene: Scene, stroke: Stroke) -> Plan:
    """What a stroke does.

    Raises:
        RepairError: when it does nothing.
    """
    points = strokes.thinned(stroke.points)
    if stroke.kind == "knife":
        return _cut(scene, points)
    covered = strokes.stroke(points, diameter=stroke.diameter, **scene.size)
    if stroke.kind == "eraser":
        return _erase(scene, covered)
    return _brush(scene, covered, points=points, diameter=stroke.diameter)


def on_outline(scene: Scene, outline: Outline) -> Plan:
    """What a closed outline draws.

    Raises:
        RepairError: when there is no room for a cell in it.
    """
    return _draw(scene, strokes.polygon(strokes.thinned(outline.points, closed=True), **scene.size))


def on_reshape(scene: Scene, move: Reshape) -> Plan:
    """What moving a corner of a cell's outline does.

    Raises:
        RepairError: when the cell is gone, or nothing would change.
    """
    cell = next((c for c in scene.cells if c.id == move.cell_id), None)
    if cell is None:
        raise RepairError(tr("That cell is gone. Select another one."))
    redrawn = mask_repair.redrawn(cell.mask, move.before, move.after, **scene.size)
    plan = _reshaped(scene, cell, redrawn.mask, "reshaped", names.RESHAPE)
    return plan.saying(parted_text([cell.id] if redrawn.lost_px else []))


def merge(scene: Scene) -> Plan:
    """Make the selected cells one; the oldest keeps its number.

    Raises:
        RepairError: when they are fewer than two, lie apart, or in different fields.
    """
    cells = scene.chosen
    if len(cells) < len(scene.selected):
        raise RepairError(tr("The selected cells lie in different fields. Select cells that touch each other."))
    mask = mask_repair.merged([cell.mask for cell in cells])
    first, *others = cells
    ids = tuple(cell.id for cell in others)
    text = names.MERGE_TWO(first=first.id, second=ids[0]) if len(ids) == 1 else names.MERGE(count=len(cells))
    made = Mended(mask, HandEdit("merged", ids), first.id)
    return plan_of(scene, text, [made], before=cells, used_up=ids)


def parted_text(ids: Sequence[int]) -> str:
    """What the user is told of cells that lost a part."""
    if not ids:
        return ""
    return plural(
        "Only the largest part of cell {numbers} was kept. Undo with {key}; the knife makes two cells.",
        "Only the largest part of each of cells {numbers} was kept. Undo with {key}; the knife makes two cells of one.",
        len(ids), numbers=listed(map(str, ids)), key=said("Ctrl+Z"),
    )  # fmt: skip


# Two clicks


@dataclass(frozen=True, slots=True, eq=False)
class Splitting:
    """A cell that is being split by two clicks.

    Attributes:
        cell: the cell.
        points: the clicks so far, one or two.
        numbers: of the two requests to the model, once both clicks are there.
        answers: by number, what the model outlines there, None for nothing.
    """

    cell: Cell
    points: tuple[Point, ...]
    numbers: tuple[int, ...] = ()
    answers: tuple[tuple[int, CellMask | None], ...] = ()

    @property
    def prompts(self) -> tuple[PromptSet, PromptSet]:
        """One request for each half, with the other half's click as "not this"."""
        a, b = self.points
        return _prompt(a, b), _prompt(b, a)

    @property
    def is_answered(self) -> bool:
        """Whether the model has said all."""
        return bool(self.numbers) and len(self.answers) == len(self.numbers)


def on_half(scene: Scene, half: Half, *, so_far: Splitting | None) -> Splitting:
    """The split after a click on a half.

    Raises:
        RepairError: when no cell is meant.
    """
    if so_far is not None and len(so_far.points) == 1 and so_far.cell.mask.contains(half.point):
        return Splitting(so_far.cell, (*so_far.points, half.point))
    chosen = next((cell for cell in scene.chosen if cell.mask.contains(half.point)), None)
    cell = chosen or scene.at(half.point)
    if cell is None:
        raise RepairError(tr("Click once on each half of a cell that is two."))
    return Splitting(cell, (half.point,))


def split(scene: Scene, splitting: Splitting, *, pixels: RgbImage) -> Plan:
    """Two cells of one, once the model has answered.

    Args:
        scene: what there is.
        splitting: with both answers.
        pixels: of the field, ``(H, W, 3)`` uint8 RGB.

    Raises:
        RepairError: when the clicks don't tell two halves apart.
    """
    cell, (a, b), answers = splitting.cell, splitting.points, dict(splitting.answers)
    first, second = (answers[number] for number in splitting.numbers)
    halves = mask_repair.split(cell.mask, (a, first), (b, second), darkness=darkness(pixels, cell.mask))
    large, small = sorted(halves, key=lambda half: -half.area)
    made = Mended(large, HandEdit("split"), cell.id), Mended(small, HandEdit("split", (cell.id,)), parent=cell.id)
    return plan_of(scene, names.SPLIT(number=cell.id), made, before=[cell])


def darkness(pixels: RgbImage, mask: CellMask) -> FloatArray:
    """How much light a mask's box absorbs, ``(h, w)`` float32: the optical density but for a constant."""
    rows, columns = mask.crop.shape
    part = pixels[mask.y0 : mask.y0 + rows, mask.x0 : mask.x0 + columns].astype(np.float32).mean(axis=2)
    return np.asarray(-np.log(np.maximum(part, 2.0) / 255), np.float32)


def split_hint(splitting: Splitting) -> str:
    """What comes next, for the status line."""
    if len(splitting.points) < 2:
        return tr("Cell {number}: now click its other half. Esc drops.", number=splitting.cell.id)
    return tr("Splitting cell {number}…", number=splitting.cell.id)


# How


def _prompt(here: Point, there: Point) -> PromptSet:
    return PromptSet((PromptPoint(here.x, here.y), PromptPoint(there.x, there.y, positive=False)))


def _cut(scene: Scene, points: Sequence[Point]) -> Plan:
    line = strokes.stroke(points, diameter=0, **scene.size)
    cell = _most_covered(scene.chosen, line) or _most_covered(scene.cells, line)
    if cell is None:
        raise RepairError(tr("The stroke crosses no cell. Draw it across a cell, from edge to edge."))
    first, *others = mask_repair.cut(cell.mask, points)
    made = [Mended(first, HandEdit("cut"), cell.id)]
    made += [Mended(piece, HandEdit("cut", (cell.id,)), parent=cell.id) for piece in others]
    return plan_of(scene, names.CUT(number=cell.id), made, before=[cell])


def _brush(scene: Scene, covered: CellMask | None, *, points: Sequence[Point], diameter: float) -> Plan:
    cell = _most_covered(scene.chosen, covered) or scene.at(points[0])
    if cell is None or covered is None:
        if max(math.dist((p.x, p.y), (points[0].x, points[0].y)) for p in points) < diameter / 2:
            raise RepairError(tr("A click with the brush draws no cell. Drag around the cell, or paint all of it."))
        return _draw(scene, covered)
    return _reshaped(scene, cell, mask_repair.brushed(cell.mask, covered), "brushed", names.EXTEND)


def _erase(scene: Scene, covered: CellMask | None) -> Plan:
    cell = _most_covered(scene.chosen, covered) or _most_covered(scene.cells, covered)
    if cell is None or covered is None:
        raise RepairError(tr("The stroke misses every cell. Draw it over the part that doesn't belong to a cell."))
    left = mask_repair.erased(cell.mask, covered)
    return _reshaped(scene, cell, left.mask, "erased", names.ERASE).saying(
        parted_text([cell.id] if left.lost_px else [])
    )


def _draw(scene: Scene, mask: CellMask | None) -> Plan:
    cell, lost = mask_repair.drawn(mask)
    parts = tr("Only the largest part of what you drew is a cell: the rest is apart from it.") if lost else ""
    kept = keeping(cell, scene.cells)
    gone = tuple(each.id for each in kept.gone)
    if kept.cell is None:
        repair = Repair(names.DRAW(), scene.field.id, (Mended(cell, HandEdit("drawn")),), covered=gone)
        return Plan(repair, kept.sentence).saying(parts)
    made = Mended(cell, HandEdit("drawn"), kept.cell.id)
    note = kept.sentence or replaced_text(kept.cell.id)
    return Plan(Repair(names.DRAW_AGAIN(number=kept.cell.id), scene.field.id, (made,), covered=gone), note).saying(
        parts
    )


def _reshaped(scene: Scene, cell: Cell, mask: CellMask, kind: EditKind, step: Template) -> Plan:
    return plan_of(scene, step(number=cell.id), [Mended(mask, HandEdit(kind), cell.id)], before=[cell])


def plan_of(
    scene: Scene, text: str, made: Sequence[Mended], *, before: Sequence[Cell], used_up: tuple[int, ...] = ()
) -> Plan:
    """A step with the cells that give way to it."""
    gone = newly_covered([m.mask for m in made], before=before, cells=scene.cells)
    repair = Repair(text, scene.field.id, tuple(made), used_up, tuple(cell.id for cell in gone))
    return Plan(repair, Keeping(None, gone).sentence)


def newly_covered(masks: Sequence[CellMask], *, before: Sequence[Cell], cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """The other cells of which one of the masks covers more than half, and none of the cells before did."""
    mended = {cell.id for cell in before}
    boxes = np.array([(m.box.x0, m.box.y0, m.box.x1, m.box.y1) for m in masks])

    def gives_way(cell: Cell) -> bool:
        box = cell.mask.box
        meets = (boxes[:, 0] < box.x1) & (boxes[:, 2] > box.x0) & (boxes[:, 1] < box.y1) & (boxes[:, 3] > box.y0)
        if not meets.any():
            return False
        least = COVERED_SHARE * cell.mask.area
        now = any(masks[int(i)].intersection_area(cell.mask) > least for i in np.flatnonzero(meets))
        return now and not any(old.mask.intersection_area(cell.mask) > least for old in before)

    return tuple(cell for cell in cells if cell.id not in mended and gives_way(cell))


def _most_covered(cells: Iterable[Cell], covered: CellMask | None) -> Cell | None:
    if covered is None:
        return None
    shares = [(cell.mask.intersection_area(covered), cell) for cell in cells]
    return max((pair for pair in shares if pair[0]), key=lambda pair: pair[0], default=(0, None))[1]
