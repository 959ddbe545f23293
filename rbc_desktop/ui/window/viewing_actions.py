"""Actions that change only what is looked at."""

from __future__ import annotations

from .action_spec import ActionSpec, needs_field

VIEWING_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("adjust", "Adjust the picture…", "View", ("Ctrl+B",), "",
               "Brightness, contrast and white balance, for looking only.", starts_section=True,
               enabled_when=needs_field),
    ActionSpec("adjust-reset", "Show the picture as taken", "View", ("Ctrl+Shift+B",), "",
               "Take brightness, contrast and white balance back.", enabled_when=needs_field),
)  # fmt: skip
