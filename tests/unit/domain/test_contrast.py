"""Contrast of colours, and the ink that can be read on them."""

import pytest

from rbc_desktop.domain.contrast import BLACK, WHITE, contrast, ink_on


def test_ink_is_what_can_be_read():
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.01)
    assert [ink_on(colour) for colour in ("#0072B2", "#F0E442", WHITE, BLACK)] == [WHITE, BLACK, BLACK, WHITE]
