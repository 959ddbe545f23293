"""Points and boxes of a prompt."""

from rbc_desktop.domain.cells.prompts import PromptPoint, PromptSet
from rbc_desktop.domain.geometry import Box, Point


def test_the_first_positive_point_decides_where_prompts_are_else_the_box():
    negative, box = PromptPoint(3, 4, positive=False), Box(0, 0, 9, 9)
    assert PromptSet.click(1, 2).with_point(negative).with_box(box).anchor == Point(1, 2)
    assert PromptSet().with_point(negative).with_box(box).anchor == Point(4.5, 4.5)
    assert PromptSet().is_empty
    assert not PromptSet().with_box(box).is_empty
