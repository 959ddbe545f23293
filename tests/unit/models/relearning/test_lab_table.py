"""Tables of reviewed cells."""

import pytest

from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.models.relearning.lab_table import lab_table
from tests.fakes.lab_sets import write_set
from training.lab.sets import read_pixels, read_sets

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


def test_reviewed_cells_alone_are_rows(sets, tmp_path):
    some = write_set(tmp_path / "some", (5,), called={CellClass.NORMAL: None})
    rows = lab_table(read_sets([some]), pixels=read_pixels, copies=1)
    assert CellClass.NORMAL not in set(rows.classes)
    assert rows.original.sum() == (~rows.original).sum() == 16
