"""Which side of a mask is cells."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.fakes.study_fields import draw_field
from training.data.sets.mask_polarity import bright_absorbs, cells_of, find_polarity
from training.data.sets.public_sets import find_anerbc
from training.study.metrics import mask_scores


def as_file(grey):
    """A mask as it is read from a file, (H, W, 3)."""
    return np.ascontiguousarray(np.repeat(grey[..., None], 3, 2).astype(np.uint8))


def as_jpeg(grey):
    """The same after JPEG."""
    _, data = cv2.imencode(".jpg", grey.astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 80])
    return as_file(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE))


@pytest.mark.parametrize("anaemic", [False, True])
def test_cells_absorb_whichever_way_they_are_drawn(anaemic):
    rgb, mask = draw_field(5, anaemic=anaemic)
    bright = mask.astype(np.uint8) * 255
    assert find_polarity([(rgb, bright)]) == ("bright on dark", 1)
    assert find_polarity([(rgb, 255 - bright)]) == ("dark on white", 1)
    assert bright_absorbs(rgb, bright) == pytest.approx(-bright_absorbs(rgb, 255 - bright), abs=0.01)


def test_most_images_decide_and_empty_masks_have_no_vote():
    rgb, mask = draw_field(5, anaemic=False)
    dark, white = 255 - mask.astype(np.uint8) * 255, np.full(mask.shape, 255, np.uint8)
    assert find_polarity([(rgb, dark), (rgb, dark), (rgb, 255 - dark), (rgb, white)]) == ("dark on white", 2)
    assert find_polarity([(rgb, white), (np.full_like(rgb, 200), dark)]) == ("bright on dark", 0)


@pytest.mark.parametrize("written", [as_file, as_jpeg])
def test_binary_masks_are_cut_at_half_of_white(written):
    _, mask = draw_field(5, anaemic=False)
    edges = cv2.GaussianBlur(mask.astype(np.float32) * 255, (0, 0), 0.8)
    assert mask_scores(cells_of(written(edges), "bright on dark"), mask).iou > 0.97
    assert mask_scores(cells_of(written(255 - edges), "dark on white"), mask).iou > 0.97


def test_a_picture_on_white_is_cell_wherever_it_is_not_white():
    rgb, mask = draw_field(5, anaemic=True)
    picture = np.where(mask[..., None], np.minimum(rgb, 250), 255).astype(np.uint8)
    assert (picture[mask] > 127).any()  # half of white would lose these
    assert (cells_of(picture, "dark on white") == mask).all()


def test_real_masks_are_dark_on_white_and_cover_what_absorbs(real_data):
    folder = real_data / "anerbc"
    if not folder.is_dir():
        pytest.skip("the ten fields of AneRBC (../shared/data/anerbc) are not on this machine")
    found = find_anerbc(folder)
    assert len(found.sources) == 10
    assert [note.split(": ")[1] for note in found.notes] == ["cells dark on white, as 5 of its images say"] * 2
    for source in found.sources:
        rgb = cv2.imdecode(np.fromfile(source.image, np.uint8), cv2.IMREAD_COLOR)
        mask = source.mask_of(rgb[..., ::-1])
        _, dark = cv2.threshold(rgb[..., 1], 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
        assert mask_scores(mask, dark > 0).iou > 0.6, source.name
        assert rgb[mask].mean() < rgb[~mask].mean() - 15, source.name
