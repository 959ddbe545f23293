"""What is measured without anybody's masks, on drawn fields."""

import cv2
import numpy as np
import pytest

from rbc_desktop.domain.cells.mask import CellMask
from training.data.scenes.twins import NUCLEAR, mask_back, twins_of
from training.segmenter.scores.truths import RealImage, Truths, _agreement, _covered, _ghosts, edge_errors

PLACES = [(60, 60), (150, 60), (60, 140), (160, 150)]


@pytest.fixture(scope="module")
def drawn():
    """A field of four cells and the masks of three of them."""
    cover = np.zeros((200, 240), np.uint8)
    masks = []
    for x, y in PLACES:
        one = np.zeros_like(cover)
        cv2.circle(one, (x, y), 20, 1, cv2.FILLED)
        cover |= one
        masks.append(CellMask.from_array(one > 0, x0=0, y0=0))
    density = cv2.GaussianBlur(cover.astype(np.float32), (0, 0), 1.2)[..., None] * np.array([0.25, 0.5, 0.35])
    return np.clip(225 * np.exp(-density), 0, 255).astype(np.uint8), density.mean(2).astype(np.float32), masks


def test_covered_share_of_what_is_stained(drawn):
    rgb, density, masks = drawn
    image = RealImage("drawn", rgb, np.zeros((0, 4), np.float32))
    covered, stained = _covered(image, masks[:3], density, 41.0)
    assert covered / stained == pytest.approx(0.75, abs=0.02)
    boxed = RealImage("drawn", rgb, np.array([[140, 130, 180, 170]], np.float32))
    covered, stained = _covered(boxed, masks[:3], density, 41.0)
    assert covered / stained > 0.95


def test_masks_on_background_are_counted(drawn):
    _, density, masks = drawn
    bare = np.zeros(density.shape, bool)
    bare[90:110, 95:115] = True
    assert _ghosts(masks, density) == (0, 4)
    assert _ghosts([*masks, CellMask.from_array(bare, x0=0, y0=0)], density) == (1, 5)


@pytest.mark.parametrize("wider", [0, 1, 2])
def test_rims_too_far_out_are_measured(drawn, wider):
    _, density, masks = drawn
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * wider + 1, 2 * wider + 1))
    wide = [
        CellMask.from_array(cv2.dilate(m.to_array(width=240, height=200).astype(np.uint8), kernel) > 0, x0=0, y0=0)
        for m in masks
    ]
    errors = edge_errors(wide, density)
    assert len(errors) == 4
    assert np.median(errors) == pytest.approx(-2 * wider / 41, abs=0.015)


def test_every_twin_brings_the_same_masks_back(drawn):
    rgb, _, masks = drawn
    twins = twins_of(rgb, diameter=41.0, mixes=2)
    assert len({twin.name for twin in twins}) == len(twins) == 13
    for twin in twins:
        factor = twin.rgb.shape[0] / (240 if twin.name == "turned" else 200)
        for mask in masks:
            array = mask.to_array(width=240, height=200).astype(np.uint8)
            theirs = np.rot90(array) if twin.name == "turned" else cv2.resize(array, None, fx=factor, fy=factor)
            back = mask_back(CellMask.from_array(np.ascontiguousarray(theirs) > 0, x0=0, y0=0), twin)
            assert back.iou(mask) > 0.9, twin.name


def test_the_nuclear_hue_is_that_of_purple_films(drawn):
    rgb, density, _ = drawn
    (twin,) = [t for t in twins_of(rgb, diameter=41.0, mixes=0) if t.name == "nuclear hue"]
    found = -np.log(twin.rgb[density > 0.3].astype(float).mean(0) / 225)
    assert found / found.sum() == pytest.approx(NUCLEAR / NUCLEAR.sum(), abs=0.03)


def test_half_the_cells_lost_is_no_agreement(drawn):
    masks = drawn[2]
    assert _agreement(masks, masks) == 1
    assert _agreement(masks, [*masks[:2], None]) == pytest.approx(2 / 3)
    assert _agreement(masks, masks[:1]) == 0


def test_the_worst_kind_of_twin_is_named():
    table = Truths(twins={"mix": [1.0, 0.9], "grey": [0.8]}, edges={"a": []}, covered={"a": [(0.0, 0.0)]}).table()
    assert table["twin_worst_kind"] == 0.8
    assert "edge_a" not in table
    assert "covered_a" not in table
