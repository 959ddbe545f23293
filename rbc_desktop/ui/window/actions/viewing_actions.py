"""Actions that change only what is looked at."""

from __future__ import annotations

from ....language import mark
from ....storage.laboratory.settings import ScaleBarCorner
from .action_spec import ActionSpec, image_is_in_front, needs_field, needs_image

CORNERS: dict[ScaleBarCorner, str] = {
    "bottom left": mark("Bottom left"), "bottom right": mark("Bottom right"), "top left": mark("Top left"),
    "top right": mark("Top right"), "off": mark("No scale bar"),
}  # fmt: skip


def scale_bar_action_id(corner: ScaleBarCorner) -> str:
    """The id of the action that puts the scale bar there."""
    return f"scale-bar:{corner}"


VIEWING_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("compare", mark("Side by side"), "View", ("F8",), "",
               mark("Show another field, of this or another case, beside the image."), checkable=True,
               starts_section=True, enabled_when=needs_image),
    ActionSpec("adjust", mark("Adjust the picture…"), "View", ("Ctrl+B",), "",
               mark("Brightness, contrast and white balance, for looking only."), enabled_when=needs_field),
    ActionSpec("adjust-reset", mark("Show the picture as taken"), "View", ("Ctrl+Shift+B",), "",
               mark("Take brightness, contrast and white balance back."), enabled_when=needs_field),
    ActionSpec("tool-length", mark("Measure a length"), "View/Measure", ("Q",), "",
               mark("Drag a line, or click both its ends; not part of the case."), "tool", checkable=True,
               enabled_when=image_is_in_front),
    ActionSpec("tool-angle", mark("Measure an angle"), "View/Measure", ("Shift+Q",), "",
               mark("Click one side, the corner and the other side; not part of the case."), "tool", checkable=True,
               enabled_when=image_is_in_front),
    ActionSpec("clear-measures", mark("Remove all measures"), "View/Measure", (), "",
               mark("Remove the lengths and angles that were drawn on this image."), enabled_when=needs_image),
    *(
        ActionSpec(scale_bar_action_id(corner), text, "View/Scale bar", group="scale-bar", checkable=True)
        for corner, text in CORNERS.items()
    ),
)  # fmt: skip
