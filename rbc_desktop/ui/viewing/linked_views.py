"""Two canvases that show the same length equally long and move together."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from ...domain.geometry import Point
from ...workflows.viewing.comparing import matching_scale, moved_along
from ..canvas.view import FieldCanvas

Scale = Callable[[], float | None]
"""µm per pixel of what a canvas shows, None without a scale."""


class LinkedViews(QObject):
    """While it is on, whatever moves one canvas moves the other.

    Args:
        first, second: the canvases.
        scales: of what they show.
        parent: Qt parent.
    """

    def __init__(
        self, first: FieldCanvas, second: FieldCanvas, *, scales: tuple[Scale, Scale], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._views, self._scales = (first, second), scales
        self._seen: list[tuple[int | None, Point]] = [(None, Point(0, 0)), (None, Point(0, 0))]
        self._is_on = self._follows = False
        self._room = second.viewport().size()
        first.camera.moved.connect(self._on_first)
        second.camera.moved.connect(self._on_second)

    def switch(self, on: bool) -> None:
        """Link them or let them go; linking shows the second one at the scale of the first."""
        self._is_on = on
        self._on_first()

    @Slot()
    def _on_first(self) -> None:
        self._lead(0)

    @Slot()
    def _on_second(self) -> None:
        """A person has moved it; what only fits or follows the room for it leads nobody, and follows the first."""
        second, room = self._views[1], self._room
        self._room = second.viewport().size()
        self._lead(1 if self._room == room and not second.view_state.fitted else 0)

    def _lead(self, index: int) -> None:
        """One canvas has moved: bring the other one along, unless one of them has just got another field."""
        leader, other = self._views[index], self._views[1 - index]
        before = self._seen[index]
        after = (leader.field_id, leader.camera.centre)
        self._seen[index] = after
        if not self._is_on or self._follows or None in (leader.field_id, other.field_id):
            return
        self._follows = True
        um, other_um = self._scales[index](), self._scales[1 - index]()
        scale = matching_scale(leader.camera.scale, um_per_px=um, other_um_per_px=other_um)
        if abs(scale / other.camera.scale - 1) > 1e-6:
            other.set_zoom(scale * other.devicePixelRatioF())
        if before[0] == after[0] and before[1] != after[1]:
            factor = leader.camera.scale / scale
            other.camera.centre_on(moved_along(other.camera.centre, before=before[1], after=after[1], factor=factor))
        self._seen[1 - index] = (other.field_id, other.camera.centre)
        self._follows = False
