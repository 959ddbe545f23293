"""Every step that the trail names has a kind, also after it came back from a file as plain text."""

import pytest

from rbc_desktop.domain.case import step_names
from rbc_desktop.domain.case.step_kinds import _KINDS, StepKind, kind_of
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.language import Marked
from rbc_desktop.phrases import Template

AROUND = {"UNDO", "REDO", "REPLACING", "_NO_CLASS", "ANOTHER_SCHEME"}
"""Sentences that stand only with another, or in one."""


def test_each_step_has_exactly_one_kind():
    sentences = {}
    for name, made in vars(step_names).items():
        for each in made if isinstance(made, tuple) else (made,):
            if isinstance(each, Template | Marked) and name not in AROUND:
                sentences[each.one] = name
    assert len(sentences) > 50
    assert set(_KINDS) == set(sentences)


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        (step_names.set_class(12, CellClass.TEARDROP), StepKind.CLASSES),
        (step_names.ADD(name="Remove scale of 3 fields"), StepKind.IMAGES),
        ("Undo: Cut cell 12", StepKind.OUTLINES),
        ("Redo: Undo: Grade teardrop: 2+", StepKind.SAMPLE),
        ("Refine cell 7, replacing 2 others", StepKind.OUTLINES),
        ("Measure and classify", StepKind.ROUTINE),
        ("Note on a b.png", StepKind.ROUTINE),
        ("Report 2: approved by Ada", StepKind.SIGNATURES),
        ("Take over a case of version 4", StepKind.FILE),
        ("what no version ever wrote", StepKind.FILE),
        ("", StepKind.FILE),
    ],
)
def test_a_sentence_tells_its_kind(action, kind):
    assert kind_of(str(action)) is kind
