"""A drawn field whose cells are known."""

import pytest

from rbc_desktop.imaging.cells.field_context import field_context
from tests.fakes.drawn_cells import drawn_field


@pytest.fixture(scope="session")
def drawn():
    """Field, masks by name, and what the field says about itself."""
    field, masks = drawn_field()
    return field, masks, field_context(field)
