"""The scale bar: a round length in micrometres, readable on any background, absent without a calibration."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ....domain.fields.calibration import Calibration
from ....domain.round_steps import largest_step
from ....language import tr
from ....storage.laboratory.settings import ScaleBarCorner

LONGEST_PX = 150.0
"""The bar takes the longest round length that is at most this long on the screen, so at least two fifths of it."""

MARGIN_PX = 12
_PAD, _BAR = 9, 4


def round_length(um_per_px: float) -> float:
    """The longest of 1, 2, 5 × 10ⁿ µm that fits in `LONGEST_PX`; `um_per_px` is µm per logical pixel on the screen."""
    return largest_step(um_per_px * LONGEST_PX)


def length_text(um: float) -> str:
    """E.g. ``10 µm``, ``0.5 µm``, ``2 mm``."""
    return tr("{mm:g} mm", mm=um / 1000) if um >= 1000 else tr("{um:g} µm", um=um)


class ScaleBar(QWidget):
    """White bar and text on a dark plate, in a corner of the canvas. Lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(tr("Scale bar"))
        font = QFont(self.font())
        font.setBold(True)
        self.setFont(font)
        self._length_px = 0.0
        self._text = ""
        self._scale: tuple[Calibration | None, float] = (None, 0.0)
        self._corner: ScaleBarCorner = "bottom left"
        self.hide()

    @property
    def text(self) -> str:
        """The length it shows, empty while hidden."""
        return "" if self.isHidden() else self._text

    @property
    def length_px(self) -> float:
        """Length of the bar in logical pixels."""
        return self._length_px

    def show_scale(self, calibration: Calibration | None, *, scale: float) -> None:
        """Show the bar for a field drawn at `scale` logical pixels per image pixel; None hides it."""
        self._scale = (calibration, scale)
        if calibration is None or scale <= 0 or self._corner == "off":
            self.hide()
            return
        um_per_px = calibration.um_per_px / scale
        length_um = round_length(um_per_px)
        self._length_px, self._text = length_um / um_per_px, length_text(length_um)
        self.setAccessibleDescription(tr("{text} long", text=self._text))
        self.resize(self.sizeHint())
        self._place()
        self.show()
        self.update()

    @property
    def corner(self) -> ScaleBarCorner:
        """Where it is, or "off"."""
        return self._corner

    def set_corner(self, corner: ScaleBarCorner) -> None:
        """Move it into a corner of the canvas, or show none."""
        self._corner = corner
        calibration, scale = self._scale
        self.show_scale(calibration, scale=scale)

    def _place(self) -> None:
        over = self.parentWidget()
        if over is None:
            return
        right, low = over.width() - self.width() - MARGIN_PX, over.height() - self.height() - MARGIN_PX
        self.move(right if "right" in self._corner else MARGIN_PX, low if "bottom" in self._corner else MARGIN_PX)

    def sizeHint(self) -> QSize:
        """Room for the bar and its text."""
        metrics = QFontMetricsF(self.font())
        width = max(self._length_px, metrics.horizontalAdvance(self._text)) + 2 * _PAD
        return QSize(math.ceil(width), math.ceil(metrics.height() + _BAR + 2 * _PAD))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw plate, bar with end marks, text."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(12, 16, 20, 190))
            painter.drawRoundedRect(QRectF(self.rect()), 5, 5)
            painter.setBrush(QColor("white"))
            left, bottom = (self.width() - self._length_px) / 2, self.height() - _PAD
            painter.drawRect(QRectF(left, bottom - _BAR / 2, self._length_px, 2))
            for x in (left, left + self._length_px - 2):
                painter.drawRect(QRectF(x, bottom - _BAR - 1.5, 2, _BAR + 3))
            painter.setPen(QColor("white"))
            top = QRectF(0, _PAD - 4, self.width(), self.height() - 2 * _PAD - _BAR + 4)
            painter.drawText(top, Qt.AlignmentFlag.AlignCenter, self._text)
