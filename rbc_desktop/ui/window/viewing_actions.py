"""Actions that change only what is looked at."""

from __future__ import annotations

from ...storage.settings import ScaleBarCorner
from .action_spec import ActionSpec, needs_field

CORNERS: dict[ScaleBarCorner, str] = {
    "bottom left": "Bottom left", "bottom right": "Bottom right", "top left": "Top left", "top right": "Top right",
    "off": "No scale bar",
}  # fmt: skip


def scale_bar_action_id(corner: ScaleBarCorner) -> str:
    """The id of the action that puts the scale bar there."""
    return f"scale-bar:{corner}"


VIEWING_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("compare", "Side by side", "View", ("F8",), "",
               "Show another field, of this or another case, beside the image.", checkable=True, starts_section=True,
               enabled_when=needs_field),
    ActionSpec("adjust", "Adjust the picture…", "View", ("Ctrl+B",), "",
               "Brightness, contrast and white balance, for looking only.", enabled_when=needs_field),
    ActionSpec("adjust-reset", "Show the picture as taken", "View", ("Ctrl+Shift+B",), "",
               "Take brightness, contrast and white balance back.", enabled_when=needs_field),
    ActionSpec("tool-length", "Measure a length", "View/Measure", ("Q",), "",
               "Drag a line, or click both its ends; not part of the case.", "tool", checkable=True),
    ActionSpec("tool-angle", "Measure an angle", "View/Measure", ("Shift+Q",), "",
               "Click one side, the corner and the other side; not part of the case.", "tool", checkable=True),
    ActionSpec("clear-measures", "Remove all measures", "View/Measure", (), "",
               "Remove the lengths and angles that were drawn on this image.", enabled_when=needs_field),
    *(
        ActionSpec(scale_bar_action_id(corner), text, "View/Scale bar", group="scale-bar", checkable=True)
        for corner, text in CORNERS.items()
    ),
)  # fmt: skip
