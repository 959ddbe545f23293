"""What a click means: the state of the cell that is being outlined, and the rules. Pure, no Qt.

One rule, without settings, that lets a technician go from cell to cell without touching the keyboard:

- A click on bare field starts a new cell there. A proposal that is open is thereby kept as a cell.
- A click inside the open proposal, or anywhere with Shift, says "this too": it refines.
- The right button, or Alt, says "not this": it always refines.
- A click on an accepted cell picks it, as selecting it alone does; further clicks refine it by the same rules.
- A box starts a new cell, unless it holds the middle of the open one, or fits the picked one: then it outlines that
  cell again.
- An outline that is kept takes the place of the accepted cells that it covers, or is a large part of.

Enter keeps the proposal, Esc drops it, Backspace takes back one click at a time, Tab shows the model's next candidate.
Each kept proposal is one step of undo. A click is never lost: what is left before the model has answered is kept when
it does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from ...domain.cells.cell import Cell
from ...domain.cells.mask import CellMask
from ...domain.cells.prompts import PromptPoint, PromptSet
from ...domain.cells.proposal import Proposal
from ...domain.geometry import Box, Point
from ...language import plural, tr
from ..key_map import said

SAME_CELL_IOU = 0.7
"""A new outline that covers an accepted cell this well is that cell again, not a second one on top of it: counts would
be wrong otherwise. Cells that merely overlap stay far below."""

SAME_BOX_IOU = 0.6
"""A box that fits the picked cell's own box this well outlines that cell again; less is another cell beside it, or one
of two that were taken for one."""

COVERED_SHARE = 0.5
"""An accepted cell of which a new outline covers more than this gives way to it."""

INSIDE_SHARE, PART_SHARE = 0.8, 0.3
"""So does one inside which the new outline lies (this share of the outline), if it makes up this share of the cell: one
of two cells that were taken for one. A platelet on a cell stays far below."""


@dataclass(frozen=True, slots=True)
class PointClick:
    """A click that marks a point.

    Attributes:
        point: field pixels.
        positive: on the cell; else beside it.
        extend: Shift was held: the point belongs to the open proposal wherever it lies.
        cell_id: the accepted cell under it, or None.
    """

    point: Point
    positive: bool = True
    extend: bool = False
    cell_id: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One set of prompts that went to the model, and its answer.

    Attributes:
        number: of the request; names it when the answer comes.
        prompts: what was asked.
        proposal: the answer, None while it is awaited.
    """

    number: int
    prompts: PromptSet
    proposal: Proposal | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Prompting:
    """The cell that is being outlined.

    Attributes:
        steps: one per click, in order; each asks with all prompts so far.
        cell: the accepted cell that is refined, or None for a new one.
    """

    steps: tuple[Step, ...] = ()
    cell: Cell | None = None

    @property
    def is_open(self) -> bool:
        """Whether something was asked that is neither kept nor dropped."""
        return bool(self.steps)

    @property
    def is_waiting(self) -> bool:
        """Whether the answer to the last click is still to come."""
        return bool(self.steps) and self.steps[-1].proposal is None

    @property
    def proposal(self) -> Proposal | None:
        """The latest answer, that of an earlier click while the last one waits."""
        return next((step.proposal for step in reversed(self.steps) if step.proposal is not None), None)

    @property
    def mask(self) -> CellMask | None:
        """The mask on show: of the latest answer, else of the picked cell."""
        if self.proposal is not None:
            return self.proposal.mask
        return self.cell.mask if self.cell is not None else None

    @property
    def prompts(self) -> PromptSet:
        """What further clicks add to."""
        if self.steps:
            return self.steps[-1].prompts
        return seed(self.cell) if self.cell is not None else PromptSet()

    def asked(self, number: int, prompts: PromptSet) -> Prompting:
        """The state after one more request."""
        return replace(self, steps=(*self.steps, Step(number, prompts)))

    def answered(self, number: int, proposal: Proposal | None) -> Prompting:
        """The state after an answer. Where the model saw no cell the click is taken back."""
        if proposal is None:
            return replace(self, steps=tuple(step for step in self.steps if step.number != number))
        return replace(
            self, steps=tuple(replace(s, proposal=proposal) if s.number == number else s for s in self.steps)
        )

    def renumbered(self, numbers: dict[int, int]) -> Prompting:
        """The same state after open requests were made again under new numbers."""
        return replace(self, steps=tuple(replace(s, number=numbers.get(s.number, s.number)) for s in self.steps))

    def without_last(self) -> Prompting:
        """The state before the last click."""
        return replace(self, steps=self.steps[:-1])

    def next_candidate(self) -> Prompting:
        """The state with the model's next candidate on show."""
        if not self.steps or (proposal := self.steps[-1].proposal) is None:
            return self
        return replace(self, steps=(*self.steps[:-1], replace(self.steps[-1], proposal=proposal.next_candidate())))


@dataclass(frozen=True, slots=True, eq=False)
class Refine:
    """Ask again about the open cell, with these prompts."""

    prompts: PromptSet


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """Keep what is open and ask about a new cell, with these prompts."""

    prompts: PromptSet


@dataclass(frozen=True, slots=True)
class Pick:
    """Keep what is open and take up an accepted cell; `also` is a point that refines it at once."""

    cell_id: int
    also: PromptPoint | None = None


@dataclass(frozen=True, slots=True)
class Nothing:
    """Do nothing, and say why."""

    reason: str


Move = Refine | Start | Pick | Nothing


def on_click(state: Prompting, click: PointClick) -> Move:
    """What a click means in this state (see the module's text)."""
    point = PromptPoint(click.point.x, click.point.y, click.positive)
    has_subject = state.is_open or state.cell is not None
    if not click.positive or click.extend:
        if has_subject:
            return Refine(with_point(state, point))
        if click.cell_id is not None:
            return Pick(click.cell_id, also=point)
        if not click.positive:
            return Nothing(tr("Click a cell first; then a right click says what is not part of it."))
    elif _is_inside(state, click):
        return Refine(with_point(state, point))
    elif click.cell_id is not None:
        return Pick(click.cell_id)
    return Start(PromptSet(points=(point,)))


def on_box(state: Prompting, box: Box) -> Move:
    """What a drawn box means in this state."""
    mask = state.mask
    means_it = state.is_open or (mask is not None and mask.box.iou(box) >= SAME_BOX_IOU)
    if mask is not None and means_it and box.contains(mask.centroid):
        # The box speaks for itself: it is drawn because the outline so far is wrong.
        return Refine(replace(state.prompts, points=(), mask=None).with_box(box))
    return Start(PromptSet(box=box))


def with_point(state: Prompting, point: PromptPoint) -> PromptSet:
    """The prompts so far and one more point, on top of the mask on show."""
    return state.prompts.with_mask(state.mask).with_point(point)


def seed(cell: Cell) -> PromptSet:
    """The prompts from which an accepted cell is refined: its own, or a point inside when it has none."""
    prompts = cell.prompts.with_mask(cell.mask)
    if not prompts.is_empty:
        return prompts
    inside = point_inside(cell.mask)
    return prompts.with_point(PromptPoint(inside.x, inside.y))


def point_inside(mask: CellMask) -> Point:
    """The mask's pixel centre that is nearest to its centre of mass."""
    ys, xs = np.nonzero(mask.crop)
    centre = mask.centroid
    nearest = int(np.argmin((xs + mask.x0 + 0.5 - centre.x) ** 2 + (ys + mask.y0 + 0.5 - centre.y) ** 2))
    return Point(mask.x0 + float(xs[nearest]) + 0.5, mask.y0 + float(ys[nearest]) + 0.5)


def same_cell(mask: CellMask, cells: Iterable[Cell]) -> Cell | None:
    """The accepted cell that a new mask outlines again, or None."""
    best = max(cells, key=lambda cell: cell.mask.iou(mask), default=None)
    return best if best is not None and best.mask.iou(mask) >= SAME_CELL_IOU else None


@dataclass(frozen=True, slots=True, eq=False)
class Keeping:
    """What keeping an outline does to the accepted cells.

    Attributes:
        cell: whose outline it becomes, or None for a new cell.
        gone: the cells that give way to it.
    """

    cell: Cell | None
    gone: tuple[Cell, ...] = ()

    @property
    def sentence(self) -> str:
        """What the user is told about cells that go, or an empty text."""
        if not self.gone:
            return ""
        return plural(
            "Cell {numbers} was replaced by the outline that covers the same place. Undo with {key}.",
            "Cells {numbers} were replaced by the outline that covers the same place. Undo with {key}.",
            len(self.gone), numbers=", ".join(str(cell.id) for cell in self.gone), key=said("Ctrl+Z"),
        )  # fmt: skip


def replaced_text(number: int) -> str:
    """What the user is told where the place that was outlined has a cell already."""
    return tr("That is cell {number}: its outline was replaced, not added twice.", number=number)


def keeping(mask: CellMask, cells: Iterable[Cell], *, refined: Cell | None = None) -> Keeping:
    """What becomes of the accepted cells of a field when this outline is kept; no place is counted twice.

    Args:
        mask: the outline.
        cells: the accepted cells of the field.
        refined: the one whose new outline it is, or None.
    """
    others = [cell for cell in cells if refined is None or cell.id != refined.id]
    cell = same_cell(mask, others) if refined is None else refined
    area = mask.area
    gone = (each for each in others if each is not cell and _gives_way(each.mask, mask, area=area))
    return Keeping(cell, tuple(gone))


def _gives_way(old: CellMask, new: CellMask, *, area: int) -> bool:
    common = old.intersection_area(new)
    if common == 0:
        return False
    share = common / old.area
    return share > COVERED_SHARE or (common >= INSIDE_SHARE * area and share >= PART_SHARE)


def hint(state: Prompting) -> str:
    """What the next click and key do, for the status line."""
    if state.is_waiting:
        return tr("Outlining…  You can go on: what you click is not lost.")
    if state.is_open and (proposal := state.proposal) is not None:
        count = len(proposal.candidates)
        parts = [
            tr("Enter keeps"), tr("Esc drops"), tr("right click: not this"), tr("Shift+click: this too"),
            tr("elsewhere: next cell"),
        ]  # fmt: skip
        if count > 1:
            parts.insert(0, tr("Tab: candidate {number} of {total}", number=proposal.index + 1, total=count))
        if proposal.cut:
            parts.insert(0, tr("may be incomplete"))
        if proposal.is_guess:
            parts.insert(0, tr("hardly a cell here: the outline is a guess"))
        return " · ".join(parts)
    if state.cell is not None:
        return tr(
            "Cell {number} · right click: not this · Shift+click: this too · {key}: delete · digit: class",
            number=state.cell.id, key=said("Del"),
        )  # fmt: skip
    return ""


def _is_inside(state: Prompting, click: PointClick) -> bool:
    """Whether a plain click means the cell at hand. A smaller cell on top of a picked one is picked instead."""
    if state.mask is None or not state.mask.contains(click.point):
        return False
    return state.is_open or (state.cell is not None and click.cell_id in (None, state.cell.id))
