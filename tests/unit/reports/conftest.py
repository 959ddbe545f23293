"""Cases whose reports can be counted by hand."""

from dataclasses import replace
from pathlib import Path

import pytest

from rbc_desktop.domain.case.case import Case, Field, Identity
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.sample.grading import Grading
from rbc_desktop.reports.summary.summary import build
from rbc_desktop.reports.text import system_fonts
from rbc_desktop.storage.laboratory.scheme_file import bundled_schemes, read_scheme
from tests.fakes.report_cases import (
    CONTEXT,
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


@pytest.fixture(scope="module")
def graded():
    """The summary of 200 red cells in one field without a scale: 20 teardrops, confirmed as 3+, and 14 target cells."""
    case = Case(identity=Identity(sample_id="S 7", patient="Ada", laboratory="Lab", operator="Bo"))
    case.fields[1] = field = Field(1, Path("/data/a.png"), "f" * 64, 400, 300)
    classes = {CellClass.NORMAL: 166, CellClass.TEARDROP: 20, CellClass.TARGET_CELL: 14}
    for cell_class, count in classes.items():
        for _ in range(count):
            add_cell(case, field, disc(50, 50), measurements=measured(), reviewed=cell_class)
    case.grading = Grading(read_scheme(bundled_schemes() / "icsh_like.json")).with_grade("teardrop", "3+")
    return build(case, context=replace(CONTEXT, head="ab" * 32))


@pytest.fixture
def system_fonts_are(monkeypatch):
    """Lets the computer have these fonts and no others: files, each with one face."""

    def have(*files):
        monkeypatch.setattr(system_fonts, "faces", lambda: tuple((str(file), 0) for file in files))
        system_fonts.face_with.cache_clear()

    yield have
    system_fonts.face_with.cache_clear()


@pytest.fixture
def no_system_fonts(system_fonts_are):
    """The computer has no font but the report's own."""
    system_fonts_are()
