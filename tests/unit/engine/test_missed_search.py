"""Looking for missed cells in a field that is too large to be looked at whole."""

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.engine import missed_search
from rbc_desktop.engine.missed_search import missed_steps
from rbc_desktop.imaging.array_reader import ArrayReader
from rbc_desktop.imaging.field_context import context_steps
from rbc_desktop.imaging.stain_levels import result_of
from tests.fakes.drawn_masks import disc
from tests.fakes.ink_segmenter import drawn_field, grid_places

PLACES = grid_places()


def missed(given):
    field = drawn_field(PLACES)
    shape = disc(centre=(22, 22), radius=20.5, size=44)
    masks = [CellMask.from_array(shape, x0=x - 22, y0=y - 22) for x, y in given]
    return result_of(missed_steps(context_steps(ArrayReader(field.pixels)), masks, diameter_px=41))


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
