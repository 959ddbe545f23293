"""Sizes of the report, and their spread."""

from pathlib import Path

import numpy as np
import pytest

from rbc_desktop.domain.case.case import Case, Field
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.reports.summary.summary import build
from tests.fakes.report_cases import (
    CONTEXT,
    add_cell,
    certain,
    disc,
    measured,
)


def test_sizes_leave_out_cut_cells(hand_made):
    field = hand_made.fields[1]
    cut = certain(CellClass.NORMAL, probability=0.9)
    add_cell(hand_made, field, disc(5, 200), prediction=cut, measurements=measured(90))
    summary = build(hand_made, context=CONTEXT)
    assert summary.left_out == 1
    assert summary.sizes.cells == 10
    assert sum(summary.sizes.counts) == 10
    assert summary.sizes.edges[-1] < 90 * 0.19


def test_size_cv_compares_cells_with_their_own_field():
    case = Case()
    for number, scale in enumerate((1.0, 2.5), start=1):
        case.fields[number] = field = Field(number, Path(f"/data/{number}.png"), "0" * 64, 400, 300)
        for i, diameter in enumerate((18.0, 20.0, 22.0)):
            add_cell(
                case,
                field,
                disc(50 + 60 * i, 100),
                prediction=certain(CellClass.NORMAL, probability=0.9),
                measurements=measured(diameter * scale),
            )
    # Relative diameters 0.9, 1, 1.1 twice: SD = sqrt(4 · 0.01 / 5).
    assert build(case, context=CONTEXT).sizes.cv_percent == pytest.approx(100 * np.sqrt(0.04 / 5))


def test_bins_hold_every_cell_and_touch(hand_made):
    sizes = build(hand_made, context=CONTEXT).sizes
    assert np.allclose(np.diff(sizes.edges), 0.5)
    expected, _ = np.histogram([(20 + i) * 0.19 for i in range(10)], bins=sizes.edges)
    assert list(sizes.counts) == list(expected)
