"""Tools that measure freely: a length by two points, an angle by three."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt

from ....domain.geometry import Point
from ....language import mark, tr
from ....workflows.viewing.measuring import MeasureDropped, PointsPlaced
from ..overlay.layers import Layers
from ..picture.camera import Camera
from .gestures import Gesture, HintChanged, ToolName
from .tools import MouseAt, Tool, straight_end


class LengthTool(Tool):
    """Drag, or click both ends; with Shift the line is level or upright. A right click on a measure removes it."""

    name = ToolName.LENGTH
    cursor = Qt.CursorShape.CrossCursor
    uses_right_button = True
    needs: ClassVar[int] = 2
    begin = mark("Drag a line, or click both ends · Shift: level or upright")
    go_on = mark("Click the other end")

    def __init__(self, camera: Camera, layers: Layers, tell: Callable[[Gesture], None]) -> None:
        super().__init__(camera, layers, tell)
        self._placed: tuple[Point, ...] = ()

    @property
    def hint(self) -> str:  # type: ignore[override]
        """What the mouse does."""
        if self._placed:
            return tr("{go_on} · Backspace: last point · Esc drops", go_on=tr(self.go_on))
        return tr("{begin} · right click or Backspace: remove", begin=tr(self.begin))

    @property
    def has_draft(self) -> bool:
        return bool(self._placed)

    def click(self, at: MouseAt) -> None:
        if not at.is_negative:
            self.place(self._end(at))
        elif self._placed:
            self.back()
        elif (index := self.layers.measures.at(at.point)) is not None:
            self.tell(MeasureDropped(index))

    def drag(self, start: MouseAt, at: MouseAt) -> None:
        if not start.is_negative:
            self.layers.measures.show_draft((*(self._placed or (start.point,)), self._end(at)))

    def drop(self, start: MouseAt, at: MouseAt) -> None:
        if start.is_negative:
            self.click(start)
            return
        if not self._placed:
            end = straight_end(start.point, at)
            self._become((start.point,))
            self.place(end)
        else:
            self.place(self._end(at))

    def hover(self, at: MouseAt) -> None:
        self.aim(self._end(at))

    def aim(self, point: Point) -> None:
        if self._placed:
            self.layers.measures.show_draft((*self._placed, point))

    def place(self, point: Point) -> bool:
        placed = (*self._placed, point)
        self._become(placed if len(placed) < self.needs else ())
        if len(placed) == self.needs:
            self.tell(PointsPlaced(placed, self.camera.scale))
        return True

    def back(self) -> bool:
        if self._placed:
            self._become(self._placed[:-1])
        elif self.layers.measures.shown:
            self.tell(MeasureDropped(-1))
        else:
            return False
        return True

    def cancel(self) -> bool:
        was_active = super().cancel() or bool(self._placed)
        self._become(())
        return was_active

    def _end(self, at: MouseAt) -> Point:
        return straight_end(self._placed[-1], at) if self._placed else at.point

    def _become(self, placed: tuple[Point, ...]) -> None:
        changes = bool(placed) != bool(self._placed)
        self._placed = placed
        self.layers.measures.show_draft(placed)
        if changes:
            self.tell(HintChanged(self.name))


class AngleTool(LengthTool):
    """Click a point on one arm, the corner, and a point on the other arm."""

    name = ToolName.ANGLE
    needs: ClassVar[int] = 3
    begin = mark("Click one side, the corner, the other side")
    go_on = mark("Click the corner, then the other side")
