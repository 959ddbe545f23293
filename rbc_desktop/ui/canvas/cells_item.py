"""All cells of the field as one scene item.

What is drawn once is kept in squares of the screen, so a pan copies pixels. A zoom would draw everything again at every
step of the wheel: while many cells are in view the old pictures are stretched until the wheel rests. No frame draws for
longer than `PAINT_SECONDS`; what it leaves comes in the next ones.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ...domain.geometry import Box, Point
from .cell_painter import CASED_UP_TO, CODES_FROM_PX, FILLED_UP_TO, REACH_PX, CellPainter, CellShape, cell_shape
from .items import OverlayItem
from .painted_tiles import PaintedTiles
from .shapes import CellIndex, CellView, changed_ids, union_box

STRETCHED_FROM = 120
"""With at least this many cells in view a zoom shows stretched pictures first."""

REST_MS = 90
"""How long the zoom must rest before outlines are drawn sharp again."""

PAINT_SECONDS = 0.008
"""Time a frame may spend on painting outlines; the rest follows in the next ones."""

_BUILD_SECONDS = 0.008


class CellsItem(OverlayItem):
    """Outlines, codes and review marks of the cells, and the emphasis of the selected ones."""

    def __init__(self) -> None:
        super().__init__()
        self._views: dict[int, CellView] = {}
        self._shapes: dict[int, CellShape] = {}
        self._selected: frozenset[int] = frozenset()
        self._index = CellIndex({})
        self._field = QRectF()
        self._seen = 0
        self._painter = CellPainter()
        self._tiles = PaintedTiles(self._draw)
        self._stretched: PaintedTiles | None = None
        self._missing: list[Box] = []
        self._todo: list[int] = []
        self._builder = QTimer()
        self._builder.setInterval(0)
        self._builder.timeout.connect(self._build_some)
        self._rest = QTimer()
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._go_on)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    # What there is

    @property
    def index(self) -> CellIndex:
        """For finding cells by position."""
        return self._index

    @property
    def is_complete(self) -> bool:
        """Whether every outline is traced and sharp; many are traced in slices, so that the window never stalls."""
        return not self._todo and not self._rest.isActive()

    @property
    def selected(self) -> frozenset[int]:
        """The emphasised cells."""
        return self._selected

    def view(self, cell_id: int) -> CellView | None:
        """How a cell is shown, or None when there is no such cell."""
        return self._views.get(cell_id)

    def at(self, point: Point) -> int | None:
        """The smallest cell whose mask holds the point."""
        return self._index.at(point)

    def box_of(self, ids: Sequence[int]) -> Box | None:
        """The box that holds these cells."""
        return union_box(self._views[i].mask for i in ids if i in self._views)

    # Changes

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
        boxes = [view.mask.box for i in changed for view in (self._views.get(i), now.get(i)) if view is not None]
        for cell_id in changed:
            before, after = self._views.get(cell_id), now.get(cell_id)
            if before is None or after is None or before.mask is not after.mask or before.dashed != after.dashed:
                self._shapes.pop(cell_id, None)
        self._views = now
        self._index = CellIndex({view.id: view.mask for view in views})
        self._selected &= now.keys()
        self._todo = [i for i in now if i not in self._shapes]
        if not views:
            self._tiles.clear()
            self._stretched = None
        self._adapt()
        self._repaint(boxes)
        self._build_some()

    def set_selected(self, ids: frozenset[int]) -> None:
        """Emphasise these cells."""
        ids = ids & self._views.keys()
        if ids != self._selected:
            changed, self._selected = ids ^ self._selected, ids
            self._adapt()
            self._repaint([self._views[i].mask.box for i in changed])

    def set_zoom(self, *, scale: float, ratio: float) -> None:
        """Logical pixels per image pixel, and device pixels per logical pixel."""
        if (scale, ratio) == (self._scale, self._ratio):
            return
        super().set_zoom(scale=scale, ratio=ratio)
        if self._seen >= STRETCHED_FROM:
            self._stretched = self._stretched or self._tiles
            self._tiles = PaintedTiles(self._draw)
            self._rest.start(REST_MS)
        self._tiles.set_zoom(scale=scale, ratio=ratio)
        self._painter.scale, self._painter.ratio = scale, ratio

    def set_visible(self, visible: Box) -> None:
        """Which part of the field is shown.

        The number of cells in the whole view decides about details, not that in the strip being painted: strips that
        a pan uncovers must look like the rest.
        """
        self._seen = len(self._index.touching(visible))
        self._adapt()

    def _adapt(self) -> None:
        """Choose the details that the present number and size of cells allow; draw anew when they change."""
        p = self._painter
        wanted = (
            self._seen > CASED_UP_TO,
            self._index.median_side * self._scale >= CODES_FROM_PX,
            len(self._selected) > FILLED_UP_TO,
        )
        if wanted != (p.crowded, p.codes, p.many_selected):
            p.crowded, p.codes, p.many_selected = wanted
            self._tiles.outdate()
            self.update()

    # Painting

    def boundingRect(self) -> QRectF:
        """The field, and room for marks at its edges."""
        reach = REACH_PX / self._scale
        return self._field.adjusted(-reach, -reach, reach, reach)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Show the exposed part."""
        exposed = option.exposedRect.intersected(self.boundingRect())
        if not self._views or exposed.isEmpty():
            return
        box = Box(exposed.left(), exposed.top(), exposed.right(), exposed.bottom())
        seconds = 0.0 if self._rest.isActive() else PAINT_SECONDS
        self._missing += self._tiles.paint(painter, box, seconds=seconds, meanwhile=self._stretched)
        if not self._rest.isActive():
            if self._missing:
                self._rest.start(0)
            else:
                self._stretched = None

    def _draw(self, painter: QPainter, box: Box) -> None:
        ids = self._index.touching(box.expanded(REACH_PX / self._scale)).tolist()
        cells = [(self._views[i], self._shapes[i]) for i in ids if i in self._shapes]
        if cells:
            self._painter.draw(painter, cells, selected=self._selected)

    def _go_on(self) -> None:
        """Paint what the last frame had no time for."""
        missing, self._missing = self._missing, []
        if not missing:
            self._stretched = None
        for box in missing:
            self.update(QRectF(box.x0, box.y0, box.width, box.height))

    def _build_some(self) -> None:
        """Trace outlines for a few milliseconds, then let the window breathe."""
        end = time.perf_counter() + _BUILD_SECONDS
        built = []
        while self._todo and time.perf_counter() < end:
            view = self._views[self._todo.pop()]
            self._shapes[view.id] = cell_shape(view)
            built.append(view.mask.box)
        self._repaint(built)
        if self._todo and not self._builder.isActive():
            self._builder.start()
        elif not self._todo:
            self._builder.stop()

    def _repaint(self, boxes: Iterable[Box]) -> None:
        """Draw anew where cells changed."""
        whole: Box | None = None
        for box in boxes:
            self._tiles.outdate(box.expanded(REACH_PX / self._scale))
            whole = box if whole is None else whole.union(box)
        if whole is not None:
            grown = whole.expanded(REACH_PX / self._scale)
            self.update(QRectF(grown.x0, grown.y0, grown.width, grown.height))
