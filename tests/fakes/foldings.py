"""What is loose in a case becomes rows, as the window's `FoldingController` has it."""

from __future__ import annotations

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.case.folding import Folded, folded, loose_of
from rbc_desktop.storage.case.values.look_room import LookRoom
from rbc_desktop.workflows.cases.folding_controller import PACKING


def rows_made(case: Case, *, most: int = 1000) -> Folded | None:
    """The columns with so many of what is loose, None where there is nothing."""
    return folded(loose_of(case, most=most), packing=PACKING, room=LookRoom)
