"""Actions on what belongs to the laboratory and not to one case."""

from __future__ import annotations

from ....language import mark
from .action_spec import ActionSpec, is_whole

KEEPING_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("restore-backup", mark("Restore a backup…"), "File", (), "",
               mark("Open a copy from the laboratory's backup folder as an unsaved case.")),
    ActionSpec("erase", mark("Delete patient data…"), "File", (), "",
               mark("Delete names, numbers and dates of patients from cases, for good."), starts_section=True,
               enabled_when=is_whole),
)  # fmt: skip

LABORATORY_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("control-films", mark("Control films…"), "Report", (), "",
               mark("The microscope's control films with their charts, and how often the classifier is overruled."),
               enabled_when=is_whole),
)  # fmt: skip
