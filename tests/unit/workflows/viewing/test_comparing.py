"""What is shown beside, and how two views keep together."""

import pytest

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.geometry import Point
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.errors import ImageReadError
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.images.image_reader import read_image
from rbc_desktop.workflows.viewing.comparing import (
    Side,
    first_side,
    matching_scale,
    moved_along,
    read_other,
    read_other_field,
)
from tests.fakes.casework import write_image


@pytest.mark.parametrize(
    ("fields", "current", "expected"),
    [
        ([3, 1, 2], 3, Side(1)), ([3, 1, 2], 1, Side(2)), ([3, 1, 2], 2, Side(1)), ([4], 4, None), ([], None, None),
        ([4, 5], None, Side(4)),
    ],
)  # fmt: skip
def test_at_first_the_neighbour_of_the_field_in_view_is_beside(fields, current, expected):
    assert first_side(fields, current) == expected


def test_a_micrometre_is_equally_long_on_both_sides():
    other = matching_scale(2.0, um_per_px=0.1, other_um_per_px=0.25)
    assert pytest.approx(other / 0.25) == 2.0 / 0.1


@pytest.mark.parametrize("scales", [(None, 0.1), (0.1, None), (None, None)])
def test_without_a_scale_a_pixel_is_equally_long(scales):
    assert matching_scale(2.0, um_per_px=scales[0], other_um_per_px=scales[1]) == 2.0


def test_the_other_middle_goes_the_same_way_from_where_it_is():
    assert moved_along(Point(5, 5), before=Point(10, 20), after=Point(14, 10), factor=0.5) == Point(7, 0)


@pytest.fixture
def elsewhere(tmp_path):
    """A case whose image lies neither beside it nor below; moved, so that it names it by an absolute path."""
    (tmp_path / "images").mkdir()
    (tmp_path / "cases").mkdir()
    image = write_image(tmp_path / "images" / "a.png", 1)
    store = CaseFile.create(tmp_path / "cases" / "other.rbc")
    CaseEditor(Case(), store).add_fields([image.facts])
    with store._hold.connection as connection:
        connection.execute("UPDATE field SET path = ?", (str(image.path),))
    store.close()
    return tmp_path / "cases" / "other.rbc"


def test_images_of_the_other_case_are_read_only_where_the_user_has_been(elsewhere, tmp_path):
    other = read_other(elsewhere, reader=read_image)
    [field] = other.case.fields.values()
    with pytest.raises(ImageReadError, match="outside the folder of the case"):
        read_other_field(other, field)
    other = read_other(elsewhere, reader=read_image, confirmed=(str(tmp_path / "images"),))
    assert read_other_field(other, field).image is not None
