"""Looking for missed cells in a whole field, a part at a time."""

from __future__ import annotations

from collections.abc import Sequence

from ..domain.cells.mask import CellMask
from ..domain.cells.missed_places import MissedPlace
from ..domain.fields.regions import Region
from ..domain.geometry import Box
from ..imaging.cells.field_context import FieldContext
from ..imaging.fields.scale import stained_area_steps
from ..imaging.light.field_density import WHOLE_PIXELS
from ..imaging.light.field_of_view import FieldOfView
from ..imaging.light.stain_levels import Steps
from ..imaging.masks.missed_cells import known_cells, missed_places, without_penumbra
from ..imaging.masks.proposals import MaskIndex
from .field_search import BLOCK_MARGIN, BLOCK_SIDE


def missed_steps(
    context: Steps[FieldContext], masks: Sequence[CellMask], *, diameter_px: float, view: FieldOfView
) -> Steps[tuple[MissedPlace, ...]]:
    """Where cells may have been missed that these outlines leave uncovered, most cells first.

    Args:
        context: computes the field's optical density.
        masks: of all cells of the field; without any nothing was missed.
        diameter_px: of a typical cell, field pixels.
        view: what the image shows of the smear.
    """
    if not masks:
        return ()
    density = (looked_at := (yield from context)).density
    stained = yield from stained_area_steps(looked_at.mean_density)
    if stained is None:
        return ()
    known = known_cells(masks, density=density, diameter_px=diameter_px)
    index, found = MaskIndex(masks), []
    field = Region(0, 0, stained.shape[1], stained.shape[0])
    for block in [field] if stained.size <= WHOLE_PIXELS else field.blocks(BLOCK_SIDE):
        yield
        seen = block.grown(round(BLOCK_MARGIN * diameter_px), within=field)
        near = index.within(Box(seen.x0, seen.y0, seen.x1, seen.y1))
        outside = None if view.surround is None else view.outside(seen)
        part = without_penumbra(stained[seen.slices], outside, diameter_px=diameter_px)
        places = missed_places(near, stained=part, density=density, known=known, x0=seen.x0, y0=seen.y0)
        found += [place for place in places if _begins_in(block, place.mask)]
    return tuple(sorted(found, key=lambda place: -place.cells))


def _begins_in(block: Region, mask: CellMask) -> bool:
    """Each place belongs to the block in which its box begins."""
    return block.x0 <= mask.x0 < block.x1 and block.y0 <= mask.y0 < block.y1
