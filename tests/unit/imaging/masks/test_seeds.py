"""One seed per cell."""

import cv2
import numpy as np
import pytest

from rbc_desktop.imaging.masks.seeds import SeedLimits, seeds_from_image, seeds_from_maps


def maps(centres, *, side=128, sigma=2.0):
    ys, xs = np.mgrid[:side, :side]
    centre = np.zeros((side, side), np.float32)
    for x, y, height in centres:
        centre = np.maximum(centre, height * np.exp(-((xs - x) ** 2 + (ys - y) ** 2) / (2 * sigma**2)))
    return centre.astype(np.float32), np.ones((side, side), np.float32)


def test_peaks_become_seeds_strongest_first_in_model_pixels():
    centre, foreground = maps([(20, 30, 0.6), (60, 30, 0.9), (61, 100, 0.7)])
    seeds = seeds_from_maps(centre=centre, foreground=foreground, stride=4)
    assert [(s.x, s.y) for s in seeds] == [(242, 122), (246, 402), (82, 122)]
    assert seeds[0].strength == pytest.approx(0.9)


def test_weak_peaks_and_background_are_no_seeds():
    centre, foreground = maps([(20, 30, 0.1), (60, 30, 0.9), (60, 90, 0.9)])
    foreground[80:] = 0
    assert len(seeds_from_maps(centre=centre, foreground=foreground, stride=4)) == 1


def test_two_peaks_nearer_than_the_limit_are_one_cell():
    centre, foreground = maps([(40, 40, 0.9), (43, 40, 0.8)], sigma=0.8)
    limits = SeedLimits(distance_px=20)
    assert len(seeds_from_maps(centre=centre, foreground=foreground, stride=4, limits=limits)) == 1


def test_a_plateau_is_one_seed_and_nothing_is_none():
    centre = np.zeros((64, 64), np.float32)
    assert seeds_from_maps(centre=centre, foreground=centre + 1, stride=4) == []
    centre[20:24, 20:24] = 1
    assert len(seeds_from_maps(centre=centre, foreground=centre + 1, stride=4)) == 1


def test_seeds_from_the_image_find_single_and_touching_cells():
    rgb = np.full((240, 320, 3), (225, 215, 220), np.uint8)
    places = [(60, 60), (98, 60), (200, 70), (250, 180), (90, 170)]
    for x, y in places:
        cv2.circle(rgb, (x, y), 20, (190, 110, 130), -1)
    seeds = seeds_from_image(rgb, diameter_px=40)
    assert len(seeds) == len(places)
    for x, y in places:
        assert min(np.hypot(s.x - x, s.y - y) for s in seeds) < 5
