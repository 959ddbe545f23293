"""Tiles that are read in the background."""

import threading

import numpy as np
import pytest

from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.domain.geometry import Box
from rbc_desktop.errors import ImageReadError
from rbc_desktop.imaging.light.array_reader import ArrayReader
from rbc_desktop.ui.canvas.picture.slide_tiles import TILE_SIDE, SlideTile
from rbc_desktop.ui.canvas.picture.tile_loader import THREADS, TileLoader, picture_of
from tests.ui.canvas.drawn_slide import film, rgb_of


class Watched(ArrayReader):
    """Remembers what is read; waits while it is held; fails where it is told to."""

    def __init__(self, rgb):
        super().__init__(rgb)
        self.read_regions, self.broken = [], ()
        self.free = threading.Event()
        self.free.set()

    def read(self, region: Region, *, size=None):
        self.free.wait(10)
        self.read_regions.append(region)
        if region in self.broken:
            raise ImageReadError("A part of film.tif is damaged; copy it again.")
        return super().read(region, size=size)


@pytest.fixture
def loader(qapp):
    made = TileLoader()
    yield made
    made.shutdown()
    made.deleteLater()


@pytest.fixture
def slide():
    return Watched(film(2000, 1500))


def test_a_picture_has_the_pixels_of_its_part(qtbot, loader, slide):
    loader.open(slide)
    tile = SlideTile(1, 1, 0)
    with qtbot.waitSignal(loader.settled):
        loader.want([tile])
    shown = rgb_of(loader.picture(tile))
    assert shown.shape[1::-1] == loader.grid.size(tile)
    assert np.array_equal(shown, slide.read(loader.grid.region(tile), size=loader.grid.size(tile)))


def test_what_is_no_longer_wanted_is_not_read(qtbot, loader, slide):
    slide.free.clear()
    loader.open(slide)
    loader.want(list(loader.grid.tiles(_all(slide), level=0)))
    qtbot.waitUntil(lambda: bool(loader._running))
    loader.want([SlideTile(2, 0, 0)])
    slide.free.set()
    qtbot.waitUntil(lambda: loader.is_settled)
    assert loader.has_view
    assert len(slide.read_regions) <= 3


def test_what_is_ahead_comes_after_what_is_in_view(qtbot, loader, slide):
    loader.open(slide)
    shown, ahead = [SlideTile(0, 0, 0), SlideTile(0, 1, 0)], [SlideTile(0, 2, 0)]
    slide.free.clear()
    loader.want(shown, ahead=ahead)
    assert list(loader._running.values()) == shown[:THREADS]
    with qtbot.waitSignal(loader.settled):
        slide.free.set()
    assert loader.grid.region(ahead[0]) in slide.read_regions


def test_memory_is_bounded_and_a_view_fits_into_it(qtbot, slide):
    capacity = 5 * 4 * TILE_SIDE**2
    loader = TileLoader(capacity=capacity)
    try:
        loader.open(slide)
        for tiles in (list(loader.grid.tiles(_all(slide), level=0)), [loader.grid.top]):
            loader.want(tiles)
            qtbot.waitUntil(lambda: loader.is_settled)
            assert loader.nbytes <= capacity + 4 * TILE_SIDE**2
        count = len(slide.read_regions)
        loader.want([loader.grid.top])
        qtbot.waitUntil(lambda: loader.is_settled)
        assert len(slide.read_regions) == count
    finally:
        loader.shutdown()


def test_a_damaged_part_is_told_once_and_not_tried_again(qtbot, loader, slide):
    loader.open(slide)
    tiles = [SlideTile(0, 0, 0), SlideTile(0, 1, 0), SlideTile(1, 0, 0)]
    slide.broken = tuple(loader.grid.region(tile) for tile in tiles[:2])
    sentences = []
    loader.failed.connect(sentences.append)
    for _ in range(2):
        loader.want(tiles)
        qtbot.waitUntil(lambda: loader.is_settled)
    assert sentences == ["A part of film.tif is damaged; copy it again."]
    assert len(slide.read_regions) == 3
    assert loader.picture(tiles[0]).isNull()
    assert not loader.picture(tiles[2]).isNull()


def test_another_slide_has_none_of_the_pictures_of_the_one_before(qtbot, loader, slide):
    slide.free.clear()
    loader.open(slide)
    loader.want([SlideTile(0, 0, 0)])
    qtbot.waitUntil(lambda: bool(loader._running))
    other = Watched(np.full((900, 900, 3), 77, np.uint8))
    loader.open(other)
    loader.want([SlideTile(0, 0, 0)])
    slide.free.set()
    qtbot.waitUntil(lambda: loader.has_view)
    assert (rgb_of(loader.picture(SlideTile(0, 0, 0))) == 77).all()


def test_a_picture_outlives_the_pixels_that_it_was_made_of():
    pixels = np.full((8, 7, 3), (10, 20, 30), np.uint8)
    image = picture_of(pixels)
    pixels[:] = 0
    assert (rgb_of(image) == (10, 20, 30)).all()


def _all(slide):
    return Box(0, 0, slide.width, slide.height)
