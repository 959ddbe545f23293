"""What comes before everything else on a field: its scale, and so the tiles at which the model sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from weakref import WeakMethod

from ..byte_cache import LatestValues
from ..domain.fields.calibration import Calibration, ScaleDoubt, scale_doubt
from ..domain.geometry import Point
from ..imaging.fields.scale import (
    DOUBTED_SHARE,
    confirmed_diameter,
    diameter_in_maps,
    measured_diameter,
    typical_diameter,
)
from ..imaging.light.array_reader import ArrayReader
from ..imaging.light.field_of_view import FieldOfView, field_of_view
from ..imaging.masks import tiles
from ..imaging.masks.tiles import Tile, TileGrid
from ..ports import Embedding, LoadedImage, Segmenter

LOOKED_AT = 4
"""Tiles that are looked at for cells before the scale is taken as measured."""

REMEMBERED = 256
"""Fields whose scale and view are remembered: a field is prepared to be searched, and again to be classified."""


@dataclass(frozen=True, slots=True, eq=False)
class PreparedField:
    """A field with its scale and its tiles.

    Attributes:
        image, calibration: as opened.
        diameter_px: of a typical red cell, field pixels; fixes the model's scale.
        diameter_source: where it comes from; "image" is granulometry, mended by what the model sees.
        grid: the tiles.
        pad_rgb: colour beyond the field's edge.
        view: what the image shows of the smear.
    """

    image: LoadedImage
    calibration: Calibration | None
    diameter_px: float
    diameter_source: Literal["calibration", "image"]
    grid: TileGrid
    pad_rgb: tuple[int, int, int]
    view: FieldOfView


class FieldPreparation:
    """Prepares fields for one segmenter; several threads may ask.

    Args:
        segmenter: looks at a tile where the scale isn't stated.
        embedding: a method of the caller's, of a tile of a field; not kept alive.
    """

    def __init__(self, segmenter: Segmenter, *, embedding: Callable[[PreparedField, Tile], Embedding]) -> None:
        # The caller holds this object; held in turn, it would keep replaced models in memory until a collection.
        self.segmenter, self._embedding_of = segmenter, WeakMethod(embedding)
        self._known: LatestValues[tuple[FieldOfView, float]] = LatestValues(REMEMBERED)
        self._doubts: LatestValues[ScaleDoubt | None] = LatestValues(REMEMBERED)

    def prepare(self, image: LoadedImage, *, calibration: Calibration | None = None) -> PreparedField:
        """Measure the scale of a field and plan its tiles; comes before everything else on it.

        Without a calibration the model looks at a tile, and again at another scale if cells aren't as large as
        granulometry says; the last tile stays embedded.

        Raises:
            InferenceError: when the device fails.
        """
        view, diameter = self._known.get((image.picture, calibration), lambda: self._measured(image, calibration))
        return self._planned(image, view, calibration, diameter)

    def _measured(self, image: LoadedImage, calibration: Calibration | None) -> tuple[FieldOfView, float]:
        """What the image shows of the smear, and the diameter of a typical cell in pixels."""
        view = field_of_view(ArrayReader(image.pixels))
        diameter = typical_diameter(image.pixels, calibration=calibration, view=view)
        if calibration is None and self.segmenter.has_dense_head:
            diameter = confirmed_diameter(
                diameter,
                look=lambda d: self._seen_size(self._planned(image, view, None, d)),
                doubted=DOUBTED_SHARE * min(image.width, image.height),
            )
        return view, diameter

    def scale_doubt(self, field: PreparedField) -> ScaleDoubt | None:
        """Whether the image contradicts the calibration of a field; None without one.

        Granulometry looks first. Where it contradicts the calibration the model is asked, at the scale that
        granulometry says, so that clumps and blur raise no false doubt.

        Raises:
            InferenceError: when the device fails.
        """
        return self._doubts.get((field.image.picture, field.calibration), lambda: self._doubt(field))

    def _doubt(self, field: PreparedField) -> ScaleDoubt | None:
        if field.calibration is None:
            return None
        seen_px = measured_diameter(field.image.pixels, view=field.view)
        if seen_px is not None and scale_doubt(field.calibration, seen_px) is None:
            return None
        if self.segmenter.has_dense_head:
            if seen_px is None:
                seen = self._seen_size(field)
                seen_px = None if seen is None else seen * field.diameter_px
            else:
                seen_px = confirmed_diameter(
                    seen_px, look=lambda d: self._seen_size(self._planned(field.image, field.view, None, d))
                )
        return scale_doubt(field.calibration, seen_px)

    def _embedding(self, field: PreparedField, tile: Tile) -> Embedding:
        embedding = self._embedding_of()
        if embedding is None:
            raise RuntimeError("the pipeline is gone")
        return embedding(field, tile)

    def _planned(self, image: LoadedImage, view: FieldOfView, scale: Calibration | None, px: float) -> PreparedField:
        grid = TileGrid.plan(
            width=image.width,
            height=image.height,
            sizes=self.segmenter.input_sizes,
            scale=self.segmenter.cell_px / px,
            cell_px=self.segmenter.cell_px,
        )
        colour = tiles.padding_colour(image.pixels[view.lit.slices])
        return PreparedField(image, scale, px, "image" if scale is None else "calibration", grid, colour, view)

    def _seen_size(self, field: PreparedField) -> float | None:
        """How many times larger than expected the model sees the cells, on the most central tile that shows some."""
        middle = Point(field.image.width / 2, field.image.height / 2)
        for tile in sorted(field.grid.tiles, key=lambda t: t.distance_to(middle))[:LOOKED_AT]:
            maps = self.segmenter.dense(self._embedding(field, tile))
            diameter = diameter_in_maps(maps.foreground, maps.to_centre)
            if diameter is not None:
                return diameter / self.segmenter.cell_px
        return None
