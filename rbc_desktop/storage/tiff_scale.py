"""µm per pixel, where a TIFF file states it."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ElementTree
from typing import Any

from ..domain.calibration import Calibration

BELIEVED_UM_PER_PX = (0.01, 2.0)
"""A stated scale outside this range is a printing resolution (72 dpi are 353 µm) or a camera's pixel pitch."""

_UM = {"nm": 1e-3, "µm": 1.0, "μm": 1.0, "um": 1.0, "micron": 1.0, "microns": 1.0, "mm": 1e3, "cm": 1e4, "m": 1e6}
_CENTIMETRE = 3
_APERIO = re.compile(r"\bMPP\s*=\s*([0-9.]+)")


def stated_calibration(tiff: Any, page: Any) -> Calibration | None:
    """The scale that a `tifffile.TiffFile` states, or None.

    Looked for in this order: OME-XML, ImageJ, Aperio, TIFF resolution per centimetre. A resolution per inch is always
    left aside: programs write it without a thought. Pixels that aren't square to 1 % have no single scale.
    """
    for source, scale in (
        ("OME-XML", _ome(tiff)),
        ("ImageJ", _imagej(tiff, page)),
        ("Aperio", _aperio(page)),
        ("TIFF resolution", _per_centimetre(page)),
    ):
        if scale is not None:
            x, y = scale
            low, high = BELIEVED_UM_PER_PX
            if math.isfinite(x) and low <= x <= high and abs(x - y) <= 0.01 * x:
                return Calibration(x, "file", source)
    return None


def _ome(tiff: Any) -> tuple[float, float] | None:
    if not tiff.is_ome or not tiff.ome_metadata:
        return None
    try:
        root = ElementTree.fromstring(tiff.ome_metadata)
        pixels = next(e for e in root.iter() if e.tag.rpartition("}")[2] == "Pixels")
        x = float(pixels.attrib["PhysicalSizeX"]) * _UM[pixels.get("PhysicalSizeXUnit", "µm")]
        if "PhysicalSizeY" not in pixels.attrib:
            return x, x
        return x, float(pixels.attrib["PhysicalSizeY"]) * _UM[pixels.get("PhysicalSizeYUnit", "µm")]
    except (ElementTree.ParseError, StopIteration, KeyError, ValueError):
        return None


def _imagej(tiff: Any, page: Any) -> tuple[float, float] | None:
    metadata = tiff.imagej_metadata
    if not metadata:
        return None
    unit = str(metadata.get("unit", "")).replace("\\u00B5", "µ")
    resolution = _resolution(page)
    if unit not in _UM or resolution is None:
        return None
    return _UM[unit] / resolution[0], _UM[unit] / resolution[1]


def _aperio(page: Any) -> tuple[float, float] | None:
    found = _APERIO.search(page.description) if "Aperio" in page.description else None
    try:
        return (float(found[1]), float(found[1])) if found else None
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
