"""PNG of every kind, and what phones and browsers make: WebP, GIF, HEIC, colours by profile."""

import base64
import io
import itertools
import struct
import zlib

import cv2
import numpy as np
import pytest
from PIL import Image, ImageCms

from rbc_desktop.errors import ImageReadError
from rbc_desktop.storage.images.image_reader import read_image

# 64 × 48 pixels, light grey with a red block top left and a blue one bottom right; the second states orientation 6.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWl4AAAAAG1pZjFoZWl4bWlhZgAAAX5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAA"
    "AAAERAAAEAAQAAAAABogABAAAAAAAAAIIAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA/mlwcnAA"
    "AADeaXBjbwAAAHdodmNDAQQIAAAAnjgAAAAAHvAA/P/4+AAADwNgAAEAF0ABDAH//wQIAAADAJ44AAADAAAeugJAYQABACpCAQEECAAAAwCeOA"
    "AAAwAAHpAEECCy3VyU1zcBDQYEAAADAGQAAAMABCBiAAEACEQBwXMYMAiQAAAAE2NvbHJuY2x4AAEADQAGgAAAABRpc3BlAAAAAAAAAEAAAABA"
    "AAAAKGNsYXAAAABAAAAAAQAAADAAAAABAAAAAAAAAAL////wAAAAAgAAABBwaXhpAAAAAAMICAgAAAAYaXBtYQAAAAAAAAABAAEFgQIDBYQAAA"
    "CKbWRhdAAAAH4oAa8J4OMMmv7P/2QP//Dz5D1jcGSuOt7dSN2En/8kaQy52WBvYz5uYa40DgEwAFYAAPX7hMmDb11lsZjci159YvH/bir/gKKQ"
    "9/mBmgBUOhP+rhHbOI/qvEJ9hwQaQpMZq0xz/5xj/yDE7Q/sWS748KaEqrkIzr+LGCXG1FQ="
)
HEIC_ON_ITS_SIDE = base64.b64decode(
    "AAAAHGZ0eXBoZWl4AAAAAG1pZjFoZWl4bWlhZgAAAcltZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRpbG9jAA"
    "AAAERAAAIAAQAAAAAB7QABAAAAAAAAAIIAAgAAAAACbwABAAAAAAAAACQAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVp"
    "bmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAABCGlwcnAAAADnaXBjbwAAAHdodmNDAQQIAAAAnjgAAAAAHvAA/P/4+AAADwNgAAEAF0"
    "ABDAH//wQIAAADAJ44AAADAAAeugJAYQABACpCAQEECAAAAwCeOAAAAwAAHpAEECCy3VyU1zcBDQYEAAADAGQAAAMABCBiAAEACEQBwXMYMAiQ"
    "AAAAE2NvbHJuY2x4AAEADQAGgAAAABRpc3BlAAAAAAAAAEAAAABAAAAAKGNsYXAAAABAAAAAAQAAADAAAAABAAAAAAAAAAL////wAAAAAgAAAB"
    "BwaXhpAAAAAAMICAgAAAAJaXJvdAMAAAAZaXBtYQAAAAAAAAABAAEGgQIDBYSGAAAAGmlyZWYAAAAAAAAADmNkc2MAAgABAAEAAACubWRhdAAA"
    "AH4oAa8J4OMMmv7P/2QP//Dz5D1jcGSuOt7dSN2En/8kaQy52WBvYz5uYa40DgEwAFYAAPX7hMmDb11lsZjci159YvH/bir/gKKQ9/mBmgBUOh"
    "P+rhHbOI/qvEJ9hwQaQpMZq0xz/5xj/yDE7Q/sWS748KaEqrkIzr+LGCXG1FQAAAAGRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAA="
)


@pytest.fixture(scope="module")
def picture():
    noise = np.random.default_rng(7).integers(0, 256, (60, 90, 3), dtype=np.uint8)
    soft = cv2.normalize(cv2.GaussianBlur(noise, (0, 0), 5), None, 20, 250, cv2.NORM_MINMAX)
    soft[:10, :20] = (250, 60, 60)
    return soft


def read(path, data):
    path.write_bytes(data)
    return read_image(path)


def png(samples, *, bits, colour, chunks=(), interlaced=False):
    """A PNG of samples ``(H, W)`` or ``(H, W, C)`` as its specification says, without help of a library."""
    height, width = samples.shape[:2]
    body = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, int(interlaced))
    adam = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    passes = adam if interlaced else [(0, 0, 1, 1)]
    rows = b"".join(
        b"\0" + packed(row, bits) for x, y, dx, dy in passes for row in samples[y::dy, x::dx] if row.shape[0]
    )
    parts = [(b"IHDR", body), *chunks, (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def packed(row, bits):
    if bits >= 8:
        return row.astype(">u2" if bits == 16 else np.uint8).tobytes()
    flat = np.unpackbits(row.reshape(-1, 1).astype(np.uint8), axis=1)[:, 8 - bits :]
    return np.packbits(flat.reshape(-1)).tobytes()


PNG_KINDS = [
    *itertools.product(["grey"], [1, 2, 4, 8, 16]), *itertools.product(["palette"], [1, 2, 4, 8]),
    *itertools.product(["rgb", "grey alpha", "rgba", "rgb with a clear colour"], [8, 16]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "bits"), PNG_KINDS)
@pytest.mark.parametrize("interlaced", [False, True])
def test_every_kind_of_png(tmp_path, picture, kind, bits, interlaced):
    full = 2**bits - 1
    share = np.linspace(0, 1, picture.shape[1])[None, :] * np.ones((picture.shape[0], 1))
    levels = np.rint(picture * (full / 255)).astype(int)
    grey, alpha, chunks = levels[..., 1], np.rint(share * full).astype(int), []
    if kind == "grey":
        samples, colour, shown = grey, 0, np.dstack([grey] * 3) * (255 / full)
    elif kind == "palette":
        table = np.random.default_rng(1).integers(0, 256, (2**bits, 3), dtype=np.uint8)
        samples, colour, shown, chunks = grey, 3, table[grey], [(b"PLTE", table.tobytes())]
    elif kind == "grey alpha":
        samples, colour = np.dstack([grey, alpha]), 4
        shown = np.dstack([grey] * 3) * (255 / full) * share[..., None] + 255 * (1 - share[..., None])
    elif kind == "rgba":
        samples, colour = np.dstack([levels, alpha]), 6
        shown = levels * (255 / full) * share[..., None] + 255 * (1 - share[..., None])
    else:
        samples, colour, shown = levels, 2, levels * (255 / full)
        if "clear" in kind:
            chunks = [(b"tRNS", struct.pack(">3H", *levels[0, 0]))]
            shown = np.where((levels == levels[0, 0]).all(axis=2)[..., None], 255, shown)
    image = read(tmp_path / "a.png", png(samples, bits=bits, colour=colour, chunks=chunks, interlaced=interlaced))
    assert np.abs(image.pixels - shown).max() <= 1.5


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("colour", [0, 2, 6])
def test_of_an_animated_png_the_still_picture_is_read(tmp_path, picture, bits, colour):
    levels = picture.astype(int) * (257 if bits == 16 else 1)
    opaque = np.full(picture.shape[:2], 2**bits - 1)
    samples = {0: levels[..., 1], 2: levels, 6: np.dstack([levels, opaque])}[colour]
    height, width = picture.shape[:2]
    control = struct.pack(">IIIIIHHBB", 0, width, height, 0, 0, 1, 10, 0, 0)
    chunks = [(b"acTL", struct.pack(">II", 1, 0)), (b"fcTL", control)]
    image = read(tmp_path / "a.png", png(samples, bits=bits, colour=colour, chunks=chunks))
    shown = np.dstack([picture[..., 1]] * 3) if colour == 0 else picture
    assert np.abs(image.pixels.astype(int) - shown).max() <= 1


def test_webp(tmp_path, picture):
    for options, tolerance in (({"lossless": True}, 0), ({"quality": 95}, 4)):
        Image.fromarray(picture).save(tmp_path / "a.webp", **options)
        image = read_image(tmp_path / "a.webp")
        assert np.abs(image.pixels.astype(int) - picture).mean() <= tolerance
        assert image.page_count == 1


@pytest.mark.parametrize("ending", ["gif", "webp"])
def test_of_a_film_the_first_picture_is_read(tmp_path, picture, ending):
    frames = [Image.fromarray(p).quantize(200) for p in (picture, 255 - picture)]
    options = {"lossless": True} if ending == "webp" else {}
    shown = [frame.convert("RGB") if ending == "webp" else frame for frame in frames]
    shown[0].save(tmp_path / f"a.{ending}", save_all=True, append_images=shown[1:], **options)
    image = read_image(tmp_path / f"a.{ending}")
    assert np.array_equal(image.pixels, np.asarray(frames[0].convert("RGB")))
    with pytest.raises(ImageReadError, match="only one page"):
        read_image(tmp_path / f"a.{ending}", page=1)


def test_heic(tmp_path):
    image = read(tmp_path / "IMG_0001.HEIC", HEIC)
    assert (image.width, image.height) == (64, 48)
    for x, y, colour in ((5, 5, (200, 60, 80)), (60, 44, (60, 90, 200)), (5, 44, (220, 220, 220))):
        assert np.abs(image.pixels[y, x].astype(int) - colour).max() <= 3


def test_heic_is_turned_upright(tmp_path):
    image = read(tmp_path / "IMG_0002.HEIC", HEIC_ON_ITS_SIDE)
    assert (image.width, image.height) == (48, 64)
    assert np.abs(image.pixels[5, 44].astype(int) - (200, 60, 80)).max() <= 3
    assert np.abs(image.pixels[60, 3].astype(int) - (60, 90, 200)).max() <= 3


@pytest.mark.parametrize("kind", ["gif", "webp", "heic"])
@pytest.mark.parametrize("share", [0.02, 0.1, 0.3, 0.5, 0.7, 0.9])
def test_cut_off_files_are_refused(tmp_path, picture, kind, share):
    if kind == "heic":
        data = HEIC
    else:
        Image.fromarray(picture).save(tmp_path / f"whole.{kind}")
        data = (tmp_path / f"whole.{kind}").read_bytes()
    with pytest.raises(ImageReadError, match=r"damaged or cut off|not an image or slide of a known kind"):
        read(tmp_path / f"a.{kind}", data[: int(len(data) * share)])


def swapped_primaries():
    """A profile in which red and blue change places."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    tags = {bytes(data[132 + 12 * i : 136 + 12 * i]): 136 + 12 * i for i in range(int.from_bytes(data[128:132], "big"))}
    red, blue = tags[b"rXYZ"], tags[b"bXYZ"]
    data[red : red + 8], data[blue : blue + 8] = data[blue : blue + 8], data[red : red + 8]
    return bytes(data)


@pytest.mark.parametrize("ending", ["png", "jpg", "webp"])
def test_colours_follow_the_profile(tmp_path, picture, ending):
    options = {"quality": 97, "subsampling": 0} if ending == "jpg" else {"lossless": True} if ending == "webp" else {}
    Image.fromarray(picture).save(tmp_path / f"a.{ending}", icc_profile=swapped_primaries(), **options)
    assert np.abs(read_image(tmp_path / f"a.{ending}").pixels[..., ::-1].astype(int) - picture).mean() < 2.5


@pytest.mark.parametrize("profile", ["sRGB", "damaged", "of another kind"])
def test_profiles_that_change_nothing_or_say_nothing(tmp_path, picture, profile):
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    data = {"sRGB": srgb, "damaged": srgb[:200], "of another kind": lab}[profile]
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "PNG", icc_profile=data)
    assert np.array_equal(read(tmp_path / "a.png", out.getvalue()).pixels, picture)
