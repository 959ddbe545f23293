"""Cases whose reports can be counted by hand."""

from pathlib import Path

import pytest

from rbc_desktop.domain.case import Case, Field
from rbc_desktop.domain.taxonomy import CellClass
from tests.fakes.report_cases import (
    SCALE,
    add_cell,
    certain,
    disc,
    measured,
    small_case,
)


@pytest.fixture
def hand_made():
    """Ten red cells (7 normal, 2 target, 1 macrocyte), a platelet, a cell without analysis."""
    case = Case()
    field = Field(1, Path("/data/a.png"), "f" * 64, 400, 300, SCALE)
    case.fields[1] = field
    classes = [CellClass.NORMAL] * 7 + [CellClass.TARGET_CELL] * 2 + [CellClass.MACROCYTE, CellClass.NOT_RED_CELL]
    for i, cell_class in enumerate(classes):
        prediction = certain(cell_class, probability=0.9 if i else 0.4)
        mask = disc(30 + 30 * i, 50, 24 if cell_class is CellClass.MACROCYTE else 10)
        add_cell(case, field, mask, prediction=prediction, measurements=measured(20 + i))
    add_cell(case, field, disc(40, 120))
    return case


@pytest.fixture(scope="module")
def case():
    return small_case()[0]
