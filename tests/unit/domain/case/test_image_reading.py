"""Readings of whole fields."""

from __future__ import annotations

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.case.image_reading import ImageReading, measured_cells
from rbc_desktop.domain.classes.taxonomy import CellClass
from tests.fakes.report_cases import add_cell, add_field, certain, disc, drawn_field, measured
from training.renderer import Kind


def test_a_sentence_says_answer_model_and_accuracy():
    reading = ImageReading("ours 1 (ab)", 0.764, 212, "anaemic", 0.834)
    assert reading.sentence == ("anaemic, probability 0.83. ours 1 (ab) was right on 76 % of 212 held-out fields.")
    withheld = ImageReading("ours 1 (ab)", 0.764, 212, withheld="its cells are small")
    assert withheld.sentence.startswith("Not given: its cells are small. ours 1 (ab)")


def test_only_whole_red_cells_are_measured_and_all_cover():
    case = Case()
    field = add_field(case, drawn_field([Kind.NORMAL]))
    add_cell(
        case, field, disc(200, 200), measurements=measured(), prediction=certain(CellClass.NORMAL, probability=0.9)
    )
    add_cell(
        case, field, disc(250, 200), measurements=measured(),
        prediction=certain(CellClass.NOT_RED_CELL, probability=0.9),
    )  # fmt: skip
    add_cell(case, field, disc(300, 200), measurements=measured(), reviewed=CellClass.NOT_RED_CELL)
    add_cell(case, field, disc(5, 200), measurements=measured())
    add_cell(case, field, disc(350, 200))
    found = measured_cells(field, case.cells_of(field.id), case.analyses)[1:]
    assert len(found) == 5
    assert [cell.is_whole for cell in found] == [True, False, False, False, True]
    assert [cell.measurements is None for cell in found] == [False, False, False, False, True]
