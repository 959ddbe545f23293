"""Holes and peaks: the same answers as the plain, slow way."""

import cv2
import numpy as np
import pytest

from rbc_desktop.imaging.light.blobs import LARGEST_RADIUS, disc_peaks, filled_above, hole_steps
from rbc_desktop.imaging.light.stain_levels import result_of


def blots(*, side=220, sigma=3.0, seed=0, threshold=0.0):
    values = cv2.GaussianBlur(np.random.default_rng(seed).normal(size=(side, side + 40)), (0, 0), sigma)
    return (values > threshold).astype(np.uint8)


@pytest.mark.parametrize("band_pixels", [1, 700, 5000, 10**6])
@pytest.mark.parametrize("sigma", [0.5, 2.0, 8.0])
def test_holes_are_filled_as_the_outlines_from_outside_say(sigma, band_pixels):
    mask = blots(sigma=sigma)
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    expected = np.zeros_like(mask)
    cv2.drawContours(expected, contours, -1, 1, thickness=cv2.FILLED)
    filled = result_of(hole_steps(mask, band_pixels=band_pixels))
    assert np.array_equal(filled, expected)
    assert filled.sum() > mask.sum()
    assert filled.flags.c_contiguous


@pytest.mark.parametrize("band_pixels", [1, 700, 10**6])
def test_what_winds_in_from_outside_is_no_hole(band_pixels):
    mask = np.ones((90, 120), np.uint8)
    for turn in range(8):  # a corridor that leads up and down through all bands, then into a chamber
        mask[2:-2, 4 + 10 * turn] = 0
        mask[2 if turn % 2 else -3, 4 + 10 * turn : 15 + 10 * turn] = 0
    mask[2:50, 84:100] = 0
    closed = mask.copy()
    mask[-3:, 4] = 0
    assert np.array_equal(result_of(hole_steps(mask, band_pixels=band_pixels)), mask)
    assert result_of(hole_steps(closed, band_pixels=band_pixels)).all()


@pytest.mark.parametrize("radius", [2, 7, 8, 15, 40, LARGEST_RADIUS])
@pytest.mark.parametrize("sigma", [2.0, 8.0])
def test_peaks_are_those_of_dilation_by_the_disc(radius, sigma):
    distance = cv2.GaussianBlur(cv2.distanceTransform(blots(sigma=sigma), cv2.DIST_L2, 5), (0, 0), 1.5)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    expected = np.argwhere((distance >= cv2.dilate(distance, disc)) & (distance >= 1.5))
    rows, columns = disc_peaks(distance, radius=radius, least=1.5)
    assert len(expected)
    assert np.array_equal(np.column_stack([rows, columns]), expected)


def test_beyond_the_largest_radius_the_peak_is_still_where_it_was():
    mask = np.zeros((1500, 2200), np.uint8)
    cv2.circle(mask, (700, 800), 600, 1, -1)
    cv2.circle(mask, (1800, 700), 320, 1, -1)
    distance = cv2.distanceTransform(mask, cv2.DIST_L2, 5)
    rows, columns = disc_peaks(distance, radius=400, least=100.0)
    found = sorted(zip(columns.tolist(), rows.tolist(), strict=True))
    assert np.abs(np.array(found) - [(700, 800), (1800, 700)]).max() <= 6


def ring(level):
    """Twelve touching cells in a ring round bare background, each with a pale centre of a level."""
    levels = np.zeros((200, 200), np.uint8)
    for turn in np.linspace(0, 2 * np.pi, 12, endpoint=False):
        middle = (round(100 + 70 * np.cos(turn)), round(100 + 70 * np.sin(turn)))
        cv2.circle(levels, middle, 20, 30, -1)
    for turn in np.linspace(0, 2 * np.pi, 12, endpoint=False):
        middle = (round(100 + 70 * np.cos(turn)), round(100 + 70 * np.sin(turn)))
        cv2.circle(levels, middle, 7, level, -1)
    return levels


@pytest.mark.parametrize("noise", [0, 3])
def test_what_cells_close_round_stays_open_and_pale_centres_are_filled(noise):
    levels = np.clip(ring(level=9) + np.random.default_rng(3).normal(0, noise, (200, 200)), 0, 255).astype(np.uint8)
    filled = result_of(filled_above(cv2.blur(levels, (3, 3)), 15))
    assert not filled[90:110, 90:110].any(), "bare background inside a ring of cells"
    assert filled[100, 170] == 1, "the pale centre of a cell"
