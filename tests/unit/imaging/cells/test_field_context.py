"""Pictures that show anything but a plain field: every step ends soon and none of them fails."""

import time

import cv2
import numpy as np
import pytest

from rbc_desktop.imaging.cells.field_context import field_context
from rbc_desktop.imaging.fields.scale import measured_diameter, typical_density
from rbc_desktop.imaging.light.illumination import optical_density, out_of_view

HEIGHT, WIDTH = 2740, 3650
"""Ten megapixels."""

SECONDS = 20


def cells(*, height=HEIGHT, width=WIDTH, diameter=80, seed=0):
    """Discs on a bright ground, with room between them."""
    rng = np.random.default_rng(seed)
    picture = np.full((height, width, 3), 225, np.uint8)
    step = int(diameter * 1.6)
    for y in range(step, height - step, step):
        for x in range(step, width - step, step):
            dx, dy = rng.integers(-diameter // 5, diameter // 5 + 1, 2)
            cv2.circle(picture, (int(x + dx), int(y + dy)), diameter // 2, (205, 120, 140), -1)
    return cv2.GaussianBlur(picture, (0, 0), 1.2)


def through_an_eyepiece(picture, *, share=0.45, seed=1):
    """A black ring with soft edge and a little noise around the middle."""
    height, width = picture.shape[:2]
    ys, xs = np.mgrid[:height, :width].astype(np.float32)
    distance = np.hypot(ys - height / 2, xs - width / 2)
    light = 1 / (1 + np.exp(np.clip((distance - share * height) / 3, -50, 50)))[..., None]
    noise = np.random.default_rng(seed).normal(6, 2, picture.shape)
    return np.clip(picture * light + noise * (1 - light), 0, 255).astype(np.uint8)


def in_a_frame(picture):
    framed = np.zeros_like(picture)
    framed[700:-700, 900:-900] = picture[700:-700, 900:-900]
    return framed


def stripes():
    picture = np.full((HEIGHT, WIDTH, 3), 230, np.uint8)
    for x in range(0, WIDTH, 600):
        picture[:, x : x + 300] = (200, 110, 130)
    return picture


def checks():
    picture = np.full((HEIGHT, WIDTH, 3), 230, np.uint8)
    ys, xs = np.mgrid[:HEIGHT, :WIDTH]
    picture[(ys // 3 + xs // 3) % 2 == 0] = (200, 110, 130)
    return picture


def noise(low, high):
    return np.random.default_rng(3).integers(low, high, (HEIGHT, WIDTH, 3), dtype=np.uint8)


PICTURES = {
    "ring": lambda: through_an_eyepiece(cells()),
    "frame": lambda: in_a_frame(cells()),
    "all black": lambda: np.zeros((HEIGHT, WIDTH, 3), np.uint8),
    "all stained": lambda: noise(118, 124),
    "noise": lambda: noise(0, 256),
    "checks": checks,
    "stripes": stripes,
}


@pytest.mark.parametrize("kind", PICTURES)
def test_ten_megapixels_of_anything_take_seconds(kind):
    picture = PICTURES[kind]()
    begin = time.process_time()
    diameter = measured_diameter(picture)
    context = field_context(picture)
    density = typical_density(context.mean_density)
    assert time.process_time() - begin < SECONDS
    assert diameter is None or np.isfinite(diameter)
    assert context.cell_diameter is None or np.isfinite(context.cell_diameter)
    assert np.isfinite(density)
    assert np.isfinite(context.density).all()
    if kind in ("ring", "frame"):
        assert diameter == pytest.approx(81, rel=0.1)
        assert context.cell_diameter == pytest.approx(81, rel=0.1)


@pytest.mark.parametrize("diameter", [24, 40, 70])
@pytest.mark.parametrize("share", [0.48, 0.35])
def test_an_eyepiece_hides_neither_the_size_nor_the_staining_of_the_cells(diameter, share):
    plain = cells(height=600, width=800, diameter=diameter)
    seen = through_an_eyepiece(plain, share=share)
    assert measured_diameter(seen) == pytest.approx(measured_diameter(plain), rel=0.08)
    ours, theirs = field_context(seen), field_context(plain)
    assert ours.cell_density == pytest.approx(theirs.cell_density, rel=0.1)


def test_a_surround_is_dark_and_runs_along_the_edge():
    plain = cells(height=600, width=800, diameter=40)
    assert out_of_view(plain) is None
    assert out_of_view(np.zeros_like(plain)) is None
    nucleus = plain.copy()
    cv2.circle(nucleus, (400, 300), 120, (90, 40, 130), -1)
    cv2.circle(nucleus, (30, 300), 100, (90, 40, 130), -1)
    assert out_of_view(nucleus) is None
    seen = through_an_eyepiece(plain, share=0.4)
    surround = out_of_view(seen)
    assert surround is not None
    assert surround[0, 0] == surround[-1, -1] == 1
    assert surround[300, 400] == 0
    assert (optical_density(seen)[surround > 0] == 0).all()


@pytest.mark.parametrize(("diameter", "side"), [(26, 7000), (80, 7000), (240, 7000)])
def test_large_images_are_measured_at_the_resolution_that_shows_cells(diameter, side):
    """On a copy of 640 px cells of 26 px would be specks of 2 px."""
    field = cells(height=1400, width=1400, diameter=diameter)
    large = np.tile(field, (side // 1400, side // 1400, 1))
    assert measured_diameter(large) == pytest.approx(diameter + 1, rel=0.08)
