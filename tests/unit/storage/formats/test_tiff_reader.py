"""TIFF files of every layout, depth, colour, compression and orientation against the pixels they were made from."""

import copy
import itertools
import struct

import cv2
import numpy as np
import pytest
import tifffile
from PIL import Image, ImageCms, TiffImagePlugin

from rbc_desktop.errors import ImageReadError
from rbc_desktop.storage.images.image_reader import read_image

HEIGHT, WIDTH = 37, 52
LAYOUTS = {
    "one strip": {},
    "strips": {"rowsperstrip": 8},
    "tiles": {"tile": (16, 16)},
    "planar strips": {"planarconfig": "separate", "rowsperstrip": 8},
    "planar tiles": {"planarconfig": "separate", "tile": (16, 16)},
}
COMPRESSIONS = {
    "none": {},
    "lzw": {"compression": "lzw"},
    "lzw, predicted": {"compression": "lzw", "predictor": True},
    "deflate": {"compression": "zlib"},
    "deflate, predicted": {"compression": "zlib", "predictor": True},
    "packbits": {"compression": "packbits"},
    "zstd": {"compression": "zstd"},
    "zstd, predicted": {"compression": "zstd", "predictor": True},
    "lzma": {"compression": "lzma"},
    "jpeg": {"compression": "jpeg", "compressionargs": {"level": 98}},
}
DEPTHS = (1, 8, 12, 16)
COLOURS = ("grey", "white is zero", "rgb", "rgba", "multiplied", "unknown extra", "palette", "cmyk", "ycbcr", "icc")

STORED_AS = {1: lambda a: a, 2: lambda a: a[:, ::-1], 3: lambda a: a[::-1, ::-1], 4: lambda a: a[::-1],
             5: lambda a: a.swapaxes(0, 1), 6: lambda a: a.swapaxes(0, 1)[::-1],
             7: lambda a: a.swapaxes(0, 1)[::-1, ::-1], 8: lambda a: a.swapaxes(0, 1)[:, ::-1]}  # fmt: skip
"""How an upright picture lies in a file that states the orientation: the inverse of what a reader does."""


@pytest.fixture(scope="module")
def picture():
    """Soft colours with different corners, ``(HEIGHT, WIDTH, 3)`` uint8."""
    noise = np.random.default_rng(7).integers(0, 256, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    soft = cv2.normalize(cv2.GaussianBlur(noise, (0, 0), 6), None, 20, 250, cv2.NORM_MINMAX)
    soft[:8, :12] = (250, 60, 60)
    return soft


def adobe_like_profile():
    """A profile with other primaries than sRGB: red and blue change places."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    tags = {bytes(data[132 + 12 * i : 136 + 12 * i]): 136 + 12 * i for i in range(int.from_bytes(data[128:132], "big"))}
    red, blue = tags[b"rXYZ"], tags[b"bXYZ"]
    data[red : red + 8], data[blue : blue + 8] = data[blue : blue + 8], data[red : red + 8]
    return bytes(data)


def deep(eight, bits):
    """8-bit values in the scale of another depth."""
    if bits == 1:
        return eight >= 128
    return eight if bits == 8 else np.rint(eight * ((2**bits - 1) / 255)).astype(np.uint16)


def shallow(values, bits):
    """What a reader must show for values of this depth."""
    return (values * (255 / (2**bits - 1))).round().astype(np.uint8)


def make(picture, colour, bits):
    """Samples as stored upright, options of `tifffile.imwrite`, and the RGB pixels that must come out."""
    full = 2**bits - 1
    grey = deep(picture[..., 1], bits)
    rgb = deep(picture, bits)
    shown = shallow(rgb, bits)
    if colour in ("grey", "white is zero"):
        expected = np.dstack([shallow(grey, bits)] * 3)
        inverted = colour == "white is zero"
        return (
            grey,
            {"photometric": "miniswhite" if inverted else "minisblack"},
            255 - expected if inverted else expected,
        )
    if colour in ("rgb", "icc"):
        options = {"photometric": "rgb"}
        if colour == "icc":
            options["iccprofile"] = adobe_like_profile()
            shown = shown[..., ::-1]
        return rgb, options, shown
    if colour == "palette":
        table = np.zeros((3, 2**bits), np.uint16)
        table[:, : 2 ** min(bits, 8)] = np.random.default_rng(1).integers(0, 256, (3, 2 ** min(bits, 8))) * 257
        index = picture[..., 1] >= 128 if bits == 1 else picture[..., 1].astype(np.uint8 if bits == 8 else np.uint16)
        return index, {"photometric": "palette", "colormap": table}, (table.T[index.astype(int)] >> 8).astype(np.uint8)
    if colour == "cmyk":
        inks = np.dstack([full - rgb, np.full_like(grey, full // 4)])
        light = (rgb / full) * (1 - (full // 4) / full)
        return inks, {"photometric": "separated", "extrasamples": ()}, np.rint(light * 255).astype(np.uint8)
    if colour == "ycbcr":
        stored = cv2.cvtColor(rgb, cv2.COLOR_RGB2YCrCb)[..., [0, 2, 1]]
        return stored, {"photometric": "ycbcr"}, shown
    share = np.linspace(0.2, 1, WIDTH)[None, :, None] * np.ones((HEIGHT, 1, 1))
    alpha = np.rint(share * full).astype(rgb.dtype)
    over_white = shown * share + 255 * (1 - share)
    if colour == "multiplied":
        stored = np.dstack([np.rint(rgb * share).astype(rgb.dtype), alpha])
        return stored, {"photometric": "rgb", "extrasamples": ["assocalpha"]}, over_white.round().astype(np.uint8)
    if colour == "unknown extra":
        return np.dstack([rgb, alpha]), {"photometric": "rgb", "extrasamples": ["unspecified"]}, shown
    return (
        np.dstack([rgb, alpha]),
        {"photometric": "rgb", "extrasamples": ["unassalpha"]},
        over_white.round().astype(np.uint8),
    )


def exists(colour, bits, layout, compression):
    """Whether TIFF has such a file, or tifffile can make one."""
    channels = 1 if colour in ("grey", "white is zero", "palette") else 3
    if "planar" in layout and channels == 1:
        return False
    if bits == 1 and (channels == 3 or colour == "palette" or "predicted" in compression or compression == "jpeg"):
        return False
    if bits == 12 and compression not in ("none", "jpeg"):  # packed samples; 12 bits in 16 are the next depth's files
        return False
    if colour == "ycbcr":
        return bits == 8 and "predicted" not in compression and (compression != "jpeg" or "planar" not in layout)
    if compression == "jpeg":
        return bits in (8, 12) and colour in ("grey", "rgb", "icc", "cmyk") and "planar" not in layout
    return not (colour == "palette" and bits == 12)


CASES = {
    (colour, bits): [
        (layout, compression)
        for layout, compression in itertools.product(LAYOUTS, COMPRESSIONS)
        if exists(colour, bits, layout, compression)
    ]
    for colour, bits in itertools.product(COLOURS, DEPTHS)
}


@pytest.mark.parametrize(("colour", "bits"), [key for key, cases in CASES.items() if cases])
def test_what_comes_out_is_what_went_in(tmp_path, picture, colour, bits):
    upright, options, expected = make(picture, colour, bits)
    orientations = itertools.cycle(range(1, 9))
    for number, ((layout, compression), orientation) in enumerate(zip(CASES[colour, bits], orientations, strict=False)):
        stored = np.ascontiguousarray(STORED_AS[orientation](upright))
        arrangement = LAYOUTS[layout]
        if "planar" in layout:
            stored = np.moveaxis(stored, 2, 0)
        if bits == 12:
            options["bitspersample"] = 12
        if colour == "ycbcr" and compression != "jpeg":
            options["subsampling"] = (1, 1)
        path = tmp_path / f"{number}.tif"
        tifffile.imwrite(
            path,
            stored,
            metadata=None,
            extratags=[(274, "H", 1, orientation, True)],
            **options,
            **arrangement,
            **copy.deepcopy(COMPRESSIONS[compression]),  # tifffile adds to what it is given
        )
        pixels = read_image(path).pixels
        what = f"{layout}, {compression}, orientation {orientation}"
        assert pixels.shape == expected.shape, what
        difference = np.abs(pixels.astype(int) - expected)
        if compression == "jpeg":
            assert difference.mean() < 9, what
        else:
            assert difference.max() <= 2, what


# Files that tifffile doesn't write


@pytest.mark.parametrize("compression", ["group3", "group4", "tiff_ccitt", "packbits", None])
@pytest.mark.parametrize("fill_order", [1, 2])
def test_one_bit_pictures(tmp_path, picture, compression, fill_order):
    bits = Image.fromarray(picture[..., 1] >= 128)
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    if compression is not None and fill_order == 2:
        tags[266] = 2
    bits.save(tmp_path / "a.tif", compression=compression, tiffinfo=tags)
    assert np.array_equal(read_image(tmp_path / "a.tif").pixels[..., 0], np.asarray(bits) * np.uint8(255))


@pytest.mark.parametrize("options", [{"bigtiff": True}, {"byteorder": ">"}, {"bigtiff": True, "byteorder": ">"}])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_big_files_and_big_endian_ones(tmp_path, picture, options, dtype):
    stored = picture.astype(dtype) * (257 if dtype == np.uint16 else 1)
    tifffile.imwrite(tmp_path / "a.tif", stored, photometric="rgb", compression="lzw", predictor=True, **options)
    assert np.array_equal(read_image(tmp_path / "a.tif").pixels, picture)


@pytest.mark.parametrize(("across", "down"), [(2, 1), (2, 2), (4, 1)])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_reduced_chroma_outside_a_jpeg_stream(tmp_path, across, down, orientation):
    """Blocks of luma with one pair of chroma each, uncompressed: libtiff knows them, tifffile doesn't."""
    upright = cv2.GaussianBlur(np.random.default_rng(2).integers(0, 256, (48, 80, 3), dtype=np.uint8), (0, 0), 9)
    stored = np.ascontiguousarray(STORED_AS[orientation](upright))
    height, width = stored.shape[:2]
    luma, blue, red = np.moveaxis(cv2.cvtColor(stored, cv2.COLOR_RGB2YCrCb)[..., [0, 2, 1]], 2, 0)
    blocks = luma.reshape(height // down, down, width // across, across).swapaxes(1, 2).reshape(-1, across * down)
    chroma = [c[::down, ::across].reshape(-1, 1) for c in (blue, red)]
    pixels = np.hstack([blocks, *chroma]).astype(np.uint8).tobytes()
    entries = [
        (256, 3, 1, width), (257, 3, 1, height), (258, 3, 3, 8), (259, 3, 1, 1), (262, 3, 1, 6), (273, 4, 1, 200),
        (274, 3, 1, orientation), (277, 3, 1, 3), (278, 3, 1, height), (279, 4, 1, len(pixels)),
        (530, 3, 2, across | down << 16),
    ]  # fmt: skip
    entries[2] = (258, 3, 3, 190)
    body = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries) + bytes(4)
    start = struct.pack("<2sHI", b"II", 42, 8) + body
    (tmp_path / "a.tif").write_bytes(start.ljust(190, b"\0") + struct.pack("<3H", 8, 8, 8) + bytes(4) + pixels)
    found = read_image(tmp_path / "a.tif").pixels
    assert found.shape == upright.shape
    assert np.abs(found.astype(int) - upright).mean() < 6


# Refused, by its name


def refusal(path):
    with pytest.raises(ImageReadError) as caught:
        read_image(path)
    message = caught.value.message
    assert message.startswith(path.name)
    assert message.endswith(".")
    assert "damaged" not in message
    return message


@pytest.mark.parametrize(
    ("compression", "name"),
    [
        ("jpeg2000", "JPEG 2000"),
        ("jpegxl", "JPEG XL"),
        ("jpegxr", "JPEG XR"),
        ("lerc", "LERC"),
        ("png", "PNG"),
        ("webp", "WebP"),
    ],
)
def test_compressions_that_are_not_read_are_named(tmp_path, picture, compression, name):
    tifffile.imwrite(tmp_path / "a.tif", picture, photometric="rgb", compression=compression)
    message = refusal(tmp_path / "a.tif")
    assert f"compressed by {name} inside TIFF, which isn't supported; save it with LZW" in message


def test_sixteen_bits_of_fax_are_refused_too(tmp_path, picture):
    tifffile.imwrite(tmp_path / "a.tif", picture.astype(np.uint16), photometric="rgb", compression="zlib")
    data = (tmp_path / "a.tif").read_bytes()
    at = data.index(struct.pack("<HHI", 259, 3, 1)) + 8
    (tmp_path / "a.tif").write_bytes(data[:at] + struct.pack("<H", 4) + data[at + 2 :])
    assert "CCITT" in refusal(tmp_path / "a.tif")


@pytest.mark.parametrize(
    ("dtype", "name"),
    [
        (np.int8, "signed 8-bit pixels"), (np.int16, "signed 16-bit pixels"), (np.int32, "signed 32-bit pixels"),
        (np.uint32, "32-bit integer pixels"), (np.float16, "16-bit floating point"),
        (np.float32, "32-bit floating point"), (np.float64, "64-bit floating point"), (np.complex64, "64-bit complex"),
    ],
)  # fmt: skip
def test_samples_that_are_no_grey_levels_are_named(tmp_path, dtype, name):
    tifffile.imwrite(tmp_path / "a.tif", np.ones((32, 32), dtype), photometric="minisblack")
    message = refusal(tmp_path / "a.tif")
    assert name in message
    assert "save it as unsigned 8- or 16-bit" in message


def test_colours_that_are_no_picture_are_named(tmp_path, picture):
    five = np.ones((32, 32, 5), np.uint8)
    tifffile.imwrite(tmp_path / "a.tif", five, photometric="minisblack", planarconfig="contig")
    assert "5 channels, no plain grey or RGB picture" in refusal(tmp_path / "a.tif")
    tifffile.imwrite(tmp_path / "b.tif", picture, photometric="cielab")
    assert "Lab colours" in refusal(tmp_path / "b.tif")
    tifffile.imwrite(tmp_path / "c.tif", picture[..., 0], photometric="cfa")
    assert "a camera's raw data" in refusal(tmp_path / "c.tif")
