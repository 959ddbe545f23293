"""Tiles cover the field, overlap enough, and convert coordinates there and back."""

import itertools

import numpy as np
import pytest

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.domain.geometry import Box, Point
from rbc_desktop.imaging.masks.tiles import (
    OVERLAP_CELLS,
    TileGrid,
    extract,
    mask_to_model,
    padding_colour,
    tile_for_extent,
)

FIELDS = [(640, 480, 39), (1280, 960, 39), (640, 480, 104), (575, 575, 140), (300, 2000, 20), (97, 61, 25)]


def plan(width, height, diameter, *, size=512, cell_px=48):
    return TileGrid.plan(width=width, height=height, sizes=[size], scale=cell_px / diameter, cell_px=cell_px)


@pytest.mark.parametrize(("width", "height", "diameter"), FIELDS)
def test_cores_partition_the_field_and_lie_in_their_tiles(width, height, diameter):
    grid = plan(width, height, diameter)
    assert sum(tile.core.area for tile in grid.tiles) == pytest.approx(width * height)
    for tile in grid.tiles:
        assert tile.holds(tile.core)


@pytest.mark.parametrize(("width", "height", "diameter"), FIELDS)
def test_every_cell_lies_whole_in_the_tile_of_its_centre(width, height, diameter):
    grid = plan(width, height, diameter)
    for x in np.linspace(0, width - 1, 23):
        for y in np.linspace(0, height - 1, 23):
            cell = Box(x, y, x, y).expanded(diameter / 2).clipped(width=width, height=height)
            assert grid.tile_for(Point(x, y)).holds(cell)


@pytest.mark.parametrize(("width", "height", "diameter"), FIELDS)
def test_neighbouring_tiles_overlap_by_one_and_a_half_cells(width, height, diameter):
    grid = plan(width, height, diameter)
    for starts in (sorted({t.x0 for t in grid.tiles}), sorted({t.y0 for t in grid.tiles})):
        for first, second in itertools.pairwise(starts):
            assert first + grid.side - second >= min(grid.side // 2, OVERLAP_CELLS * diameter) - 1


def test_the_tile_of_a_point_is_the_one_in_which_it_lies_most_centrally():
    grid = plan(1280, 960, 39)
    rng = np.random.default_rng(0)
    for x, y in rng.uniform((0, 0), (1280, 960), (200, 2)):

        def off_centre(tile, x=x, y=y):
            return max(abs(tile.box.centre.x - x), abs(tile.box.centre.y - y))

        chosen = grid.tile_for(Point(x, y))
        assert off_centre(chosen) == pytest.approx(min(off_centre(t) for t in grid.tiles), abs=1)


def test_points_on_and_beyond_the_edge_have_a_tile():
    grid = plan(640, 480, 39)
    for x, y in [(640, 480), (-5, 10), (1e6, -1e6), (0, 0)]:
        assert grid.tile_for(Point(x, y)) in grid.tiles


def test_coordinates_go_there_and_back():
    tile = plan(1280, 960, 39).tiles[3]
    there = tile.to_model(Point(700.25, 33.5))
    back = tile.to_field(there)
    assert (back.x, back.y) == pytest.approx((700.25, 33.5))
    assert tile.box_to_model(tile.box) == Box(0, 0, 512, 512)


def test_a_tile_has_the_model_size_and_shows_its_place_in_the_field():
    rgb = np.zeros((480, 640, 3), np.uint8)
    rgb[200:220, 300:320] = 255
    grid = plan(640, 480, 39)
    tile = grid.tile_for(Point(310, 210))
    pixels = extract(rgb, tile)
    assert pixels.shape == (512, 512, 3)
    spot = np.argwhere(pixels[..., 0] > 127)
    middle = tile.to_field(Point(*(spot.mean(axis=0)[::-1] + 0.5)))
    assert (middle.x, middle.y) == pytest.approx((310, 210), abs=0.5)


def test_a_field_smaller_than_a_tile_is_padded_with_its_background():
    rgb = np.full((90, 120, 3), (230, 220, 210), np.uint8)
    rgb[30:60, 40:70] = (150, 60, 80)
    grid = plan(120, 90, 30)
    [tile] = grid.tiles
    pixels = extract(rgb, tile)
    assert tuple(pixels[2, 2]) == (230, 220, 210)
    corner = tile.to_model(Point(55, 45))
    assert tuple(pixels[int(corner.y), int(corner.x)]) == (150, 60, 80)


def test_padding_colour_is_the_bare_background_of_a_crowded_field():
    rgb = np.full((100, 100, 3), (150, 60, 80), np.uint8)
    rgb[:25] = (240, 230, 220)
    assert padding_colour(rgb) == (240, 230, 220)


def test_a_mask_in_model_pixels_keeps_its_place_and_share():
    tile = plan(640, 480, 39).tile_for(Point(100, 100))
    mask = CellMask.from_array(np.ones((40, 40), bool), x0=80, y0=80)
    model = mask_to_model(mask, tile)
    assert model.shape == (512, 512)
    assert model.mean() == pytest.approx((40 / tile.side) ** 2, rel=0.05)
    ys, xs = np.nonzero(model)
    middle = tile.to_field(Point(xs.mean() + 0.5, ys.mean() + 0.5))
    assert (middle.x, middle.y) == pytest.approx((100, 100), abs=0.5)


def test_a_mask_partly_outside_its_tile_loses_only_that_part():
    tile = plan(1280, 960, 39).tiles[0]
    edge = tile.side
    mask = CellMask.from_array(np.ones((20, 20), bool), x0=edge - 10, y0=50)
    assert mask_to_model(mask, tile).sum() == pytest.approx(10 * 20 * tile.scale**2, rel=0.1)


def test_prompts_that_leave_the_tile_get_one_of_their_own():
    grid = plan(1280, 960, 39)
    tile = grid.tiles[0]
    near_edge = Box(tile.side - 30, 100, tile.side + 30, 160)
    own = tile_for_extent(grid, near_edge, Point(tile.side - 30, 130), margin=20)
    assert own.holds(near_edge, margin=20)
    inside = Box(50, 50, 90, 90)
    assert tile_for_extent(grid, inside, Point(60, 60), margin=20) is tile


def test_something_larger_than_a_tile_is_shrunk_into_one():
    grid = plan(1280, 960, 39)
    own = grid.tile_around(Box(100, 100, 900, 800))
    assert own.holds(Box(100, 100, 900, 800))
    assert own.size == 512
    assert own.scale < grid.tiles[0].scale


def test_a_cell_at_the_edge_of_the_field_needs_no_tile_of_its_own():
    grid = plan(1280, 960, 39)
    extent = Box(2, 2, 2, 2)
    assert tile_for_extent(grid, extent, Point(2, 2), margin=30) is grid.tiles[0]


def test_what_is_out_of_view_is_padding():
    rgb = np.full((100, 100, 3), 7, np.uint8)
    rgb[20:, 10:] = 200
    (tile,) = TileGrid.plan(width=100, height=100, sizes=[100], scale=1.0, cell_px=20).tiles
    shown = Region(10, 20, 100, 100)
    pixels = extract(rgb, tile, pad_rgb=(1, 2, 3), shown=shown)
    assert (pixels[20:, 10:] == 200).all()
    assert (pixels[:20] == (1, 2, 3)).all()
    assert (pixels[:, :10] == (1, 2, 3)).all()
    elsewhere = extract(rgb, tile, pad_rgb=(1, 2, 3), shown=Region(0, 0, 0, 0))
    assert (elsewhere == (1, 2, 3)).all()


def test_tiles_are_as_small_as_they_may_be_where_several_cover_a_field():
    sizes = range(384, 513, 32)
    for width, height, diameter in FIELDS:
        scale = 48 / diameter
        grid = TileGrid.plan(width=width, height=height, sizes=sizes, scale=scale, cell_px=48)
        largest = plan(width, height, diameter)
        assert len(grid.tiles) * grid.size**2 <= len(largest.tiles) * 512**2
        assert grid.size == 512 or len(largest.tiles) > 1
    sample = TileGrid.plan(width=640, height=480, sizes=sizes, scale=48 / 28.3, cell_px=48)
    assert (sample.size, len(sample.tiles)) == (448, 6)
    assert all(tile.size == 448 for tile in sample.tiles)
