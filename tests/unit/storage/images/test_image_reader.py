import os
import socket
import struct

import cv2
import numpy as np
import pytest
import tifffile
from PIL import Image

from rbc_desktop.errors import ImageReadError
from rbc_desktop.storage.digest import sha256_of
from rbc_desktop.storage.images import image_reader
from rbc_desktop.storage.images.image_reader import read_image


@pytest.fixture(scope="module")
def smear():
    """A soft picture with different sides and corners, 90 × 60, RGB."""
    noise = np.random.default_rng(7).integers(0, 256, (60, 90, 3), dtype=np.uint8)
    picture = cv2.GaussianBlur(noise, (0, 0), 4)
    picture = cv2.normalize(picture, None, 20, 250, cv2.NORM_MINMAX)
    picture[:10, :20] = (250, 40, 40)
    return picture


def save(path, pixels, **options):
    Image.fromarray(pixels).save(path, **options)
    return path


def refusal(path, **options):
    """The one sentence of the refusal; it names the file."""
    with pytest.raises(ImageReadError) as caught:
        read_image(path, **options)
    message = caught.value.message
    assert path.name in message
    assert "\n" not in message
    assert message.endswith(".")
    return message


# What is read


@pytest.mark.parametrize(
    ("ending", "options"),
    [
        ("png", {}),
        ("bmp", {}),
        ("tif", {}),
        ("tif", {"compression": "tiff_lzw"}),
        ("tif", {"compression": "tiff_adobe_deflate"}),
        ("tif", {"compression": "packbits"}),
    ],
)
def test_lossless_files_give_exactly_their_pixels(tmp_path, smear, ending, options):
    path = save(tmp_path / f"a.{ending}", smear, **options)
    image = read_image(path)
    assert np.array_equal(image.pixels, smear)
    assert image.pixels.dtype == np.uint8
    assert not image.pixels.flags.writeable
    assert image.pixels.flags.c_contiguous
    assert (image.width, image.height, image.page, image.page_count) == (90, 60, 0, 1)
    assert image.path == path
    assert image.sha256 == sha256_of(path)
    assert image.calibration is None


@pytest.mark.parametrize("options", [{"quality": 95}, {"quality": 95, "progressive": True}])
def test_jpeg(tmp_path, smear, options):
    image = read_image(save(tmp_path / "a.jpg", smear, subsampling=0, **options))
    assert np.abs(image.pixels.astype(int) - smear).mean() < 3


def test_jpeg_inside_tiff(tmp_path, smear):
    image = read_image(save(tmp_path / "a.tif", smear, compression="jpeg", quality=95))
    assert np.abs(image.pixels.astype(int) - smear).mean() < 6


def test_content_counts_and_not_the_ending(tmp_path, smear):
    path = save(tmp_path / "a.png", smear).rename(tmp_path / "a.jpg")
    assert np.array_equal(read_image(path).pixels, smear)


@pytest.mark.parametrize("ending", ["png", "jpg", "bmp", "tif"])
def test_names_outside_ascii(tmp_path, smear, ending):
    folder = tmp_path / "Мазок крови – ñ"
    folder.mkdir()
    path = save(folder / f"фото № 3 血液.{ending}", smear)
    assert read_image(path).pixels.shape == smear.shape


def test_name_that_is_no_unicode(tmp_path, smear):
    path = tmp_path / os.fsdecode(b"smear\xff.tif")
    try:
        save(path, smear)
    except OSError:
        pytest.skip("this file system takes only Unicode names")
    assert np.array_equal(read_image(path).pixels, smear)


@pytest.mark.parametrize("ending", ["png", "bmp", "tif"])
def test_grey(tmp_path, smear, ending):
    grey = smear[..., 1]
    image = read_image(save(tmp_path / f"a.{ending}", grey))
    assert np.array_equal(image.pixels, np.dstack([grey] * 3))


@pytest.mark.parametrize("ending", ["png", "bmp", "tif"])
def test_palette(tmp_path, smear, ending):
    indexed = Image.fromarray(smear).quantize(64)
    indexed.save(tmp_path / f"a.{ending}")
    assert np.array_equal(read_image(tmp_path / f"a.{ending}").pixels, np.asarray(indexed.convert("RGB")))


@pytest.mark.parametrize("ending", ["png", "tif"])
def test_one_bit(tmp_path, ending):
    bits = np.zeros((20, 30), bool)
    bits[5:9, 7:20] = True
    image = read_image(save(tmp_path / f"a.{ending}", bits))
    assert np.array_equal(image.pixels[..., 0], bits * np.uint8(255))


@pytest.mark.parametrize("ending", ["png", "tif"])
def test_transparency_lies_over_white(tmp_path, smear, ending):
    alpha = np.full(smear.shape[:2], 255, np.uint8)
    alpha[30:, :] = 0
    alpha[:, 40:60] = 51
    image = read_image(save(tmp_path / f"a.{ending}", np.dstack([smear, alpha])))
    expected = np.rint(smear * (alpha[..., None] / 255) + 255.0 * (1 - alpha[..., None] / 255))
    assert np.abs(image.pixels - expected).max() <= 1
    assert (image.pixels[40, 10] == 255).all()


def test_an_alpha_channel_of_zeros_says_nothing(tmp_path, smear):
    image = read_image(save(tmp_path / "a.png", np.dstack([smear, np.zeros(smear.shape[:2], np.uint8)])))
    assert np.array_equal(image.pixels, smear)


def test_cmyk_jpeg_looks_like_its_rgb_original(tmp_path, smear):
    Image.fromarray(smear).convert("CMYK").save(tmp_path / "a.jpg", quality=97, subsampling=0)
    assert np.abs(read_image(tmp_path / "a.jpg").pixels.astype(int) - smear).mean() < 4


@pytest.mark.parametrize("bits", [10, 12, 14, 16])
@pytest.mark.parametrize("kind", ["raw", "lzw", "png", "deflate", "planar", "big"])
def test_16_bit_colour_uses_the_cameras_full_scale(tmp_path, smear, bits, kind):
    deep = (smear.astype(np.float64) * (2**bits - 1) / 255).round().astype(np.uint16)
    deep[0, 0] = 2**bits - 1
    path = tmp_path / ("a.png" if kind == "png" else "a.tif")
    if kind == "raw":
        tifffile.imwrite(path, deep, photometric="rgb")
    elif kind == "deflate":
        tifffile.imwrite(path, deep, photometric="rgb", compression="zlib", predictor=True, tile=(32, 32))
    elif kind == "planar":
        tifffile.imwrite(path, np.moveaxis(deep, 2, 0), photometric="rgb", planarconfig="separate")
    elif kind == "big":
        tifffile.imwrite(path, deep, photometric="rgb", bigtiff=True, byteorder=">")
    else:
        path.write_bytes(cv2.imencode(path.suffix, deep[..., ::-1])[1].tobytes())
    expected = smear.copy()
    expected[0, 0] = 255
    assert np.abs(read_image(path).pixels.astype(int) - expected).max() <= 1


@pytest.mark.parametrize("kind", ["raw", "lzw", "png"])
def test_16_bit_grey_keeps_ratios(tmp_path, smear, kind):
    """Twice the light stays twice the light: optical densities survive the conversion."""
    deep = np.zeros((40, 40), np.uint16)
    deep[:20], deep[20:], deep[0, 0] = 1500, 3000, 4000
    path = tmp_path / ("a.png" if kind == "png" else "a.tif")
    if kind == "raw":
        tifffile.imwrite(path, deep)
    else:
        path.write_bytes(cv2.imencode(path.suffix, deep)[1].tobytes())
    pixels = read_image(path).pixels
    assert int(pixels[30, 5, 0]) == pytest.approx(2 * int(pixels[10, 5, 0]), abs=1)
    assert int(pixels[30, 5, 0]) == pytest.approx(3000 / 4095 * 255, abs=1)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["jpg", "png", "tif", "tif16", "png16"])
def test_orientation(tmp_path, smear, orientation, kind):
    back = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[orientation]  # inverse of what EXIF asks for
    picture = Image.fromarray(smear)
    stored = np.asarray(picture if back is None else picture.transpose(Image.Transpose(back)))
    path = tmp_path / f"a.{kind[:3]}"
    exif = Image.Exif()
    exif[0x0112] = orientation
    if kind == "tif16":
        extra = [(274, "H", 1, orientation, True)]
        tifffile.imwrite(path, stored.astype(np.uint16) * 257, photometric="rgb", extratags=extra)
    elif kind == "png16":
        data = cv2.imencode(".png", stored[..., ::-1].astype(np.uint16) * 257)[1].tobytes()
        path.write_bytes(_with_exif(data, exif.tobytes()[6:]))
    elif kind == "jpg":
        save(path, stored, quality=97, subsampling=0, exif=exif)
    else:
        save(path, stored, exif=exif)
    image = read_image(path)
    assert image.pixels.shape == smear.shape
    assert np.abs(image.pixels.astype(int) - smear).mean() < 3


def _with_exif(png, exif):
    """A PNG with an eXIf chunk after its header."""
    import zlib

    body = b"eXIf" + exif
    return png[:33] + struct.pack(">I", len(exif)) + body + struct.pack(">I", zlib.crc32(body)) + png[33:]


# What is refused


def test_a_png_has_one_page(tmp_path, smear):
    assert "only one page" in refusal(save(tmp_path / "a.png", smear), page=1)


def test_missing_folder_and_empty(tmp_path):
    assert "doesn't exist" in refusal(tmp_path / "gone.png")
    assert "doesn't exist" in refusal(tmp_path / "gone" / "deeper.png")
    (tmp_path / "folder.png").mkdir()
    assert "is a folder" in refusal(tmp_path / "folder.png")
    (tmp_path / "empty.jpg").touch()
    assert "is empty" in refusal(tmp_path / "empty.jpg")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs POSIX")
def test_pipes_and_sockets_are_refused_without_waiting(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "pipe.png")
    assert "is not a file" in refusal(tmp_path / "pipe.png")
    monkeypatch.chdir(tmp_path)  # socket names are short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s.png")
        assert "is not a file" in refusal(tmp_path / "s.png")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs POSIX")
def test_no_permission(tmp_path, smear, monkeypatch):
    path = save(tmp_path / "secret.png", smear)
    path.chmod(0)
    if os.geteuid() == 0:  # root may read anything, so the system's own answer is given for it
        real = type(path).open

        def refuse(self, *args, **kwargs):
            if self == path:
                raise PermissionError(13, "Permission denied", str(self))
            return real(self, *args, **kwargs)

        monkeypatch.setattr(type(path), "open", refuse)
    assert "permission denied" in refusal(path)


@pytest.mark.parametrize(
    "content", [b"Sample,Result\n1,ok\n", b"%PDF-1.7\n", b"RIFF\0\0\0\0WAVE", b"\0" * 5000, b"x", os.urandom(4096)]
)
def test_other_files(tmp_path, content):
    path = tmp_path / "a.png"
    path.write_bytes(content)
    assert "PNG, JPEG, BMP, TIFF, WebP, GIF, HEIC; slides: SVS" in refusal(path) or content[:2] in (b"BM", b"II", b"MM")


FILES = {
    "png": ("png", {}),
    "jpeg": ("jpg", {"quality": 92}),
    "progressive": ("jpg", {"quality": 92, "progressive": True}),
    "bmp": ("bmp", {}),
    "tiff": ("tif", {}),
    "lzw": ("tif", {"compression": "tiff_lzw"}),
    "deflate": ("tif", {"compression": "tiff_adobe_deflate"}),
    "tiff jpeg": ("tif", {"compression": "jpeg"}),
}


@pytest.mark.parametrize("kind", FILES)
def test_cut_off_anywhere_is_refused(tmp_path, smear, kind):
    ending, options = FILES[kind]
    big = cv2.resize(smear, (360, 240))
    data = save(tmp_path / f"whole.{ending}", big, **options).read_bytes()
    cut = tmp_path / f"cut.{ending}"
    for share in (0.001, 0.01, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 0.99, 0.999):
        cut.write_bytes(data[: max(9, int(len(data) * share))])
        message = refusal(cut)
        assert "damaged or cut off" in message or "not an image" in message
    if ending in ("jpg", "png"):
        for missing in (1, 2, 3, 10):
            cut.write_bytes(data[:-missing])
            assert "damaged or cut off" in refusal(cut)


@pytest.mark.parametrize("kind", ["jpeg", "progressive", "png", "lzw", "deflate"])
def test_second_half_overwritten_with_zeros_is_refused(tmp_path, smear, kind):
    """What an interrupted copy leaves: the right length and nothing in it."""
    ending, options = FILES[kind]
    path = save(tmp_path / f"a.{ending}", cv2.resize(smear, (360, 240)), **options)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] + b"\0" * (len(data) - len(data) // 2))
    assert "damaged" in refusal(path)


def test_a_jpeg_whose_thumbnail_is_whole_is_still_cut_off(tmp_path, smear):
    """The preview inside the EXIF block has an end marker of its own."""
    import io

    preview = io.BytesIO()
    Image.fromarray(smear).save(preview, "JPEG")
    exif = b"Exif\0\0" + preview.getvalue()
    path = save(tmp_path / "a.jpg", smear, exif=exif)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * 0.8)])
    assert "damaged" in refusal(path)


def test_flipped_bits_in_a_png_are_noticed(tmp_path, smear):
    path = save(tmp_path / "a.png", smear, compress_level=0)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x40
    path.write_bytes(bytes(data))
    assert "damaged" in refusal(path)


def _png_header(width, height):
    import zlib

    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))


def test_giants_are_refused_by_their_header(tmp_path):
    """The PNG stops where its pixels begin, so whoever decoded first would call it damaged."""
    (tmp_path / "slide.png").write_bytes(_png_header(20_000, 20_000) + struct.pack(">I", 9999) + b"IDAT")
    message = refusal(tmp_path / "slide.png")
    assert "too large (20,000 × 20,000 pixels; the limit is 200 million)" in message
    assert "save it as a tiled TIFF, which is opened as a slide" in message


def test_giant_tiff_is_refused_without_reading_it(tmp_path):
    path = tmp_path / "slide.tif"
    tifffile.imwrite(path, shape=(20_000, 20_000, 3), dtype=np.uint8, photometric="rgb", tile=(256, 256))
    assert "too large" in refusal(path)


def test_specks_are_refused(tmp_path):
    assert "too small (8 × 40 pixels)" in refusal(save(tmp_path / "a.png", np.zeros((40, 8, 3), np.uint8)))


def test_out_of_memory_is_a_sentence_too(tmp_path, smear, monkeypatch):
    def starve(*_args):
        raise MemoryError

    monkeypatch.setattr(image_reader, "decode_picture", starve)
    assert "memory" in refusal(save(tmp_path / "a.png", smear))
