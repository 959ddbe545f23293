"""Changed copies of fields keep their masks."""

import numpy as np
import pytest

from rbc_desktop.imaging.cells.field_context import field_context, stained_mask
from rbc_desktop.imaging.light.augment import augmented, clipped, jittered
from tests.fakes.drawn_cells import drawn_field


@pytest.fixture(scope="module")
def drawn():
    """Field, and masks by name."""
    return drawn_field()


@pytest.mark.parametrize("seed", range(4))
def test_changed_masks_stay_on_their_cells(drawn, seed):
    """After turning, mirroring and scaling, the masks still cover what is stained."""
    field, masks = drawn
    changed = augmented(field, list(masks.values()), np.random.default_rng(seed))
    height, width = changed.rgb.shape[:2]
    stained = stained_mask(field_context(changed.rgb).density) > 0
    covered = np.zeros((height, width), bool)
    for mask in changed.masks:
        covered |= clipped(mask, width=width, height=height).to_array(width=width, height=height)
    assert (covered & stained).sum() / (covered | stained).sum() > 0.8
    assert changed.scale == pytest.approx(max(changed.rgb.shape) / max(field.shape), rel=0.02)


def test_jitter_moves_the_outline_a_little(drawn):
    _, masks = drawn
    random = np.random.default_rng(1)
    overlaps = [jittered(masks["normal"], random).iou(masks["normal"]) for _ in range(30)]
    assert min(overlaps) > 0.7
    assert np.mean(overlaps) < 0.99
