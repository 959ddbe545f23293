"""How much of a JPEG is there, though its end marker says that all is."""

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from rbc_desktop.errors import ImageReadError
from rbc_desktop.storage.images.image_reader import read_image

END = b"\xff\xd9"
KINDS = {
    "plain": {},
    "fine colours": {"subsampling": 0},
    "half colours": {"subsampling": 1},
    "optimised": {"optimize": True},
    "restarts": {"restart_marker_blocks": 7},
    "coarse": {"quality": 40},
}


@pytest.fixture(scope="module")
def smear():
    noise = np.random.default_rng(7).integers(0, 256, (360, 500, 3), dtype=np.uint8)
    soft = cv2.GaussianBlur(noise, (0, 0), 3).astype(np.float32)
    return np.clip(cv2.normalize(soft, None, 40, 240, cv2.NORM_MINMAX) + noise % 7, 0, 255).astype(np.uint8)


def jpeg(pixels, **options):
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", **{"quality": 90, **options})
    return out.getvalue()


def share_of(path, data):
    path.write_bytes(data)
    return read_image(path).complete_share


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("grey", [False, True])
def test_whole_files_are_whole(tmp_path, smear, kind, grey):
    pixels = smear[..., 1] if grey else smear
    assert share_of(tmp_path / "a.jpg", jpeg(pixels, **KINDS[kind])) == 1
    assert share_of(tmp_path / "b.jpg", jpeg(pixels, **KINDS[kind], progressive=True)) == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("grey", [False, True])
@pytest.mark.parametrize("share", [0.15, 0.5, 0.8, 0.97])
def test_cut_and_closed(tmp_path, smear, kind, grey, share):
    data = jpeg(smear[..., 1] if grey else smear, **KINDS[kind])
    found = share_of(tmp_path / "a.jpg", data[: int(len(data) * share)] + END)
    assert found == pytest.approx(share, abs=0.06)
    assert found < 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("share", [0.15, 0.5, 0.8, 0.97])
def test_tail_of_zeros(tmp_path, smear, kind, share):
    data = jpeg(smear, **KINDS[kind])
    kept = int(len(data) * share)
    found = share_of(tmp_path / "a.jpg", data[:kept] + bytes(len(data) - kept - 2) + END)
    assert found == pytest.approx(share, abs=0.06)
    (tmp_path / "b.jpg").write_bytes(data[:kept] + bytes(len(data) - kept))
    with pytest.raises(ImageReadError, match="damaged or cut off"):
        read_image(tmp_path / "b.jpg")


@pytest.mark.parametrize("share", [0.2, 0.4, 0.6])
def test_progressive_files_without_their_last_scans(tmp_path, smear, share):
    data = jpeg(smear, progressive=True)
    assert share_of(tmp_path / "a.jpg", data[: int(len(data) * share)] + END) < 1


@pytest.mark.parametrize("level", [0, 127, 128, 129, 255])
@pytest.mark.parametrize("options", [{}, {"optimize": True}, {"subsampling": 0}])
def test_plain_pictures_and_plain_edges_are_whole(tmp_path, smear, level, options):
    """Grey at the end that the code says is no filling."""
    assert share_of(tmp_path / "a.jpg", jpeg(np.full((360, 500, 3), level, np.uint8), **options)) == 1
    framed = smear.copy()
    framed[-40:] = level
    assert share_of(tmp_path / "b.jpg", jpeg(framed, **options)) == 1


def test_what_follows_the_picture_does_not_matter(tmp_path, smear):
    """Phones put a short film or a second picture behind it."""
    whole = jpeg(smear)
    assert share_of(tmp_path / "a.jpg", whole + bytes(5000)) == 1
    assert share_of(tmp_path / "b.jpg", whole + jpeg(smear[:100])) == 1
