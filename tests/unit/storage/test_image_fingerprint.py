"""Telling whether a file may be a known image: by its header where that says the size, then by its hash."""

import pytest

from rbc_desktop.errors import TaskCancelled
from rbc_desktop.storage import image_fingerprint
from rbc_desktop.storage.image_fingerprint import fingerprint, sides
from tests.fakes.casework import write_image

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


def test_it_can_be_stopped(tmp_path):
    def stop():
        raise TaskCancelled

    with pytest.raises(TaskCancelled):
        fingerprint(write_image(tmp_path / "a.png", 1).path, sizes=SIZES, check=stop)
