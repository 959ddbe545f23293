"""Round numbers below and above a value."""

import pytest

from rbc_desktop.domain.round_steps import largest_step, smallest_step


@pytest.mark.parametrize(
    ("value", "below", "above"),
    [
        (0.0123, 0.01, 0.02), (0.3, 0.2, 0.5), (1, 1, 1), (3, 2, 5), (4.999, 2, 5), (5.000000000000001, 5, 5),
        (4.999999999999999, 5, 5), (7, 5, 10), (30.8, 20, 50), (1000, 1000, 1000), (123_456, 100_000, 200_000),
    ],
)  # fmt: skip
def test_round_steps_enclose_a_value(value, below, above):
    assert largest_step(value) == pytest.approx(below, rel=1e-12)
    assert smallest_step(value) == pytest.approx(above, rel=1e-12)
