"""The channels' least, largest and mean values against NumPy's own."""

import numpy as np
import pytest

from rbc_desktop.imaging.light.channels import averaged, highest, lowest


@pytest.mark.parametrize("kind", [np.uint8, np.float32])
@pytest.mark.parametrize("shape", [(480, 641, 3), (1, 7, 3), (0, 4, 3)])
def test_values_are_numpys_to_the_bit(kind, shape):
    dice = np.random.default_rng(5)
    pixels = dice.uniform(0, 255, shape).astype(kind)
    pairs = [(lowest, np.min), (highest, np.max)] + ([(averaged, np.mean)] if kind is np.float32 else [])
    for some in (pixels, pixels[::-1, ::2]):
        for ours, theirs in pairs:
            assert ours(some).dtype == kind
            assert np.array_equal(ours(some), theirs(some, axis=2))
