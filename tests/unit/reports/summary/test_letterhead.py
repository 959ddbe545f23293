"""The laboratory's own lines and logo."""

import io

import numpy as np
import pytest
from PIL import Image

from rbc_desktop.errors import ExportError
from rbc_desktop.reports.summary.letterhead import LOGO_PX, MOST_LINES, Letterhead, read_logo


def test_empty_lines_go_and_too_many_are_cut():
    assert Letterhead(" Lab \n\n  Street 1\n").lines == ("Lab", "Street 1")
    assert len(Letterhead("\n".join("abcdefghij")).lines) == MOST_LINES
    assert Letterhead().lines == ()


def test_a_logo_lies_on_white_without_metadata_or_transparency(tmp_path):
    picture = Image.fromarray(np.zeros((40, 60, 4), np.uint8))
    picture.putpixel((0, 0), (255, 0, 0, 255))
    exif = Image.Exif()
    exif[0x013B] = "Anna"
    picture.save(tmp_path / "logo.png", exif=exif)
    data, width, height = read_logo(tmp_path / "logo.png")
    assert (width, height) == (60, 40)
    assert b"Anna" not in data
    with Image.open(io.BytesIO(data)) as shown:
        assert shown.mode == "RGB"
        assert shown.getpixel((0, 0)) == (255, 0, 0)
        assert shown.getpixel((30, 20)) == (255, 255, 255)


def test_a_large_logo_is_reduced(tmp_path):
    Image.new("RGB", (3000, 1500)).save(tmp_path / "logo.jpg")
    assert read_logo(tmp_path / "logo.jpg")[1:] == (LOGO_PX, LOGO_PX // 2)


@pytest.mark.parametrize("content", [b"", b"no picture", None])
def test_what_is_no_picture_is_one_sentence(tmp_path, content):
    path = tmp_path / "logo.png"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ExportError, match="choose another picture in the settings"):
        read_logo(path)
