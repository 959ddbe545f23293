"""Places of images that a case names by itself."""

import sqlite3
from pathlib import Path

import pytest

from rbc_desktop.domain.case.case import Case, Field
from rbc_desktop.domain.case.changes import PutFields
from rbc_desktop.errors import ImageReadError, UnconfirmedImageError
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.images.image_places import AskingReader, unconfirmed_images
from rbc_desktop.workflows.cases.reading import read_field
from tests.fakes.casework import field_of, write_image


def test_only_unconfirmed_absolute_places_outside_the_folder_of_the_case_are_asked_for(tmp_path):
    places = [
        tmp_path / "case" / "in.png",
        tmp_path / "other" / "confirmed.png",
        Path("/elsewhere/a.png"),
        tmp_path / "b",
    ]
    case = Case(fields={n: Field(n, p, "0" * 64, 9, 9) for n, p in enumerate(places, 1)})
    asked = unconfirmed_images(
        case, {*places[:3], Path("/gone")}, folder=tmp_path / "case", confirmed=[tmp_path / "other", Path("relative")]
    )
    assert asked == {Path("/elsewhere/a.png")}


def test_an_unconfirmed_place_is_not_touched():
    """Not even to see whether something is there: a network share would be told who asks."""
    asked = []

    def reader(path, *, page=0, region=None):
        asked.append(path)
        raise ImageReadError(f"{path.name} doesn't exist.")

    class Untouchable(type(Path())):
        def stat(self, *arguments, **options):
            raise AssertionError("touched")

    place = Untouchable("//server/share/a.png")
    asking = AskingReader(reader)
    asking.ask_for([place])
    with pytest.raises(UnconfirmedImageError, match="outside the folder of the case"):
        read_field(asking, place, page=0)
    assert asked == []
    asking.confirm([place])
    with pytest.raises(ImageReadError, match="doesn't exist"):
        asking(place)
    assert asked == [place]


def test_an_absolute_path_stays_one_when_the_case_is_saved_elsewhere(tmp_path):
    store = CaseFile.create(tmp_path / "a.rbc")
    store.apply(PutFields((field_of(write_image(tmp_path / "1.png", 1)),)))
    store.close()
    connection = sqlite3.connect(tmp_path / "a.rbc")
    connection.execute("UPDATE field SET path = '/elsewhere/1.png'")
    connection.commit()
    connection.close()
    store, case = CaseFile.open(tmp_path / "a.rbc")
    assert store.absolute_images == {Path("/elsewhere/1.png")}
    (tmp_path / "deep").mkdir()
    store.save_as(tmp_path / "deep" / "b.rbc")
    store.close()
    store, again = CaseFile.open(tmp_path / "deep" / "b.rbc")
    assert store.absolute_images == {Path("/elsewhere/1.png")}
    assert again.fields[1].path == case.fields[1].path == Path("/elsewhere/1.png")
    store.close()
