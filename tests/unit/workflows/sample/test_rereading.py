"""Which cells can be read again, and a reading in words."""

import random
from dataclasses import replace

import pytest

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.sample.second_reading import ReadCell, SecondReading
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.workflows.sample.rereading import (
    difference_lines,
    early_text,
    new_reading,
    progress_text,
    readable,
    refusal,
    result_text,
    title,
)
from tests.fakes.casework import make_proposal, write_image

NORMAL, TEARDROP = CellClass.NORMAL, CellClass.TEARDROP
BEGAN = "2026-11-26T10:00:00+01:00"


@pytest.fixture
def case(tmp_path):
    """Two fields with four cells each; cell 1 has no class, field 2 doesn't count."""
    editor = CaseEditor(Case(), store := CaseFile.create(tmp_path / "case.rbc"))
    editor.add_fields([write_image(tmp_path / f"{n}.png", n) for n in (1, 2)])
    rng = random.Random(5)
    for field in (1, 2):
        editor.add_cells(field, [make_proposal(rng, cut_share=0) for _ in range(4)], run=editor.new_run())
    editor.set_class(range(2, 9), NORMAL)
    SampleEditor(editor).leave_out([2], "2.png is left out.")
    store.close()
    return editor.case


def test_what_counts_and_has_a_class_can_be_read_again(case):
    assert readable(case) == {i: case.shown_class_of(case.cells[i]) for i in (2, 3, 4)}
    reading = new_reading(case, operator=" Bo  L. ", share=0.5, seed=1, began=BEGAN)
    assert (reading.number, reading.operator, len(reading.cells)) == (1, "Bo L.", 2)
    assert {c.first for c in reading.cells} == {NORMAL}


def test_why_no_reading_can_begin(case):
    def refused(case, *, operator):
        return refusal(case, new_reading(case, operator=operator, share=1, seed=1, began=BEGAN))

    assert refused(case, operator="Bo") == ""
    assert "name is missing" in refused(case, operator=" ")
    assert "nothing to read again" in refused(Case(), operator="Bo")
    case.readings = (new_reading(case, operator="Bo", share=1, seed=1, began=BEGAN),)
    assert "is open" in refused(case, operator="Cy")


def test_a_reading_in_words_tells_nothing_before_it_is_over(case):
    cells = (ReadCell(2, NORMAL, NORMAL), ReadCell(3, NORMAL, TEARDROP, NORMAL), ReadCell(4, NORMAL, TEARDROP))
    reading = SecondReading(2, "Bo", BEGAN, share=0.25, seed=9, cells=(*cells, ReadCell(99, TEARDROP, NORMAL)))
    assert progress_text(reading) == "Second reading by Bo: 4 of 4 cells read"
    assert title(reading) == "2: Bo, 2026-11-26, 4 cells"
    assert "agree" not in result_text(reading)
    assert difference_lines(case, reading) == []
    over = replace(reading, ended="2026-11-26T11:00:00+01:00")
    assert "25 % of the cells, drawn with 9; 4 of 4 read." in result_text(over)
    assert "1 of 4 cells agree" in result_text(over)
    assert result_text(over).endswith("3 differences, 1 settled.")
    assert [(line.cell, line.field, line.settled) for line in difference_lines(case, over)] == [
        (4, "1.png", ""), (99, "deleted", ""), (3, "1.png", "normal"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("last", "ago"),
    [
        ("2026-11-26T09:59:00+00:00", "less than a day ago"),
        ("2026-11-24T08:59:59+00:00", "2 days ago"),
        ("2026-11-12T12:00:00+01:00", "13 days ago"),
    ],
)
def test_whoever_read_lately_is_told_when(last, ago):
    text = early_text(last, operator=" Ada  L. ", began="2026-11-26T11:00:00+01:00")
    assert text.startswith("Ada L. gave classes in this case last on 2026-11-")
    assert f", {ago}." in text
    assert "after 14 days" in text


@pytest.mark.parametrize("last", ["", "2026-11-12T11:00:00+01:00", "2025-01-01T00:00:00+00:00", "yesterday"])
def test_after_the_washout_nothing_is_asked(last):
    assert early_text(last, operator="Ada", began="2026-11-26T11:00:00+01:00") == ""
