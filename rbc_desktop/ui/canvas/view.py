"""The canvas: the field, its cells and the tools. Values come in, signals go out; it knows neither engine nor case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Slot
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

from ...domain.cells.mask import CellMask
from ...domain.fields.calibration import Calibration
from ...domain.geometry import Box, Point
from ...language import tr
from ...ports import RegionReader, RgbImage
from .canvas_signals import CanvasSignals
from .overlay.items import ProposalView
from .overlay.layers import Layers
from .overlay.shapes import CellView
from .picture.camera import Camera
from .picture.scale_bar import ScaleBar
from .picture.view_state import ZOOM_STEP, FieldViewState
from .tools.gestures import ToolName
from .tools.input_router import InputRouter


class FieldCanvas(CanvasSignals):
    """Shows one field with its cells, the open proposal and the hover preview. Positions are field pixels.

    The camera decides what is in view, the input router what events mean; the canvas itself passes on.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        scene = QGraphicsScene()
        super().__init__(scene, parent)
        scene.setParent(self)
        self.layers = Layers(scene)
        self.camera = Camera(self)
        self.scale_bar = ScaleBar(self)
        self.input = InputRouter(self, camera=self.camera, layers=self.layers, tell=self.tell)
        self._calibration: Calibration | None = None
        self._to_reveal: tuple[int, ...] = ()
        self._closely = False
        self.camera.moved.connect(self._follow_camera)
        self.camera.zoom_changed.connect(self.zoom_changed)
        self.camera.visible_changed.connect(self.visible_changed)
        self._set_up_view()
        self.set_background(QColor("#DFE2E6"))
        self.setAccessibleName(tr("Smear"))
        self.setAccessibleDescription(
            tr(
                "The field with the outlines of its cells. Arrow keys move the image under a crosshair, with Shift in "
                "small steps; full stop marks the cell under the crosshair, comma says that this is not part of it. "
                "The table beside it lists every cell."
            )
        )

    def _set_up_view(self) -> None:
        """The camera alone moves the view, and events come to the canvas alone."""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        # The window takes dropped files; a graphics view would swallow them.
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)

    # What is shown

    @property
    def field_id(self) -> int | None:
        """The field on show."""
        return self.camera.field_id

    def show_field(self, field_id: int, pixels: RgbImage) -> None:
        """Show a field ``(H, W, 3)`` uint8 RGB as it was last looked at, else fitted. Cells come separately."""
        self._show(field_id, pixels=pixels, slide=None, size=(pixels.shape[1], pixels.shape[0]))

    def show_slide(self, field_id: int, reader: RegionReader) -> None:
        """Show a field that is too large for the memory: its tiles are read in the background as they come into view.

        Args:
            field_id: of the field; its view is remembered as that of any other.
            reader: reads regions from any thread, each from the fitting level.
        """
        self._show(field_id, pixels=None, slide=reader, size=(reader.width, reader.height))

    def _show(
        self, field_id: int, *, pixels: RgbImage | None, slide: RegionReader | None, size: tuple[int, int]
    ) -> None:
        self.clear_overlays()
        self.layers.field.set_pixels(pixels)
        self.layers.slide.show_slide(slide)
        self.layers.cells.set_field_size(*size)
        self.camera.open_field(field_id, size=size)

    @Slot()
    def clear_field(self) -> None:
        """Show nothing."""
        self.clear_overlays()
        self.layers.field.set_pixels(None)
        self.layers.slide.show_slide(None)
        self.scale_bar.hide()
        self.camera.close_field()

    def set_cells(self, cells: Sequence[CellView]) -> None:
        """Show exactly these cells; zoom and position stay, and what looks the same isn't drawn again."""
        self.update_cells(cells, gone=self.layers.cells.index.ids.difference(cell.id for cell in cells))

    def update_cells(self, cells: Sequence[CellView], *, gone: Iterable[int] = ()) -> None:
        """Show these cells besides the others, each anew if it is shown already; those in `gone` no longer."""
        self.layers.cells.update_cells(cells, gone=gone)
        self.input.tool.refresh()
        self._tell_cells()
        if self._to_reveal and self.field_id is not None:
            self.reveal(self._to_reveal, closely=self._closely)

    @Slot(object)
    def set_selection(self, ids: Iterable[int]) -> None:
        """Emphasise these cells."""
        self.layers.cells.set_selected(frozenset(ids))
        self.input.tool.refresh()

    def set_proposal(self, proposal: ProposalView | None, *, candidates: int = 0) -> None:
        """Show the open proposal, or none; with several candidates Tab cycles them instead of moving the focus."""
        self.input.offers_candidates = candidates > 1
        self.layers.proposal.show_proposal(proposal)

    def set_hover_preview(self, mask: CellMask | None) -> None:
        """Show what a click would outline, or nothing."""
        self.layers.hover.show_mask(mask)

    @property
    def hover_preview(self) -> CellMask | None:
        """The preview on show."""
        return self.layers.hover.mask

    @Slot(bool)
    def set_overlay_visible(self, visible: bool) -> None:
        """Show or hide cells and preview. Hidden cells can't be clicked."""
        self.layers.set_overlay_visible(visible)

    @property
    def overlay_visible(self) -> bool:
        """Whether cells are shown."""
        return self.layers.cells.isVisible()

    def set_overlay_opacity(self, opacity: float) -> None:
        """How strongly the cells are drawn, 0 to 1."""
        self.layers.cells.setOpacity(min(max(opacity, 0.0), 1.0))

    def set_background(self, colour: QColor) -> None:
        """The colour around the field."""
        self.setBackgroundBrush(colour)

    def set_calibration(self, calibration: Calibration | None) -> None:
        """Show the scale bar for this scale, or none."""
        self._calibration = calibration
        self.input.brush.um_per_px = None if calibration is None else calibration.um_per_px
        self._place_scale_bar()

    def cell_at(self, point: Point) -> int | None:
        """The accepted cell under a field position, the smallest of several; None while outlines are hidden."""
        return self.layers.cell_at(point)

    def clear_overlays(self) -> None:
        """Show the picture alone."""
        self.layers.cells.set_cells(())
        self.layers.hints.show_places(())
        self.input.cancel()
        self.set_proposal(None)
        self.layers.hover.show_mask(None)

    # What is in view

    @property
    def zoom(self) -> float:
        """Screen pixels per image pixel."""
        return self.camera.zoom

    @property
    def view_state(self) -> FieldViewState:
        """How the field is shown now."""
        return self.camera.view_state

    @property
    def visible_box(self) -> Box | None:
        """The part of the field that is in view."""
        return self.camera.visible_box

    def to_field(self, view: QPointF | QPoint) -> Point:
        """The field position under a logical canvas pixel."""
        return self.camera.to_field(view)

    def to_view(self, point: Point) -> QPointF:
        """The logical canvas pixel over a field position."""
        return self.camera.to_view(point)

    @Slot()
    def fit(self) -> None:
        """Show the whole image; it stays fitted until it is zoomed or moved."""
        self.camera.fit()

    @Slot()
    def actual_size(self) -> None:
        """One image pixel on one screen pixel."""
        self.camera.set_zoom(1.0)

    @Slot()
    def zoom_in(self) -> None:
        """One step closer."""
        self.camera.set_zoom(self.zoom * ZOOM_STEP)

    @Slot()
    def zoom_out(self) -> None:
        """One step back."""
        self.camera.set_zoom(self.zoom / ZOOM_STEP)

    def set_zoom(self, zoom: float, *, at: QPointF | None = None) -> None:
        """Zoom so that the field position under `at` (logical canvas pixels; the middle without) stays there."""
        self.camera.set_zoom(zoom, at=at)

    def pan_by(self, dx: int, dy: int) -> None:
        """Move the image by logical pixels."""
        self.camera.pan_by(dx, dy)

    @Slot()
    def forget_views(self) -> None:
        """Forget how fields were looked at, e.g. when another case is opened."""
        self.camera.forget_views()

    def reveal(self, ids: Sequence[int], *, closely: bool = False) -> None:
        """Bring cells into view by moving the image as little as possible; nothing moves when they are.

        Without a field it happens when one that has them is shown: its image may still be on its way.

        Args:
            ids: the cells.
            closely: zoom in as well, if they are shown too small to be judged.
        """
        box = self.layers.cells.box_of(ids) if self.field_id is not None else None
        self._to_reveal, self._closely = (tuple(ids), closely) if box is None else ((), False)
        if box is None:
            return
        if closely:
            self.camera.approach(box)
        else:
            self.camera.reveal(box)

    @Slot()
    def _follow_camera(self) -> None:
        """Keep on the screen what keeps its size there."""
        for item in self.layers.overlays:
            item.set_zoom(scale=self.camera.scale, ratio=self.devicePixelRatioF())
        self._tell_cells()
        self._place_scale_bar()

    def _tell_cells(self) -> None:
        box = self.camera.visible_box if self.field_id is not None else None
        if box is not None:
            self.layers.cells.set_visible(box)
            self.layers.slide.set_view(box, zoom=self.zoom)

    def _place_scale_bar(self) -> None:
        calibration = self._calibration if self.field_id is not None else None
        self.scale_bar.show_scale(calibration, scale=self.camera.scale)

    # What the user says

    @property
    def tool(self) -> ToolName:
        """The tool that the user chose."""
        return self.input.tool.name

    @property
    def tool_hint(self) -> str:
        """What the mouse does with this tool."""
        return tr(self.input.tool.hint)

    def set_tool(self, name: ToolName) -> None:
        """Take another tool; an open proposal stays."""
        if self.input.take(name):
            self.tool_changed.emit(name)

    # Events, passed on

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A button went down."""
        self.input.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The mouse moved."""
        self.input.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A button went up."""
        self.input.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A button went down for the second time."""
        self.input.double_click(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The cursor left."""
        super().leaveEvent(event)
        self.input.leave()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right button, or the menu key."""
        self.input.context_menu(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel, or two fingers."""
        self.input.wheel(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """A pinch; all else takes its usual way."""
        is_taken = isinstance(event, QNativeGestureEvent) and self.input.pinch(event)
        return is_taken or super().viewportEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tab before the focus moves; all else takes its usual way."""
        is_taken = isinstance(event, QKeyEvent) and self.input.tab(event)
        return is_taken or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key went down."""
        self.input.key_press(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A key went up."""
        self.input.key_release(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A key or button that goes up elsewhere is never heard of here."""
        super().focusOutEvent(event)
        self.input.pan_for_now(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The canvas has another size."""
        super().resizeEvent(event)
        self.camera.follow_size(event.oldSize())
        self._place_scale_bar()
        self.input.crosshair.centre_on(QPointF(self.rect().center()))

    def changeEvent(self, event: QEvent) -> None:
        """The window may have come to a display of another pixel density."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.camera.follow_density()
