"""What an action of the window is, and when it makes sense."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from ....language import Marked, tr


@dataclass(frozen=True, slots=True)
class UiState:
    """What decides whether an action makes sense now."""

    has_field: bool = False
    several_fields: bool = False
    has_cells: bool = False
    has_selection: bool = False
    has_proposal: bool = False
    has_missed: bool = False
    can_undo: bool = False
    can_redo: bool = False
    model_ready: bool = False
    segmenting: bool = False
    reviewing: bool = False
    in_gallery: bool = False
    is_final: bool = False
    is_blind: bool = False
    busy: bool = False
    has_slide: bool = False
    slide_in_front: bool = False
    gallery_in_front: bool = False


def always(_state: UiState) -> bool:
    """Any time."""
    return True


def needs_field(state: UiState) -> bool:
    """While an image is shown."""
    return state.has_field


def image_is_in_front(state: UiState) -> bool:
    """While neither a slide nor the gallery hides the image."""
    return not (state.slide_in_front or state.gallery_in_front)


def needs_image(state: UiState) -> bool:
    """While an image is shown, and no slide in its place."""
    return state.has_field and not state.slide_in_front


def needs_outlines(state: UiState) -> bool:
    """While cells are selected, and no slide hides the image that they lie on."""
    return state.has_selection and not state.slide_in_front


def needs_picture(state: UiState) -> bool:
    """While an image or a slide is shown."""
    return state.has_field or state.slide_in_front


def needs_content(state: UiState) -> bool:
    """While the case has an image on show, or a slide."""
    return state.has_field or state.has_slide


def needs_cells(state: UiState) -> bool:
    """While the case has cells."""
    return state.has_cells


def needs_selection(state: UiState) -> bool:
    """While cells are selected."""
    return state.has_selection


def needs_proposal(state: UiState) -> bool:
    """While a proposal is open, and to be seen."""
    return state.has_proposal and not state.slide_in_front


def is_whole(state: UiState) -> bool:
    """While no second reading hides what the case says."""
    return not state.is_blind


def needs_missed(state: UiState) -> bool:
    """While cells may have been missed, and the image is to be seen."""
    return state.has_missed and not state.slide_in_front and not state.gallery_in_front


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    Attributes:
        id: name in code, also ``class:<name>`` for the actions that set a class.
        text: what the menu says, marked where it is to be translated.
        menu: ``File``, ``Edit``, ``View``, ``Cells``, ``Cells/Set class``, ``Report`` or ``Help``.
        keys: shortcuts as Qt key-sequence text; the first is shown.
        icon: name of the icon, or empty.
        tip: one sentence for the tooltip.
        group: radio group, or empty.
        checkable: whether it has an on and an off.
        canvas_key: the canvas itself handles the key, because it means something only there (Tab, Enter, Esc …); the
            action only shows it.
        starts_section: a separator stands before it in the menu.
        enabled_when: pure function of the window's state.
        named: marked text that the menu says with a capital, in place of `text`.
    """

    id: str
    text: str
    menu: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    group: str = ""
    checkable: bool = False
    canvas_key: bool = False
    starts_section: bool = False
    enabled_when: Callable[[UiState], bool] = field(default=always)
    named: str = ""

    def hidden_by(self, state: UiState) -> Literal["", "slide", "gallery"]:
        """What lies in front of the image, where nothing but that keeps the action from making sense."""
        if self.enabled_when(state) or not self.enabled_when(
            replace(state, slide_in_front=False, gallery_in_front=False)
        ):
            return ""
        return "slide" if state.slide_in_front else "gallery"

    @property
    def title(self) -> str:
        """What the menu says in the present language; a name that a laboratory gave stays as it is."""
        text = self.named or self.text
        said = tr(text) if isinstance(text, Marked) else text
        return said[:1].upper() + said[1:]
