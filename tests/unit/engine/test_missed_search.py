"""Looking for missed cells in a field that is too large to be looked at whole."""

import numpy as np
import pytest

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.engine import missed_search
from rbc_desktop.engine.missed_search import missed_steps
from rbc_desktop.imaging.cells.field_context import context_steps
from rbc_desktop.imaging.light.array_reader import ArrayReader
from rbc_desktop.imaging.light.field_of_view import field_of_view
from rbc_desktop.imaging.light.stain_levels import result_of
from tests.fakes.drawn_masks import disc
from tests.fakes.ink_segmenter import drawn_field, grid_places

PLACES = grid_places()


def missed(given, *, light=None):
    pixels = drawn_field(PLACES).pixels
    if light is not None:
        pixels = np.uint8(pixels * light[..., None])
    shape = disc(centre=(22, 22), radius=20.5, size=44)
    masks = [CellMask.from_array(shape, x0=x - 22, y0=y - 22) for x, y in given]
    field = ArrayReader(pixels)
    return result_of(missed_steps(context_steps(field), masks, diameter_px=41, view=field_of_view(field)))


def middles(places):
    return sorted((round(p.mask.centroid.x - 0.5), round(p.mask.centroid.y - 0.5)) for p in places)


def test_blocks_find_what_the_whole_field_shows_each_once(monkeypatch):
    gone = [PLACES[0], PLACES[9], PLACES[23], PLACES[-1]]
    given = [place for place in PLACES if place not in gone]
    assert middles(missed(given)) == sorted(gone)
    monkeypatch.setattr(missed_search, "WHOLE_PIXELS", 1)
    monkeypatch.setattr(missed_search, "BLOCK_SIDE", 170)
    assert middles(missed(given)) == sorted(gone)


def test_without_outlines_nothing_was_missed():
    assert missed([]) == ()


@pytest.mark.parametrize("soft", [2, 12, 24])
def test_the_soft_rim_of_an_eyepiece_is_no_cell(soft):
    rows, columns = np.mgrid[:480, :640]
    away = np.hypot(columns - 320, rows - 240)
    light = 1 / (1 + np.exp((away - 225) / soft))
    seen = [(x, y) for x, y in PLACES if np.hypot(x - 320, y - 240) < 205]
    gone = min(seen, key=lambda place: np.hypot(place[0] - 320, place[1] - 240))
    assert missed(seen, light=light) == ()
    assert middles(missed([place for place in seen if place != gone], light=light)) == [gone]
