"""Actions on whole slides."""

from __future__ import annotations

from ....language import mark
from .action_spec import ActionSpec, UiState


def needs_slide(state: UiState) -> bool:
    """While the case has a slide, or one is open."""
    return state.has_slide


def needs_slide_in_front(state: UiState) -> bool:
    """While a slide is on the screen."""
    return state.slide_in_front


SLIDE_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("slide", mark("Whole slide"), "View", ("F7",), "",
               mark("Show the whole slide instead of one of its fields."), checkable=True, starts_section=True,
               enabled_when=needs_slide),
    ActionSpec("overview-map", mark("Overview map"), "View", ("Shift+F7",), "",
               mark("Show the small map in the corner of a slide, or hide it."), checkable=True),
)  # fmt: skip

FINDING_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("find-monolayer", mark("Find the monolayer"), "Cells", ("F6",), "",
               mark("Map where the film of the slide can be read, and propose regions."),
               enabled_when=needs_slide_in_front),
)  # fmt: skip
