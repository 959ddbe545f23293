"""Actions on what belongs to the laboratory and not to one case."""

from __future__ import annotations

from ...language import mark
from .action_spec import ActionSpec, is_whole

LABORATORY_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("control-films", mark("Control films…"), "Report", (), "",
               mark("The microscope's control films with their charts, and how often the classifier is overruled."),
               enabled_when=is_whole),
)  # fmt: skip
