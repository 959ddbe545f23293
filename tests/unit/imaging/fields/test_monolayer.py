"""Finding the monolayer on drawn films whose zones are known. The thresholds were set on other seeds."""

import numpy as np
import pytest

from rbc_desktop.domain.slides.film_map import ZONES, FilmMap, Zone
from rbc_desktop.imaging.fields import monolayer
from rbc_desktop.imaging.light.array_reader import ArrayReader
from training.renderer import FieldStyle
from training.renderer.film import FilmStyle, FilmZone, draw_film

STYLES = {
    301: FilmStyle(diameter=20.0),
    302: FilmStyle(diameter=20.0, coverage=(0.9, 0.27, 0.05), borders=(0.04, 0.28, 0.76, 0.94)),
    303: FilmStyle(diameter=22.0, blurred=1, blur=0.07,
                   picture=FieldStyle(gradient=0.0, specks=0, stain=0.75, light=(228.0, 226.0, 232.0), noise=2.4)),
}  # fmt: skip
BLURRED = 0.05
"""Standard deviation over a cell's diameter from which on a place counts as blurred."""


@pytest.fixture(scope="module", params=STYLES, ids=str)
def film(request):
    return draw_film(width=3200, height=2200, seed=request.param, style=STYLES[request.param])


@pytest.fixture(scope="module")
def search(film):
    """The film's scale, its map, and what is proposed."""
    slide = ArrayReader(film.rgb)
    scale = monolayer.film_scale(slide)
    grid = monolayer.patch_grid(slide, scale)
    patches = [monolayer.measured_row(slide, scale, grid, row) for row in range(grid.zones.shape[0])]
    found = monolayer.judged_map(grid, patches)
    looked_at = [monolayer.looked_at(slide, scale, found, region) for region in monolayer.candidates(found)]
    return scale, found, [proposed for proposed in looked_at if proposed is not None]


def truth(film, region):
    part = (
        slice(region.y0 // film.step, region.y1 // film.step),
        slice(region.x0 // film.step, region.x1 // film.step),
    )
    return film.zones[part].ravel(), film.blur[part].ravel()


def test_what_is_proposed_lies_in_the_monolayer_and_in_focus(film, search):
    _, _, proposed = search
    assert proposed
    zones, blur = (np.concatenate(each) for each in zip(*(truth(film, p.region) for p in proposed), strict=True))
    assert (zones == FilmZone.MONOLAYER).mean() >= 0.9
    assert (blur > BLURRED).mean() == 0
    for each in proposed:
        assert each.cells > 50
        assert 0 < each.score <= 1
        assert len(each.reasons) == 4


def test_the_map_calls_the_zones_by_their_names(film, search):
    _, found, _ = search
    right = wrong = 0
    names = {FilmZone.THICK: Zone.THICK, FilmZone.THIN: Zone.THIN, FilmZone.GLASS: Zone.BARE}
    for (row, column), zone in np.ndenumerate(found.zones):
        zones, blur = truth(film, found.region(row, column))
        kinds, counts = np.unique(zones, return_counts=True)
        true = names.get(FilmZone(kinds[counts.argmax()]))
        if true is not None and counts.max() > 0.97 * counts.sum() and blur.max() < BLURRED:
            right += ZONES[zone] is true
            wrong += ZONES[zone] is not true
            assert ZONES[zone] is not Zone.MONOLAYER or true is not Zone.THICK
    assert right > 9 * wrong


def test_the_size_of_cells_is_found_on_the_film(search, request):
    scale, _, _ = search
    assert scale.diameter == pytest.approx(STYLES[request.node.callspec.params["film"]].diameter, rel=0.1)


def test_bare_glass_has_no_scale_and_no_map():
    assert monolayer.film_scale(ArrayReader(np.full((900, 1200, 3), 240, np.uint8))) is None


def test_candidates_don_t_overlap_and_keep_off_what_is_out_of_focus():
    m, b, t = (ZONES.index(zone) for zone in (Zone.MONOLAYER, Zone.BLURRED, Zone.THICK))
    zones = np.full((9, 12), m, np.uint8)
    zones[0, 11], zones[:, 0] = b, t
    scores = np.full_like(zones, 100)
    scores[3:6, 4:7] = 200
    found = monolayer.candidates(FilmMap(1200, 900, 100, zones, scores))
    covered = np.zeros((9, 12), int)
    for region in found:
        covered[region.y0 // 100 : region.y1 // 100, region.x0 // 100 : region.x1 // 100] += 1
    assert len(found) == 9
    assert covered.max() == 1
    assert covered[:2, 10:].sum() == 0  # beside the blurred patch
    assert covered[:, 0].sum() == 0
    assert (found[0].x0, found[0].y0) == (400, 300)
    assert {region.x0 for region in found[-3:]} == {100}  # beside the thick part: the last
    assert monolayer.candidates(FilmMap(800, 800, 100, np.full((8, 8), t, np.uint8), np.zeros((8, 8), np.uint8))) == []


def test_a_part_that_is_out_of_focus_spoils_a_region():
    rng = np.random.default_rng(1)
    density, stained = np.zeros((480, 480), np.float32), np.zeros((480, 480), np.uint8)
    ys, xs = np.mgrid[:480, :480]
    for x in range(20, 480, 40):
        for y in range(20, 480, 40):
            away = np.hypot(xs - x, ys - y)
            width = 6.0 if x > 360 and y > 360 else 1.5
            density += (0.4 / (1 + np.exp((away - 13) / width))).astype(np.float32)
            stained |= (away < 13).astype(np.uint8)
    density += rng.normal(0, 0.004, density.shape).astype(np.float32)
    assert not monolayer.sharp_everywhere(stained, density, diameter=26)
    assert monolayer.sharp_everywhere(stained[:360, :360], density[:360, :360], diameter=26)


def test_plasma_and_a_lamp_that_falls_off_are_no_stain():
    film = draw_film(width=1600, height=1100, seed=304, style=FilmStyle(diameter=20.0))
    y, x = np.mgrid[-1:1:1100j, -1:1:1600j]
    plasma = 0.06 * (np.repeat(np.repeat(film.zones, film.step, 0), film.step, 1)[:1100, :1600] != FilmZone.GLASS)
    dimmed = np.clip(film.rgb * np.exp(-plasma - 0.04 * (x**2 + y**2))[..., None], 0, 255).astype(np.uint8)
    clear, dim = (_covered(ArrayReader(rgb)) for rgb in (film.rgb, dimmed))
    film_like = clear > 0.02
    assert np.abs(dim - clear)[film_like].mean() < 0.05


def _covered(slide):
    scale = monolayer.film_scale(slide, diameter=20.0)
    grid = monolayer.patch_grid(slide, scale)
    rows = range(grid.zones.shape[0])
    return np.array([[p.covered for p in monolayer.measured_row(slide, scale, grid, row)] for row in rows])


def test_a_gap_that_cells_close_round_is_bare_and_a_pale_centre_is_not():
    rgb = np.full((160, 160, 3), 230, np.uint8)
    ys, xs = np.mgrid[:160, :160]
    stained = np.zeros((160, 160), bool)
    for angle in np.linspace(0, 2 * np.pi, 15, endpoint=False):
        away = np.hypot(xs - 80 - 46 * np.cos(angle), ys - 80 - 46 * np.sin(angle))
        rgb[away < 10], rgb[away < 4] = 160, 205
        stained |= away < 10
    scale = monolayer.FilmScale(20.0, (230.0, 230.0, 230.0), stained=0.13, depth=0.36)
    slide = ArrayReader(rgb)
    grid = monolayer.patch_grid(slide, scale)
    (patch,) = monolayer.measured_row(slide, scale, grid, 0)
    assert patch.covered == pytest.approx(stained.mean(), abs=0.05)
