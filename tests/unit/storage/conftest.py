"""A case file with work in it."""

import math
import random
from dataclasses import replace

import pytest

from rbc_desktop.domain.case.case import Case, Identity
from rbc_desktop.domain.case.changes import (
    DeleteCells,
    PutAnalyses,
    PutCells,
    PutFields,
    PutIdentity,
    PutQualities,
    PutReviews,
    Together,
)
from rbc_desktop.domain.cells.cell import Cell
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.editing.effects import apply_change
from rbc_desktop.storage.case.case_file import CaseFile
from tests.fakes.casework import make_analysis, make_proposal, write_image
from tests.fakes.good_field import GOOD


@pytest.fixture
def rng():
    return random.Random(11)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cases" / "Проба 7.rbc"


@pytest.fixture
def filled(tmp_path, path, rng):
    """An open case file with two fields and six cells, and the same case in memory."""
    path.parent.mkdir()
    (tmp_path / "images").mkdir()
    store, case = CaseFile.create(path), Case()
    for change in work(tmp_path / "images", rng):
        store.apply(change)
        apply_change(case, change)
    yield store, case
    store.close()


def work(folder, rng):
    """Changes of every kind."""
    from rbc_desktop.domain.case.case import Field

    images = [write_image(folder / name, n) for n, name in enumerate(["мазок 1.png", "2.tif"])]
    fields = tuple(Field(n, i.path, i.sha256, i.width, i.height) for n, i in enumerate(images, 1))
    proposals = [make_proposal(rng) for _ in range(6)]
    cells = tuple(
        Cell(n, 1 + n % 2, p.mask, p.prompts, p.score, p.touches_border, "segment all")
        for n, p in enumerate(proposals, 1)
    )
    line = Calibration.from_line(length_um=10, length_px=81.3)
    calibrated = Field(1, images[0].path, images[0].sha256, images[0].width, images[0].height, line)
    return [
        PutIdentity(Identity("S 1", "Müller, Jörg", "лаб", "o'Brien", "MGG", "two\nlines")),
        Together((PutFields(fields), PutCells(cells))),
        PutAnalyses(tuple(make_analysis(c, rng) for c in cells[:5])),
        PutQualities(((1, GOOD), (2, replace(GOOD, pallor_share=math.nan)), (77, GOOD))),
        PutReviews(((2, CellClass.TEARDROP), (3, CellClass.NOT_RED_CELL), (99, CellClass.NORMAL))),
        PutReviews(((3, None),)),
        PutFields((calibrated,)),
        DeleteCells((6, 77)),
    ]
