"""Changed fields: what they make of the pixels, and where points of the field lie on them."""

import numpy as np
import pytest

from rbc_desktop.imaging.cells.field_context import field_context
from rbc_desktop.imaging.fields.quality import hue_distance
from training.classifier.changed_fields import CHANGES, SMALL_SCALES, TYPICAL_PX, reduced, stain_twins
from training.renderer import Kind, render_field, scatter


@pytest.fixture(scope="module")
def drawn():
    specs = scatter([Kind.NORMAL] * 30, width=480, height=360, diameter=39, rng=np.random.default_rng(2))
    return render_field(specs, width=480, height=360, seed=2)


@pytest.mark.parametrize("kind", CHANGES)
@pytest.mark.parametrize("seed", range(3))
def test_points_stay_on_their_cells(drawn, kind, seed):
    changed = CHANGES[kind](drawn.rgb, np.random.default_rng(seed))
    whole = [c.mask for c in drawn.cells if not c.mask.touches_border(width=480, height=360)]
    points = changed.points(np.array([(m.centroid.x, m.centroid.y) for m in whole]))
    density = field_context(changed.rgb).mean_density[:, :]
    at = density[points[:, 1].astype(int), points[:, 0].astype(int)]
    assert (at > 0.25 * np.percentile(density, 95)).mean() > 0.9
    assert changed.rgb.shape[0] * changed.rgb.shape[1] == pytest.approx(480 * 360 * changed.scale**2, rel=0.02)


def test_the_same_seed_gives_the_same_field(drawn):
    for change in CHANGES.values():
        first, second = (change(drawn.rgb, np.random.default_rng(5)).rgb for _ in range(2))
        assert np.array_equal(first, second)


def test_small_cells_have_fifteen_to_forty_pixels():
    assert [round(TYPICAL_PX * scale) for scale in SMALL_SCALES] == [15, 39]


def test_a_reduced_field_keeps_corners_where_they_are(drawn):
    half = reduced(drawn.rgb, 0.5)
    corners = np.array([[0.0, 0.0], [480.0, 360.0]])
    assert half.points(corners) == pytest.approx(corners / 2)


def test_twins_change_the_stain_and_leave_every_pixel_where_it_is(drawn):
    twins = stain_twins(drawn.rgb, diameter=39.0)
    assert {"nuclear hue", "grey", "blur", "dim", "jpeg", "mix 100"} <= set(twins)
    assert all(twin.shape == drawn.rgb.shape for twin in twins.values())
    assert hue_distance(field_context(twins["nuclear hue"]).cell_density) > 20
