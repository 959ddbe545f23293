"""What the engine does, without threads: the worker and the command line call the same functions.

A `Pipeline` owns the segmenter, the classifier and the embedding cache, and belongs to one thread.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, wait
from functools import partial

import numpy as np

from .. import allocator
from ..byte_cache import ByteCache, LatestValues
from ..domain import clock
from ..domain.arrays import Floats
from ..domain.case.case import Picture
from ..domain.case.image_reading import ImageReading, MeasuredCell
from ..domain.cells.cell import Cell, CellAnalysis
from ..domain.cells.mask import CellMask
from ..domain.cells.missed_places import MissedPlace
from ..domain.cells.prompts import PromptSet
from ..domain.cells.proposal import Proposal
from ..domain.fields.calibration import Calibration, ScaleDoubt
from ..domain.fields.field_quality import FieldQuality
from ..imaging.cells.field_context import FieldContext, context_steps
from ..imaging.cells.measure import measure_many
from ..imaging.features import extract_many
from ..imaging.fields.empty_field import no_cells_sentence
from ..imaging.fields.field_features import field_features
from ..imaging.fields.quality import field_quality
from ..imaging.light.array_reader import ArrayReader
from ..imaging.light.stain_levels import Steps, result_of
from ..imaging.masks import tiles
from ..imaging.masks.tiles import Tile
from ..ports import CellClassifier, Embedding, ImageLevelModel, LoadedImage, Segmenter
from . import decoding
from .ahead import Ahead
from .field_preparation import FieldPreparation, PreparedField
from .field_search import FieldSearch, SegmentAllStep
from .missed_search import missed_steps
from .predictions import field_evidence, predictions_and_looks

__all__ = ["Pipeline", "PreparedField", "SegmentAllStep"]

MARGIN_CELLS = 0.75
"""Prompts nearer than this to the edge of their tile, in cell diameters, get a tile of their own: a cell that is
prompted at its rim must still lie in the tile."""

CONTRADICTION = 1.3
"""Factor between two estimates of the typical diameter from which on one of them is wrong."""

CONTEXT_BYTES = 2**28
"""Bound of the fields whose optical density is kept: the open one and that of the work in the background."""

AHEAD_PIXELS = CONTEXT_BYTES // 16 // 3
"""Fields up to here are prepared ahead, 16 bytes a pixel: a third of that, beside the open one and the one at work."""

LOOKED_AT_AHEAD = 4
"""Fields whose quality is kept: the open one, the one at work, the next one, and one to spare."""

ANALYSED_TOGETHER = 64
"""Cells whose features are computed by one helper at a time, at most; few are shared out evenly."""

RELEASE_EVERY = 32
"""Tiles after whose embedding freed memory is given back: a few hundred megabytes on a very large field, whose cells,
kept between them, would hold all of it; an ordinary field has fewer tiles."""


class Pipeline:
    """Segments, measures and classifies.

    Args:
        segmenter: owned from now on.
        classifier: owned from now on; None leaves cells without a prediction.
        cache_bytes: bound of the embedding cache.
        now: tells the time that analyses are dated with.
        image_level: owned from now on; None gives no reading of whole fields.
    """

    def __init__(
        self,
        segmenter: Segmenter,
        classifier: CellClassifier | None,
        *,
        cache_bytes: int = 2**29,
        now: clock.Clock = clock.now,
        image_level: ImageLevelModel | None = None,
    ) -> None:
        self.segmenter = segmenter
        self.classifier = classifier
        self.image_level = image_level
        self._cache: ByteCache[Embedding] = ByteCache(cache_bytes)
        self._contexts: ByteCache[FieldContext] = ByteCache(CONTEXT_BYTES)
        self._preparation = FieldPreparation(segmenter, embedding=self._embedding)
        self._qualities: LatestValues[FieldQuality] = LatestValues(LOOKED_AT_AHEAD)
        self._evidence: LatestValues[Floats | None] = LatestValues(LOOKED_AT_AHEAD)
        self._coming: tuple[tuple[Picture, Calibration | None], Future[None]] | None = None
        self.helpers = Ahead(lambda: segmenter.helpers, enter=segmenter.enter_helper)
        self._embedding_nbytes = 0
        self._embedded = 0
        self._now = now

    def prepare(self, image: LoadedImage, *, calibration: Calibration | None = None) -> PreparedField:
        """As `FieldPreparation.prepare`; waits for `prepare_ahead` of this field."""
        if self._coming is not None and self._coming[0] == (image.picture, calibration):
            (_, coming), self._coming = self._coming, None
            if not coming.cancelled():  # as it is when the helpers went before one of them began it
                wait([coming])
        return self._preparation.prepare(image, calibration=calibration)

    def prepare_ahead(self, image: LoadedImage, *, calibration: Calibration | None = None) -> None:
        """Have a helper do for a field what `prepare`, `scale_doubt`, `segment_all` and `quality` will begin with.

        Nothing is done while the owner isn't in a task of `helpers`, and for a field so large that what is known of the
        field under way might have to go.
        """
        if image.width * image.height <= AHEAD_PIXELS:
            begun = self.helpers.begin(partial(self._look_ahead, image, calibration))
            self._coming = None if begun is None else ((image.picture, calibration), begun)

    def _look_ahead(self, image: LoadedImage, calibration: Calibration | None) -> None:
        field = self._preparation.prepare(image, calibration=calibration)
        self._preparation.scale_doubt(field)
        self.quality(field)

    def scale_doubt(self, field: PreparedField) -> ScaleDoubt | None:
        """As `FieldPreparation.scale_doubt`."""
        return self._preparation.scale_doubt(field)

    def why_no_cells(self, field: PreparedField) -> str:
        """The sentence for a field in which no cell was found."""
        return no_cells_sentence(field.image.path.name, field.image.pixels)

    def forget(self, image: LoadedImage) -> None:
        """Release what is kept of a field."""
        key = image.picture
        self._contexts.discard(key)
        self._cache.discard_where(lambda tile: isinstance(tile, tuple) and tile[0] == key)
        allocator.release()

    def make_room(self, image: LoadedImage, *, share: float) -> None:
        """Release the embeddings of a field that is done, if the cache is fuller than this.

        Memory is given back only then: the next ordinary field needs it again, and each page anew costs a fault.
        """
        if self._cache.nbytes > share * self._cache.capacity:
            key = image.picture
            self._cache.discard_where(lambda tile: isinstance(tile, tuple) and tile[0] == key)
            allocator.release()

    def embed(self, field: PreparedField, tile: Tile) -> bool:
        """Embed a tile unless it is embedded already; whether there was something to do."""
        if self.is_embedded(field, tile):
            return False
        self._embedding(field, tile)
        return True

    def is_embedded(self, field: PreparedField, tile: Tile) -> bool:
        """Whether prompts on this tile can be answered at once."""
        return self._key(field, tile) in self._cache

    def warm_up(self) -> float:
        """Seconds per tile of a second run of the network; the first one warms it up."""
        size = self.segmenter.input_size
        blank = np.full((size, size, 3), 200, np.uint8)
        self.segmenter.embed(blank)
        begin = time.perf_counter()
        self._embedding_nbytes = self.segmenter.embed(blank).nbytes
        return time.perf_counter() - begin

    def tiles_that_fit(self, *, share: float) -> int:
        """How many tiles fill this share of the cache; at least one."""
        if not self._embedding_nbytes:
            self.warm_up()
        return max(1, int(share * self._cache.capacity / self._embedding_nbytes))

    def propose(self, field: PreparedField, prompts: PromptSet, *, hover: bool = False) -> Proposal | None:
        """Answer one set of prompts; None when the model sees nothing there.

        Args:
            field: where.
            prompts: field pixels.
            hover: a preview; answers only where there clearly is a cell.

        Raises:
            InferenceError: when the device fails.
            ValueError: for empty prompts.
        """
        proposal = self.propose_many(field, [prompts])[0]
        if hover and proposal is not None and not proposal.is_clear:
            return None
        return proposal

    def propose_many(self, field: PreparedField, prompts: Sequence[PromptSet]) -> list[Proposal | None]:
        """Answer several sets of prompts, those on one tile together; results in the order of the prompts.

        A mask that reaches the edge of its tile is decoded again on a tile around it.
        """
        answers: list[Proposal | None] = [None] * len(prompts)
        by_tile: dict[Tile, list[int]] = {}
        for index, prompt in enumerate(prompts):
            by_tile.setdefault(self._tile_of(field, prompt), []).append(index)
        for tile, indices in by_tile.items():
            found = self._decode(field, tile, [prompts[i] for i in indices])
            for index, proposal in zip(indices, found, strict=True):
                if proposal is not None and proposal.cut:
                    proposal = self._decode_around(field, proposal)
                answers[index] = None if proposal is None else decoding.marked_at_edge(proposal, field.view)
        return answers

    def segment_all(self, field: PreparedField, *, existing: Sequence[CellMask] = ()) -> Iterator[SegmentAllStep]:
        """Find every cell of a field in small steps (one tile or one batch of prompts each).

        Args:
            field: where.
            existing: masks that are taken; what shows the same cell is left out.
        """
        search = FieldSearch(
            self.segmenter,
            field.image,
            field.grid,
            helpers=self.helpers,
            diameter_px=field.diameter_px,
            view=field.view,
        )
        return search.run(
            context=self._context_steps(field), embed=lambda tile: self._embedding(field, tile), existing=existing
        )

    def missed(self, field: PreparedField, masks: Sequence[CellMask]) -> tuple[MissedPlace, ...]:
        """Where cells may have been missed that these outlines of the field leave uncovered."""
        return result_of(self.missed_steps(field, masks))

    def missed_steps(self, field: PreparedField, masks: Sequence[CellMask]) -> Steps[tuple[MissedPlace, ...]]:
        """`missed`, a part of the field at a time."""
        return missed_steps(self._context_steps(field), masks, diameter_px=field.diameter_px, view=field.view)

    def analyse(
        self, field: PreparedField, cells: Sequence[Cell], *, median_diameter_px: float | None = None
    ) -> list[CellAnalysis]:
        """Measure and classify cells of one field, in order; without a classifier there is no prediction.

        Args:
            field: the field in which the cells lie.
            cells: what to analyse.
            median_diameter_px: median diameter of the field's cells, which relative sizes refer to; the field's own
                estimate when None, or the model's where the two contradict each other.
        """
        if not cells:
            return []
        rgb, context = field.image.pixels, self._field_context(field)
        own_px = None
        if field.diameter_source == "image" or context.cell_diameter is None:
            own_px = _contradicted(context.cell_diameter, field.diameter_px)
        median_diameter_px = own_px if median_diameter_px is None else median_diameter_px
        normal_px = None if field.calibration is None else field.calibration.normal_diameter_px
        classifier = self.classifier
        evidence = self._evidence.get(
            (field.image.picture, own_px, normal_px, None if classifier is None else classifier.model_id),
            lambda: field_evidence(classifier, rgb, context, median_diameter_px=own_px, normal_diameter_px=normal_px),
        )
        scale = None if field.calibration is None else field.calibration.um_per_px
        made = self._now()

        def analysed(part: Sequence[Cell]) -> list[CellAnalysis]:
            masks = [cell.mask for cell in part]
            measured = measure_many(rgb, masks, field_median_diameter=median_diameter_px, context=context)
            features = None
            if classifier is not None:
                features = extract_many(
                    rgb, masks, field_median_diameter=median_diameter_px, normal_diameter_px=normal_px, context=context
                )
            answers = predictions_and_looks(classifier, part, features, evidence=evidence)
            return [
                CellAnalysis(c.id, c.mask_revision, m, p, scale, made, look)
                for c, m, (p, look) in zip(part, measured, answers, strict=True)
            ]

        helpers = max(1, self.segmenter.helpers)
        together = min(ANALYSED_TOGETHER, -(-len(cells) // helpers))
        parts = [cells[start : start + together] for start in range(0, len(cells), together)]
        if len(parts) == 1:
            return analysed(cells)
        with self.helpers as ahead:
            return [analysis for part in ahead.map(analysed, parts, spare=helpers) for analysis in part]

    def read_image(self, field: PreparedField, cells: Sequence[MeasuredCell]) -> ImageReading | None:
        """What the image-level model says of a field as a whole; None without such a model.

        Args:
            field: where the cells lie.
            cells: all of them.
        """
        if self.image_level is None:
            return None
        measured = [c.measurements for c in cells if c.is_whole and c.measurements is not None]
        return self.image_level.read(field_features(self._field_context(field), [c.mask for c in cells], measured))

    def quality(self, field: PreparedField) -> FieldQuality:
        """What the field's image lets be seen; those of the latest fields are kept, since every batch of cells asks."""
        return self._qualities.get(
            field.image.picture,
            lambda: field_quality(field.image.pixels, context=self._field_context(field), view=field.view),
        )

    def take_notices(self) -> tuple[str, ...]:
        """What the user should know since the last call, e.g. that the device was changed."""
        return self.segmenter.take_notices()

    def _key(self, field: PreparedField, tile: Tile) -> tuple[object, ...]:
        return field.image.picture, tile.key, self.segmenter.model_id

    def _embedding(self, field: PreparedField, tile: Tile) -> Embedding:
        key = self._key(field, tile)
        embedding = self._cache.get(key)
        if embedding is None:
            pixels = tiles.extract(field.image.pixels, tile, pad_rgb=field.pad_rgb, shown=field.view.box)
            embedding = self.segmenter.embed(pixels)
            self._cache.put(key, embedding)
            self._embedded += 1
            if self._embedded % RELEASE_EVERY == 0:
                allocator.release()  # what fell out of the cache lies between what is in use
        return embedding

    def _field_context(self, field: PreparedField) -> FieldContext:
        return result_of(self._context_steps(field))

    def _context_steps(self, field: PreparedField) -> Steps[FieldContext]:
        key = field.image.picture
        context = self._contexts.get(key)
        if context is None:
            context = yield from context_steps(ArrayReader(field.image.pixels), view=field.view)
            self._contexts.put(key, context)
        return context

    def _tile_of(self, field: PreparedField, prompts: PromptSet) -> Tile:
        extent = decoding.extent_of(prompts)
        return tiles.tile_for_extent(field.grid, extent, prompts.anchor, margin=MARGIN_CELLS * field.diameter_px)

    def _decode(self, field: PreparedField, tile: Tile, prompts: Sequence[PromptSet]) -> list[Proposal | None]:
        return decoding.decode(
            self.segmenter,
            self._embedding(field, tile),
            tile,
            prompts,
            width=field.image.width,
            height=field.image.height,
        )

    def _decode_around(self, field: PreparedField, proposal: Proposal) -> Proposal:
        """The same prompts on a tile around the mask that was cut."""
        extent = proposal.mask.box.union(decoding.extent_of(proposal.prompts))
        again = self._decode(field, field.grid.tile_around(extent), [proposal.prompts])[0]
        return proposal if again is None else again


def _contradicted(estimate: float | None, confirmed: float) -> float | None:
    """The confirmed diameter where an estimate is missing or far from it, else None: the estimate will do."""
    if estimate is not None and 1 / CONTRADICTION < estimate / confirmed < CONTRADICTION:
        return None
    return confirmed
