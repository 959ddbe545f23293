"""All cells of the field as one scene item.

One item that draws in batches, by measurement (1,000 cells in view, 1400×900 px, one core): one path for all outlines
takes 700 ms, a polygon each 35 ms, an item each adds a Python call each; the sides of all outlines of a colour in one
`drawLines` take 12 to 18 ms. Only what is in view is drawn, and white casings only while few cells are.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ...domain.geometry import Box, Point
from .shapes import CellIndex, CellView, changed_ids, dash_segments, outline, segments, thin, union_box

CASED_UP_TO = 350
"""With more cells in view outlines have no white casing: they are small then, and a frame must stay short."""

CODES_FROM_PX = 44.0
"""Cells at least this long on the screen carry their two-letter code."""

FILLED_UP_TO = 200
"""With more cells selected only their outlines stand out: a fill costs as much as an outline."""

OUTLINE_PX, CASING_PX, SELECTED_PX, SELECTED_CASING_PX = 2.0, 3.6, 3.2, 6.4
_MARGIN_PX = 26.0
_COARSE_BELOW = 1.6
_BUILD_SECONDS = 0.008
_REVIEW_COLOUR = QColor("#FFB000")
_DARK = QColor(12, 16, 20)


@dataclass(slots=True)
class _Shape:
    """The outline of one cell, ready to draw: fine for a close look, coarse for many at once."""

    fine: list[QLineF]
    coarse: list[QLineF]
    polygon: QPolygonF
    mark: QPointF


class CellsItem(QGraphicsItem):
    """Outlines, codes and review marks of the cells, and the emphasis of the selected ones."""

    def __init__(self) -> None:
        super().__init__()
        self._views: dict[int, CellView] = {}
        self._shapes: dict[int, _Shape] = {}
        self._selected: frozenset[int] = frozenset()
        self._index = CellIndex({})
        self._tags: dict[tuple[str, str, float], QPixmap] = {}
        self._field = QRectF()
        self._todo: list[int] = []
        self._builder = QTimer()
        self._builder.setInterval(0)
        self._builder.timeout.connect(self._build_some)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    @property
    def index(self) -> CellIndex:
        """For finding cells by position."""
        return self._index

    @property
    def is_complete(self) -> bool:
        """Whether every outline is built; many are built in slices, so that the window never stalls."""
        return not self._todo

    def view(self, cell_id: int) -> CellView | None:
        """How a cell is shown, or None when there is no such cell."""
        return self._views.get(cell_id)

    def set_field_size(self, width: float, height: float) -> None:
        """The field's size in pixels, which bounds what is drawn."""
        self.prepareGeometryChange()
        self._field = QRectF(0, 0, width, height)

    def set_cells(self, views: Sequence[CellView]) -> None:
        """Show these cells; what looks the same is not drawn again."""
        changed = changed_ids(self._views, views)
        if not changed:
            return
        now = {view.id: view for view in views}
        for cell_id in changed:
            before, after = self._views.get(cell_id), now.get(cell_id)
            if after is None or (before is not None and before.mask is not after.mask) or cell_id not in self._shapes:
                self._shapes.pop(cell_id, None)
            self._update_box(view.mask.box for view in (before, after) if view is not None)
        self._views = now
        self._index = CellIndex({view.id: view.mask for view in views})
        self._selected &= now.keys()
        self._todo = [i for i in now if i not in self._shapes]
        self._build_some()

    def set_selected(self, ids: frozenset[int]) -> None:
        """Emphasise these cells."""
        ids = ids & self._views.keys()
        if ids != self._selected:
            self._update_box(self._views[i].mask.box for i in ids ^ self._selected if i in self._views)
            self._selected = ids

    @property
    def selected(self) -> frozenset[int]:
        """The emphasised cells."""
        return self._selected

    def at(self, point: Point) -> int | None:
        """The smallest cell whose mask holds the point."""
        return self._index.at(point)

    def box_of(self, ids: Sequence[int]) -> Box | None:
        """The box that holds these cells."""
        return union_box(self._views[i].mask for i in ids if i in self._views)

    def boundingRect(self) -> QRectF:
        """The field, and room for marks at its edges."""
        return self._field.adjusted(-_MARGIN_PX, -_MARGIN_PX, _MARGIN_PX, _MARGIN_PX)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw the cells that the exposed part touches."""
        ratio = painter.device().devicePixelRatioF() if painter.device() is not None else 1.0
        device = painter.deviceTransform()
        scale = float(np.hypot(device.m11(), device.m12())) / ratio
        reach = _MARGIN_PX / scale
        exposed = option.exposedRect.adjusted(-reach, -reach, reach, reach)  # type: ignore[attr-defined]
        box = Box(exposed.left(), exposed.top(), exposed.right(), exposed.bottom())
        seen = [int(i) for i in self._index.touching(box) if int(i) in self._shapes]
        if not seen:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_outlines(painter, [i for i in seen if i not in self._selected], scale)
        self._paint_selected(painter, [i for i in seen if i in self._selected], scale)
        self._paint_marks(painter, seen, scale=scale, ratio=ratio)

    def _lines(self, ids: Sequence[int], scale: float) -> dict[tuple[str, bool], list[QLineF]]:
        groups: dict[tuple[str, bool], list[QLineF]] = {}
        for i in ids:
            view, shape = self._views[i], self._shapes[i]
            lines = shape.fine if scale >= _COARSE_BELOW or view.dashed else shape.coarse
            groups.setdefault((view.colour, view.dashed), []).extend(lines)
        return groups

    def _paint_outlines(self, painter: QPainter, ids: list[int], scale: float) -> None:
        groups = self._lines(ids, scale)
        # The number of cells in the whole view decides, not that of the strip being painted: strips must look alike.
        if self._crowd(painter) <= CASED_UP_TO:
            painter.setPen(_pen(QColor(255, 255, 255, 215), CASING_PX))
            for lines in groups.values():
                painter.drawLines(lines)
        for (colour, _dashed), lines in groups.items():
            painter.setPen(_pen(QColor(colour), OUTLINE_PX))
            painter.drawLines(lines)

    def _paint_selected(self, painter: QPainter, ids: list[int], scale: float) -> None:
        groups = self._lines(ids, scale)
        if len(self._selected) <= FILLED_UP_TO:
            painter.setPen(Qt.PenStyle.NoPen)
            for i in ids:
                colour = QColor(self._views[i].colour)
                colour.setAlpha(48)
                painter.setBrush(colour)
                painter.drawPolygon(self._shapes[i].polygon)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(_pen(_DARK, SELECTED_CASING_PX + 2))
            for lines in groups.values():
                painter.drawLines(lines)
        painter.setPen(_pen(QColor("white"), SELECTED_CASING_PX))
        for lines in groups.values():
            painter.drawLines(lines)
        for (colour, _dashed), lines in groups.items():
            painter.setPen(_pen(QColor(colour), SELECTED_PX))
            painter.drawLines(lines)

    def _paint_marks(self, painter: QPainter, ids: list[int], *, scale: float, ratio: float) -> None:
        review = QPolygonF([self._shapes[i].mark for i in ids if self._views[i].needs_review])
        if not review.isEmpty():
            small = self._index.median_side * scale < CODES_FROM_PX / 2
            for colour, width in ((_DARK, 6.0 if small else 9.0), (_REVIEW_COLOUR, 4.0 if small else 6.0)):
                painter.setPen(_pen(colour, width, cap=Qt.PenCapStyle.RoundCap))
                painter.drawPoints(review)
        if self._index.median_side * scale < CODES_FROM_PX:
            return
        for i in ids:
            view = self._views[i]
            if view.code:
                tag = self._tag(view.code, view.colour, ratio)
                size = tag.deviceIndependentSize() / scale
                middle = view.mask.box.centre.x
                painter.drawPixmap(
                    QRectF(middle - size.width() / 2, view.mask.box.y1 - size.height() / 2, size.width(), size.height()),
                    tag,
                    QRectF(tag.rect()),
                )

    def _crowd(self, painter: QPainter) -> int:
        """How many cells the whole viewport shows."""
        scene, device = self.scene(), painter.deviceTransform().inverted()[0]
        views = scene.views() if scene is not None else []
        if not views:
            return len(self._views)
        area = views[0].mapToScene(views[0].viewport().rect()).boundingRect()
        del device
        return len(self._index.touching(Box(area.left(), area.top(), area.right(), area.bottom())))

    def _tag(self, code: str, colour: str, ratio: float) -> QPixmap:
        key = (code, colour, ratio)
        if key not in self._tags:
            self._tags[key] = code_tag(code, colour, ratio=ratio)
        return self._tags[key]

    def _build_some(self) -> None:
        """Build outlines for a few milliseconds, then let the window breathe."""
        end = time.perf_counter() + _BUILD_SECONDS
        built = []
        while self._todo and time.perf_counter() < end:
            view = self._views[self._todo.pop()]
            self._shapes[view.id] = _shape(view)
            built.append(view.mask.box)
        self._update_box(built)
        if self._todo and not self._builder.isActive():
            self._builder.start()
        elif not self._todo:
            self._builder.stop()

    def _update_box(self, boxes: object) -> None:
        """Repaint where cells changed; many at once as one rectangle."""
        whole: Box | None = None
        for box in boxes:  # type: ignore[attr-defined]
            whole = box if whole is None else whole.union(box)
        if whole is not None:
            reach = _MARGIN_PX
            self.update(QRectF(whole.x0, whole.y0, whole.width, whole.height).adjusted(-reach, -reach, reach, reach))


def code_tag(code: str, colour: str, *, ratio: float) -> QPixmap:
    """A small plate with the two letters, text black or white, whichever stands out more."""
    font = QFont()
    font.setPixelSize(11)
    font.setBold(True)
    pixmap = QPixmap(round(22 * ratio), round(15 * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    back = QColor(colour)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor("white"), 1))
    painter.setBrush(back)
    painter.drawRoundedRect(QRectF(0.5, 0.5, 21, 14), 4, 4)
    painter.setFont(font)
    painter.setPen(QColor("black" if _luminance(back) > 0.18 else "white"))
    painter.drawText(QRectF(0, 0, 22, 15), Qt.AlignmentFlag.AlignCenter, code)
    painter.end()
    return pixmap


def _luminance(colour: QColor) -> float:
    """Relative luminance of WCAG 2.2; above 0.179 black text has more contrast than white."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def _shape(view: CellView) -> _Shape:
    ring = outline(view.mask)
    fine = dash_segments(ring) if view.dashed else segments(ring)
    coarse = segments(thin(ring, tolerance=0.7))
    mark = ring[int(np.argmax(ring[:, 0] - ring[:, 1]))]
    return _Shape(
        fine=[QLineF(*side) for side in fine.tolist()],
        coarse=[QLineF(*side) for side in coarse.tolist()],
        polygon=QPolygonF([QPointF(x, y) for x, y in ring.tolist()]),
        mark=QPointF(float(mark[0]), float(mark[1])),
    )


def _pen(colour: QColor, width: float, *, cap: Qt.PenCapStyle = Qt.PenCapStyle.FlatCap) -> QPen:
    pen = QPen(colour, width)
    pen.setCosmetic(True)
    pen.setCapStyle(cap)
    return pen
