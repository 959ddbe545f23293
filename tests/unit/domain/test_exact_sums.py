import math

import numpy as np
import pytest

from rbc_desktop.domain.exact_sums import exact_sums


@pytest.mark.parametrize("seed", range(4))
def test_sums_are_those_of_fsum_to_the_last_bit(seed):
    rng = np.random.default_rng(seed)
    values = rng.random((20_000, 13)) ** (6 if seed % 2 else 1)
    values[rng.random(values.shape) < 0.3] = 0.0
    shares = values / np.maximum(values.sum(axis=1), 1e-9)[:, None]
    for each in (values, shares, values * 2.0 ** rng.integers(-60, 60, values.shape)):
        assert exact_sums(each).tolist() == [math.fsum(row) for row in each.tolist()]


def test_sums_halfway_between_two_numbers_are_rounded_as_fsum_does(monkeypatch):
    unit = 2.0**-53
    rows = [[1.0, unit, 0.0], [1.0, unit, unit**2], [1.0 + 2 * unit, unit, 0.0], [1.0, 3 * unit, 0.0],
            [2.0 - 2 * unit, unit, 0.0], [2.0 - 2 * unit, unit, unit**3], [0.0, 0.0, 0.0]]  # fmt: skip
    asked, fsum = [], math.fsum

    def heard(row):
        asked.append(row)
        return fsum(row)

    monkeypatch.setattr(math, "fsum", heard)
    found = exact_sums(np.array(rows)).tolist()
    assert 0 < len(asked) < len(rows)
    assert found == [math.fsum(row) for row in rows]


def test_nothing_has_no_sums_and_unknown_stays_unknown():
    assert exact_sums(np.zeros((0, 13))).tolist() == []
    assert np.isnan(exact_sums(np.array([[0.5, np.nan]]))).all()
