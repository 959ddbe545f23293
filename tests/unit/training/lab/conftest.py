"""A laboratory's exported training sets."""

import pytest

from rbc_desktop.domain.taxonomy import CellClass
from tests.fakes.lab_sets import write_set

SWAPPED = {CellClass.TARGET_CELL: CellClass.STOMATOCYTE}
"""This laboratory calls the drawn target cells stomatocytes: it is known better here than by the bundled booster."""


@pytest.fixture(scope="session")
def sets(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sets")
    return [write_set(folder / f"case {n}", (10 * n + 1,), called=SWAPPED) for n in range(4)]
