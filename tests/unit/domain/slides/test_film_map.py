"""What is said of the parts of a film."""

import math
from dataclasses import replace

import numpy as np
import pytest

from rbc_desktop.domain.fields.field_quality import FieldQuality
from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.domain.slides.film_map import (
    ZONES,
    FilmMap,
    PatchMeasures,
    ProposedRegion,
    Typical,
    Zone,
    covered_by,
    is_readable,
    reasons_for,
    score_of,
    share_of,
    zone_of,
)

GOOD = PatchMeasures(covered=0.35, overlap=0.15, edge=0.17, depth=1.0)
SEEN = FieldQuality(
    cell_px=40, edge_share=0.1, pallor_share=0.9, overlap_share=0.2, square_share=0.0, hue_degrees=5, level=0.3,
    clipped_share=0.0, evenness=0.95, cells=60,
)  # fmt: skip


@pytest.mark.parametrize(
    ("patch", "zone"),
    [
        (GOOD, Zone.MONOLAYER),
        (replace(GOOD, covered=0.0, overlap=math.nan, edge=math.nan), Zone.BARE),
        (replace(GOOD, covered=0.05), Zone.THIN),
        (replace(GOOD, covered=0.18), Zone.THIN),  # not for itself, but beside the rest of the film
        (replace(GOOD, covered=0.8), Zone.THICK),
        (replace(GOOD, overlap=0.9), Zone.THICK),
        (replace(GOOD, edge=0.23), Zone.BLURRED),
    ],
)
def test_a_patch_is_called_what_it_is(patch, zone):
    assert zone_of(patch, typical=Typical(0.17, 0.33)) is zone


def test_without_a_measure_of_sharpness_nothing_is_called_blurred():
    assert zone_of(replace(GOOD, edge=0.5), typical=Typical()) is Zone.MONOLAYER
    assert 0 < score_of(GOOD, typical=Typical()) <= 1


def test_the_best_patch_has_many_sharp_cells_side_by_side():
    best = score_of(GOOD, typical=Typical(0.17, 0.33))
    for worse in (replace(GOOD, covered=0.2), replace(GOOD, overlap=0.4), replace(GOOD, edge=0.19)):
        assert 0 <= score_of(worse, typical=Typical(0.17, 0.33)) < best <= 1


@pytest.mark.parametrize(
    ("worse"),
    [
        {"edge_share": 0.2}, {"overlap_share": 0.6}, {"pallor_share": 0.05}, {"pallor_share": math.nan},
        {"overlap_share": math.nan}, {"clipped_share": 0.3}, {"square_share": 0.5, "pallor_share": 0.1},
    ],
)  # fmt: skip
def test_a_region_is_proposed_only_when_it_can_be_read(worse):
    assert is_readable(SEEN)
    assert not is_readable(replace(SEEN, **worse))


def test_reasons_are_sentences_with_their_values():
    reasons = reasons_for(SEEN, cells=240)
    assert reasons[0] == "About 240 cells."
    assert all(reason.endswith(".") for reason in reasons)
    assert "20 %" in reasons[1]
    assert "90 %" in reasons[2]
    assert "10 %" in reasons[3]


def test_a_map_knows_where_its_patches_lie_and_what_share_a_zone_has():
    zones = np.array([[0, 1, 1, 4], [0, 1, 4, 4]], np.uint8)
    film = FilmMap(3900, 1950, 1000, zones, np.zeros_like(zones))
    assert film.region(1, 3) == Region(3000, 1000, 3900, 1950)
    assert film.region(0, 1, patches=2) == Region(1000, 0, 3000, 1950)
    assert share_of(film, Zone.THICK) == 0.5
    assert share_of(FilmMap(9, 9, 9, np.zeros((1, 1), np.uint8), zones), Zone.THICK) == 0
    assert ZONES[4] is Zone.MONOLAYER


def test_regions_are_counted_together():
    region = Region(0, 0, 9, 9)
    assert covered_by([ProposedRegion(region, 40, 1.0, ()), ProposedRegion(region, 2, 0.5, ())]) == 42
