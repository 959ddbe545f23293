"""The application's own line icons, drawn from SVG in the theme's colours at the exact size that is asked for."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ...files import ScratchFolder
from .kept_picture import kept_picture
from .tokens import LIGHT, Tokens

if TYPE_CHECKING:  # the splash comes before NumPy
    from ...ports import RgbImage


class _State:
    """What the icon engine paints with; one theme holds for the whole process."""

    folder: Path | None = None
    tokens: Tokens = LIGHT
    scratch: ScratchFolder | None = None


def set_tokens(tokens: Tokens, *, folder: Path) -> None:
    """Paint every icon, also those already handed out, in these colours from now on.

    Args:
        tokens: the theme's colours.
        folder: where the SVG files lie.
    """
    _State.tokens, _State.folder = tokens, folder


def _folder() -> Path:
    if _State.folder is None:
        raise RuntimeError("icons.set_tokens was not called before the first icon")
    return _State.folder


@lru_cache(maxsize=4)
def _names(folder: Path) -> frozenset[str]:
    return frozenset(path.stem for path in folder.glob("*.svg"))


@lru_cache(maxsize=256)
def _text(folder: Path, name: str) -> str:
    return (folder / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _renderer(folder: Path, name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_text(folder, name).replace("currentColor", colour).encode()))


def _shape(folder: Path, name: str, size: QSize) -> QPixmap:
    """The icon in black, drawn once for all themes: it takes 0.4 ms, and a window shows dozens."""
    renderer, area = _renderer(folder, name, "#000000"), QRectF(QPointF(), size.toSizeF())
    return kept_picture(f"icon {folder} {name}", size, ratio=1.0, draw=lambda painter: renderer.render(painter, area))


def _pour(painter: QPainter, shape: QPixmap, colour: str) -> None:
    painter.drawPixmap(0, 0, shape)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(shape.rect(), QColor(colour))


def _colour(mode: QIcon.Mode) -> str:
    return _State.tokens.disabled if mode == QIcon.Mode.Disabled else _State.tokens.text


class _SvgEngine(QIconEngine):
    """Renders the SVG at the device's own resolution, so that it stays crisp at any scale factor."""

    def __init__(self, name: str, colour: str | None) -> None:
        super().__init__()
        self._name, self._fixed = name, colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        _renderer(_folder(), self._name, self._fixed or _colour(mode)).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        folder, colour = _folder(), self._fixed or _colour(mode)
        if "currentColor" not in _text(folder, self._name):
            return _shape(folder, self._name, size)
        key = f"icon {folder} {self._name} {colour}"
        return kept_picture(
            key, size, ratio=1.0, draw=lambda painter: _pour(painter, _shape(folder, self._name, size), colour)
        )

    def clone(self) -> QIconEngine:
        return _SvgEngine(self._name, self._fixed)


def icon(name: str, *, colour: str | None = None) -> QIcon:
    """The icon of this name; without a colour it follows the theme.

    Raises:
        FileNotFoundError: when there is no such icon.
    """
    if name not in _names(_folder()):
        raise FileNotFoundError(f"no icon {name}")
    return QIcon(_SvgEngine(name, colour))


def pixmap(name: str, size: int, *, colour: str, ratio: float = 1.0) -> QPixmap:
    """A picture of the icon, `size` logical pixels square, for a label."""
    result = _SvgEngine(name, colour).pixmap(
        QSize(round(size * ratio), round(size * ratio)), QIcon.Mode.Normal, QIcon.State.Off
    )
    result.setDevicePixelRatio(ratio)
    return result


def app_icon() -> QIcon:
    """The application's icon, in its own colours."""
    return QIcon(_SvgEngine("app", "#FFFFFF"))


def tinted_file(name: str, colour: str) -> Path:
    """A file with the icon in one colour, because a style sheet can name a picture only by its path."""
    if _State.scratch is None:
        _State.scratch = ScratchFolder("icons")
    target = _State.scratch.path / f"{name}-{colour.lstrip('#')}.svg"
    if not target.exists():
        text = (_folder() / f"{name}.svg").read_text(encoding="utf-8")
        target.write_text(text.replace("currentColor", colour), encoding="utf-8")
    return target


def to_pixmap(pixels: RgbImage, *, ratio: float = 1.0) -> QPixmap:
    """A pixmap of ``(h, w, 3)`` uint8 RGB pixels."""
    height, width = pixels.shape[:2]
    image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    result = QPixmap.fromImage(image)  # copies, so the array may go
    result.setDevicePixelRatio(ratio)
    return result


def rounded(picture: QPixmap, radius: int) -> QPixmap:
    """The picture with round corners of this radius, logical pixels."""
    result = QPixmap(picture.size())
    result.setDevicePixelRatio(picture.devicePixelRatio())
    result.fill(Qt.GlobalColor.transparent)
    with QPainter(result) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(picture))
        painter.drawRoundedRect(QRectF(QPointF(), picture.deviceIndependentSize()), radius, radius)
    return result
