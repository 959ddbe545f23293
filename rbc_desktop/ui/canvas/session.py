"""Connects the canvas with the case, the engine and the selection: everything that the window needs of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from ...domain.case.case import Field
from ...domain.cells.missed_places import MissedPlace
from ...domain.cells.prompts import PromptPoint
from ...domain.geometry import Box, Point
from ...editing.case_editor import CaseEditor
from ...editing.selection import Selection
from ...engine import jobs
from ...engine.engine import Engine
from ...ports import LoadedImage
from ...workflows.analysis.analysing_controller import AnalysingController
from ...workflows.analysis.missed_controller import MissedController
from ...workflows.notices import Notices
from ...workflows.outlines.outlining import PointClick
from ...workflows.outlines.outlining_controller import OutliningController
from ...workflows.outlines.repairing import RepairGesture
from ...workflows.outlines.repairing_controller import RepairingController
from .cell_feed import CellFeed
from .hover import HoverPreview
from .overlay.items import ProposalView
from .tools.gestures import ToolName
from .view import FieldCanvas


class CanvasSession(QObject):
    """Shows a field with its cells and lets the user work on it.

    Open a field with `show_field` once its image is in memory; close it when there is none to show.
    """

    hint_changed = Signal(str)
    """What the next click or key does, for the status line."""

    changed = Signal()
    """Whether a proposal is open, or cells may have been missed, may have changed."""

    def __init__(
        self,
        canvas: FieldCanvas,
        *,
        editor: CaseEditor,
        selection: Selection,
        engine: Engine,
        notices: Notices,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._canvas, self._editor, self._selection, self._engine = canvas, editor, selection, engine
        self._notices = notices
        self._hint = ""
        self._place: tuple[int, Point] | None = None
        self.work = AnalysingController(editor, engine=engine, notices=notices, parent=self)
        self.prompts = OutliningController(editor, selection=selection, engine=engine, notices=notices, parent=self)
        self.repairing = RepairingController(editor, selection=selection, engine=engine, notices=notices, parent=self)
        self.missed = MissedController(editor, engine=engine, analysing=self.work, notices=notices, parent=self)
        self.hover = HoverPreview(canvas, engine=engine, state=lambda: self.prompts.state, parent=self)
        self.feed = CellFeed(canvas, editor=editor, parent=self)
        self._connect()

    def _connect(self) -> None:
        editor, canvas = self._editor, self._canvas
        self.feed.fed.connect(self._on_fed)
        editor.file_replaced.connect(canvas.clear_field)
        editor.case_replaced.connect(self._leave_field)
        self._selection.changed.connect(canvas.set_selection)
        canvas.cell_clicked.connect(self._on_cell_clicked)
        canvas.cells_framed.connect(self._on_cells_framed)
        canvas.point_clicked.connect(self.prompts.click)
        canvas.box_drawn.connect(self.prompts.draw_box)
        canvas.accept_requested.connect(self.prompts.accept)
        canvas.drop_requested.connect(self._drop)
        canvas.repair_drawn.connect(self._on_repair)
        canvas.remove_point_requested.connect(self.prompts.remove_point)
        canvas.next_candidate_requested.connect(self.prompts.next_candidate)
        canvas.visible_changed.connect(self._on_visible)
        canvas.tool_changed.connect(self._on_tool)
        self.repairing.changed.connect(self._on_prompts)
        self.prompts.changed.connect(self._on_prompts)
        self.work.reopened.connect(self._on_reopened)
        self.missed.changed.connect(self._on_missed)
        self._engine.field_ready.connect(self._on_field_ready)

    @property
    def has_proposal(self) -> bool:
        """Whether something is begun: accept, drop and the other keys make sense."""
        begun = self.prompts.state.is_open or self.repairing.splitting is not None
        return begun or self._canvas.input.tool.has_draft

    @property
    def hint(self) -> str:
        """What the next click or key does."""
        return self._hint

    def show_field(self, field: Field, image: LoadedImage) -> None:
        """Show a field and point the engine at it. Showing it again brings its cells up to date."""
        if self._canvas.field_id != field.id:
            self.prompts.close_field()
            self._canvas.show_field(field.id, image.pixels)
        self.feed.bring_again()
        self.repairing.open_field(field.id, image.pixels)
        self.work.open(field, image)
        self._on_prompts()
        if self._place is not None and self._place[0] != field.id:
            self._place = None
        self._outline_place()

    @Slot(int, object)
    def outline_at(self, field_id: int, point: Point) -> None:
        """Outline the cell at a place of a field, now or as soon as the field is shown."""
        self._place = field_id, point
        self._outline_place()

    def _outline_place(self) -> None:
        if self._place is None or not self._place[0] == self._canvas.field_id == self.prompts.field_id:
            return
        if not self.feed.is_complete:  # there may be a cell at this place
            return
        point, self._place = self._place[1], None
        self.prompts.click(PointClick(point, cell_id=self._canvas.cell_at(point)))

    @Slot()
    def close_field(self) -> None:
        """Show nothing; an open proposal comes back with its field."""
        self._leave_field()
        self._canvas.clear_field()

    @Slot()
    def _leave_field(self) -> None:
        """Work on no field and show no cells; whether its picture stays is settled by the field that is shown next."""
        self.prompts.close_field()
        self.repairing.close_field()
        self.hover.start_field()
        self.work.close()
        self._canvas.clear_overlays()

    # Verbs for menus and shortcuts

    @Slot()
    def show_keys(self) -> None:
        """Name the keys in the hint as they are now."""
        self._on_prompts()

    @Slot()
    def show_next_missed(self) -> None:
        """Go to the next place where a cell may have been missed."""
        place = self.missed.next_place()
        if place is not None:
            self.show_missed(place)

    def show_missed(self, place: MissedPlace) -> None:
        """Go to a place where a cell may have been missed."""
        self._canvas.layers.hints.emphasise(place)
        self._canvas.camera.approach(place.mask.box)

    def show_missed_rings(self, shown: bool) -> None:
        """Ring those places, or don't."""
        self._canvas.layers.hints.setVisible(shown)

    # From canvas and case

    @Slot(object, bool)
    def _on_cell_clicked(self, cell_id: int | None, adds: bool) -> None:
        if cell_id is None:
            if not adds:
                self._selection.clear()
        elif adds:
            self._selection.toggle(cell_id)
        else:
            self._selection.set((cell_id,))

    @Slot(object, bool)
    def _on_cells_framed(self, ids: tuple[int, ...], adds: bool) -> None:
        if adds:
            self._selection.extend(ids)
        else:
            self._selection.set(ids)

    @Slot(object)
    def _on_repair(self, gesture: RepairGesture) -> None:
        """What is open is kept first, as when one goes on to the next cell: the stroke may be meant for it."""
        if self.prompts.state.is_open:
            self.prompts.accept()
        self.repairing.draw(gesture)

    @Slot()
    def _drop(self) -> None:
        if not self.repairing.drop():
            self.prompts.drop()

    @Slot(object)
    def _on_tool(self, tool: ToolName) -> None:
        if tool is not ToolName.SPLIT:
            self.repairing.drop()
        self._on_prompts()

    @Slot(object)
    def _on_visible(self, box: Box | None) -> None:
        self._engine.set_visible(box)

    @Slot()
    def _on_prompts(self) -> None:
        self._show_proposal()
        self.hover.refresh()
        prompting = self.prompts.state.is_open or self._canvas.tool in (ToolName.POINT, ToolName.BOX)
        text = self.repairing.hint or (self.prompts.hint if prompting else "") or self._canvas.tool_hint
        if text != self._hint:
            self._hint = text
            self.hint_changed.emit(text)
        self.changed.emit()

    def _show_proposal(self) -> None:
        state, splitting = self.prompts.state, self.repairing.splitting
        if splitting is not None:
            halves = tuple(PromptPoint(p.x, p.y) for p in splitting.points)
            self._canvas.set_proposal(ProposalView(halves, None, splitting.cell.mask, waiting=bool(splitting.numbers)))
            return
        if not state.is_open:
            self._canvas.set_proposal(None)
            return
        proposal, asked = state.proposal, state.prompts
        mask = proposal.mask if proposal is not None else None
        candidates = 0 if proposal is None or state.is_waiting else len(proposal.candidates)
        view = ProposalView(asked.points, asked.box, mask, waiting=state.is_waiting)
        self._canvas.set_proposal(view, candidates=candidates)

    @Slot()
    def _on_reopened(self) -> None:
        self.hover.start_field()
        self.repairing.drop()
        self._engine.set_visible(self._canvas.visible_box)
        if self.work.field_id is not None:
            self.prompts.open_field(self.work.field_id)
            self._outline_place()

    @Slot(object)
    def _on_field_ready(self, ready: jobs.FieldReady) -> None:
        if self._canvas.field_id is not None and self._canvas.field_id == self.work.field_id:
            self._canvas.layers.field.dim_outside(ready.view)

    @Slot()
    def _on_missed(self) -> None:
        self._canvas.layers.hints.show_places(self.missed.places if self._canvas.field_id is not None else ())
        self.changed.emit()

    @Slot()
    def _on_fed(self) -> None:
        self._canvas.set_selection(self._selection.held)
        self.hover.refresh()
        self._outline_place()
