"""Squares of the overlay."""

from rbc_desktop.ui.canvas.overlay.painted_tiles import blocks


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
