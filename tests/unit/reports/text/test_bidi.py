"""Lines in the order in which they are drawn; the examples follow the rules of Unicode's annex 9."""

import pytest

from rbc_desktop.reports.text.bidi import Run, is_bidirectional, visual_runs


@pytest.mark.parametrize("text", ["", "abc 12", "Пётр", "王小明", "ß (3)", "आरती"])
def test_most_scripts_are_read_as_they_are_drawn(text):
    assert not is_bidirectional(text)
    assert visual_runs(text) == ([Run(text, False)] if text else [])


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("אבג", [("אבג", True)]),
        ("abc אבג def", [("abc ", False), ("אבג", True), (" def", False)]),
        ("אבג abc דהו", [(" דהו", True), ("abc", False), ("אבג ", True)]),
        ("אבג 12 דהו", [(" דהו", True), ("12", False), ("אבג ", True)]),
        ("محمد 123", [("123", False), ("محمد ", True)]),
        ("محمد 1,5", [("1,5", False), ("محمد ", True)]),
        ("אבג (7)", [(")", True), ("7", False), ("אבג (", True)]),
        ("Ada (אבג) 7", [("Ada (", False), ("אבג", True), (") ", False), ("7", False)]),
        ("by אבג (7)", [("by ", False), (")", True), ("7", False), ("אבג (", True)]),
        ("אבג (Ada) דהו", [(") דהו", True), ("Ada", False), ("אבג (", True)]),
        ("אבג 5%", [("5%", False), ("אבג ", True)]),
        ("by אבג דהו, 2026", [("by ", False), ("2026", False), ("אבג דהו, ", True)]),
        ("\u200fאבג\u200e", [("אבג", True)]),
    ],
)
def test_pieces_stand_from_left_to_right(text, runs):
    assert is_bidirectional(text)
    assert [(run.text, run.is_rtl) for run in visual_runs(text)] == runs


def test_every_letter_is_drawn_once():
    text = "Dr. محمد (A-17) אברהם 3.5 µm"
    assert sorted("".join(run.text for run in visual_runs(text))) == sorted(text)
