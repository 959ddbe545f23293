"""A slide as a scene item: what is in view, from the fitting level; what is not here yet from a coarser one."""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, QRectF, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ....domain.fields.regions import Region, RegionReader
from ....domain.geometry import Box
from .field_item import NEAREST_ABOVE
from .slide_tiles import SlideTile
from .tile_loader import TileLoader


class SlideItem(QGraphicsItem):
    """Draws the tiles that the loader has."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__()
        self.loader = TileLoader(parent)
        self._repainter = _Repainter(self, self.loader)
        self._size = (0, 0)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    def show_slide(self, reader: RegionReader | None) -> None:
        """Show this slide, or nothing."""
        self.prepareGeometryChange()
        self._size = (0, 0) if reader is None else (reader.width, reader.height)
        self.loader.open(reader)
        self.update()

    def set_view(self, box: Box, *, zoom: float) -> None:
        """This part of the slide is in view, at so many screen pixels per slide pixel."""
        if self._size != (0, 0):
            grid = self.loader.grid
            self.loader.want(grid.in_view(box, zoom=zoom), ahead=grid.around(box, zoom=zoom))

    def boundingRect(self) -> QRectF:
        """The slide in its own pixels."""
        return QRectF(0, 0, *self._size)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw the exposed part."""
        exposed = option.exposedRect.intersected(self.boundingRect())
        if exposed.isEmpty():
            return
        device = painter.deviceTransform()
        zoom = math.hypot(device.m11(), device.m12())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, zoom <= NEAREST_ABOVE)
        grid = self.loader.grid
        box = Box(exposed.left(), exposed.top(), exposed.right(), exposed.bottom())
        for tile in grid.tiles(box, level=grid.level_for(zoom)):
            self._draw(painter, tile)

    def _draw(self, painter: QPainter, tile: SlideTile) -> None:
        """Draw a tile, or its part of the finest coarser one that is here."""
        grid, source = self.loader.grid, tile
        while (image := self.loader.picture(source)) is None or image.isNull():
            if source.level >= grid.coarsest:
                return
            source = source.parent
        target, held = grid.region(tile), grid.region(source)
        fx, fy = image.width() / held.width, image.height() / held.height
        part = target.seen_from(held)
        painter.drawImage(_rect(target), image, QRectF(part.x0 * fx, part.y0 * fy, part.width * fx, part.height * fy))


class _Repainter(QObject):
    """Has the item painted where tiles arrive; a graphics item has no slots."""

    def __init__(self, item: SlideItem, loader: TileLoader) -> None:
        super().__init__(loader)
        self._item = item
        loader.arrived.connect(self._on_arrived)

    @Slot(object)
    def _on_arrived(self, tile: SlideTile) -> None:
        self._item.update(_rect(self._item.loader.grid.region(tile)))


def _rect(region: Region) -> QRectF:
    return QRectF(region.x0, region.y0, region.width, region.height)
