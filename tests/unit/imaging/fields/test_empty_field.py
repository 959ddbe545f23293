"""The reason why a field shows no cells."""

import cv2
import numpy as np
import pytest

from rbc_desktop.imaging.fields.empty_field import is_blank, no_cells_sentence

SIDE = (480, 640)


def smear(*, diameter=40, blur=1.0, light=225):
    rng = np.random.default_rng(4)
    picture = np.full((*SIDE, 3), light, np.float32)
    for y in range(diameter, SIDE[0] - diameter, int(diameter * 1.5)):
        for x in range(diameter, SIDE[1] - diameter, int(diameter * 1.5)):
            cv2.circle(picture, (x, y), diameter // 2, (light * 0.9, light * 0.55, light * 0.6), -1)
    noisy = cv2.GaussianBlur(picture, (0, 0), blur) + rng.normal(0, 1.5, picture.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8)


def flat(level):
    noise = np.random.default_rng(1).normal(level, 1.5, (*SIDE, 3))
    return np.clip(noise, 0, 255).astype(np.uint8)


def behind_a_pinhole():
    ys, xs = np.mgrid[: SIDE[0], : SIDE[1]]
    picture = smear()
    picture[np.hypot(ys - 240, xs - 320) > 60] = 3
    return picture


def dark_field():
    return np.clip(250 - smear().astype(int) * 1.05, 0, 255).astype(np.uint8)


def covered():
    """Stain from edge to edge but for a few small holes."""
    density = np.random.default_rng(2).normal(0.5, 0.01, SIDE).astype(np.float32)
    for x in range(60, 640, 130):
        cv2.circle(density, (x, 240), 24, 0.0, -1)
    return np.clip(230 * np.exp(-density[..., None] * [0.3, 1, 0.8]), 0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (np.zeros((*SIDE, 3), np.uint8), "almost black; open the diaphragm"),
        (flat(8), "almost black"),
        (np.full((*SIDE, 3), 255, np.uint8), "white all over; use a shorter exposure"),
        (flat(215), "nothing but even background; choose a place with cells"),
        (behind_a_pinhole(), "outside the circle of the eyepiece; crop it"),
        (dark_field(), "dark-field or fluorescence image; take it in transmitted light"),
        (smear(blur=14), "out of focus; focus and take it again"),
        (smear(diameter=9, blur=0.6), "pixels across; use a stronger objective"),
        (covered(), "nearly all of it is stained"),
        (
            cv2.resize(smear(), (64, 48), interpolation=cv2.INTER_AREA),
            "only 64 × 48 pixels; open it as the camera took",
        ),
        (smear(), "doesn't look like red cells"),
    ],
    ids=["black", "dark", "white", "empty", "pinhole", "dark field", "blurred", "tiny", "covered", "small", "other"],
)
def test_the_likeliest_reason(picture, words):
    sentence = no_cells_sentence("smear 3.png", picture)
    assert sentence.startswith("No red cells were found in smear 3.png: ")
    assert sentence.endswith(".")
    assert words in sentence


def test_any_picture_has_a_reason():
    for shape in ((16, 16), (16, 3000), (3000, 16)):
        for level in (0, 128, 255):
            assert "No red cells" in no_cells_sentence("a", np.full((*shape, 3), level, np.uint8))
    noise = np.random.default_rng(0).integers(0, 256, (300, 400, 3), dtype=np.uint8)
    assert "No red cells" in no_cells_sentence("a", noise)


def test_bare_glass_is_blank_and_one_cell_is_not():
    glass = flat(225)
    assert is_blank(glass)
    cv2.circle(glass, (300, 200), 20, (200, 120, 140), -1)
    assert not is_blank(glass)
    assert not is_blank(smear())
