"""Carries out repairs by hand: on the shown field, each one step of undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from ...domain.cells.mask import CellMask
from ...editing.case_editor import CaseEditor
from ...editing.selection import Selection
from ...editing.while_painting import while_painting
from ...engine import jobs
from ...engine.engine import Engine
from ...errors import RbcError, RepairError
from ...ports import RgbImage
from ..notices import Notices
from . import repairing
from .field_work_controller import FieldWorkController
from .pixel_steps import by_a_pixel
from .repairing import Half, Outline, Plan, RepairGesture, Reshape, Scene, Splitting, Stroke

MANY = 100
"""Selected cells above which another thread decides: smoothing so many takes some 8 ms."""


class RepairingController(FieldWorkController):
    """What repairing tools and verbs do to the cells of the field on show."""

    changed = Signal()
    """A split began, goes on or ended."""

    def __init__(
        self, editor: CaseEditor, *, selection: Selection, engine: Engine, notices: Notices, parent: QObject
    ) -> None:
        super().__init__(editor, selection=selection, engine=engine, notices=notices, parent=parent)
        self._pixels: RgbImage | None = None
        self._splitting: Splitting | None = None
        editor.cells_removed.connect(self._on_cells)
        editor.cells_changed.connect(self._on_cells)

    @property
    def splitting(self) -> Splitting | None:
        """The cell that is being split by two clicks, or None."""
        return self._splitting

    @property
    def hint(self) -> str:
        """What comes next, empty when nothing is under way."""
        return "" if self._splitting is None else repairing.split_hint(self._splitting)

    def open_field(self, field_id: int, pixels: RgbImage) -> None:
        """Work on this field from now on; what is under way on another one is given up.

        Args:
            field_id: the field on show.
            pixels: ``(H, W, 3)`` uint8 RGB.
        """
        if field_id != self._field_id:
            self._become(None)
        self._field_id, self._pixels = field_id, pixels

    @Slot()
    def close_field(self) -> None:
        """Work on no field."""
        self._become(None)
        self._field_id = self._pixels = None

    # What the user does

    @Slot(object)
    def draw(self, gesture: RepairGesture) -> None:
        """A stroke or outline was drawn, or a half clicked."""
        match gesture:
            case Stroke():
                self._carry_out(lambda scene: repairing.on_stroke(scene, gesture))
            case Outline():
                self._carry_out(lambda scene: repairing.on_outline(scene, gesture))
            case Reshape():
                self._carry_out(lambda scene: repairing.on_reshape(scene, gesture))
            case Half():
                self._mark(gesture)

    def merge(self) -> None:
        """Make the selected cells one."""
        self._carry_out(repairing.merge)

    def grow(self) -> None:
        """Grow the selected cells by a pixel."""
        self._carry_out(lambda scene: by_a_pixel(scene, "grown"), select=False)

    def shrink(self) -> None:
        """Shrink the selected cells by a pixel."""
        self._carry_out(lambda scene: by_a_pixel(scene, "shrunk"), select=False)

    def smooth(self) -> None:
        """Smooth the outlines of the selected cells."""
        self._carry_out(lambda scene: by_a_pixel(scene, "smoothed"), select=False)

    def fill(self) -> None:
        """Fill the holes of the selected cells."""
        self._carry_out(lambda scene: by_a_pixel(scene, "filled"), select=False)

    def drop(self) -> bool:
        """Give a split up. Returns whether there was one."""
        was_open = self._splitting is not None
        self._become(None)
        return was_open

    # How

    def _scene(self) -> Scene | None:
        case = self._editor.case
        if self._field_id is None or self._field_id not in case.fields:
            return None
        cells = tuple(case.cells_of(self._field_id))
        return Scene(case.fields[self._field_id], cells, frozenset(self._selection.ids))

    def _carry_out(self, decide: Callable[[Scene], Plan], *, select: bool = True) -> None:
        scene = self._scene()
        if scene is None:
            return
        try:
            plan = while_painting(partial(decide, scene)) if len(scene.selected) > MANY else decide(scene)
            kept = self._editor.repair(plan.repair)
        except RepairError as refusal:
            self._notices.info(refusal.message, holds=self._notices.until_next_step())
        except RbcError as error:
            self._notices.error(error, holds=self._notices.until_next_step())
        else:
            if select:
                self._selection.set(kept)
            if plan.note:
                self._notices.did(plan.note)

    # Splitting

    def _mark(self, half: Half) -> None:
        scene = self._scene()
        if scene is None:
            return
        try:
            splitting = repairing.on_half(scene, half, so_far=self._splitting)
        except RepairError as refusal:
            self._notices.info(refusal.message, holds=self._notices.until_next_step())
            return
        if len(splitting.points) == 2:
            numbers = tuple(self._engine.submit_prompt(prompts).sequence for prompts in splitting.prompts)
            splitting = replace(splitting, numbers=numbers)
        else:
            self._selection.set((splitting.cell.id,))
        self._become(splitting)

    @Slot(object)
    def _on_answer(self, answer: jobs.ProposalReady) -> None:
        mask = answer.proposal.mask if answer.proposal is not None else None
        self._take(answer.ticket.sequence, mask)

    @Slot(object)
    def _on_failure(self, failure: jobs.Failure) -> None:
        """Without the model's word the density alone decides."""
        if failure.ticket is not None:
            self._take(failure.ticket.sequence, None)

    def _take(self, number: int, mask: CellMask | None) -> None:
        splitting, pixels = self._splitting, self._pixels
        if splitting is None or pixels is None or number not in splitting.numbers:
            return
        splitting = replace(splitting, answers=(*splitting.answers, (number, mask)))
        self._become(None if splitting.is_answered else splitting)
        if splitting.is_answered:
            self._carry_out(lambda scene: repairing.split(scene, splitting, pixels=pixels))

    @Slot(object)
    def _on_cells(self, ids: tuple[int, ...]) -> None:
        """A cell that became another one, or is gone, isn't split any more."""
        if self._splitting is not None and self._splitting.cell.id in ids:
            cell = self._editor.case.cells.get(self._splitting.cell.id)
            if cell is None or cell.mask is not self._splitting.cell.mask:
                self._become(None)

    def _become(self, splitting: Splitting | None) -> None:
        if splitting is not self._splitting:
            self._splitting = splitting
            self.changed.emit()
