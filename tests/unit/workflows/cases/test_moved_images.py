"""Finding moved images: renamed, copied, nested; a changed file never; bounded and to be cancelled."""

import shutil
from dataclasses import replace

import pytest

from rbc_desktop.domain.case.case import Field
from rbc_desktop.domain.fields.regions import Region
from rbc_desktop.domain.slides.slide import SlideEntry
from rbc_desktop.errors import ImageReadError, TaskCancelled
from rbc_desktop.storage.images import image_fingerprint
from rbc_desktop.storage.images.image_places import AskingReader
from rbc_desktop.storage.images.image_reader import read_image
from rbc_desktop.workflows.cases import moved_images
from rbc_desktop.workflows.cases.moved_images import (
    Located,
    Wanted,
    by_name_first,
    locate_folder,
    locate_image,
    located_text,
    match,
)
from tests.fakes.casework import write_image
from tests.fakes.slide_files import write_hollow


class Control:
    """Counts what is looked at, and cancels after so many."""

    def __init__(self, *, cancel_after=None):
        self.said, self.cancel_after = [], cancel_after

    def check(self):
        if self.cancel_after is not None and len(self.said) >= self.cancel_after:
            raise TaskCancelled

    def progress(self, done, total):
        self.check()
        self.said.append((done, total))


@pytest.fixture
def control():
    return Control()


@pytest.fixture
def fields(tmp_path):
    """Three fields of a case, their images in a folder that will be moved."""
    (tmp_path / "old").mkdir()
    images = [write_image(tmp_path / "old" / f"{number}.png", number).facts for number in (1, 2, 3)]
    return [Field.of(image, number=number, calibration=None) for number, image in enumerate(images, start=1)]


@pytest.fixture
def new(fields, tmp_path):
    """Where the images are now."""
    return shutil.move(tmp_path / "old", tmp_path / "new" / "deeper")


def wanted(fields, *, doubtful=(), unconfirmed=()):
    reader = AskingReader(read_image)
    reader.ask_for(unconfirmed)
    return Wanted(tuple(fields), frozenset(doubtful), reader)


def places(located):
    return {image.field_id: image.path for image in located.found}


def test_one_located_image_finds_those_beside_it(fields, new, control):
    located = locate_image(new / "2.png", field_id=2, wanted=wanted(fields), control=control)
    assert places(located) == {n: new / f"{n}.png" for n in (1, 2, 3)}
    assert located.found[0].field_id == 2
    assert located.read.facts.sha256 == fields[1].sha256
    assert located_text(located) == "3 images found."


def test_renamed_images_are_found_by_their_hash(fields, new, control):
    for number in (1, 3):
        (new / f"{number}.png").rename(new / f"Ä {number * 7}.PNG")
    located = locate_image(new / "2.png", field_id=2, wanted=wanted(fields), control=control)
    assert places(located) == {1: new / "Ä 7.PNG", 2: new / "2.png", 3: new / "Ä 21.PNG"}


def test_names_are_swapped_and_hashes_decide(fields, new, control):
    (new / "1.png").rename(new / "x.png")
    (new / "3.png").rename(new / "1.png")
    (new / "x.png").rename(new / "3.png")
    located = locate_folder(new, wanted=wanted(fields), control=control)
    assert places(located) == {1: new / "3.png", 2: new / "2.png", 3: new / "1.png"}


def test_a_copy_of_the_old_name_comes_before_others(fields, new, control):
    shutil.copy(new / "1.png", new / "0 copy of 1.png")
    (new / "2.png").unlink()
    shutil.copy(new / "3.png", new / "0 copy of 3.png")
    (new / "3.png").unlink()
    located = locate_folder(new, wanted=wanted(fields), control=control)
    assert places(located) == {1: new / "1.png", 3: new / "0 copy of 3.png"}
    assert located_text(located) == "2 images found; 1 still missing. Locate a folder that holds the rest."


def test_a_changed_file_of_the_same_name_and_size_is_refused(fields, new, control):
    write_image(new / "1.png", 77)
    located = locate_folder(new, wanted=wanted(fields), control=control)
    assert set(places(located)) == {2, 3}
    assert located.missing == 1
    with pytest.raises(ImageReadError, match=r"1.png is not the image that 1.png was; choose another\."):
        locate_image(new / "1.png", field_id=1, wanted=wanted(fields), control=control)


def test_folders_below_are_searched_only_when_a_folder_was_chosen(fields, new, control):
    (new / "a" / "b").mkdir(parents=True)
    (new / "1.png").rename(new / "a" / "b" / "one.png")
    located = locate_image(new / "2.png", field_id=2, wanted=wanted(fields), control=control)
    assert set(places(located)) == {2, 3}
    assert located.missing == 1
    located = locate_folder(new.parent, wanted=wanted(fields), control=control)
    assert places(located)[1] == new / "a" / "b" / "one.png"
    assert located.missing == 0


def test_what_is_in_its_place_is_left_there(fields, tmp_path, control):
    shutil.copytree(tmp_path / "old", tmp_path / "copies")
    write_image(tmp_path / "old" / "1.png", 77)  # changed, and noticed
    located = locate_folder(tmp_path / "copies", wanted=wanted(fields, doubtful=(1, 2)), control=control)
    assert places(located) == {1: tmp_path / "copies" / "1.png"}
    assert located_text(located) == "1 image found."
    again = locate_folder(tmp_path / "copies", wanted=wanted(fields[1:]), control=control)
    assert located_text(again) == "No image of this case is missing."


def test_places_that_the_user_has_not_confirmed_count_as_missing(fields, tmp_path, control):
    asked = wanted(fields, unconfirmed=[fields[0].path])
    assert asked.missing(control) == [fields[0]]
    assert places(locate_folder(tmp_path / "old", wanted=asked, control=control)) == {1: fields[0].path}


def test_pages_of_one_file_are_found_together(fields, new, control):
    pages = [Field(n, fields[0].path, fields[0].sha256, 200, 150, page=n - 1) for n in (1, 2)]
    located = locate_image(new / "1.png", field_id=1, wanted=wanted(pages), control=control)
    assert places(located) == {1: new / "1.png", 2: new / "1.png"}


def test_no_more_files_are_looked_at_than_that(fields, new, control, monkeypatch):
    monkeypatch.setattr(moved_images, "MOST_FILES", 2)
    for number in (1, 2, 3):
        (new / f"{number}.png").rename(new / f"{number} renamed.png")
    located = locate_folder(new, wanted=wanted(fields), control=control)
    assert set(places(located)) == {1, 2}
    assert "The folder holds more than 2 images" in located_text(located)


def test_the_search_ends_with_the_last_missing_image_or_on_cancel(fields, new, control):
    for number in range(10, 20):
        write_image(new / f"{number}.png", number)
    files = by_name_first(sorted(new.iterdir()), missing=fields)
    assert [path.name for path in files[:3]] == ["1.png", "2.png", "3.png"]
    assert len(match(files, missing=fields, control=control)) == 3
    assert control.said == [(0, 13), (1, 13), (2, 13)]
    with pytest.raises(TaskCancelled):
        match(files, missing=fields, control=Control(cancel_after=1))


def test_an_empty_folder_says_so_and_one_image_alone_says_nothing(fields, new, tmp_path, control):
    (tmp_path / "empty").mkdir()
    located = locate_folder(tmp_path / "empty", wanted=wanted(fields), control=control)
    assert located_text(located) == "None of 3 missing images is there; choose another folder."
    alone = locate_image(new / "1.png", field_id=1, wanted=wanted(fields[:1]), control=control)
    assert located_text(alone) == ""
    assert located_text(Located((), 0)) == "No image of this case is missing."


def test_a_moved_slide_of_gigabytes_is_found_and_its_regions_with_it(tmp_path, control, monkeypatch):
    path = tmp_path / "old" / "film.tif"
    path.parent.mkdir()
    write_hollow(path)
    slide = SlideEntry(1, path, "ab" * 32, 34_000, 34_000)
    regions = [Region(0, 0, 900, 700), Region(30_000, 20_000, 30_400, 20_500)]
    fields = [
        Field(n, path, slide.sha256, region.width, region.height, None, region=region)
        for n, region in enumerate(regions, start=1)
    ]
    new = tmp_path / "new" / "renamed.tif"
    new.parent.mkdir()
    write_image(tmp_path / "new" / "a.tif", 1)
    path.rename(new)
    monkeypatch.setattr(image_fingerprint, "sha256_of", lambda path, **_: "ab" * 32)  # seconds
    known = wanted(fields)
    located = locate_folder(new.parent, wanted=replace(known, slides=(slide,)), control=control)
    assert places(located) == {1: new, 2: new}
    assert located_text(located) == "2 images found."
