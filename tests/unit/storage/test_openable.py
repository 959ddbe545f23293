"""One home for what opens: the file dialog, folders, the empty window and the refusal name the same."""

import pytest

from rbc_desktop.errors import ImageReadError
from rbc_desktop.storage.formats.picture_decoder import FORMATS
from rbc_desktop.storage.images.image_reader import read_image
from rbc_desktop.storage.openable import IMAGE_SUFFIXES, PICTURES, SLIDES, kinds_text


def test_every_format_that_is_decoded_is_named():
    named = {kind.casefold() for kind in PICTURES} | {"heif"}
    assert {name.casefold() for name in FORMATS} <= named


def test_an_unknown_file_is_told_every_kind_slides_included(tmp_path):
    path = tmp_path / "picture.raw"
    path.write_bytes(b"RAW picture of a camera" + bytes(range(256)) * 20)
    with pytest.raises(ImageReadError) as refused:
        read_image(path)
    for kind in (*PICTURES, *SLIDES):
        assert kind in refused.value.message
    assert kinds_text() in refused.value.message


def test_endings_are_told_apart_by_their_last_part():
    assert {".png", ".svs", ".mrxs", ".tif"} <= IMAGE_SUFFIXES
    assert all(ending.startswith(".") and ending.count(".") == 1 for ending in IMAGE_SUFFIXES)
