"""What a line of the counts says in little room."""

import pytest

from rbc_desktop.commands.terminal.catalogues import german
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.language import ENGLISH, speak
from rbc_desktop.reports.summary.counts import ClassCount
from rbc_desktop.ui.cells.class_counts import ClassCounts

UNTOLD = ClassCount(CellClass.MACROCYTE, 0, 0, 0, untold=True)
NO_CELL = ClassCount(CellClass.NOT_RED_CELL, 3, 0, 0)
SHARED = ClassCount(CellClass.NORMAL, 93, 0, 1, 0.969, 0.912, 0.989)


@pytest.fixture(params=["en", "de"])
def counts(qtbot, theme, request):
    speak(ENGLISH if request.param == "en" else german())
    made = ClassCounts()
    qtbot.addWidget(made)
    made.set_lines((SHARED, UNTOLD, NO_CELL))
    yield made
    speak(ENGLISH)


@pytest.mark.parametrize("width", [240, 280, 300, 340, 400, 600])
def test_what_stands_instead_of_a_share_ends_in_its_room(counts, width):
    counts.resize(width, 200)
    for line in (UNTOLD, NO_CELL):
        text = counts.instead_of_a_share(line)
        assert text
        assert counts.fontMetrics().horizontalAdvance(text) <= counts._room_for_text()[1]
    assert counts.instead_of_a_share(SHARED) == ""


@pytest.mark.parametrize("width", [300, 340, 400, 600])
def test_it_is_whole_where_the_panel_is_not_at_its_narrowest(counts, width):
    """Without room for the intervals it had that of the share only: “–ssable”."""
    counts.resize(width, 200)
    assert not counts.instead_of_a_share(UNTOLD).endswith("…")
    assert not counts.instead_of_a_share(NO_CELL).endswith("…")
