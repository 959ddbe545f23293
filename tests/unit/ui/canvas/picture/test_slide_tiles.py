"""Which tiles a view of a slide needs."""

import numpy as np
import pytest

from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.domain.geometry import Box
from rbc_desktop.ui.canvas.picture.slide_tiles import TILE_SIDE, SlideGrid, SlideTile

GRID = SlideGrid(40_000, 30_000)


def covered(grid, tiles):
    """How often each pixel of the level is shown."""
    level = next(iter(tiles)).level
    counts = np.zeros((-(-grid.height >> level) + 1, -(-grid.width >> level) + 1), int)
    for tile in tiles:
        part = grid.region(tile)
        counts[part.y0 >> level : -(-part.y1 >> level), part.x0 >> level : -(-part.x1 >> level)] += 1
    return counts


@pytest.mark.parametrize("level", [5, 6, 7])
def test_the_tiles_of_a_level_cover_the_slide_once(level):
    tiles = list(GRID.tiles(Box(0, 0, GRID.width, GRID.height), level=level))
    counts = covered(GRID, tiles)
    assert counts[: -(-GRID.height >> level), : -(-GRID.width >> level)].min() == 1
    assert counts.max() <= 2  # pixels of the level that two tiles share where its size isn't whole


def test_the_coarsest_tile_shows_all():
    assert GRID.region(GRID.top) == Region(0, 0, 40_000, 30_000)
    assert max(GRID.size(GRID.top)) <= TILE_SIDE
    assert SlideGrid(300, 200).top == SlideTile(0, 0, 0)
    assert SlideGrid(300, 200).size(SlideTile(0, 0, 0)) == (300, 200)


def test_tiles_at_the_far_edges_are_smaller():
    last = list(GRID.tiles(Box(0, 0, GRID.width, GRID.height), level=3))[-1]
    region = GRID.region(last)
    assert (region.x1, region.y1) == (40_000, 30_000)
    assert GRID.size(last) == (-(-region.width // 8), -(-region.height // 8))


@pytest.mark.parametrize("zoom", [2.0, 1.0, 0.7, 0.5, 0.3, 0.126, 0.05])
def test_a_level_has_the_screens_resolution_and_not_twice_it(zoom):
    level = GRID.level_for(zoom)
    assert level == 0 or 0.5**level >= zoom
    assert 0.5 ** (level + 1) < zoom


def test_no_level_is_coarser_than_one_tile():
    assert GRID.level_for(1e-4) == GRID.coarsest


def test_the_whole_is_read_first_then_roughly_then_from_the_middle_outwards():
    box = Box(8000, 8000, 12_000, 11_000)
    tiles = GRID.in_view(box, zoom=0.5)
    assert tiles[0] == GRID.top
    assert [t.level for t in tiles[1:]] == sorted((t.level for t in tiles[1:]), reverse=True)
    fine = [t for t in tiles if t.level == 1]
    assert set(fine) == set(GRID.tiles(box, level=1))
    middle = GRID.region(fine[0])
    assert middle.x0 <= box.centre.x <= middle.x1
    assert middle.y0 <= box.centre.y <= middle.y1
    assert len(tiles) == len(set(tiles))


def test_what_is_read_ahead_lies_around_the_view_and_not_in_it():
    box = Box(8000, 8000, 12_000, 11_000)
    ahead = GRID.around(box, zoom=0.5)
    assert ahead
    assert not set(ahead) & set(GRID.in_view(box, zoom=0.5))
    assert {t.level for t in ahead} == {1}
    assert GRID.around(Box(0, 0, 40_000, 30_000), zoom=0.02) == ()


def test_a_view_beside_the_slide_needs_only_the_whole():
    assert GRID.in_view(Box(-500, -500, -1, -1), zoom=1.0) == (GRID.top,)


def test_a_tile_lies_in_its_parent():
    tile = SlideTile(2, 5, 3)
    inner, outer = GRID.region(tile), GRID.region(tile.parent)
    assert outer.x0 <= inner.x0 < inner.x1 <= outer.x1
    assert outer.y0 <= inner.y0 < inner.y1 <= outer.y1
