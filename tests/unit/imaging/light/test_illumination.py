"""The light without cells: found on uneven fields, in crowds and beside nuclei, to about a hundredth."""

import cv2
import numpy as np
import pytest

from rbc_desktop.imaging.light.illumination import background, optical_density

LAMP = np.array((226.0, 208.0, 214.0))
STAIN = np.array((0.10, 0.30, 0.26))
NUCLEUS = np.array((1.1, 1.3, 0.6))


def field(*, cells, lamp=1.0, nucleus=None, noise=1.5, size=(480, 640), seed=3):
    """An RGB field, its true light, and where cells lie; cells: centres and radii; nucleus: centre and radius."""
    height, width = size
    ys, xs = np.mgrid[:height, :width]
    stain = np.zeros((*size, 3))
    for x, y, radius in cells:
        distance = np.hypot(xs - x, ys - y) / radius
        stain[distance < 1] = (STAIN * (1 - 0.5 * np.exp(-((distance[..., None] / 0.4) ** 2))))[distance < 1]
    if nucleus is not None:
        x, y, radius = nucleus
        stain[np.hypot(xs - x, ys - y) < radius] = NUCLEUS
    stain = cv2.GaussianBlur(stain, (0, 0), 1.2)
    light = LAMP * np.broadcast_to(lamp, size)[..., None]
    drawn = light * np.exp(-stain) + np.random.default_rng(seed).normal(0, noise, stain.shape)
    return np.clip(drawn.round(), 0, 255).astype(np.uint8), light, stain[..., 1] > 0.02


def rows_of_cells(*, every, radius, size=(480, 640)):
    return [(x, y, radius) for y in range(20, size[0], every) for x in range(20 + y % 17, size[1], every)]


def error(rgb, light):
    """Logarithm of the estimate over the true light, mean of the channels."""
    return np.log(background(rgb) / light).mean(axis=2)


def slope(size=(480, 640)):
    return np.linspace(0.75, 1.05, size[1])[None, :] * np.ones((size[0], 1))


def bowl(size=(480, 640)):
    ys, xs = np.mgrid[-1 : 1 : size[0] * 1j, -1 : 1 : size[1] * 1j]
    return 1.05 - 0.15 * (xs**2 + ys**2)


@pytest.mark.parametrize("lamp", [1.0, slope(), bowl()])
def test_uneven_light_is_followed_to_the_corners(lamp):
    rgb, light, _ = field(cells=rows_of_cells(every=60, radius=17), lamp=lamp)
    apart = error(rgb, light)
    assert abs(np.median(apart)) < 0.005
    assert np.abs(apart).max() < 0.05


def test_bare_background_has_no_density():
    rgb, _, stained = field(cells=rows_of_cells(every=55, radius=18))
    assert abs(np.median(optical_density(rgb).mean(axis=2)[~stained])) < 0.004


def test_cells_beside_a_large_nucleus_are_no_background():
    """A nucleus is so dark that one threshold parts it from all else; the cells are pale beside it."""
    cells = rows_of_cells(every=72, radius=32, size=(360, 360))
    rgb, light, stained = field(cells=cells, nucleus=(180, 180, 60), size=(360, 360))
    assert stained.mean() > 0.5
    apart = error(rgb, light)
    assert abs(np.median(apart)) < 0.015
    assert apart.min() > -0.04


def test_a_crowded_corner_does_not_darken_the_light():
    crowd = [(x, y, 30) for y in range(20, 250, 50) for x in range(20, 300, 50)]
    rgb, light, _ = field(cells=[*crowd, *((x, 400, 25) for x in range(360, 640, 90))])
    assert error(rgb, light)[:200, :240].min() > -0.03


def test_without_any_cell_the_light_is_the_field():
    rgb, light, _ = field(cells=[], lamp=slope())
    assert np.abs(error(rgb, light)).max() < 0.03
