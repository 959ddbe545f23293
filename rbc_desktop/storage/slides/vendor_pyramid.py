"""Slides in the scanners' own formats (SVS, NDPI, MRXS, SCN, BIF, Philips, DICOM …), read with OpenSlide."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ...domain.fields.calibration import POSSIBLE_UM_PER_PX, Calibration
from ...domain.fields.regions import Region
from ...domain.slides.slide import SlideInfo, stored_levels
from ...errors import ImageReadError
from ...language import tr
from ...ports import RgbImage
from ..formats.pixel_formats import SampleLayout, from_layout
from .dicom_header import DEVICE, device_texts

_GENERIC = "generic-tiff"
"""What OpenSlide calls a tiled TIFF of no scanner: it would show one level of it, where `tiff_pyramid` finds all."""

_SQUARE = 0.01
_MAKERS = {
    "aperio": "Aperio", "hamamatsu": "Hamamatsu", "leica": "Leica", "mirax": "3DHISTECH", "philips": "Philips",
    "sakura": "Sakura", "trestle": "Trestle", "ventana": "Ventana", "zeiss": "Zeiss", "synthetic": "",
}  # fmt: skip
_MODELS = (
    "aperio.ScanScope ID", "hamamatsu.Product", "leica.device-model",
    "dicom.ManufacturerModelName", "philips.DICOM_MANUFACTURERS_MODEL_NAME", "ventana.ScannerModel", "tiff.Model",
)  # fmt: skip
_DATES = (
    "aperio.Date", "hamamatsu.Created", "leica.creation-date", "mirax.GENERAL.SLIDE_CREATIONDATETIME",
    "dicom.AcquisitionDateTime", "dicom.ContentDate", "philips.DICOM_ACQUISITION_DATETIME", "ventana.ScanDate",
    "tiff.DateTime",
)  # fmt: skip
"""OpenSlide's properties that are read. No other is: comments, file names and barcodes can name a patient."""


def is_vendor_slide(path: Path) -> bool:
    """Whether a scanner's program wrote the file, and OpenSlide reads its format; False without OpenSlide."""
    openslide = _library()
    if openslide is None:
        return False
    return openslide.OpenSlide.detect_format(str(path)) not in (None, _GENERIC)


class VendorPyramid:
    """The levels of a scanner's file (`pyramid.LevelSource`).

    Args:
        path: absolute; other files beside it can belong to it (MRXS, DICOM).

    Raises:
        ImageReadError: when OpenSlide isn't there.
        Exception: whatever OpenSlide raises.
    """

    def __init__(self, path: Path) -> None:
        openslide = _library()
        if openslide is None:
            raise ImageReadError(
                tr("{name} needs OpenSlide, which is missing here; install rbc-desktop again.", name=path.name)
            )
        self._slide = openslide.OpenSlide(str(path))
        properties: dict[str, str] = dict(self._slide.properties)
        if not all(properties.get(f"dicom.{name}", "").isascii() for name in DEVICE):
            properties |= device_texts(path)
        self._background = _colour(properties.get("openslide.background-color", "FFFFFF"))
        profile = self._slide.color_profile
        self._layout = SampleLayout("rgb", profile=None if profile is None else profile.tobytes())
        self.info = SlideInfo(
            path,
            stored_levels(list(self._slide.level_dimensions)),
            _calibration(properties),
            _objective(properties),
            _scanner(properties),
            _scanned(properties),
        )

    def pixels(self, region: Region, *, level: int) -> RgbImage:
        """A region of a level; where nothing was scanned it has the colour of the slide's background."""
        step = self._slide.level_downsamples[level]
        place = round(region.x0 * step), round(region.y0 * step)
        samples = np.asarray(self._slide.read_region(place, level, (region.width, region.height)), np.uint8)
        rgb, alpha = samples[..., :3], samples[..., 3:]
        if alpha.min() < 255:
            share = alpha.astype(np.uint16)
            mixed = rgb * share + self._background * (255 - share)
            rgb = ((mixed + np.uint16(127)) // np.uint16(255)).astype(np.uint8)
        return from_layout(rgb, self._layout)

    def close(self) -> None:
        """Close the file."""
        self._slide.close()


def _library() -> Any | None:
    """OpenSlide, or None where the library isn't there; loaded when the first slide needs it."""
    try:
        import openslide
    except (ImportError, OSError):  # the package, or the library that it loads
        return None
    return openslide


def _colour(text: str) -> np.ndarray[Any, np.dtype[np.uint16]]:
    return np.array(list(bytes.fromhex(text)[:3]), np.uint16)


def _calibration(properties: Mapping[str, str]) -> Calibration | None:
    x, y = (_number(properties.get(f"openslide.mpp-{axis}")) for axis in "xy")
    low, high = POSSIBLE_UM_PER_PX
    if x is None or not low <= x <= high or (y is not None and abs(x - y) > _SQUARE * x):
        return None
    vendor = properties.get("openslide.vendor", "")
    return Calibration(x, "file", _MAKERS.get(vendor) or vendor.upper())


def _objective(properties: Mapping[str, str]) -> float | None:
    power = _number(properties.get("openslide.objective-power"))
    return power if power is not None and 1 <= power <= 200 else None


def _scanner(properties: Mapping[str, str]) -> str:
    vendor = properties.get("openslide.vendor", "")
    maker = properties.get("dicom.Manufacturer") or properties.get("tiff.Make") or _MAKERS.get(vendor, "")
    model = next((properties[name] for name in _MODELS if properties.get(name)), "")
    return model if maker.casefold() in model.casefold() else f"{maker} {model}".strip()


def _scanned(properties: Mapping[str, str]) -> str:
    name = next((name for name in _DATES if properties.get(name)), "")
    if name == "aperio.Date":
        return _american(properties[name], properties.get("aperio.Time", ""))
    text = properties.get(name, "").strip()
    dicom = re.match(r"^(\d{4})[:/]?(\d\d)[:/]?(\d\d)(?:[ T]?(\d\d):?(\d\d):?(\d\d))?", text)
    if dicom is None:
        return text[:40]
    date = "-".join(dicom.groups()[:3])
    return date if dicom[4] is None else f"{date}T{dicom[4]}:{dicom[5]}:{dicom[6]}"


def _american(date: str, time: str) -> str:
    """Aperio's month/day/year as the others write it."""
    found = re.fullmatch(r"(\d\d)/(\d\d)/(\d{2}|\d{4})", date.strip())
    if found is None:
        return date.strip()[:40]
    year = found[3] if len(found[3]) == 4 else f"20{found[3]}"
    clock = time.strip() if re.fullmatch(r"\d\d:\d\d:\d\d", time.strip()) else ""
    return f"{year}-{found[1]}-{found[2]}" + (f"T{clock}" if clock else "")


def _number(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return None
