"""Which pages of a TIFF become fields, and which never do."""

import struct

import cv2
import numpy as np
import pytest
import tifffile
from PIL import Image

from rbc_desktop.errors import ImageReadError
from rbc_desktop.storage.images.image_reader import read_image


@pytest.fixture(scope="module")
def smear():
    noise = np.random.default_rng(7).integers(0, 256, (64, 96, 3), dtype=np.uint8)
    return cv2.GaussianBlur(noise, (0, 0), 4)


def half(pixels):
    return cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)


def write(path, *pages):
    """One page after the other; a page is its pixels and options of tifffile."""
    with tifffile.TiffWriter(path) as tiff:
        for pixels, options in pages:
            photometric = "rgb" if pixels.ndim == 3 else "minisblack"
            tiff.write(pixels, **{"photometric": photometric, "metadata": None, **options})
    return path


def fields(path):
    """The pixels of every field, and that each says which it is."""
    first = read_image(path)
    images = [first, *(read_image(path, page=n) for n in range(1, first.page_count))]
    assert [image.page for image in images] == list(range(first.page_count))
    assert {image.page_count for image in images} == {first.page_count}
    count = first.page_count
    with pytest.raises(ImageReadError, match=rf"has no page {count + 1}; the last one is page {count}\."):
        read_image(path, page=count)
    return [image.pixels for image in images]


def same(found, expected):
    return len(found) == len(expected) and all(np.array_equal(f, e) for f, e in zip(found, expected, strict=True))


def test_plain_pages_are_fields_in_their_order(tmp_path, smear):
    path = tmp_path / "a.tif"
    pages = [Image.fromarray(smear), Image.fromarray(255 - smear), Image.fromarray(smear[..., 0])]
    pages[0].save(path, save_all=True, append_images=pages[1:], compression="tiff_lzw")
    assert same(fields(path), [smear, 255 - smear, np.dstack([smear[..., 0]] * 3)])


def test_pages_of_16_bits(tmp_path, smear):
    ok, data = cv2.imencodemulti(".tif", [smear[..., ::-1].astype(np.uint16) * 257, smear[..., 0].astype(np.uint16)])
    assert ok
    (tmp_path / "a.tif").write_bytes(data.tobytes())
    assert same(fields(tmp_path / "a.tif"), [smear, np.dstack([smear[..., 0]] * 3)])


@pytest.mark.parametrize("kind", [1, 3, 9])
def test_reduced_copies_and_masks_are_none(tmp_path, smear, kind):
    marked = (half(smear), {"subfiletype": kind})
    path = write(tmp_path / "a.tif", (smear, {}), marked, (255 - smear, {"subfiletype": 2}), marked)
    assert same(fields(path), [smear, 255 - smear])
    path = write(tmp_path / "b.tif", marked, (smear, {}), (smear[..., 0] > 128, {"subfiletype": 4}))
    assert same(fields(path), [smear])


def test_the_old_mark_of_reduced_copies(tmp_path, smear):
    path = write(tmp_path / "a.tif", (smear, {}), (half(smear), {"extratags": [(255, "H", 1, 2, True)]}))
    assert same(fields(path), [smear])


def test_levels_of_a_pyramid_without_marks(tmp_path, smear):
    tiles = {"tile": (16, 16)}
    path = write(tmp_path / "a.tif", (smear, tiles), (half(smear), tiles), (half(half(smear)), tiles))
    assert same(fields(path), [smear])


def test_a_pyramid_in_sub_pages(tmp_path, smear):
    with tifffile.TiffWriter(tmp_path / "a.tif") as tiff:
        tiff.write(smear, photometric="rgb", subifds=1, tile=(16, 16))
        tiff.write(half(smear), photometric="rgb", subfiletype=1, tile=(16, 16))
    assert same(fields(tmp_path / "a.tif"), [smear])


@pytest.mark.parametrize("text", ["Label", "label", "Macro", "Label Image", "Thumbnail", "Overview", "macro 387x1280"])
def test_pictures_of_the_glass_are_never_shown(tmp_path, smear, text):
    glass = (255 - smear, {"description": text})
    path = write(tmp_path / "a.tif", (smear, {}), glass)
    assert same(fields(path), [smear])
    only = write(tmp_path / "b.tif", glass)
    with pytest.raises(ImageReadError, match="only a slide's label or overview; open the scan itself"):
        read_image(only)


def test_aperios_label_and_macro(tmp_path, smear):
    head = "Aperio Image Library v12.0.15\r\n"
    tiles = {"tile": (16, 16), "description": head + "96x64 [0,0 96x64] (16x16) JPEG/RGB|AppMag = 40|MPP = 0.25"}
    path = write(
        tmp_path / "a.svs",
        (smear, tiles),
        (half(smear), {"description": head + "96x64 -> 48x32 - |AppMag = 40|MPP = 0.25"}),
        (255 - smear, {"subfiletype": 1, "description": head + "label 96x64"}),
        (smear[::-1], {"subfiletype": 9, "description": head + "macro 96x64"}),
        (smear[::-1], {"description": head + "label 96x64"}),
    )
    assert same(fields(path), [smear])
    assert read_image(path).calibration.um_per_px == pytest.approx(0.25)


def test_a_single_page_marked_as_reduced_is_still_a_picture(tmp_path, smear):
    assert same(fields(write(tmp_path / "a.tif", (smear, {"subfiletype": 1}))), [smear])


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("kind", ["ome", "imagej"])
def test_planes_of_red_green_and_blue_are_one_colour_field(tmp_path, smear, kind, dtype):
    planes = np.moveaxis(smear, 2, 0).astype(dtype) * (257 if dtype == np.uint16 else 1)
    path = tmp_path / ("a.ome.tif" if kind == "ome" else "a.tif")
    metadata = {"axes": "CYX"} if kind == "ome" else {"axes": "CYX", "mode": "composite"}
    tifffile.imwrite(
        path, planes, photometric="minisblack", ome=kind == "ome", imagej=kind == "imagej", metadata=metadata
    )
    assert same(fields(path), [smear])


def test_several_fields_of_three_planes(tmp_path, smear):
    stack = np.stack([np.moveaxis(smear, 2, 0), np.moveaxis(255 - smear, 2, 0)])
    metadata = {"axes": "TCYX", "Channel": {"Name": ["Red", "Green", "Blue"]}}
    tifffile.imwrite(tmp_path / "a.ome.tif", stack, photometric="minisblack", ome=True, metadata=metadata)
    assert same(fields(tmp_path / "a.ome.tif"), [smear, 255 - smear])


def test_dyes_are_not_colours(tmp_path, smear):
    metadata = {"axes": "CYX", "Channel": {"Name": ["DAPI", "FITC", "Cy5"]}}
    planes = np.ascontiguousarray(np.moveaxis(smear, 2, 0))
    tifffile.imwrite(tmp_path / "a.ome.tif", planes, photometric="minisblack", ome=True, metadata=metadata)
    assert len(fields(tmp_path / "a.ome.tif")) == 3


def test_three_grey_pages_that_nothing_calls_colours_are_three_fields(tmp_path, smear):
    path = write(tmp_path / "a.tif", *((np.ascontiguousarray(smear[..., c]), {}) for c in range(3)))
    assert len(fields(path)) == 3


def endless(path, count):
    """A TIFF of `count` pages of 16 × 16 pixels that share their pixels: 90 bytes per page."""
    entries = [(256, 3, 1, 16), (257, 3, 1, 16), (258, 3, 1, 8), (262, 3, 1, 1), (273, 4, 1, 8), (279, 4, 1, 256)]
    body = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries)
    start = 8 + 256
    pages = [body + struct.pack("<I", start + (n + 1) * (len(body) + 4) if n + 1 < count else 0) for n in range(count)]
    path.write_bytes(struct.pack("<2sHI", b"II", 42, start) + bytes(range(256)) + b"".join(pages))
    return path


def test_a_film_is_refused_soon(tmp_path):
    assert read_image(endless(tmp_path / "a.tif", 300)).page_count == 300
    with pytest.raises(ImageReadError, match="more than 2,000 pages"):
        read_image(endless(tmp_path / "b.tif", 100_000))
