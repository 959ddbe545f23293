"""Reading images for a case: every field of a file, and what is said of those that aren't whole."""

import io

import cv2
import numpy as np
import pytest
import tifffile
from PIL import Image

from rbc_desktop.commands.terminal.terminal import Uninterrupted
from rbc_desktop.domain.case.case import Field, missing_part
from rbc_desktop.storage.images.image_reader import read_image
from rbc_desktop.workflows.cases.opening import not_opened_text, places_text, read_images, whole_text
from tests.fakes.casework import write_image
from tests.fakes.slide_files import drawn_film, write_pages


@pytest.fixture(scope="module")
def smear():
    noise = np.random.default_rng(7).integers(0, 256, (240, 320, 3), dtype=np.uint8)
    return cv2.GaussianBlur(noise, (0, 0), 3)


def opened(*paths, incomplete=False):
    return read_images(paths, reader=read_image, new_case=False, incomplete=incomplete, control=Uninterrupted())


def test_fields_of_a_file_and_nothing_else(tmp_path, smear):
    with tifffile.TiffWriter(tmp_path / "a.tif") as tiff:
        tiff.write(smear, photometric="rgb", metadata=None)
        tiff.write(smear[::2, ::2], photometric="rgb", metadata=None, subfiletype=1)
        tiff.write(255 - smear, photometric="rgb", metadata=None, description="label")
        tiff.write(smear[::-1], photometric="rgb", metadata=None)
    found = opened(tmp_path / "a.tif")
    assert [read.facts.page for read in found.reads] == [0, 1]
    assert np.array_equal(found.reads[1].image.pixels, smear[::-1])
    assert (found.errors, found.incomplete) == ((), ())


def test_a_picture_that_was_cut_off_is_taken_only_when_somebody_says_so(tmp_path, smear):
    out = io.BytesIO()
    Image.fromarray(smear).save(out, "JPEG", quality=90)
    data = out.getvalue()
    (tmp_path / "a.jpg").write_bytes(data)
    for name in ("b.jpg", "c.jpg"):
        (tmp_path / name).write_bytes(data[: int(len(data) * 0.6)] + b"\xff\xd9")
    found = opened(tmp_path)
    assert [read.facts.name for read in found.reads] == ["a.jpg"]
    assert [image.name for image in found.incomplete] == ["b.jpg", "c.jpg"]
    said = not_opened_text(found)
    assert said.startswith("Only about ")
    assert "b.jpg is there, so it was not added, nor 1 more cut off like it (c.jpg);" in said
    (taken,) = opened(tmp_path / "b.jpg", incomplete=True).reads
    (remark,) = Field.of(taken.facts, number=1, calibration=None).remarks
    assert (remark.kind, remark.text) == ("incomplete", missing_part(taken.facts))


def test_a_slide_of_few_pixels_is_an_image_and_that_is_said(tmp_path, smear):
    Image.fromarray(smear).save(tmp_path / "c.png")
    assert whole_text(opened(tmp_path / "c.png")) == ""
    for name in "ab":
        write_pages(tmp_path / f"{name}.tif", drawn_film(700, 500, cells=4), factors=(1, 4))
    found = opened(tmp_path / "a.tif", tmp_path / "c.png")
    assert len(found.reads) == 2
    assert whole_text(found) == "a.tif is a slide of few pixels (700 × 500), so it is opened whole, as one field."
    assert whole_text(opened(tmp_path)).endswith("as one field. So is 1 more.")


class Control:
    """Progress of a task that nobody cancels."""

    def progress(self, done, total):
        pass

    def check(self):
        pass


def test_pixels_beyond_the_bound_are_left_out_and_read_again_when_shown(tmp_path):
    from rbc_desktop.storage.images.image_reader import read_image

    pictures = [write_image(tmp_path / f"smear {number}.png", number).path for number in (1, 2, 10)]
    one = 200 * 150 * 3
    opened = read_images(pictures, reader=read_image, new_case=False, control=Control(), keep_bytes=one)
    assert [read.image is not None for read in opened.reads] == [True, False, False]
    assert [(read.facts.width, read.facts.height) for read in opened.reads] == [(200, 150)] * 3


def test_a_focus_stack_is_one_field_and_that_is_said(tmp_path, smear):
    with tifffile.TiffWriter(tmp_path / "stack.tif") as tiff:
        for sigma in (4, 0, 2):
            plane = cv2.GaussianBlur(smear, (0, 0), sigma) if sigma else smear
            tiff.write(plane, photometric="rgb", metadata=None)
        tiff.write(smear[::-1], photometric="rgb", metadata=None)
    found = opened(tmp_path / "stack.tif")
    assert [read.facts.page for read in found.reads] == [1, 3]
    assert places_text(found).startswith("3 pages of stack.tif show the same place; only the sharpest of them, page 2,")


def test_a_place_that_the_case_has_already_is_named_and_added(tmp_path, smear):
    Image.fromarray(smear).save(tmp_path / "a.png")
    Image.fromarray(smear).save(tmp_path / "a.jpg", quality=90)
    Image.fromarray(smear[::-1]).save(tmp_path / "b.jpg", quality=90)
    first = opened(tmp_path / "a.png")
    assert places_text(first) == ""
    [read] = first.reads
    beside = [(Field.of(read.facts, number=1, calibration=None), read.thumbnail)]
    given = {"reader": read_image, "new_case": False, "control": Uninterrupted(), "beside": beside}
    more = read_images([tmp_path / "a.png", tmp_path / "a.jpg", tmp_path / "b.jpg"], **given)
    assert len(more.reads) == 3
    assert [note.text for note in more.places] == [
        "a.jpg shows the same place as a.png, so its cells count twice; leave one of both out."
    ]


def test_of_many_such_places_and_broken_files_all_are_named(tmp_path, smear):
    for number in range(3):
        Image.fromarray(smear).save(tmp_path / f"{number}.jpg", quality=90 - number)
    (tmp_path / "broken.png").write_bytes(b"")
    found = opened(tmp_path)
    assert places_text(found).endswith("leave one of both out. 1 more place is pictured again: 2.jpg.")
    assert not_opened_text(found).startswith("broken.png is empty")
    assert not_opened_text(found).endswith(places_text(found))
    for number in range(2):
        (tmp_path / f"broken {number}.png").write_bytes(b"")
    assert "2 more could not be opened: broken 1.png, broken.png." in not_opened_text(opened(tmp_path))
    for number in range(2, 7):
        (tmp_path / f"broken {number}.png").write_bytes(b"")
    names = ", ".join(f"broken {number}.png" for number in range(1, 6))
    assert f"7 more could not be opened: {names} and others." in not_opened_text(opened(tmp_path))
