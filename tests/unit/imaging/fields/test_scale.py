"""The diameter of a typical cell from the image alone."""

import cv2
import numpy as np
import pytest

from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.imaging.fields.scale import (
    confirmed_diameter,
    diameter_in_maps,
    measured_diameter,
    typical_density,
    typical_diameter,
)
from rbc_desktop.imaging.light.illumination import optical_density


def smear(diameter, *, light=(225, 215, 220), density=0.45, pallor=0.5, cells=30, seed=0, overlap=True, nuclei=0):
    """Discs with a pale centre whose optical densities add, on an uneven background."""
    side = int(max(320, min(1600, diameter * 9)))
    rng = np.random.default_rng(seed)
    total = np.zeros((side, side), np.float32)
    ys, xs = np.mgrid[:side, :side].astype(np.float32)
    placed = []
    for _ in range(cells * 20):
        x, y = rng.uniform(0, side, 2)
        radius = diameter / 2 * rng.uniform(0.92, 1.08)
        gap = 0.75 if overlap else 1.1
        if len(placed) >= cells or any(np.hypot(x - a, y - b) < gap * diameter for a, b in placed):
            continue
        placed.append((x, y))
        r = np.hypot(xs - x, ys - y)
        body = 1 / (1 + np.exp(np.clip((r - radius) / (0.02 * diameter), -50, 50)))
        pale = np.exp(-((r / (0.3 * diameter)) ** 2)) * pallor
        strength = 4.0 if len(placed) <= nuclei else 1.0
        total += body * (1 - pale) * density * strength
    shade = 1 - 0.15 * xs / side
    channel = np.array([0.5, 1.0, 0.7], np.float32)
    rgb = np.array(light, np.float32) * shade[..., None] * np.exp(-total[..., None] * channel)
    rgb = cv2.GaussianBlur(rgb, (0, 0), 0.8) + rng.normal(0, 2, rgb.shape)
    return np.clip(rgb, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("diameter", [20, 39, 75, 140, 260])
def test_diameters_from_20_to_260_pixels(diameter):
    assert measured_diameter(smear(diameter, overlap=False)) == pytest.approx(diameter, rel=0.12)


@pytest.mark.parametrize("diameter", [30, 60, 120])
def test_overlapping_cells(diameter):
    assert measured_diameter(smear(diameter, cells=60)) == pytest.approx(diameter, rel=0.2)


@pytest.mark.parametrize(
    "look",
    [
        {"light": (250, 250, 250), "density": 0.15},
        {"light": (120, 110, 100)},
        {"light": (230, 190, 140)},
        {"light": (170, 200, 240)},
        {"pallor": 0.95},
    ],
    ids=["bright and pale", "dark", "yellow", "blue", "hypochromic"],
)
def test_bright_dark_and_colour_cast_fields(look):
    assert measured_diameter(smear(45, **look)) == pytest.approx(45, rel=0.15)


def test_dark_nuclei_do_not_hide_the_red_cells():
    assert measured_diameter(smear(60, nuclei=2, overlap=False)) == pytest.approx(60, rel=0.15)


@pytest.mark.parametrize("value", [0, 128, 255])
def test_an_empty_field_measures_nothing_and_falls_back(value):
    empty = np.full((480, 640, 3), value, np.uint8)
    assert measured_diameter(empty) is None
    assert typical_diameter(empty) == 40


def test_noise_alone_never_fails():
    noise = np.random.default_rng(0).integers(0, 255, (200, 300, 3), dtype=np.uint8)
    assert typical_diameter(noise) > 0
    assert typical_diameter(np.zeros((1, 1, 3), np.uint8)) > 0


def test_a_calibration_decides_alone():
    assert typical_diameter(smear(45), calibration=Calibration(0.25, "typed")) == 30


def test_typical_density_is_that_of_the_red_cells_not_of_nuclei_or_background():
    density = optical_density(smear(60, nuclei=1, overlap=False, pallor=0, density=0.3)).mean(axis=2)
    assert typical_density(density) == pytest.approx(0.3 * (0.5 + 1.0 + 0.7) / 3, rel=0.15)
    assert typical_density(np.zeros((50, 50), np.float32)) == 0


def model_that_sees(diameter, *, saturation=2.2):
    """How many times too large cells of this diameter look when the scale is set for another one."""
    looks = []

    def look(told):
        looks.append(told)
        return float(np.clip(diameter / told, 1 / saturation, saturation))

    return look, looks


@pytest.mark.parametrize("guess", [12, 25, 39, 41, 90, 160])
def test_a_wrong_first_guess_is_mended_by_what_the_model_sees(guess):
    look, _ = model_that_sees(40)
    assert confirmed_diameter(guess, look=look) == pytest.approx(40, rel=0.15)


def test_a_right_guess_is_kept_after_one_look():
    look, looks = model_that_sees(40)
    assert confirmed_diameter(42, look=look) == 42
    assert looks == [42]


@pytest.mark.parametrize("times", [2.6, 4, 6, 12, 20])
def test_a_doubted_guess_that_is_far_too_large_is_mended(times):
    look, _ = model_that_sees(40)

    def blind_to_specks(told):
        return look(told) if told < 2.5 * 40 else None

    guess = 40 * times
    assert confirmed_diameter(guess, look=blind_to_specks, doubted=100) == pytest.approx(40, rel=0.15)
    assert confirmed_diameter(guess, look=blind_to_specks) == guess, "as large as cells may well be"


def test_without_agreement_or_cells_the_guess_stays():
    assert confirmed_diameter(30, look=lambda told: None) == 30
    assert confirmed_diameter(30, look=lambda told: 1.5) == 30


@pytest.mark.parametrize("diameter", [24, 48, 80])
def test_votes_for_the_centre_tell_the_diameter(diameter):
    rows, columns = (np.mgrid[:128, :128] * 4 + 2).astype(np.float32)
    foreground, to_centre = np.zeros((2, 128, 128), np.float32)
    for x in range(64, 512, 128):
        for y in range(64, 512, 128):
            away = np.hypot(columns - x, rows - y)
            foreground[away < diameter / 2] = 1
            to_centre[away < diameter / 2] = away[away < diameter / 2]
    assert diameter_in_maps(foreground, to_centre) == pytest.approx(diameter, rel=0.08)
    assert diameter_in_maps(np.zeros_like(foreground), to_centre) is None
