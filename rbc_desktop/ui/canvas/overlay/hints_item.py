"""The layer of hints: rings around places where cells may have been missed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ....domain.cells.missed_places import MissedPlace
from .items import OverlayItem, rect_of
from .pens import DARK, HINT

_MARGIN = 0.12
"""A ring is so much wider than its place, to each side."""


class HintsItem(OverlayItem):
    """Dashed rings; the one that was gone to last is drawn stronger."""

    def __init__(self) -> None:
        super().__init__()
        self._places: tuple[MissedPlace, ...] = ()
        self._current: MissedPlace | None = None

    def show_places(self, places: Sequence[MissedPlace]) -> None:
        """Show exactly these."""
        self.prepareGeometryChange()
        self._places = tuple(places)
        if self._current not in self._places:
            self._current = None
        self.update()

    def emphasise(self, place: MissedPlace | None) -> None:
        """Draw this one stronger."""
        self._current = place
        self.update()

    @property
    def current(self) -> MissedPlace | None:
        """The stronger one."""
        return self._current

    @property
    def places(self) -> tuple[MissedPlace, ...]:
        """What is shown."""
        return self._places

    def boundingRect(self) -> QRectF:
        """All rings, with room for their pens."""
        rect = QRectF()
        for place in self._places:
            rect = rect.united(_ring(place))
        return self._grown(rect) if self._places else rect

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw the rings that are in view, on a dark line so that they stand out on any stain."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        reach = self._grown(option.exposedRect)
        for place in self._places:
            ring = _ring(place)
            if not ring.intersects(reach):
                continue
            width = 3.0 if place is self._current else 2.0
            under = QColor(DARK)
            under.setAlpha(190)
            painter.setPen(self.screen_pen(under, width + 2.0))
            painter.drawEllipse(ring)
            painter.setPen(self.screen_pen(HINT, width, Qt.PenStyle.DashLine))
            painter.drawEllipse(ring)


def _ring(place: MissedPlace) -> QRectF:
    """The ellipse around a place, a little wider than its box."""
    rect = rect_of(place.mask.box)
    wide, high = _MARGIN * rect.width() + 2, _MARGIN * rect.height() + 2
    return rect.adjusted(-wide, -high, wide, high)
