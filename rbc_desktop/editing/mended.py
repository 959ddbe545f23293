"""The cells that another outline makes, by the segmenter or by hand, and steps of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from ..domain.case.case import Case, Field
from ..domain.case.changes import Change, DeleteCells, PutCells, Together
from ..domain.case.step_names import COUNT_AT_EDGE, LEAVE_OUT_AT_EDGE, REPLACING
from ..domain.cells.cell import Cell
from ..domain.cells.hand_edit import EditKind, Mended, Repair, with_edit
from ..domain.cells.prompts import PromptSet
from ..domain.cells.proposal import Proposal
from ..domain.classes.taxonomy import CellClass
from . import large_writes
from .while_painting import while_painting

OTHER_CELL: frozenset[EditKind] = frozenset({"cut", "merged", "split"})
"""After these the cell is another one, so what a person said of its class is void."""


def refined(old: Cell, proposal: Proposal, *, revision: int) -> Cell:
    """The cell with the outline that the segmenter offers; what hands did to the old one is gone with it."""
    return replace(
        old,
        mask=proposal.mask,
        prompts=proposal.prompts,
        score=proposal.score,
        touches_border=proposal.touches_border,
        segmenter=proposal.segmenter,
        mask_revision=revision,
        edits=(),
    )


def mended(case: Case, repair: Repair, *, next_revision: Callable[[Cell], int]) -> tuple[Cell, ...]:
    """The cells with the masks that a hand made, old and new ones; many on another thread, while the window is painted.

    Raises:
        KeyError: when the field, or a cell whose new mask it is, is gone.
    """
    wanted = {number for made in repair.masks for number in (made.cell_id, made.parent) if number is not None}
    # Looked up here: painting does so, too.
    known = {number: cell for number in (*wanted, *repair.used_up) if (cell := case.cells.get(number)) is not None}
    make = partial(_mended, repair, case.fields[repair.field_id], known, case.next_cell_id, next_revision)
    return while_painting(make) if len(repair.masks) >= large_writes.LARGE else make()


def _mended(
    repair: Repair, field: Field, known: Mapping[int, Cell], number: int, next_revision: Callable[[Cell], int]
) -> tuple[Cell, ...]:
    cells = []
    for made in repair.masks:
        touches = made.mask.touches_border(width=field.width, height=field.height)
        if made.cell_id is not None:
            old = known[made.cell_id]
            reviewed, revision = _class_of(known, made, old, repair), next_revision(old)
            cell = _redrawn(old, made, touches=touches, number=old.id, revision=revision, reviewed=reviewed)
        else:
            parent = None if made.parent is None else known.get(made.parent)
            if parent is None:
                parent = Cell(number, field.id, made.mask, PromptSet(), 0.0, touches, "by hand")
            cell = _redrawn(parent, made, touches=touches, number=number, revision=1, reviewed=None)
            number += 1
        cells.append(cell)
    return tuple(cells)


def mending(case: Case, repair: Repair, *, cells: tuple[Cell, ...]) -> tuple[str, Change, Change]:
    """The step that puts mended cells in place: text, change forward, change back. Cells that are gone stay away."""
    known = case.cells
    gone = tuple(known[i] for i in sorted({*repair.used_up, *repair.covered}) if i in known)
    before = [(c.id, known.get(c.id)) for c in cells]
    old = tuple(cell for _, cell in before if cell is not None)
    new = tuple(number for number, cell in before if cell is None)
    others = len(known.keys() & set(repair.covered))
    text = REPLACING(action=repair.text, count=others) if others else repair.text
    forward = Together((DeleteCells(tuple(c.id for c in gone)), PutCells(cells)))
    return text, forward, Together((DeleteCells(new), PutCells((*old, *gone))))


def edge_counting(cells: Sequence[Cell], *, include: bool) -> tuple[str, Change, Change]:
    """The step that counts cells which the field's edge cuts, or leaves them out: text, change forward, change back."""
    step = COUNT_AT_EDGE if include else LEAVE_OUT_AT_EDGE
    forward = PutCells(tuple(replace(c, edge_counted=include) for c in cells))
    return step(count=len(cells)), forward, PutCells(tuple(cells))


def _redrawn(
    cell: Cell, made: Mended, *, touches: bool, number: int, revision: int, reviewed: CellClass | None
) -> Cell:
    """The cell with this mask and the prompts that still agree with it, from which it may be refined.

    `dataclasses.replace` takes over twice as long for thousands.
    """
    points = tuple(p for p in cell.prompts.points if made.mask.contains(p.point) == p.positive)
    return Cell(
        id=number, field_id=cell.field_id, mask=made.mask, prompts=PromptSet(points=points), score=cell.score,
        touches_border=touches, origin=cell.origin, mask_revision=revision, reviewed_class=reviewed,
        edge_counted=cell.edge_counted and touches, segmenter=cell.segmenter, edits=with_edit(cell.edits, made.edit),
    )  # fmt: skip


def _class_of(known: Mapping[int, Cell], made: Mended, old: Cell, repair: Repair) -> CellClass | None:
    """The reviewed class after the repair: of merged cells the one that all of them have."""
    if made.edit.kind not in OTHER_CELL:
        return old.reviewed_class
    if made.edit.kind != "merged":
        return None
    said = {old.reviewed_class, *(known[i].reviewed_class for i in repair.used_up if i in known)}
    return said.pop() if len(said) == 1 else None
