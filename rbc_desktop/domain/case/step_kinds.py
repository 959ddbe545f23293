"""Of what kind a step of the audit trail is, told from its sentence, so that thousands of lines can be filtered."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from functools import lru_cache

from ...language import Marked, mark
from ...phrases import Template, template_of
from . import step_names as names


class StepKind(Enum):
    """What a step is about; the value names it in a list."""

    IMAGES = mark("Images and scale")
    OUTLINES = mark("Outlines")
    CLASSES = mark("Classes")
    SAMPLE = mark("Details and grades")
    SIGNATURES = mark("Signatures and readings")
    FILE = mark("The case file, and other steps")
    ROUTINE = mark("The program's own")
    """What the program notes by itself while somebody works: what it measured, and what it saw of an image."""


_ONES: dict[StepKind, tuple[Template | Marked, ...]] = {
    StepKind.IMAGES: (
        names.ADD, names.ADD_IMAGES, names.ADD_SLIDES, names.ADD_REGIONS, names.REMOVE, names.LOCATE,
        names.LOCATE_IMAGES, names.CALIBRATE, names.REMOVE_SCALE, names.COUNT_FIELDS, names.LEAVE_OUT_FIELDS,
        names.NOTHING_MISSED,
    ),
    StepKind.OUTLINES: (
        names.ADD_CELL, names.SEGMENT_ALL, names.SEGMENT_ALL_IN, names.DELETE, names.REFINE, names.RESHAPE,
        names.EXTEND, names.ERASE, names.SPLIT, names.CUT, names.DRAW, names.DRAW_AGAIN, names.MERGE_TWO, names.MERGE,
        *names.GROW, *names.SHRINK, *names.SMOOTH, *names.FILL,
    ),
    StepKind.CLASSES: (names.SET_CLASS, names.CONFIRM, names.COUNT_AT_EDGE, names.LEAVE_OUT_AT_EDGE),
    StepKind.SAMPLE: (
        names.EDIT_DETAILS, names.EDIT_GRADES, names.EDIT_BLOOD_COUNT, names.GRADE_BY, names.GRADE,
        names.TAKE_BACK_GRADE, names.CONFIRM_GRADES,
    ),
    StepKind.SIGNATURES: (
        names.REVIEWED, names.APPROVED, names.AMEND, names.BEGIN_READING, names.FINISH_READING, names.SETTLE,
    ),
    StepKind.FILE: (names.CREATE, names.TOOK_OVER, names.EMPTIED, names.DELETE_PATIENT_DATA),
    StepKind.ROUTINE: (names.MEASURE_AND_CLASSIFY, names.NOTE_ON),
}  # fmt: skip

_AROUND = frozenset(made.one for made in (names.UNDO, names.REDO, names.REPLACING))
"""Sentences around that of another step, which says the kind."""


def _by_sentence(ones: dict[StepKind, tuple[Template | Marked, ...]]) -> Iterable[tuple[str, StepKind]]:
    return ((made.one, kind) for kind, group in ones.items() for made in group)


_KINDS = dict(_by_sentence(_ONES))


@lru_cache(10_000)
def cells_found(action: str) -> int:
    """How many cells a batch of *Segment all* brought; 0 for any other step."""
    found = template_of(action)
    if found is None or found[0].one != names.SEGMENT_ALL.one:
        return 0
    return int(found[1]["count"].replace(",", ""))


@lru_cache(10_000)
def kind_of(action: str) -> StepKind:
    """The kind of a step by its sentence in the trail, in English; what is unknown counts to the case file.

    Undoing or redoing a step is of the step's own kind.
    """
    found = template_of(action)
    if found is None:
        return StepKind.FILE
    made, values = found
    return kind_of(values["action"]) if made.one in _AROUND else _KINDS.get(made.one, StepKind.FILE)
