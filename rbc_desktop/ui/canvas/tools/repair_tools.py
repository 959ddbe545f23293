"""Tools that mend masks: knife, brush, eraser, polygon, and two clicks that split."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from PySide6.QtCore import Qt

from ....domain.cells.mask import CellMask
from ....domain.geometry import Point
from ....language import mark, tr
from ....workflows.key_map import said
from ....workflows.outlines.repairing import Half, Outline, Reshape, Stroke, StrokeKind
from ..overlay.corners import corner_at, corners_of, side_at
from ..overlay.layers import Layers
from ..overlay.repair_item import NOTHING, RepairView
from ..picture.camera import Camera
from .brush_size import BrushSize
from .gestures import CellPicked, Gesture, HintChanged, ToolName
from .tools import MouseAt, Tool

CORNER_REACH_PX, SIDE_REACH_PX = 9.0, 5.0
"""How far from a corner or a side the mouse may go down to take it, logical pixels."""


class StrokeTool(Tool):
    """What tools share whose whole gesture is a line drawn with the button down."""

    cursor = Qt.CursorShape.CrossCursor
    by_keys = "stroke"

    def __init__(self, camera: Camera, layers: Layers, tell: Callable[[Gesture], None]) -> None:
        super().__init__(camera, layers, tell)
        self._way: list[Point] = []

    def press(self, at: MouseAt) -> None:
        super().press(at)
        self._way = [at.point]
        self.show(at)

    def move(self, at: MouseAt) -> None:
        super().move(at)
        if self.pressed is not None and at.point != self._way[-1]:
            self._way.append(at.point)
            self.show(at)

    def cancel(self) -> bool:
        self._way = []
        self.layers.repair.clear()
        return super().cancel()

    def show(self, at: MouseAt) -> None:
        """Show the line so far."""
        self.layers.repair.show_view(RepairView(tuple(self._way)))

    def take_way(self) -> tuple[Point, ...]:
        """The line, which is over with that."""
        way, self._way = tuple(self._way), []
        self.layers.repair.clear()
        return way


class KnifeTool(StrokeTool):
    """Drag across a cell: cut it."""

    name = ToolName.KNIFE
    hint = mark("Drag across a cell, edge to edge, to cut it in two · Esc drops")

    def click(self, at: MouseAt) -> None:
        self.take_way()

    def drop(self, start: MouseAt, at: MouseAt) -> None:
        self.tell(Stroke("knife", self.take_way()))


class BrushTool(StrokeTool):
    """Drag: paint; with the right button or Alt: erase. Alt+wheel changes the size."""

    name = ToolName.BRUSH
    uses_right_button = True
    kind: ClassVar[StrokeKind] = "brush"
    does = mark("over a cell's edge: extend it · around a missing one: draw it · right button: erase")

    def __init__(self, camera: Camera, layers: Layers, tell: Callable[[Gesture], None], *, size: BrushSize) -> None:
        super().__init__(camera, layers, tell)
        self._size = size

    @property
    def hint(self) -> str:  # type: ignore[override]
        """What the mouse does, and how large the brush is."""
        keys = " ".join(dict.fromkeys((said("["), said("]"))))
        return tr("{text} ({keys} or Alt+wheel) · {does}", text=self._size.text, keys=keys, does=tr(self.does))

    def click(self, at: MouseAt) -> None:
        self.drop(at, at)

    def drop(self, start: MouseAt, at: MouseAt) -> None:
        self.tell(Stroke(self._kind_of(start), self.take_way(), self._size.diameter_px))
        self.hover(at)

    def hover(self, at: MouseAt) -> None:
        self.layers.repair.show_view(RepairView(circle=at.point, diameter=self._size.diameter_px))

    def leave(self) -> None:
        if self.pressed is None:
            self.layers.repair.clear()

    def wheel(self, at: MouseAt, steps: int) -> bool:
        self._size.step(steps)
        self.refresh()
        self.tell(HintChanged(self.name))
        return True

    def refresh(self) -> None:
        circle = self.layers.repair.shown.circle
        if circle is not None:
            self.layers.repair.show_view(replace(self.layers.repair.shown, diameter=self._size.diameter_px))

    def show(self, at: MouseAt) -> None:
        takes = self.pressed is not None and self._kind_of(self.pressed) == "eraser"
        way, diameter = tuple(self._way), self._size.diameter_px
        self.layers.repair.show_view(RepairView(way, diameter, takes=takes, circle=at.point))

    def _kind_of(self, start: MouseAt) -> StrokeKind:
        return "eraser" if start.is_negative else self.kind


class EraserTool(BrushTool):
    """Drag: erase. Alt+wheel changes the size."""

    name = ToolName.ERASER
    kind: ClassVar[StrokeKind] = "eraser"
    does = mark("over what doesn't belong to a cell: erase it")


class SplitTool(Tool):
    """Click each half of a cell that is two."""

    name = ToolName.SPLIT
    cursor = Qt.CursorShape.CrossCursor
    hint = mark("Click each half of a cell that is two: the model parts them.")
    by_keys = "click"

    def click(self, at: MouseAt) -> None:
        if at.button == Qt.MouseButton.LeftButton and self.camera.is_in_field(at.point):
            self.tell(Half(at.point, self.layers.cell_at(at.point)))


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """The polygon of the selected cell.

    Attributes:
        cell_id, mask: of the cell.
        points: its corners.
    """

    cell_id: int
    mask: CellMask
    points: tuple[Point, ...]


class PolygonTool(Tool):
    """Click corners, or drag around a cell; drag a corner or side of the selected cell to move it."""

    name = ToolName.POLYGON
    cursor = Qt.CursorShape.CrossCursor
    by_keys = "click"
    uses_right_button = True

    def __init__(self, camera: Camera, layers: Layers, tell: Callable[[Gesture], None]) -> None:
        super().__init__(camera, layers, tell)
        self._draft: list[Point] = []
        self._way: list[Point] = []
        self._shape: Shape | None = None
        self._grip: int | None = None
        self._moved: tuple[Point, ...] = ()
        self._had_draft = False

    @property
    def hint(self) -> str:  # type: ignore[override]
        """What the mouse does."""
        if self._draft:
            return tr("Click the next corner · Enter closes · Backspace: last corner · Esc drops")
        return tr(
            "Drag around a cell, or click its corners, to draw it · drag a corner of the selected cell to move it"
        )

    @property
    def has_draft(self) -> bool:
        return bool(self._draft)

    # The mouse

    def press(self, at: MouseAt) -> None:
        super().press(at)
        self._way, self._moved, self._grip = [at.point], (), None
        points = tuple(self._draft) or self._corners()
        reach = CORNER_REACH_PX / self.camera.scale
        self._grip = corner_at(points, at.point, reach=reach)
        if self._grip is not None:
            self._moved = points
        elif not self._draft and not at.is_negative:
            side = side_at(points, at.point, reach=SIDE_REACH_PX / self.camera.scale)
            if side is not None:
                self._grip = side + 1
                self._moved = (*points[: side + 1], at.point, *points[side + 1 :])

    def move(self, at: MouseAt) -> None:
        if self.pressed is not None and at.point != self._way[-1]:
            self._way.append(at.point)
        super().move(at)

    def drag(self, start: MouseAt, at: MouseAt) -> None:
        if self._grip is not None:
            self._moved = (*self._moved[: self._grip], at.point, *self._moved[self._grip + 1 :])
            self._show(self._moved, closed=not self._draft, corners=True)
        elif not self._draft and not start.is_negative:
            self._show(tuple(self._way), closed=True, corners=False)

    def drop(self, start: MouseAt, at: MouseAt) -> None:
        if self._grip is not None and self._draft:
            self._draft = list(self._moved)
        elif self._grip is not None:
            self._reshape(self._moved)
        elif self._draft:
            self._draft.append(at.point)
        elif not start.is_negative:
            self.tell(Outline(tuple(self._way)))
        self._grip = None
        self.refresh()

    def click(self, at: MouseAt) -> None:
        grip, self._grip = self._grip, None
        if at.is_negative:
            self._take_away(grip)
        elif self._draft:
            if grip == 0:
                self.finish()
            elif grip is None:
                self._draft.append(at.point)
        elif grip is None:
            under = self.layers.cell_at(at.point)
            if under is not None:
                self.tell(CellPicked(under, adds=False))
            elif self.camera.is_in_field(at.point):
                self._draft = [at.point]
        self.refresh()

    def hover(self, at: MouseAt) -> None:
        if self._draft:
            self._show((*self._draft, at.point), closed=False, corners=True)

    # The keys

    def finish(self) -> bool:
        if not self._draft:
            return False
        if len(self._draft) >= 3:
            draft, self._draft = self._draft, []
            self.tell(Outline(tuple(draft)))
        self.refresh()
        return True

    def back(self) -> bool:
        if not self._draft:
            return False
        self._draft.pop()
        self.refresh()
        return True

    def cancel(self) -> bool:
        was_active = super().cancel()
        if not was_active and self._draft:
            self._draft, was_active = [], True
        self._way, self._moved, self._grip = [], (), None
        self.refresh()
        return was_active

    def put_away(self) -> None:
        self._draft, self._had_draft = [], False
        super().put_away()

    # What is shown

    def refresh(self) -> None:
        if self.pressed is not None:
            return
        if self.has_draft != self._had_draft:
            self._had_draft = self.has_draft
            self.tell(HintChanged(self.name))
        if self._draft:
            self._show(tuple(self._draft), closed=False, corners=True)
        else:
            corners = self._corners()
            self._show(corners, closed=True, corners=bool(corners))

    def _show(self, points: tuple[Point, ...], *, closed: bool, corners: bool) -> None:
        view = RepairView(points, closed=closed, corners=corners) if points else NOTHING
        self.layers.repair.show_view(view)

    def _corners(self) -> tuple[Point, ...]:
        """Corners of the one selected cell, none without. Those that were moved stay where the hand left them."""
        selected = self.layers.selected_cell
        if selected is None:
            self._shape = None
            return ()
        cell_id, mask = selected
        old = self._shape
        if old is None or old.cell_id != cell_id or old.mask is not mask:
            is_own = old is not None and old.cell_id == cell_id and bool(self._moved)
            self._shape = Shape(cell_id, mask, self._moved if is_own else corners_of(mask))
            self._moved = ()
            return self._shape.points
        return old.points

    def _reshape(self, after: tuple[Point, ...]) -> None:
        if self._shape is not None:
            self._moved = after
            self.tell(Reshape(self._shape.cell_id, self._shape.points, after))

    def _take_away(self, grip: int | None) -> None:
        """Remove the corner under the mouse."""
        if self._draft:
            self._draft.pop(-1 if grip is None else grip)
        elif grip is not None and self._shape is not None and len(self._shape.points) > 3:
            points = self._shape.points
            self._reshape((*points[:grip], *points[grip + 1 :]))
