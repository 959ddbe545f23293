"""Looking levels up gives what computing every pixel gives."""

import pytest
import torch

from rbc_desktop.models.segmenter.tile_input import normalise_levels, normalise_tiles

NORMALISATION = {"kind": "white-point-density", "percentile": 95.0, "scale": 0.35}


@pytest.mark.parametrize("shape", [(1, 3, 448, 448), (2, 3, 64, 64)])
def test_levels_looked_up_equal_pixels_computed(shape):
    count, channels, height, width = shape
    rgb = torch.randint(0, 256, (count, height, width, channels), dtype=torch.uint8).permute(0, 3, 1, 2)
    found = normalise_levels(rgb, NORMALISATION)
    assert torch.equal(found, normalise_tiles(rgb, NORMALISATION))
    assert found.is_contiguous(memory_format=torch.channels_last)
