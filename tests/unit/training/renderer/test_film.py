"""Drawn films."""

import cv2
import numpy as np
import pytest

from training.renderer.film import FilmStyle, FilmZone, draw_film

STYLE = FilmStyle(diameter=16.0, blurred=1)


@pytest.fixture(scope="module")
def film():
    return draw_film(width=1600, height=900, seed=3, style=STYLE)


def mean_level(film, zone):
    inside = np.kron(film.zones == zone, np.ones((film.step, film.step), bool))[:900, :1600]
    return film.rgb[..., 1][inside].mean()


def test_zones_lie_along_the_film_and_are_as_dense_as_they_are_called(film):
    middles = [np.nonzero(film.zones == zone)[1].mean() for zone in (FilmZone.THICK, FilmZone.MONOLAYER, FilmZone.THIN)]
    assert middles == sorted(middles)
    levels = [mean_level(film, zone) for zone in (FilmZone.THICK, FilmZone.MONOLAYER, FilmZone.THIN, FilmZone.GLASS)]
    assert levels == sorted(levels)
    assert levels[1] - levels[0] > 30


def test_what_is_out_of_focus_has_fewer_edges(film):
    slope = np.abs(cv2.Laplacian(cv2.GaussianBlur(film.rgb[..., 1], (0, 0), 1.0), cv2.CV_64F))
    slope = slope[:: film.step, :: film.step]
    mono, blurred = film.zones == FilmZone.MONOLAYER, film.blur >= STYLE.blur * 0.99
    assert np.percentile(slope[mono & (film.blur == 0)], 90) > 1.5 * np.percentile(slope[mono & blurred], 90)


def test_a_film_is_drawn_the_same_again(film):
    again = draw_film(width=1600, height=900, seed=3, style=STYLE)
    assert np.array_equal(again.rgb, film.rgb)
    assert not np.array_equal(draw_film(width=1600, height=900, seed=4, style=STYLE).zones, film.zones)
