"""How many cells were missed, on drawn fields of which outlines were taken away."""

import numpy as np
import pytest

from rbc_desktop.domain.cells.missed_places import cells_in
from rbc_desktop.imaging.cells.field_context import field_context
from rbc_desktop.imaging.fields.scale import stained_area
from rbc_desktop.imaging.masks.missed_cells import known_cells, missed_places
from training.renderer import FieldStyle, Kind, render_field, scatter

WIDTH, HEIGHT, DIAMETER = 1280, 960, 36.0
RED = [k for k in Kind if k not in (Kind.WHITE_CELL, Kind.PLATELET, Kind.HYPOCHROMIA)]


def drawn(seed, *, cells=150, others=0, style=None):
    """A field, the masks of its red cells, and the places that these leave open when some are given."""
    rng = np.random.default_rng(seed)
    kinds = [Kind.NORMAL] * (cells // 2) + [RED[i % len(RED)] for i in range(cells - cells // 2)]
    kinds += [Kind.WHITE_CELL, Kind.PLATELET] * others
    specs = scatter(kinds, width=WIDTH, height=HEIGHT, diameter=DIAMETER, rng=rng)
    field = render_field(specs, width=WIDTH, height=HEIGHT, seed=seed, style=style)
    context = field_context(field.rgb)
    stained = stained_area(context.mean_density)
    masks = [c.mask for c in field.cells if c.spec.kind not in (Kind.WHITE_CELL, Kind.PLATELET)]

    def missed(given):
        known = known_cells(given, density=context.density, diameter_px=DIAMETER)
        return missed_places(given, stained=stained, density=context.density, known=known)

    return masks, missed


@pytest.mark.parametrize(
    ("seed", "style"),
    [(1, FieldStyle()), (2, FieldStyle(stain=0.45, noise=3.0)), (3, FieldStyle(stain=1.7, blur=1.8))],
)
def test_a_random_tenth_is_estimated_to_a_third_or_three_cells(seed, style):
    masks, missed = drawn(seed, style=style)
    assert cells_in(missed(masks)) <= 1
    gone = set(np.random.default_rng(seed).permutation(len(masks))[: round(len(masks) / 10)].tolist())
    places = missed([mask for i, mask in enumerate(masks) if i not in gone])
    assert abs(cells_in(places) - len(gone)) <= max(3, 0.3 * len(gone))
    for place in places:
        assert any(place.mask.intersection_area(masks[i]) > 0.5 * place.mask.area for i in gone)


def test_white_cells_and_platelets_are_not_missed():
    masks, missed = drawn(3, cells=90, others=6)
    assert missed(masks) == ()


def test_clumps_count_by_their_area_and_come_first():
    masks, missed = drawn(4, cells=60)
    left = [mask for mask in masks if mask.centroid.x > WIDTH / 3]
    places = missed(left)
    assert [place.cells for place in places] == sorted((place.cells for place in places), reverse=True)
    assert cells_in(places) == pytest.approx(len(masks) - len(left), abs=4)


def test_without_enough_outlines_the_typical_diameter_decides():
    masks, missed = drawn(5, cells=40)
    assert cells_in(missed(masks[:2])) == pytest.approx(len(masks) - 2, rel=0.3)
