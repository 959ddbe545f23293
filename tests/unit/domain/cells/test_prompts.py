"""Points and boxes of a prompt."""

from rbc_desktop.domain.cells.prompts import PromptPoint, PromptSet
from rbc_desktop.domain.geometry import Box, Point


def test_prompts_lose_points_last_in_first_out():
    prompts = PromptSet.click(1, 2).with_point(PromptPoint(3, 4, positive=False)).with_box(Box(0, 0, 9, 9))
    assert prompts.anchor == Point(1, 2)
    prompts = prompts.without_last_point()
    assert [p.positive for p in prompts.points] == [True]
    prompts = prompts.without_last_point()
    assert not prompts.is_empty
    assert prompts.anchor == Point(4.5, 4.5)
    assert prompts.without_last_point().is_empty
