"""Squares of the overlay, painted when they are ready."""

import pytest
from PySide6.QtGui import QPainter, QPixmap

from rbc_desktop.domain.geometry import Box
from rbc_desktop.ui.canvas.overlay.painted_tiles import TILE_PX, PaintedTiles, blocks

FIELD = Box(0, 0, 2 * TILE_PX, TILE_PX)
LEFT, RIGHT = Box(0, 0, TILE_PX, TILE_PX), Box(TILE_PX, 0, 2 * TILE_PX, TILE_PX)


class Squares:
    """Which were painted, and which are ready."""

    def __init__(self):
        self.painted, self.ready = [], {LEFT: True, RIGHT: True}
        self.tiles = PaintedTiles(lambda _painter, box: self.painted.append(box), self.ready.__getitem__)

    def frame(self, seconds=10.0):
        self.painted.clear()
        screen = QPixmap(2 * TILE_PX, TILE_PX)
        with QPainter(screen) as painter:
            return self.tiles.paint(painter, FIELD, seconds=seconds, meanwhile=None), list(self.painted)


@pytest.fixture
def squares(qapp):
    return Squares()


def test_what_is_painted_and_unchanged_is_not_painted_again(squares):
    assert squares.frame() == ([], [LEFT, RIGHT])
    assert squares.frame() == ([], [])
    squares.tiles.outdate(Box(3, 3, 9, 9))
    assert squares.frame() == ([], [LEFT])
    assert squares.tiles.is_current(FIELD)


def test_a_square_waits_with_its_old_picture_until_it_is_ready(squares):
    squares.frame()
    squares.ready[RIGHT] = False
    squares.tiles.outdate()
    assert squares.frame() == ([], [LEFT])
    assert not squares.tiles.is_current(FIELD)
    assert squares.tiles.due([FIELD]) == []
    squares.ready[RIGHT] = True
    assert squares.tiles.due([LEFT]) == []
    assert squares.tiles.due([Box(TILE_PX + 3, 3, TILE_PX + 4, 4)]) == [RIGHT]
    assert squares.frame() == ([], [RIGHT])
    assert squares.tiles.is_current(FIELD)


def test_a_square_is_asked_once_whether_it_is_ready_for_each_change(squares):
    """Not in every frame: asking goes through all of its cells."""
    squares.frame()
    squares.ready[RIGHT] = False
    squares.tiles.outdate()
    squares.frame()
    squares.ready[RIGHT] = True
    assert squares.frame() == ([], []), "nobody said that it is ready now"
    squares.tiles.ask_again()
    assert squares.frame() == ([], [RIGHT])


def test_the_first_picture_of_a_square_comes_as_far_as_it_is_ready(squares):
    squares.ready[RIGHT] = False
    assert squares.frame() == ([], [LEFT, RIGHT])
    assert squares.frame() == ([], [])
    assert not squares.tiles.is_current(FIELD)
    squares.ready[RIGHT] = True
    assert squares.tiles.due([FIELD]) == [RIGHT]
    assert squares.frame() == ([], [RIGHT])


def test_what_must_be_seen_at_once_waits_for_nothing(squares):
    squares.frame()
    squares.ready[LEFT] = squares.ready[RIGHT] = False
    squares.tiles.outdate(Box(3, 3, 9, 9), at_once=True)
    assert squares.frame() == ([], [LEFT])
    assert squares.frame() == ([], []), "once"
    squares.ready[LEFT] = True
    squares.tiles.ask_again()
    assert squares.frame() == ([], [LEFT])


def test_without_time_squares_are_told_and_not_painted(squares):
    assert squares.frame(seconds=0) == ([LEFT, RIGHT], [])


def test_a_part_of_the_field_lies_in_whole_squares(squares):
    squares.tiles.set_zoom(scale=2, ratio=1)
    half = TILE_PX / 2
    assert squares.tiles.whole(Box(1, half + 1, half + 1, half + 2)) == Box(0, half, 2 * half, 2 * half)
    assert squares.tiles.whole(Box(0, 0, half, half)) == Box(0, 0, half, half)


def test_squares_come_in_few_rectangles():
    whole = [(c, r) for r in range(3) for c in range(5)]
    assert blocks(whole) == [((0, 0), (4, 2))]
    assert blocks(whole[7:]) == [((2, 1), (4, 1)), ((0, 2), (4, 2))]
    assert blocks([(0, 0), (2, 0), (2, 1)]) == [((0, 0), (0, 0)), ((2, 0), (2, 1))]
    assert blocks([]) == []


def test_rectangles_hold_the_squares_and_no_others():
    keys = [(c, r) for r in range(6) for c in range(6) if (c * 7 + r * 5) % 4]
    held = [(c, r) for (a, b), (d, e) in blocks(keys) for r in range(b, e + 1) for c in range(a, d + 1)]
    assert sorted(held) == sorted(keys)
    assert len(held) == len(set(held))
