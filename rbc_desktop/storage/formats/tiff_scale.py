"""µm per pixel, where a TIFF file states it."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ElementTree
from typing import Any

from ...domain.fields.calibration import POSSIBLE_UM_PER_PX, Calibration

_UM = {
    "pm": 1e-6, "å": 1e-4, "angstrom": 1e-4, "ångström": 1e-4, "nm": 1e-3, "nanometer": 1e-3, "μm": 1.0, "um": 1.0,
    "micron": 1.0, "micrometer": 1.0, "mm": 1e3, "millimeter": 1e3, "cm": 1e4, "centimeter": 1e4, "m": 1e6,
    "meter": 1e6,
}  # fmt: skip
"""Micrometres of a unit, by its name in lower case, singular, spelt the American way."""

_CENTIMETRE = 3
_APERIO = re.compile(r"\bMPP\s*=\s*([0-9.,]+)")
_SQUARE = 0.01


def stated_calibration(tiff: Any, page: Any) -> Calibration | None:
    """The scale that a `tifffile.TiffFile` states for one of its pages, or None.

    Looked for in this order: OME-XML, ImageJ, Aperio, TIFF resolution per centimetre. A resolution per inch is always
    left aside: programs write it by default. So is what lies outside `POSSIBLE_UM_PER_PX`: a printing resolution
    (72 dpi are 353 µm) or a camera's pixel pitch. Pixels that aren't square to 1 % have no single scale.
    """
    for source, scale in (
        ("OME-XML", _ome(tiff, page)),
        ("ImageJ", _imagej(tiff, page)),
        ("Aperio", _aperio(page)),
        ("TIFF resolution", _per_centimetre(page)),
    ):
        if scale is not None:
            x, y = scale
            low, high = POSSIBLE_UM_PER_PX
            if math.isfinite(x) and low <= x <= high and abs(x - y) <= _SQUARE * x:
                return Calibration(x, "file", source)
    return None


def _micrometres(unit: str) -> float | None:
    """Micrometres of a unit however it is written: any case, British or plural, with ImageJ's escaped micro sign."""
    name = unit.strip().replace("\\u00B5", "µ").replace("\\u00b5", "µ").casefold().replace("metre", "meter")
    return _UM.get(name, _UM.get(name.removesuffix("s")))


def _number(text: str) -> float:
    """A number with decimal point or comma."""
    return float(text.strip().replace(",", "."))


def _ome(tiff: Any, page: Any) -> tuple[float, float] | None:
    """Of the `Pixels` element whose size is the page's: a thumbnail or a label beside it has another scale."""
    if not tiff.is_ome or not tiff.ome_metadata:
        return None
    try:
        elements = [e for e in ElementTree.fromstring(tiff.ome_metadata).iter() if e.tag.rpartition("}")[2] == "Pixels"]
        size = (str(page.imagewidth), str(page.imagelength))
        pixels = next(e for e in elements if (e.get("SizeX"), e.get("SizeY")) == size)
        x = _length(pixels, "PhysicalSizeX")
        return x, (_length(pixels, "PhysicalSizeY") if "PhysicalSizeY" in pixels.attrib else x)
    except (ElementTree.ParseError, StopIteration, KeyError, ValueError):
        return None


def _length(pixels: ElementTree.Element, name: str) -> float:
    """Micrometres of a length attribute.

    Raises:
        KeyError: when it is missing or its unit unknown.
        ValueError: when it is no number.
    """
    unit = _micrometres(pixels.get(f"{name}Unit", "µm"))
    if unit is None:
        raise KeyError(name)
    return _number(pixels.attrib[name]) * unit


def _imagej(tiff: Any, page: Any) -> tuple[float, float] | None:
    metadata = tiff.imagej_metadata
    if not metadata:
        return None
    resolution = _resolution(page)
    x_unit = _micrometres(str(metadata.get("unit", "")))
    y_unit = _micrometres(str(metadata.get("yunit", metadata.get("unit", ""))))
    if x_unit is None or y_unit is None or resolution is None:
        return None
    return x_unit / resolution[0], y_unit / resolution[1]


def _aperio(page: Any) -> tuple[float, float] | None:
    found = _APERIO.search(page.description) if "Aperio" in page.description else None
    try:
        return (_number(found[1]), _number(found[1])) if found else None
    except ValueError:
        return None


def _per_centimetre(page: Any) -> tuple[float, float] | None:
    unit = page.tags.get("ResolutionUnit")
    resolution = _resolution(page)
    if unit is None or int(unit.value) != _CENTIMETRE or resolution is None:
        return None
    return 1e4 / resolution[0], 1e4 / resolution[1]


def _resolution(page: Any) -> tuple[float, float] | None:
    """Pixels per unit, both positive."""
    values = []
    for name in ("XResolution", "YResolution"):
        tag = page.tags.get(name)
        if tag is None:
            return None
        numerator, denominator = tag.value
        if numerator <= 0 or denominator <= 0:
            return None
        values.append(numerator / denominator)
    return values[0], values[1]
