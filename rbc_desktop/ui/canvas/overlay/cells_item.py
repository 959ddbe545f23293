"""All cells of the field as one scene item.

What is drawn once is kept in squares of the screen, so a pan copies pixels. A zoom would draw everything again at every
step of the wheel: while many cells are in view the old pictures are stretched until the wheel rests. No frame draws for
longer than `PAINT_SECONDS`; what it leaves comes in the next ones. Outlines are traced when they come into view: in a
square that is painted for the first time cells are dots until then, in any other the old picture stands until all of
its outlines are traced. Many cells that are too small on the screen for an outline to tell anything are dots.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, QRectF, QTimer
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ....domain.geometry import Box, Point
from ....turns import OwnTurn
from .cell_dots import dots
from .cell_index import CellIndex, Rows, rgb_of
from .cell_painter import BARE_REACH_PX, CASED_UP_TO, CODES_FROM_PX, FILLED_UP_TO, REACH_PX, CellPainter, CellShape
from .items import OverlayItem, rect_of
from .painted_tiles import PaintedTiles
from .shapes import CellView, looks_alike, union_box
from .traced_outlines import TracedOutlines

STRETCHED_FROM = 120
"""With at least this many cells in view a zoom shows stretched pictures first."""

REST_MS = 90
"""How long the zoom must rest before outlines are drawn sharp again."""

PAINT_SECONDS = 0.003
"""Time a frame may spend on painting outlines; the rest follows in the next ones."""

DOTS_FROM, DOTS_BELOW_PX = 2000, 12.0
"""With more cells in view than the first, those smaller on the screen than the second, logical pixels, are dots."""

MOST_OUTLINES = 12_000
"""With more cells in view, all are dots: a full screen holds so many outlines that lie beside each other, and where
more lie over each other, nobody can tell them apart; a pan would trace and paint outlines without end."""

_BACK = 0.75
"""Outlines come back below so many of the cells from which on dots are drawn, so that a pan doesn't flicker."""

_TRACE_SECONDS = 0.004

_AT_ONCE = 8
"""Up to so many cells that change show it in the next frame, be it as dots: somebody works on them."""

_ONE_BY_ONE = 200
"""When more cells change at once, all that is painted is out of date."""

_DOT_SHARE = 0.4
"""Radius of a dot over the longer side of a typical cell."""

_RING_PX = 2.5
"""Width of the white ring around the dot of a selected cell, its dark rim included, logical pixels."""


class CellsItem(OverlayItem):
    """Outlines, codes and review marks of the cells, and the emphasis of the selected ones.

    Args:
        timers: what it does later ends with it: the scene.
    """

    def __init__(self, timers: QObject) -> None:
        super().__init__()
        self._index = CellIndex()
        self._outlines = TracedOutlines()
        self._selected: frozenset[int] = frozenset()
        self._field = QRectF()
        self._visible = Box(0, 0, 0, 0)
        self._seen = 0
        self._dotted = False
        self._painter = CellPainter()
        self._tiles = PaintedTiles(self._draw, self._is_traced)
        self._stretched: PaintedTiles | None = None
        self._missing: list[Box] = []
        self._tracing = OwnTurn(timers, self._trace_some)
        self._rest = QTimer(timers)
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
        """Whether every outline in view is traced and sharp; many are traced in slices, so the window never stalls."""
        if self._outlines.is_waiting or self._rest.isActive():
            return False
        return not len(self._index) or not self.isVisible() or self._tiles.is_current(self._visible)

    @property
    def is_dotted(self) -> bool:
        """Whether cells are dots now."""
        return self._dotted

    @property
    def selected(self) -> frozenset[int]:
        """The emphasised cells."""
        return self._selected

    def view(self, cell_id: int) -> CellView | None:
        """How a cell is shown, or None when there is no such cell."""
        return self._index.view(cell_id)

    def at(self, point: Point) -> int | None:
        """The smallest cell whose mask holds the point."""
        return self._index.at(point)

    def box_of(self, ids: Sequence[int]) -> Box | None:
        """The box that holds these cells."""
        views = (self._index.view(i) for i in ids)
        return union_box(view.mask for view in views if view is not None)

    # Changes

    def set_field_size(self, width: float, height: float) -> None:
        """The field's size in pixels, which bounds what is drawn."""
        self.prepareGeometryChange()
        self._field = QRectF(0, 0, width, height)

    def set_cells(self, views: Sequence[CellView]) -> None:
        """Show exactly these cells; what looks the same is not drawn again."""
        self.update_cells(views, gone=self._index.ids.difference(view.id for view in views))

    def update_cells(self, views: Sequence[CellView], *, gone: Iterable[int] = ()) -> None:
        """Show these cells besides the others, each anew if it is shown already.

        Args:
            views: new and changed cells.
            gone: ids of cells that are no longer shown.
        """
        before = [self._index.view(view.id) for view in views]
        changed = [v for v, old in zip(views, before, strict=True) if old is None or not looks_alike(old, v)]
        lost = [view for view in map(self._index.view, gone) if view is not None]
        if not changed and not lost:
            return
        replaced = [old for v, old in zip(views, before, strict=True) if old is not None and not looks_alike(old, v)]
        self._index.remove(view.id for view in lost)
        self._index.put(changed)
        self._selected &= self._index.ids
        if not len(self._index):
            self._tiles.clear()
            self._outlines.forget_wishes()
            self._stretched = None
            self.update()
        self._look()
        self._repaint((*changed, *replaced, *lost) if len(self._index) else ())

    def set_selected(self, ids: frozenset[int]) -> None:
        """Emphasise these cells."""
        ids &= self._index.ids
        if ids != self._selected:
            changed, self._selected = ids ^ self._selected, ids
            self._adapt()
            self._repaint([view for view in map(self._index.view, changed) if view is not None])

    def set_zoom(self, *, scale: float, ratio: float) -> None:
        """Logical pixels per image pixel, and device pixels per logical pixel."""
        if (scale, ratio) == (self._scale, self._ratio):
            return
        super().set_zoom(scale=scale, ratio=ratio)
        self._outlines.forget_wishes()
        if self._seen >= STRETCHED_FROM:
            self._stretched = self._stretched or self._tiles
            self._tiles = PaintedTiles(self._draw, self._is_traced)
            self._rest.start(REST_MS)
        self._tiles.set_zoom(scale=scale, ratio=ratio)
        self._painter.scale, self._painter.ratio = scale, ratio

    def set_visible(self, visible: Box) -> None:
        """Which part of the field is shown.

        The number of cells in the whole view decides about details, not that in the strip being painted: strips that
        a pan uncovers must look like the rest.
        """
        if visible != self._visible:
            self._visible = visible
            self._tiles.ask_again()  # what was out of view was not traced
        self._look()

    def _look(self) -> None:
        self._seen = len(self._index.rows_touching(self._visible))
        self._adapt()

    def _adapt(self) -> None:
        """Choose the details that the present number and size of cells allow; draw anew when they change."""
        p = self._painter
        side = self._index.median_side * self._scale
        seen = self._seen / _BACK if self._dotted else self._seen
        wanted = (
            self._seen > CASED_UP_TO,
            side >= CODES_FROM_PX,
            len(self._selected) > FILLED_UP_TO,
            seen > MOST_OUTLINES or (seen > DOTS_FROM and side < DOTS_BELOW_PX),
        )
        if wanted != (p.crowded, p.codes, p.many_selected, self._dotted):
            p.crowded, p.codes, p.many_selected, self._dotted = wanted
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
        if not len(self._index) or exposed.isEmpty():
            return
        box = Box(exposed.left(), exposed.top(), exposed.right(), exposed.bottom())
        seconds = 0.0 if self._rest.isActive() else PAINT_SECONDS
        self._missing += self._tiles.paint(painter, box, seconds=seconds, meanwhile=self._stretched)
        if self._outlines.is_waiting:
            self._tracing.ask()
        if not self._rest.isActive():
            if self._missing:
                self._rest.start(0)
            else:
                self._stretched = None

    def _rows_in(self, box: Box) -> Rows:
        """The cells that show in a part of the field, and be it by their marks."""
        return self._index.rows_touching(box.expanded(self._reach))

    @property
    def _reach(self) -> float:
        """How far a cell's marks stick out of its box now, field pixels."""
        return (REACH_PX if self._painter.codes else BARE_REACH_PX) / self._scale

    def _is_traced(self, box: Box) -> bool:
        """Whether no outline that this part of the field shows still has to be traced; asks for those."""
        return self._dotted or None not in [shape for _, shape in self._shapes_in(box)]

    def _shapes_in(self, box: Box) -> list[tuple[CellView, CellShape | None]]:
        return [(view, self._outlines.shape(view)) for view in self._index.views_of(self._rows_in(box))]

    def _draw(self, painter: QPainter, box: Box) -> None:
        if self._dotted:
            self._draw_dots(painter, box, self._rows_in(box))
            return
        shapes = self._shapes_in(box)
        untraced = [view.id for view, shape in shapes if shape is None]
        if untraced:
            self._draw_dots(painter, box, self._index.rows_of(untraced))
        cells = [(view, shape) for view, shape in shapes if shape is not None]
        if cells:
            self._painter.draw(painter, cells, selected=self._selected)

    def _draw_dots(self, painter: QPainter, box: Box, rows: Rows) -> None:
        """Draw cells as dots, the selected ones in white rings and on top."""
        width, height = painter.device().width(), painter.device().height()
        factor = width / box.width  # device pixels per field pixel
        radius = _DOT_SHARE * min(self._index.median_side * factor, DOTS_BELOW_PX * self._ratio)
        ring = _RING_PX * self._ratio
        chosen = self._index.rows_of(self._selected.intersection(self._index.ids_of(rows)) if self._selected else ())
        for which, reach, colour in ((rows, radius, None), (chosen, radius + ring, "#FFFFFF"), (chosen, radius, None)):
            if not len(which):
                continue
            centres, colours = self._index.marks(which)
            if colour is not None:
                colours[:] = rgb_of(colour)
            places = (centres - (box.x0, box.y0)) * factor
            picture = dots(places, colours, width=width, height=height, radius=reach)
            image = QImage(picture.data, width, height, 4 * width, QImage.Format.Format_RGBA8888_Premultiplied)
            painter.drawImage(rect_of(box), image)

    def _go_on(self) -> None:
        """Paint what the last frame had no time for."""
        missing, self._missing = self._missing, []
        if not missing:
            self._stretched = None
        for box in missing:
            self.update(rect_of(box))

    def _trace_some(self) -> None:
        """Trace outlines for a few milliseconds, then let the window breathe."""
        traced = self._outlines.trace(self._needed, seconds=_TRACE_SECONDS)
        for box in self._tiles.due(view.mask.box.expanded(self._reach) for view in traced):
            self.update(rect_of(box))
        if self._outlines.is_waiting:
            self._tracing.ask()

    def _needed(self, cell_id: int) -> CellView | None:
        """How a cell is shown, unless it lies in no square that is in view."""
        view, shown = self._index.view(cell_id), self._tiles.whole(self._visible).expanded(self._reach)
        return view if view is not None and shown.intersection(view.mask.box) else None

    def _repaint(self, views: Sequence[CellView]) -> None:
        """Draw anew where cells changed."""
        if len(views) > _ONE_BY_ONE:
            self._tiles.outdate()
            self.update()
            return
        whole: Box | None = None
        for box in (view.mask.box.expanded(self._reach) for view in views):
            self._tiles.outdate(box, at_once=len(views) <= _AT_ONCE)
            whole = box if whole is None else whole.union(box)
        if whole is not None:  # whole squares: what one waited to show comes with it
            self.update(rect_of(self._tiles.whole(whole)))
