"""Segment all: one seed per cell, decoded in batches, duplicates and doubtful masks dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ..domain.arrays import FloatArray
from ..domain.cells.mask import CellMask
from ..domain.cells.prompts import PromptPoint, PromptSet
from ..domain.cells.proposal import Proposal
from ..domain.fields.regions import Region
from ..domain.geometry import Box, Point
from ..imaging.cells.field_context import FieldContext
from ..imaging.fields.scale import density_within_steps, stained_area_steps
from ..imaging.light.field_density import WHOLE_PIXELS, Density
from ..imaging.light.field_of_view import FieldOfView
from ..imaging.light.stain_levels import BAND_PIXELS, Steps
from ..imaging.masks.proposals import MaskIndex, contrast, degrees_apart, is_ink, own_hue, stain_hue, staining
from ..imaging.masks.seeds import Seed, seeds_from_image, seeds_from_maps
from ..imaging.masks.tiles import Tile, TileGrid
from ..imaging.masks.uncovered import new_share, uncovered_area, uncovered_seeds
from ..ports import Embedding, LoadedImage, Segmenter
from . import decoding
from .ahead import Ahead

U8Array = npt.NDArray[np.uint8]

SEED_BATCH = 16
"""Seeds decoded in one job: short enough that a click never waits long behind it."""

LOOKS_PER_BAND = 6
"""Steps per `BAND_PIXELS` in which a field is looked at before its first tile; each takes about half as long as one."""

MAP_STRIDE = 4.0
"""Model pixels per element of the dense maps."""


@dataclass(frozen=True, slots=True)
class KeepLimits:
    """What Segment all keeps.

    Set on 40 images of `txl-pbc/train` (F1 of boxes at IoU 0.5: 0.92) and 20 labelled Chula fields (98 % of the marked
    cells found). A stricter stability loses cells of blurred fields, a looser one keeps halves of clumps.

    Attributes:
        score: least predicted IoU.
        stability: least stability score.
        diameters: least and largest equivalent diameter, relative to the typical cell.
        staining: least staining, relative to the typical cell. On bright fields the network sees a few cells in the
            bare background; they lie below 0.07, real cells above 0.2 (20 fields of four microscopes).
        contrast: least contrast, relative to the median of the field's cells so far.
        pale: contrast from which on a mask below that is kept all the same, if it absorbs in the field's hue: a pale
            cell beside dark ones.
        pale_hue: largest angle, degrees, between what such a mask absorbs more than its surroundings and the density of
            the field's cells in three channels. 99 % of all masks on `txl-pbc/train` lie below 10.7, lysed cells, which
            lost their haemoglobin, at 5 (contrast 0.036) and 16 to 26, pale cells in composites below 12.2.
        new: least share of the mask that no other mask covered.
        hue: largest angle, degrees, between the mask's density in three channels and that of the field's cells so far.
            On `txl-pbc/train` 99 % of the red cells lie below 11.5, all platelets above 25, three of four white cells
            above 11.4: what the dense head left out on purpose stays out, in whatever stain.
        other_hue: the same angle from which on nothing is a cell of this film, if what the mask absorbs more than its
            surroundings lies as far off: burnt-in letters. Yellow and cyan ones lie from 54 on; of 8,894 masks of six
            microscopes two lie above 50, cells under a green flare, by their surroundings at 43.
    """

    score: float = 0.6
    stability: float = 0.75
    diameters: tuple[float, float] = (0.35, 2.2)
    staining: float = 0.12
    contrast: float = 0.25
    pale: float = 0.04
    pale_hue: float = 13.0
    new: float = 0.0
    hue: float = 180.0
    other_hue: float = 45.0


SECOND_LOOK = KeepLimits(
    score=0.5, stability=0.5, diameters=(0.5, 1.8), staining=0.4, contrast=0.3, pale=np.inf, new=0.3, hue=14.0
)
"""What is kept from seeds in stained area that the first look left uncovered: a less sure edge, but new and stained. Of
a cell that lies under another often only a third is new."""

ENOUGH = 6
"""So many cells have a median density."""

MOST_COMPARED = 200
"""So many cells tell a field's hue."""

BLOCK_SIDE, BLOCK_MARGIN = 1024, 4.0
"""A large field is looked at again in squares of so many pixels, each with so many diameters around it."""

SECOND_LOOKS = 2
"""A cell that lay under another's remainder shows only when that one is covered."""

SPARE = 3
"""Batches that are decoded ahead of the one that is wanted."""


@dataclass(frozen=True, slots=True, eq=False)
class _Batch:
    """Seeds of one tile, and whether they are its last ones."""

    number: int
    tile: Tile
    embedding: Embedding
    seeds: Sequence[Seed]
    is_last: bool

    @classmethod
    def of(cls, seeds: Sequence[Seed], number: int, tile: Tile, embedding: Embedding) -> Iterator[_Batch]:
        """All of them, at least one."""
        for start in range(0, max(1, len(seeds)), SEED_BATCH):
            end = start + SEED_BATCH
            yield cls(number, tile, embedding, seeds[start:end], end >= len(seeds))


@dataclass(frozen=True, slots=True, eq=False)
class SegmentAllStep:
    """One step of Segment all: `done` of `total`, and the cells that it found."""

    done: int
    total: int
    found: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Stain:
    """What the field's stain is like.

    Attributes:
        density: mean optical density of the channels, ``(H, W)``.
        hues: optical density by channel, ``(H, W, 3)``.
        area: ``(H, W)`` uint8, 1 where the field is stained, pale centres included; None for a field without contrast.
        cell_density: median density in that area, 0 without one.
    """

    density: Density
    hues: Density
    area: U8Array | None
    cell_density: float


class FieldSearch:
    """One run of Segment all over one field.

    Args:
        segmenter: decodes; has a dense head or not.
        image: the field.
        grid: its tiles.
        diameter_px: of a typical cell, field pixels.
        view: what the image shows of the smear; nothing is looked for elsewhere.
        helpers: decode ahead.
        limits: what is kept.
    """

    def __init__(
        self,
        segmenter: Segmenter,
        image: LoadedImage,
        grid: TileGrid,
        *,
        helpers: Ahead,
        diameter_px: float,
        view: FieldOfView,
        limits: KeepLimits | None = None,
    ) -> None:
        self._segmenter = segmenter
        self._image = image
        self._grid = grid
        self._helpers = helpers
        self._diameter = diameter_px
        self._view = view
        self._field = Region(0, 0, image.width, image.height)
        self._stain: _Stain
        self._limits = limits or KeepLimits()
        self._field_seeds: list[Seed] = []
        self._contrasts: list[float] = []
        self._taken_hues: list[FloatArray] = []

    def run(
        self, *, context: Steps[FieldContext], embed: Callable[[Tile], Embedding], existing: Sequence[CellMask]
    ) -> Iterator[SegmentAllStep]:
        """The steps. Cells in `existing` are not found again.

        Args:
            context: computes the field's optical density.
            embed: the embedding of a tile, cached or fresh.
            existing: masks that are taken.
        """
        taken = MaskIndex(existing)
        first = max(2, round(LOOKS_PER_BAND * self._image.width * self._image.height / BAND_PIXELS))
        total = first + 2 * len(self._grid.tiles) + 1
        for done, _ in enumerate(self._look_at_stain(context)):
            yield SegmentAllStep(min(done, first), total)
        with self._helpers as ahead:
            for batch, answers in ahead.map(self._answered, self._batches(embed, ahead), spare=SPARE):
                done = first + 2 * batch.number + 1
                yield SegmentAllStep(done, total, tuple(self._kept(answers, taken)))
                if batch.is_last:
                    yield SegmentAllStep(done + 1, total)
            for found in self._look_again(embed, ahead, taken):
                yield SegmentAllStep(total - 1, total, tuple(found))
        yield SegmentAllStep(total, total)

    def _batches(self, embed: Callable[[Tile], Embedding], ahead: Ahead) -> Iterator[_Batch]:
        """The seeds of the dense head, tile by tile; at least one batch for each, if an empty one."""

        def look(tile: Tile) -> tuple[Embedding, list[Seed]]:
            embedding = embed(tile)
            return embedding, self._seeds(tile, embedding)

        if not self._segmenter.has_dense_head:
            self._field_seeds = seeds_from_image(self._image.pixels, diameter_px=self._diameter)
        looked = ahead.map(look, self._grid.tiles, spare=1)
        for number, (tile, (embedding, seeds)) in enumerate(zip(self._grid.tiles, looked, strict=True)):
            yield from _Batch.of(seeds, number, tile, embedding)

    def _answered(self, batch: _Batch) -> tuple[_Batch, list[Proposal]]:
        """What the decoder says of a batch; also called on helper threads."""
        prompts = [PromptSet(points=(PromptPoint(s.x, s.y),)) for s in batch.seeds]
        width, height = self._image.width, self._image.height
        answers = decoding.decode(
            self._segmenter, batch.embedding, batch.tile, prompts, width=width, height=height, best_only=True
        )
        return batch, [a for a in answers if a is not None]

    def _look_at_stain(self, context: Steps[FieldContext]) -> Iterator[None]:
        """What is stained, and how densely, in small steps; the first is empty, so that progress shows at once."""
        yield
        known = yield from context
        area = yield from stained_area_steps(known.mean_density)
        yield
        typical = yield from density_within_steps(known.mean_density, area)
        self._stain = _Stain(known.mean_density, known.density, area, typical)

    def _look_again(
        self, embed: Callable[[Tile], Embedding], ahead: Ahead, taken: MaskIndex
    ) -> Iterator[list[Proposal]]:
        """What a seed in each stained, uncovered part gives, batch by batch."""
        area = self._stain.area
        if area is None or not self._segmenter.has_dense_head:
            return
        tried: set[tuple[float, float]] = set()
        for _ in range(SECOND_LOOKS):
            rest = np.zeros(area.shape, np.uint8)  # zeros_like would write to all of it at once
            seeds: list[Seed] = []
            for block in self._blocks():
                seeds += self._uncovered(area, block, taken, rest)
                yield []
            seeds = [s for s in seeds if (s.x, s.y) not in tried]
            tried |= {(s.x, s.y) for s in seeds}
            count = 0
            for _, answers in ahead.map(self._answered, self._batches_of(seeds, embed), spare=SPARE):
                found = self._kept(answers, taken, limits=SECOND_LOOK, rest=rest)
                count += len(found)
                yield found
            if not count:
                return

    def _batches_of(self, seeds: Sequence[Seed], embed: Callable[[Tile], Embedding]) -> Iterator[_Batch]:
        for number, tile in enumerate(self._grid.tiles):
            own = [s for s in seeds if tile.core.contains(Point(s.x, s.y))]
            if own:
                yield from _Batch.of(own, number, tile, embed(tile))

    def _blocks(self) -> Iterator[Region]:
        """The parts in which the second look is taken; a field of ordinary size is one."""
        whole = self._field
        return iter([whole]) if whole.width * whole.height <= WHOLE_PIXELS else whole.blocks(BLOCK_SIDE)

    def _uncovered(self, area: U8Array, block: Region, taken: MaskIndex, rest: U8Array) -> list[Seed]:
        """Seeds in the uncovered part of the stained area in a block, field pixels; that part is marked in `rest`."""
        seen = block.grown(round(BLOCK_MARGIN * self._diameter), within=self._field)
        masks = taken.within(Box(seen.x0, seen.y0, seen.x1, seen.y1))
        part = uncovered_area(area[seen.slices], masks, diameter_px=self._diameter, x0=seen.x0, y0=seen.y0)
        rest[block.slices] = part[block.seen_from(seen).slices]
        if not rest[block.slices].any():
            return []
        density = self._stain.density[seen.slices]
        found = uncovered_seeds(
            part, density=density, cell_density=self._stain.cell_density, diameter_px=self._diameter
        )
        found = [replace(s, x=s.x + seen.x0, y=s.y + seen.y0) for s in found]
        return [s for s in found if block.x0 <= s.x < block.x1 and block.y0 <= s.y < block.y1]

    def _seeds(self, tile: Tile, embedding: Embedding) -> list[Seed]:
        """Seeds in the tile's core, field pixels, strongest first."""
        if self._segmenter.has_dense_head:
            maps = self._segmenter.dense(embedding)
            local = seeds_from_maps(centre=maps.centre, foreground=maps.foreground, stride=MAP_STRIDE)
            seeds = [Seed(tile.x0 + s.x / tile.scale, tile.y0 + s.y / tile.scale, s.strength) for s in local]
        else:
            seeds = self._field_seeds
        core = tile.core
        own = [s for s in seeds if core.x0 <= s.x < core.x1 and core.y0 <= s.y < core.y1]
        return own if self._view.is_whole else [s for s in own if self._view.contains(Point(s.x, s.y))]

    def _kept(
        self,
        answers: Sequence[Proposal],
        taken: MaskIndex,
        *,
        limits: KeepLimits | None = None,
        rest: U8Array | None = None,
    ) -> list[Proposal]:
        """The proposals of one batch that are worth keeping; they are taken from now on.

        Args:
            answers: what the decoder said.
            taken: masks so far; what shows one of their cells is dropped, what is kept joins them.
            limits: those of the run unless others are given.
            rest: ``(H, W)`` uint8, 1 where nothing covers the stain; a cell must be new there.
        """
        limits = limits or self._limits
        cells = [a for a in answers if self._is_cell(a, limits)]
        if rest is not None:
            cells = [cell for cell in cells if new_share(cell.mask, rest) >= limits.new]
        cells = self._of_one_hue(cells, taken, limits)
        kept: list[Proposal] = []
        for proposal in sorted(self._without_ghosts(cells, taken, limits), key=lambda a: -a.score * a.stability):
            if not taken.has_duplicate_of(proposal.mask):
                taken.add(proposal.mask)
                kept.append(decoding.marked_at_edge(proposal, self._view))
        return kept

    def _of_one_hue(self, cells: list[Proposal], taken: MaskIndex, limits: KeepLimits) -> list[Proposal]:
        """Those that are stained like the field's cells, as far as the limits ask for it."""
        hues = [stain_hue(cell.mask, density=self._stain.hues) for cell in cells]
        typical = self._field_hue(taken, hues)
        if typical is None:
            return cells
        angles = [degrees_apart(hue, typical) for hue in hues]
        return [
            cell
            for cell, apart in zip(cells, angles, strict=True)
            if apart <= limits.hue and not (apart > limits.other_hue and self._absorbs_otherwise(cell, typical, limits))
        ]

    def _absorbs_otherwise(self, cell: Proposal, typical: FloatArray, limits: KeepLimits) -> bool:
        return degrees_apart(own_hue(cell.mask, density=self._stain.hues), typical) > limits.other_hue

    def _field_hue(self, taken: MaskIndex, others: Sequence[FloatArray]) -> FloatArray | None:
        """Median hue of the field's cells, with those of `others` while few are taken; None for too few of both."""
        unknown = taken.masks[len(self._taken_hues) : MOST_COMPARED]
        self._taken_hues += [stain_hue(mask, density=self._stain.hues) for mask in unknown]
        known = self._taken_hues if len(self._taken_hues) >= ENOUGH else [*self._taken_hues, *others]
        return np.asarray(np.median(known, axis=0), np.float32) if len(known) >= ENOUGH else None

    def _without_ghosts(self, cells: list[Proposal], taken: MaskIndex, limits: KeepLimits) -> list[Proposal]:
        """Those that are not much paler than what was found so far, or of its hue: no outlines in the bare background.

        What is pale but has the field's hue is a cell with little haemoglobin.
        """
        contrasts = [contrast(cell.mask, density=self._stain.density) for cell in cells]
        known = self._contrasts + contrasts
        least = limits.contrast * float(np.median(known)) if len(known) >= ENOUGH else -np.inf
        self._contrasts += [value for value in contrasts if value >= least]
        sure = [cell for cell, value in zip(cells, contrasts, strict=True) if value >= least]
        pale = [cell for cell, value in zip(cells, contrasts, strict=True) if limits.pale <= value < least]
        sure_hues = [stain_hue(cell.mask, density=self._stain.hues) for cell in sure] if pale else []
        typical = self._field_hue(taken, sure_hues) if pale else None
        if typical is None:
            return sure
        hues = [own_hue(cell.mask, density=self._stain.hues) for cell in pale]
        alike = (degrees_apart(hue, typical) <= limits.pale_hue for hue in hues)
        return sure + [cell for cell, is_alike in zip(pale, alike, strict=True) if is_alike]

    def _is_cell(self, proposal: Proposal, limits: KeepLimits) -> bool:
        mask = proposal.mask
        diameter = mask.diameter / self._diameter
        low, high = limits.diameters
        return (
            proposal.score >= limits.score
            and proposal.stability >= limits.stability
            and low <= diameter <= high
            and staining(mask, density=self._stain.density, cell_density=self._stain.cell_density) >= limits.staining
            and not is_ink(mask, density=self._stain.density)
        )
