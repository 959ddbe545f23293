"""Files that promise more than they hold, or hold more than they promise: refused soon, without their memory."""

import ctypes
import io
import json
import lzma
import struct
import subprocess
import sys
import time
import zlib

import imagecodecs
import numpy as np
import pytest
import tifffile
from PIL import Image

from rbc_desktop.errors import ImageReadError
from rbc_desktop.storage.formats.image_limits import reading
from rbc_desktop.storage.images.image_reader import read_image

SIDE = 14_000
"""196 million pixels: just allowed."""


def refused_soon(path, words="damaged or cut off"):
    begin = time.process_time()
    with pytest.raises(ImageReadError, match=words):
        read_image(path)
    assert time.process_time() - begin < 2


def tiff(path, *, width, height, strip, compression, tile=None):
    """A grey 8-bit TIFF with one strip or tile whose bytes are given."""
    segment = (
        [(278, 4, 1, height), (273, 4, 1, 8), (279, 4, 1, len(strip))]
        if tile is None
        else [(322, 4, 1, tile), (323, 4, 1, tile), (324, 4, 1, 8), (325, 4, 1, len(strip))]
    )
    common = [(256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, compression), (262, 3, 1, 1)]
    entries = sorted([*common, *segment])
    body = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries) + bytes(4)
    path.write_bytes(struct.pack("<2sHI", b"II", 42, 8 + len(strip)) + strip + body)
    return path


def headers():
    """Files whose header is honest, of SIDE × SIDE pixels, and whose pixels are a few bytes."""
    size = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n"
    for name, body in ((b"IHDR", size), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")):
        png += struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    out = io.BytesIO()
    Image.new("RGB", (64, 64)).save(out, "JPEG")
    jpeg = out.getvalue()
    at = jpeg.index(b"\xff\xc0") + 5
    jpeg = jpeg[:at] + struct.pack(">HH", SIDE, SIDE) + jpeg[at + 4 :]
    bmp = b"BM" + struct.pack("<IHHIIiiHHIIiiII", 1000, 0, 0, 54, 40, SIDE, SIDE, 1, 24, 0, 0, 0, 0, 0, 0) + bytes(900)
    gif = b"GIF89a" + struct.pack("<HHBBB", SIDE, SIDE, 0, 0, 0) + b"," + struct.pack("<HHHHB", 0, 0, SIDE, SIDE, 0)
    return {"png": png, "jpg": jpeg, "bmp": bmp, "gif": gif + b"\x08\x03abc\x00;"}


@pytest.mark.parametrize("kind", ["png", "jpg", "bmp", "gif"])
def test_large_headers_over_a_few_bytes(tmp_path, kind):
    (tmp_path / f"a.{kind}").write_bytes(headers()[kind])
    refused_soon(tmp_path / f"a.{kind}")


@pytest.mark.parametrize("compression", [1, 5, 7, 8, 32773, 32946, 34925, 50000])
@pytest.mark.parametrize("tile", [None, 256, 2**16])
def test_large_tiff_headers_over_a_few_bytes(tmp_path, compression, tile):
    refused_soon(
        tiff(tmp_path / "a.tif", width=SIDE, height=SIDE, strip=bytes(900), compression=compression, tile=tile)
    )


def test_a_tile_far_larger_than_its_image(tmp_path):
    refused_soon(
        tiff(tmp_path / "a.tif", width=64, height=64, strip=zlib.compress(bytes(4096)), compression=8, tile=2**16)
    )


@pytest.mark.parametrize("kind", ["png", "jpg", "bmp", "tif", "gif", "webp"])
def test_hollow_giants(tmp_path, kind):
    """Six gigabytes of nothing behind a small picture; on most file systems they take no room."""
    path = tmp_path / f"a.{kind}"
    Image.new("RGB", (64, 64), (200, 100, 120)).save(path)
    try:
        with path.open("r+b") as file:
            file.truncate(6 * 10**9)
    except OSError:
        pytest.skip("this file system has no sparse files")
    if path.stat().st_blocks * 512 > 2**30:
        pytest.skip("this file system has no sparse files")
    refused_soon(path, "6.0 GB large, far more than its pixels need")


def test_previews_and_films_behind_a_picture_are_no_reason_to_refuse_it(tmp_path):
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (200, 100, 120)).save(out, "JPEG")
    (tmp_path / "a.jpg").write_bytes(out.getvalue() + bytes(20 * 2**20))
    assert read_image(tmp_path / "a.jpg").width == 640


READ = """
import json, pathlib, resource, sys
from rbc_desktop.errors import ImageReadError
from rbc_desktop.storage.formats.image_limits import reading
from rbc_desktop.storage.images.image_reader import read_image
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before, answers = peak(), {}
for name in sys.argv[1:]:
    try:
        read_image(pathlib.Path(name))
        answers[name] = "read"
    except ImageReadError as error:
        answers[name] = error.message
print(json.dumps([answers, (peak() - before) / 1024]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read as Linux counts it")
def test_strips_that_expand_without_end_take_no_memory(tmp_path):
    """64 × 64 pixels whose strip decodes to 150 MB, by every compression that can do so."""
    nothing = bytes(150 * 10**6)
    out = io.BytesIO()
    Image.new("L", (64, 64), 120).save(out, "JPEG")
    jpeg = out.getvalue()
    at = jpeg.index(b"\xff\xc0") + 5
    strips = {
        8: zlib.compress(nothing, 9),
        50000: imagecodecs.zstd_encode(nothing),
        34925: lzma.compress(nothing, preset=0),
        5: imagecodecs.lzw_encode(nothing),
        7: jpeg[:at] + struct.pack(">HH", 60_000, 60_000) + jpeg[at + 4 :],
    }
    paths = [
        tiff(tmp_path / f"{code}.tif", width=64, height=64, strip=strip, compression=code)
        for code, strip in strips.items()
    ]
    answer = subprocess.run([sys.executable, "-c", READ, *map(str, paths)], capture_output=True, check=True, timeout=60)
    answers, megabytes = json.loads(answer.stdout)
    assert len(answers) == len(paths)
    assert all(text == "read" or "damaged" in text or "GB large" in text for text in answers.values())
    assert "damaged" in answers[str(tmp_path / "7.tif")]
    assert megabytes < 80


@pytest.mark.parametrize("shape", [(16, 3000), (3000, 16)])
def test_narrow_strips_are_read(tmp_path, shape):
    tifffile.imwrite(tmp_path / "a.tif", np.zeros((*shape, 3), np.uint8), photometric="rgb")
    assert read_image(tmp_path / "a.tif").pixels.shape == (*shape, 3)


def test_ctrl_c_is_no_damage_where_ctypes_hides_it(tmp_path):
    class Interrupted:
        @classmethod
        def from_param(cls, value):
            raise KeyboardInterrupt

    absolute = ctypes.CDLL(None).abs if sys.platform != "win32" else ctypes.cdll.msvcrt.abs
    absolute.argtypes = [Interrupted]
    with pytest.raises(KeyboardInterrupt), reading(tmp_path / "a.png"):
        absolute(1)
    absolute.argtypes = [ctypes.c_int]
    with pytest.raises(ImageReadError, match="damaged"), reading(tmp_path / "a.png"):
        absolute("no number")
