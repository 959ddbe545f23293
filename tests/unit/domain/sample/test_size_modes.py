"""Two populations are found where there are two, and not in one that is wide or skewed."""

import numpy as np
import pytest

from rbc_desktop.domain.sample.size_modes import two_sizes


def drawn(seed, *groups):
    """Diameters in µm: groups of (number, mean, SD)."""
    rng = np.random.default_rng(seed)
    return np.concatenate([rng.normal(mean, spread, number) for number, mean, spread in groups])


@pytest.mark.parametrize(("small", "large"), [(500, 500), (800, 200), (250, 750)])
def test_two_populations_are_told_with_their_sizes_and_shares(small, large):
    found = two_sizes(drawn(3, (small, 6.0, 0.35), (large, 8.2, 0.45)))
    assert found is not None
    assert (found.small, found.large) == (pytest.approx(6.0, rel=0.02), pytest.approx(8.2, rel=0.02))
    assert found.large_share == pytest.approx(large / (small + large), abs=0.03)


@pytest.mark.parametrize("spread", [0.4, 0.9, 1.4])
@pytest.mark.parametrize("number", [200, 1000, 5000])
def test_one_population_of_any_spread_is_one(spread, number):
    assert all(two_sizes(drawn(seed, (number, 7.4, spread)).clip(2.5)) is None for seed in range(10))


def test_a_tail_of_small_cells_is_no_population():
    assert two_sizes(drawn(5, (950, 7.4, 0.45), (50, 5.0, 0.6))) is None


def test_few_cells_say_nothing():
    assert two_sizes(drawn(6, (60, 6.0, 0.3), (60, 8.4, 0.3))) is None
