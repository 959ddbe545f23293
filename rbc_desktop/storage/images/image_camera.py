"""Which camera took an image, where the file says so."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from PIL import Image

from ...domain.case.case import printable
from ..formats.image_file import TIFF, check_file
from ..formats.picture_decoder import format_of

LONGEST_CAMERA = 100

_MAKE, _MODEL = 0x010F, 0x0110
_STATE_IT = ("JPEG", "TIFF", "PNG", "HEIF")

_log = logging.getLogger(__name__)


def camera_of(path: Path) -> str:
    """Maker and model by the EXIF data of an image file, "" where it has none. Never raises.

    Reads headers, no pixels; not for the GUI thread.
    """
    try:
        magic = check_file(path)
        name = "TIFF" if magic.startswith(TIFF) else format_of(magic)
        if name not in _STATE_IT:
            return ""
        with path.open("rb") as file, Image.open(file, formats=[name]) as header:
            if name == "PNG" and "exif" not in header.info:
                return ""  # Pillow would decode the picture to find out
            exif = header.getexif()
            make, model = _words(exif.get(_MAKE)), _words(exif.get(_MODEL))
    except Exception as error:  # noqa: BLE001  a decoder raises whatever it stumbles over
        _log.info("no camera was read from an image: %s", type(error).__name__)
        return ""
    is_named = bool(make) and model.casefold().startswith(make.split()[0].casefold())
    return (model if is_named else f"{make} {model}".strip())[:LONGEST_CAMERA]


def _words(value: Any) -> str:
    """A text of EXIF: padded with zeros or blanks, or another type altogether."""
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    return printable(" ".join(value.replace("\0", " ").split())) if isinstance(value, str) else ""
