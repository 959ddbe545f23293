"""µm per pixel, where a TIFF file states it and where it states nonsense."""

import cv2
import numpy as np
import pytest
import tifffile
from PIL import Image

from rbc_desktop.storage.images.image_reader import read_image


@pytest.fixture(scope="module")
def smear():
    noise = np.random.default_rng(7).integers(0, 256, (60, 90, 3), dtype=np.uint8)
    return cv2.GaussianBlur(noise, (0, 0), 4)


def tiff_with(path, pixels, **options):
    tifffile.imwrite(path, pixels, photometric="rgb", **options)
    return read_image(path).calibration


def ome(path, pixels, **attributes):
    return tiff_with(path.with_suffix(".ome.tif"), pixels, ome=True, metadata=attributes)


def test_ome_scale(tmp_path, smear):
    scale = ome(tmp_path / "a", smear, PhysicalSizeX=0.19, PhysicalSizeY=0.19)
    assert scale is not None
    assert (scale.um_per_px, scale.source) == (pytest.approx(0.19), "file")
    assert "OME" in scale.detail


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        (65.0, "nm"), (650.0, "Å"), (0.065, "µm"), (0.065, "\u03bcm"), (0.065, "um"), (0.065, "Micron"),
        (0.065, "micrometer"), (0.065, "Micrometres"), (0.000065, "mm"), (0.0000065, "CM"), (65000.0, "pm"),
    ],
)  # fmt: skip
def test_every_unit_in_any_spelling(tmp_path, smear, value, unit):
    scale = ome(tmp_path / "a", smear, PhysicalSizeX=value, PhysicalSizeXUnit=unit)
    assert scale is not None
    assert scale.um_per_px == pytest.approx(0.065)


def test_an_unknown_unit_is_no_scale(tmp_path, smear):
    assert ome(tmp_path / "a", smear, PhysicalSizeX=0.2, PhysicalSizeXUnit="pixel") is None
    assert ome(tmp_path / "b", smear, PhysicalSizeX=0.2, PhysicalSizeXUnit="furlong") is None


@pytest.mark.parametrize("value", [3.45, 1.2, 0.019, 0.0, -0.2])
def test_impossible_scales_are_none(tmp_path, smear, value):
    assert ome(tmp_path / "a", smear, PhysicalSizeX=value) is None


def test_pixels_that_are_not_square_have_no_scale(tmp_path, smear):
    assert ome(tmp_path / "b", smear, PhysicalSizeX=0.2, PhysicalSizeY=0.3) is None
    equal = {"PhysicalSizeX": 0.2, "PhysicalSizeY": 200.0, "PhysicalSizeYUnit": "nm"}
    scale = ome(tmp_path / "c", smear, **equal)
    assert scale is not None
    assert scale.um_per_px == pytest.approx(0.2)


def described(path, pixels, text):
    return tiff_with(path, pixels, description=text, metadata=None)


OME = (
    '<?xml version="1.0"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image ID="Image:0">'
    '<Pixels ID="Pixels:0" DimensionOrder="XYCZT" Type="uint8" SizeX="90" SizeY="60" SizeC="3" SizeZ="1" SizeT="1" '
    'PhysicalSizeX="{x}"><Channel ID="Channel:0:0" SamplesPerPixel="3"/><TiffData/></Pixels></Image></OME>'
)


def test_decimal_commas(tmp_path, smear):
    assert described(tmp_path / "a.tif", smear, OME.format(x="0,19")).um_per_px == pytest.approx(0.19)
    text = "Aperio Image Library v12\nx [0,0 90x60] |AppMag = 40|MPP = 0,2521"
    assert described(tmp_path / "b.tif", smear, text).um_per_px == pytest.approx(0.2521)


@pytest.mark.parametrize("x", ["", "a lot", "nan", "inf", "1e400"])
def test_what_is_no_number_is_no_scale(tmp_path, smear, x):
    assert described(tmp_path / "a.tif", smear, OME.format(x=x)) is None


def test_a_scale_of_another_picture_in_the_file_is_not_taken(tmp_path, smear):
    assert described(tmp_path / "a.tif", smear[:50], OME.format(x="0.19")) is None


def test_imagej_scale(tmp_path, smear):
    scale = tiff_with(tmp_path / "a.tif", smear, imagej=True, resolution=(8, 8), metadata={"unit": "um"})
    assert scale is not None
    assert scale.um_per_px == pytest.approx(0.125)


def test_imagej_may_have_a_unit_for_each_axis(tmp_path, smear):
    units = {"unit": "\\u00B5m", "yunit": "nm"}
    scale = tiff_with(tmp_path / "a.tif", smear, imagej=True, resolution=(8, 0.008), metadata=units)
    assert scale is not None
    assert scale.um_per_px == pytest.approx(0.125)
    assert tiff_with(tmp_path / "b.tif", smear, imagej=True, resolution=(8, 8), metadata=units) is None


def test_resolution_per_centimetre_is_a_scale_when_plausible(tmp_path, smear):
    scale = tiff_with(tmp_path / "a.tif", smear, resolution=(50_000, 50_000), resolutionunit="CENTIMETER")
    assert scale is not None
    assert scale.um_per_px == pytest.approx(0.2)


@pytest.mark.parametrize("dpi", [72, 96, 300, 600])
def test_printing_resolutions_are_no_scale(tmp_path, smear, dpi):
    assert tiff_with(tmp_path / "a.tif", smear, resolution=(dpi, dpi), resolutionunit="INCH") is None
    per_cm = dpi / 2.54
    assert tiff_with(tmp_path / "b.tif", smear, resolution=(per_cm, per_cm), resolutionunit="CENTIMETER") is None
    for name in ("c.png", "d.jpg"):
        Image.fromarray(smear).save(tmp_path / name, dpi=(dpi, dpi))
        assert read_image(tmp_path / name).calibration is None


def test_damaged_ome_text_costs_only_the_scale(tmp_path, smear):
    assert described(tmp_path / "a.tif", smear, OME.format(x="0.19")[:-30] + "></OME>") is None
