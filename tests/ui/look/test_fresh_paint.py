"""What a paint makes anew is bounded, and nothing of it is left out for good."""

import pytest
from PySide6.QtCore import QObject

from rbc_desktop.ui.look import fresh_paint
from rbc_desktop.ui.look.fresh_paint import FreshPaint


@pytest.fixture
def painted(qtbot):
    """Paints five things, again and again while some are missing; returns what each paint has made, and itself."""
    context, made, paints = QObject(), set(), []

    def paint():
        new = {thing for thing in range(5) if thing not in made and fresh.made(lambda thing=thing: thing) is not None}
        made.update(new)
        paints.append(new)

    fresh = FreshPaint(context, paint)
    yield paints, paint
    del context


def test_one_turn_makes_all_where_that_is_quick(qtbot, painted, monkeypatch):
    monkeypatch.setattr(fresh_paint, "FRESH_SECONDS", 60.0)
    paints, paint = painted
    paint()
    assert paints == [{0, 1, 2, 3, 4}]


def test_what_takes_long_is_made_in_turns_of_its_own(qtbot, painted, monkeypatch):
    monkeypatch.setattr(fresh_paint, "FRESH_SECONDS", 0.0)
    paints, paint = painted
    paint()
    paint()  # in the same turn, as of a second view
    assert paints == [{0}, set()]
    qtbot.waitUntil(lambda: len(set().union(*paints)) == 5)
    assert all(len(new) <= 1 for new in paints)
