"""The committed icons are the drawings: drawn again, they are the same picture."""

import runpy
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

BUILD = Path(__file__).resolve().parents[4] / "build"
TOLERANCE = 2.0
"""Mean difference of 255 levels that another version of Qt's rasteriser may make."""


@pytest.fixture(scope="module")
def icons():
    return runpy.run_path(str(BUILD / "pictures" / "make_icons.py"))


def difference(one: Image.Image, other: Image.Image) -> float:
    return float(np.abs(np.asarray(one.convert("RGBA"), np.int16) - np.asarray(other.convert("RGBA"), np.int16)).mean())


def test_icons_are_what_the_drawings_say(qapp, icons):
    for drawing in icons["DRAWINGS"]:
        for size in icons["LINUX_SIZES"]:
            folder = icons["HICOLOR"] / f"{size}x{size}" / drawing.linux_folder
            with Image.open(folder / f"{drawing.linux_name}.png") as kept:
                assert kept.size == (size, size)
                assert difference(kept, icons["draw"](drawing.svg, size)) < TOLERANCE, (drawing.file_name, size)
        scalable = icons["HICOLOR"] / "scalable" / drawing.linux_folder / f"{drawing.linux_name}.svg"
        assert scalable.read_bytes() == drawing.svg.read_bytes()


def test_windows_and_mac_files_hold_every_size(icons):
    for name in ("rbc-desktop", "case"):
        with Image.open(icons["ICONS"] / f"{name}.ico") as ico:
            assert {size for size, _ in ico.info["sizes"]} == set(icons["WINDOWS_SIZES"])
        with Image.open(icons["ICONS"] / f"{name}.icns") as icns:
            assert max(width * scale for width, _, scale in icns.info["sizes"]) == max(icons["MAC_SIZES"])
