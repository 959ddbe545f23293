"""Small pictures of cells, cut from the field's pixels when a row is painted and kept for a while."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QPixmap

from ...imaging.cells.cell_picture import Square, cut
from ...ports import RgbImage
from ...reports.summary.rows import CellRow
from ..look import icons
from ..look.fresh_paint import FreshPaint

MARGIN = 0.15
"""Share of the cell's size that is shown around it."""


class ThumbnailCache:
    """Pixmaps of cells, least recently painted out first.

    Args:
        pixels_of: the decoded pixels of a field, or None while they are not in memory.
        limit: how many are kept; at 36 px one takes about 5 kB.
    """

    def __init__(self, pixels_of: Callable[[int], RgbImage | None], *, limit: int = 2000) -> None:
        self._pixels_of = pixels_of
        self._limit = limit
        self._kept: OrderedDict[tuple[object, ...], QPixmap] = OrderedDict()

    def get(
        self, row: CellRow, *, side: int, ratio: float, radius: int = 0, fresh: FreshPaint | None = None
    ) -> QPixmap | None:
        """The picture of a row's cell, `side` logical pixels square, or None while its field is not in memory.

        Args:
            row: the cell.
            side, ratio: logical pixels, and how many of the device's one of them has.
            radius: of its corners, logical pixels.
            fresh: of the widget that is being painted; None, too, while the picture has to wait for the next paint.
        """
        key = (row.field_id, row.cell, row.x0, row.y0, row.x1, row.y1, side, ratio, radius)
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        pixels = self._pixels_of(row.field_id)
        if pixels is None:
            return None
        make = partial(_made, pixels, row, side=side, ratio=ratio, radius=radius)
        made = make() if fresh is None else fresh.made(make)
        if made is not None:
            self._kept[key] = made
            while len(self._kept) > self._limit:
                self._kept.popitem(last=False)
        return made

    def clear(self) -> None:
        """Forget everything, because another case was opened."""
        self._kept.clear()


def _made(pixels: RgbImage, row: CellRow, *, side: int, ratio: float, radius: int) -> QPixmap:
    square = Square.around((row.x0, row.y0, row.x1, row.y1), margin=MARGIN)
    picture = icons.to_pixmap(cut(pixels, square, side=max(1, round(side * ratio))), ratio=ratio)
    return icons.rounded(picture, radius) if radius else picture
