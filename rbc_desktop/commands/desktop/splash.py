"""The splash on the screen while the window is being built: name, version, intended use."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QLinearGradient, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QSplashScreen

from ... import RESEARCH_USE_ONLY, __version__
from ...language import tr

WIDTH, HEIGHT = 480, 240
_MARGIN, _ICON = 36, 112
_TOP, _BOTTOM, _QUIET = "#0F4A63", "#072733", "#A9C6D3"
"""The icon's own blue, in either theme."""

SHOWN_MS = 250
"""Longest wait for the first picture; a slow X server must not keep the window waiting."""


def splash_picture(icon_file: Path, *, ratio: float, font: QFont) -> QPixmap:
    """The picture in device pixels: `ratio` of them a logical pixel.

    Args:
        icon_file: SVG of the application.
        ratio: the screen's scale.
        font: the application's; sizes are set here.
    """
    picture = QPixmap(round(WIDTH * ratio), round(HEIGHT * ratio))
    picture.setDevicePixelRatio(ratio)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QLinearGradient(0, 0, 0, HEIGHT)
        ground.setColorAt(0, QColor(_TOP))
        ground.setColorAt(1, QColor(_BOTTOM))
        painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT), ground)
        QSvgRenderer(str(icon_file)).render(painter, QRectF(_MARGIN, 42, _ICON, _ICON))
        left = _MARGIN + _ICON + 28
        _write(painter, font, "RBC Desktop", QRectF(left, 52, WIDTH - left, 44), size=30, colour="#FFFFFF")
        _write(
            painter,
            font,
            tr("Version {version}", version=__version__),
            QRectF(left, 98, WIDTH - left, 22),
            size=14,
            colour=_QUIET,
        )
        _write(painter, font, tr("Starting…"), QRectF(left, 126, WIDTH - left, 22), size=14, colour=_QUIET)
        _write(
            painter, font, RESEARCH_USE_ONLY, QRectF(_MARGIN, 192, WIDTH - 2 * _MARGIN, 22), size=13, colour="#FFFFFF"
        )
    return picture


def _write(painter: QPainter, font: QFont, text: str, box: QRectF, *, size: int, colour: str) -> None:
    face = QFont(font)
    face.setPixelSize(size)
    face.setWeight(QFont.Weight.DemiBold if size > 20 else QFont.Weight.Normal)
    painter.setFont(face)
    painter.setPen(QColor(colour))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, text)


class Splash(QSplashScreen):
    """Closed by `finish` when the window is there. Never kept above other windows: a message must not lie under it."""

    def __init__(self, icon_file: Path) -> None:
        ratio = QGuiApplication.primaryScreen().devicePixelRatio()
        super().__init__(splash_picture(icon_file, ratio=ratio, font=QApplication.font()))
        self.is_painted = False

    def show_at_once(self) -> None:
        """Show, and come back when the picture is on the screen: after this the GUI thread is busy for a while."""
        self.show()
        deadline = QDeadlineTimer(SHOWN_MS)
        while not self.is_painted and not deadline.hasExpired():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.is_painted = True
