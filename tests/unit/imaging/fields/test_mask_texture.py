"""Texture of masks."""

from __future__ import annotations

import numpy as np
import pytest
from skimage.feature import graycomatrix, graycoprops

from rbc_desktop.imaging.fields.mask_texture import mask_texture


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_the_closed_form_is_that_of_the_matrix(share):
    mask = np.random.default_rng(3).random((40, 60)) < share
    matrix = graycomatrix(mask.astype(np.uint8) * 255, [1], [0], levels=256, symmetric=True, normed=True)
    texture = mask_texture(mask)
    for name in ("contrast", "correlation", "energy", "homogeneity"):
        assert getattr(texture, name) == pytest.approx(float(graycoprops(matrix, name)[0, 0])), name


def test_even_masks_have_no_contrast():
    for value in (True, False):
        texture = mask_texture(np.full((5, 6), value))
        assert (texture.contrast, texture.correlation, texture.energy, texture.homogeneity) == (0, 1, 1, 1)
