"""Colours and pens that stand out on any stain."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

DARK = QColor(12, 16, 20)
WHITE = QColor("white")
PROPOSAL = QColor("#FFE14D")
"""Yellow on a dark line: no class has it, and it stands out on pink, violet and grey alike."""

HINT = QColor("#35E0FF")
"""Cyan on a dark line, for hints: no stain is near it."""

MEASURE = QColor("#7CFF6B")
"""Green on a dark line, for what is measured freely: neither proposal, hint nor class."""

POSITIVE, NEGATIVE = QColor("#0A8F3C"), QColor("#C8102E")


def cosmetic_pen(
    colour: QColor,
    width: float,
    *,
    ratio: float,
    style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    cap: Qt.PenCapStyle = Qt.PenCapStyle.FlatCap,
) -> QPen:
    """A pen of constant width on the screen. Qt counts such a width in device pixels, hence the ratio."""
    pen = QPen(colour, width * ratio, style)
    pen.setCosmetic(True)
    pen.setCapStyle(cap)
    return pen
