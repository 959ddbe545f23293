"""Telling whether a file may be a known image: by its header where that says the size, then by its hash."""

import pytest

from rbc_desktop.errors import TaskCancelled
from rbc_desktop.storage.formats.image_limits import MAX_PIXELS, most_bytes
from rbc_desktop.storage.images import image_fingerprint
from rbc_desktop.storage.images.image_fingerprint import fingerprint, sides
from tests.fakes.casework import write_image
from tests.fakes.slide_files import write_hollow

SIZES = {sides(200, 150)}


def go_on():
    """Nobody has cancelled."""


@pytest.mark.parametrize("ending", [".png", ".jpg", ".bmp", ".tif", ".webp"])
@pytest.mark.parametrize("size", [(200, 150), (150, 200)])
def test_an_image_of_that_size_has_its_hash(tmp_path, ending, size):
    image = write_image(tmp_path / f"a{ending}", 1, width=size[0], height=size[1])
    assert fingerprint(image.path, sizes=SIZES, check=go_on) == image.sha256


@pytest.mark.parametrize("ending", [".png", ".jpg", ".bmp"])
def test_another_size_is_not_hashed(tmp_path, monkeypatch, ending):
    image = write_image(tmp_path / f"a{ending}", 1, width=201)
    monkeypatch.setattr(image_fingerprint, "sha256_of", lambda *_, **__: pytest.fail("read as a whole"))
    assert fingerprint(image.path, sizes=SIZES, check=go_on) == ""


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"BM" + bytes(40), b"\xff\xd8\xff\xe0"])
def test_what_is_no_image_is_passed_over(tmp_path, content):
    (tmp_path / "a.png").write_bytes(content)
    assert fingerprint(tmp_path / "a.png", sizes=SIZES, check=go_on) == ""
    assert fingerprint(tmp_path, sizes=SIZES, check=go_on) == ""
    assert fingerprint(tmp_path / "gone.png", sizes=SIZES, check=go_on) == ""


def test_a_file_far_larger_than_its_pixels_is_not_read(tmp_path):
    image = write_image(tmp_path / "a.png", 1)
    with image.path.open("rb+") as file:
        file.truncate(2**27)  # hollow
    assert fingerprint(image.path, sizes=SIZES, check=lambda: pytest.fail("read")) == ""


@pytest.fixture
def slide(tmp_path):
    """A slide of 3.5 GB, most of them holes in the file."""
    path = write_hollow(tmp_path / "film.tif")
    assert path.stat().st_size > most_bytes(MAX_PIXELS)
    return path


def test_a_slide_larger_than_any_image_is_known_by_its_size_and_then_its_bytes(slide, monkeypatch):
    hashed = []

    def hashing(path, **_):
        hashed.append(path)
        return "ab" * 32

    monkeypatch.setattr(image_fingerprint, "sha256_of", hashing)
    found = [
        fingerprint(slide, sizes=SIZES, slides=slides, check=go_on)
        for slides in ((), [(0, 34_000, 33_999)], [(1, 34_000, 34_000)], [(0, 9, 9), (0, 34_000, 34_000)])
    ]
    assert found == ["", "", "", "ab" * 32]
    assert hashed == [slide]


def test_a_file_far_larger_than_its_slide_is_not_read(slide):
    with slide.open("rb+") as file:
        file.truncate(2**36)
    assert fingerprint(slide, sizes=(), slides=[(0, 34_000, 34_000)], check=lambda: pytest.fail("read")) == ""


def test_where_only_slides_are_wanted_no_image_is_hashed(tmp_path):
    image = write_image(tmp_path / "a.tif", 1)
    assert fingerprint(image.path, sizes=(), slides=[(0, 9, 9)], check=lambda: pytest.fail("read")) == ""


def test_it_can_be_stopped(tmp_path):
    def stop():
        raise TaskCancelled

    with pytest.raises(TaskCancelled):
        fingerprint(write_image(tmp_path / "a.png", 1).path, sizes=SIZES, check=stop)
