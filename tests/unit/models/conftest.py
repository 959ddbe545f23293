"""A laboratory's exported training sets."""

import pytest

from tests.fakes.lab_sets import swapped_sets


@pytest.fixture(scope="session")
def sets(tmp_path_factory):
    return swapped_sets(tmp_path_factory.mktemp("sets"))
