"""What the status line says of the selection."""

import pytest

from rbc_desktop.ui.window.status.status_feed import selected_text

NAMES = {1: "a.png", 2: "b.png", 3: "c.png"}


@pytest.mark.parametrize(
    ("counts", "shown", "text", "tip"),
    [
        ({}, 1, "", ""),
        ({1: 3}, 1, "3 selected", ""),
        ({2: 3}, 1, "3 selected in b.png", "Selected: 3 in b.png"),
        ({1: 2, 2: 1200}, 1, "1,202 selected (2 here, 1,200 in b.png)", "Selected: 2 in a.png, 1,200 in b.png"),
        ({1: 2, 2: 1, 3: 4}, 1, "7 selected (2 here, 5 in 2 other fields)",
         "Selected: 2 in a.png, 1 in b.png, 4 in c.png"),
        ({2: 1, 3: 4}, 1, "5 selected in 2 other fields", "Selected: 1 in b.png, 4 in c.png"),
        ({2: 1}, None, "1 selected in b.png", "Selected: 1 in b.png"),
    ],
)  # fmt: skip
def test_how_many_are_selected_and_where(counts, shown, text, tip):
    assert selected_text(counts, shown=shown, names=NAMES) == (text, tip)


def test_a_long_name_does_not_fill_the_line():
    text, tip = selected_text({2: 1}, shown=1, names={2: "x" * 90 + ".png"})
    assert len(text) < 50
    assert "x" * 90 in tip
