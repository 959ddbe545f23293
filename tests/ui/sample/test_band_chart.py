"""What stands under the chart of a measure beside its band."""

import itertools

import pytest
from PySide6.QtGui import QFontMetricsF

from rbc_desktop.domain.laboratory.reference_band import LEVELS
from rbc_desktop.ui.look.theme import tabular
from rbc_desktop.ui.sample.band_chart import level_texts


@pytest.mark.parametrize("room", [23.0, 30.0, 45.0, 80.0])
def test_the_quantiles_stand_beside_each_other_in_little_room(qapp, room):
    width_of = QFontMetricsF(tabular(qapp.font())).horizontalAdvance
    texts = level_texts(width_of, room=room)
    assert [text.removesuffix(" %") for text in texts] == [f"{100 * level:.0f}" for level in LEVELS]
    assert texts[-1].endswith(" %")
    gaps = [room - (width_of(one) + width_of(other)) / 2 for one, other in itertools.pairwise(texts)]
    assert min(gaps) > 0


def test_each_has_its_sign_where_there_is_room(qapp):
    width_of = QFontMetricsF(tabular(qapp.font())).horizontalAdvance
    assert all(text.endswith(" %") for text in level_texts(width_of, room=60.0))
