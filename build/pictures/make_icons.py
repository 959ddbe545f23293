"""Icons for every system from two drawings: ``.venv/bin/python build/pictures/make_icons.py``.

Drawings: ``resources/icons/app.svg`` (the application) and ``build/icons/case.svg`` (an .rbc file). Writes, committed:

* ``build/desktop/icons/hicolor/``: PNG and SVG under the names that Linux desktops look for;
* ``build/icons/{rbc-desktop,case}.ico`` for Windows and ``.icns`` for macOS.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parents[2]
HICOLOR = ROOT / "build" / "desktop" / "icons" / "hicolor"
ICONS = ROOT / "build" / "icons"

LINUX_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
"""With those that Explorer asks for at 125 % scaling."""

MAC_SIZES = (16, 32, 64, 128, 256, 512, 1024)
MAC_SHARE = 0.82
"""Of the canvas that the icon of an application covers on macOS; documents fill it."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One icon and the names under which the systems look for it."""

    svg: Path
    file_name: str
    linux_folder: str
    linux_name: str
    mac_share: float


DRAWINGS = (
    Drawing(ROOT / "resources" / "icons" / "app.svg", "rbc-desktop", "apps", "rbc-desktop", MAC_SHARE),
    Drawing(ICONS / "case.svg", "case", "mimetypes", "application-x-rbc-case", 1.0),
)


def draw(svg: Path, size: int, *, share: float = 1.0) -> Image.Image:
    """The drawing in a square of `size` pixels, covering this share of it.

    Raises:
        ValueError: when the file is not a drawing.
    """
    renderer = QSvgRenderer(str(svg))
    if not renderer.isValid():
        raise ValueError(f"{svg.name} is not a drawing")
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    margin = size * (1 - share) / 2
    with QPainter(image) as painter:
        renderer.render(painter, QRectF(margin, margin, size * share, size * share))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, which the call refuses
    return Image.open(io.BytesIO(buffer.data().data())).convert("RGBA")


def save_together(path: Path, svg: Path, sizes: Sequence[int], *, share: float = 1.0) -> None:
    """One .ico or .icns file that holds the drawing at each size, each drawn for itself and not scaled."""
    images = [draw(svg, size, share=share) for size in sizes]
    images[-1].save(path, sizes=[image.size for image in images], append_images=images[:-1])


def main() -> None:
    """Draw everything."""
    app = QGuiApplication(sys.argv[:1])
    for drawing in DRAWINGS:
        for size in LINUX_SIZES:
            target = HICOLOR / f"{size}x{size}" / drawing.linux_folder / f"{drawing.linux_name}.png"
            target.parent.mkdir(parents=True, exist_ok=True)
            draw(drawing.svg, size).save(target, optimize=True)
        scalable = HICOLOR / "scalable" / drawing.linux_folder / f"{drawing.linux_name}.svg"
        scalable.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(drawing.svg, scalable)
        save_together(ICONS / f"{drawing.file_name}.ico", drawing.svg, WINDOWS_SIZES)
        save_together(ICONS / f"{drawing.file_name}.icns", drawing.svg, MAC_SIZES, share=drawing.mac_share)
    app.quit()


if __name__ == "__main__":
    main()
