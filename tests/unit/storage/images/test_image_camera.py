"""The camera that an image file names: with EXIF, without, and where the file is odd."""

import os

import numpy as np
import pytest
import tifffile
from PIL import Image

from rbc_desktop.storage.images.image_camera import LONGEST_CAMERA, camera_of

PIXELS = Image.new("RGB", (32, 24), (200, 180, 190))


def with_exif(make, model):
    exif = Image.Exif()
    if make is not None:
        exif[0x010F] = make
    if model is not None:
        exif[0x0110] = model
    return exif


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [
        ("Olympus", "DP27", "Olympus DP27"),
        ("Canon", "Canon EOS 700D", "Canon EOS 700D"),
        ("NIKON CORPORATION", "NIKON D5300", "NIKON D5300"),
        (None, "Axiocam  105\0\0", "Axiocam 105"),
        ("Leica", None, "Leica"),
        ("", "", ""),
        ("x" * 500, "y", ("x" * 500)[:LONGEST_CAMERA]),
    ],
)
@pytest.mark.parametrize("kind", ["jpg", "png", "tif"])
def test_maker_and_model_are_read(tmp_path, kind, make, model, camera):
    path = tmp_path / f"smear.{kind}"
    PIXELS.save(path, exif=with_exif(make, model))
    assert camera_of(path) == camera


@pytest.mark.parametrize("kind", ["jpg", "png", "tif", "bmp", "gif", "webp"])
def test_an_image_without_exif_names_none(tmp_path, kind):
    path = tmp_path / f"smear.{kind}"
    PIXELS.save(path)
    assert camera_of(path) == ""


def test_no_pixels_are_decoded(tmp_path, monkeypatch):
    paths = [tmp_path / f"smear.{kind}" for kind in ("jpg", "png", "tif")]
    for path in paths:
        PIXELS.save(path)
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda _self: pytest.fail("it decodes"))
    assert [camera_of(path) for path in paths] == ["", "", ""]


def test_a_camera_in_a_tiff_of_several_pages(tmp_path):
    path = tmp_path / "smear.tif"
    with tifffile.TiffWriter(path) as writer:
        for _ in range(2):
            writer.write(np.zeros((24, 32, 3), np.uint8), photometric="rgb", extratags=[(272, "s", 0, "DFC7000", True)])
    assert camera_of(path) == "DFC7000"


@pytest.mark.parametrize("content", [b"", b"II*\0", b"II*\0" + b"\xff" * 60, b"\xff\xd8\xff\xe1\xff\xffExif\0\0II*\0"])
def test_odd_files_name_none_and_raise_nothing(tmp_path, content, caplog):
    path = tmp_path / "Anna.jpg"
    path.write_bytes(content)
    assert camera_of(path) == ""
    assert "Anna" not in caplog.text


@pytest.mark.skipif(os.name != "posix", reason="named pipes in folders are POSIX")
def test_a_pipe_blocks_nothing(tmp_path):
    os.mkfifo(tmp_path / "pipe.jpg")
    assert camera_of(tmp_path / "pipe.jpg") == ""


def test_a_missing_file(tmp_path):
    assert camera_of(tmp_path / "none.jpg") == ""
