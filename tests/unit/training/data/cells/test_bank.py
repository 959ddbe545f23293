"""Cut-outs of cells on a drawn disc whose true outline is known between the pixels."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from training.data.cells.bank import cut_cells
from training.data.sets.fields import RealField, above_threshold, density_mask

FINE = 16
RADIUS, CENTRE, SIDE = 14.3, (31.6, 29.8), 64


@pytest.fixture(scope="module")
def density() -> np.ndarray:
    """Optical density (H, W, 3) of a disc, each pixel the mean of 16 × 16 points."""
    axis = (np.arange(SIDE * FINE) + 0.5) / FINE
    disc = (axis[None] - CENTRE[0]) ** 2 + (axis[:, None] - CENTRE[1]) ** 2 < RADIUS**2
    covered = disc.reshape(SIDE, FINE, SIDE, FINE).mean((1, 3))
    return np.repeat((0.5 * covered)[..., None], 3, axis=2).astype(np.float32)


def field_of(cells: np.ndarray) -> RealField:
    shape = cells.shape
    none = np.zeros((0, 4), np.float32)
    cover = np.zeros(shape, np.uint8)
    return RealField("d", "drawn", np.zeros((*shape, 3), np.uint8), cells, cover, 28.0, none, np.zeros(0, np.int64))


def area_and_roughness(levels: np.ndarray, zoom: int) -> tuple[float, float]:
    """Area and spread of the outline's radius, in px of the cut-out, of a mask enlarged bilinearly."""
    large = cv2.resize(levels, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_LINEAR) > 127
    contours, _ = cv2.findContours(large.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    (outline,) = contours
    outline = outline[:, 0].astype(float)
    return large.sum() / zoom**2, float(np.hypot(*(outline - outline.mean(0)).T).std()) / zoom


def test_an_enlarged_cut_out_has_a_smooth_outline_of_the_true_size(density):
    nothing = np.zeros((SIDE, SIDE), bool)
    mask = density_mask(density, excluded=nothing)
    above = above_threshold(density, excluded=nothing)
    (patch,) = cut_cells(field_of(mask.astype(np.int16)), density, above)
    area, roughness = area_and_roughness(patch.mask, 8)
    _, of_pixels = area_and_roughness(((patch.mask > 127) * 255).astype(np.uint8), 8)
    assert area == pytest.approx(np.pi * RADIUS**2, rel=0.06)  # the threshold lies a little below half of the density
    assert roughness < 0.08
    assert roughness < of_pixels / 3


def test_holes_are_inside_and_what_does_not_belong_is_outside(density):
    holed = density.copy()
    holed[28:32, 30:34] = 0
    nothing = np.zeros((SIDE, SIDE), bool)
    mask = density_mask(holed, excluded=nothing)
    half = mask.astype(np.int16)
    half[:, 32:] = 0
    (patch,) = cut_cells(field_of(half), holed, above_threshold(holed, excluded=nothing))
    assert ((patch.mask > 127).sum()) == half.sum()
