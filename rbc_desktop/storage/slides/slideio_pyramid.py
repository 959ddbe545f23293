"""Slides of Zeiss (CZI) and Olympus (VSI), read with the optional extra ``slideio``; runs from source only."""

from __future__ import annotations

import datetime
import threading
from pathlib import Path
from typing import Any

import numpy as np

from ...domain.fields.calibration import POSSIBLE_UM_PER_PX, Calibration
from ...domain.fields.regions import Region
from ...domain.slides.slide import SlideInfo, stored_levels
from ...errors import ImageReadError
from ...language import tr
from ...ports import RgbImage
from ..formats.image_limits import check_page

_CZI = b"ZISRAWFILE"
_VSI = ".vsi"
_MAKERS = {"CZI": "Zeiss", "VSI": "Olympus"}
_SQUARE = 0.01


def slideio_format(path: Path, magic: bytes) -> str:
    """Name of the library's driver for a file that only it reads; "" for every other file.

    Args:
        path: the file; a VSI file is a TIFF for others, so that its ending tells it.
        magic: its first 16 bytes.
    """
    if magic.startswith(_CZI):
        return "CZI"
    return "VSI" if path.suffix.lower() == _VSI else ""


class SlideioPyramid:
    """The levels of one scene of a file (`pyramid.LevelSource`).

    Args:
        path: absolute; a folder beside a VSI file belongs to it.
        driver: which of the library's formats it is.
        page: which of its scenes, from 0, the largest first: smaller ones show the label, or the glass.

    Raises:
        ImageReadError: when the library isn't there, or the scene isn't in colours as the eye sees them.
        Exception: whatever the library raises.
    """

    def __init__(self, path: Path, *, driver: str, page: int = 0) -> None:
        library = _library()
        if library is None:
            text = tr(
                '{name} needs the extra “slideio”: install it with pip install "rbc-desktop[slideio]", or export the'
                " slide as OME-TIFF; the folder that needs no Python doesn't have it.",
                name=path.name,
            )
            raise ImageReadError(text)
        self._slide = library.open_slide(str(path), driver)
        self._lock = threading.Lock()  # the library doesn't say that threads may read at once
        scenes = [self._slide.get_scene(number) for number in range(self._slide.num_scenes)]
        scenes.sort(key=lambda scene: -scene.size[0] * scene.size[1])
        check_page(path, page, count=len(scenes))
        self._scene = scenes[page]
        _check_colours(path, self._scene)
        levels = [self._scene.get_zoom_level_info(number).size for number in range(self._scene.num_zoom_levels)]
        sizes = [(level.width, level.height) for level in levels] or [tuple(self._scene.size)]
        self.info = SlideInfo(
            path,
            stored_levels(sizes),
            _calibration(self._scene.resolution, maker=_MAKERS.get(driver, "")),
            _objective(self._scene.magnification),
            _MAKERS.get(driver, ""),
            _scanned(self._scene.acquisition_time),
            page,
            len(scenes),
        )

    def pixels(self, region: Region, *, level: int) -> RgbImage:
        """A region of a level; where nothing was scanned it has the library's background."""
        rect = region.x0, region.y0, region.width, region.height
        with self._lock:
            return np.ascontiguousarray(self._scene.read_block_from_level(level, rect), np.uint8)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._scene.close()
            self._slide.close()


def _library() -> Any | None:
    """The library, or None without the extra; loaded when the first such slide needs it."""
    try:
        import slideio
    except (ImportError, OSError):
        return None
    return slideio


def _check_colours(path: Path, scene: Any) -> None:
    kinds = {np.dtype(scene.get_channel_data_type(number)) for number in range(scene.num_channels)}
    if scene.num_channels != 3 or kinds != {np.dtype(np.uint8)} or scene.num_z_slices > 1 or scene.num_t_frames > 1:
        text = tr(
            "{name} is no stained film in 8-bit colours, in one plane; export that as OME-TIFF and open it.",
            name=path.name,
        )
        raise ImageReadError(text)


def _calibration(resolution: tuple[float, float], *, maker: str) -> Calibration | None:
    x, y = (1e6 * metres for metres in resolution)
    low, high = POSSIBLE_UM_PER_PX
    if not low <= x <= high or abs(x - y) > _SQUARE * x:
        return None
    return Calibration(x, "file", maker)


def _objective(magnification: float) -> float | None:
    return float(magnification) if 1 <= magnification <= 200 else None


def _scanned(seconds: int) -> str:
    """A time that the library gives in seconds since 1970, as others write it."""
    if seconds <= 0:
        return ""
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S")
