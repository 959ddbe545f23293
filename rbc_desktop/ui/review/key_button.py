"""A push button that shows the key which does the same."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ...language import tr
from ...workflows.key_map import shown
from ..look.theme import SPACE_S, ThemeController
from .class_button import key_text, paint_key

HEIGHT = 30


class KeyButton(QAbstractButton):
    """Key cap and words; the main one of a row is filled."""

    def __init__(
        self,
        text: str,
        key: str,
        *,
        tip: str,
        theme: ThemeController,
        main: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._usual, self._main = theme, key, main
        self.setText(text)
        self.setToolTip(tip)
        self.show_key()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_key(self) -> None:
        """Show the key that does the same now."""
        self._key = key_text(shown(self._usual))
        self.setAccessibleName(tr("{text}, key {key}", text=self.text(), key=self._key) if self._key else self.text())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        cap = max(20, metrics.horizontalAdvance(self._key) + 10)
        return QSize(6 + cap + SPACE_S + metrics.horizontalAdvance(self.text()) + SPACE_S, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            main, enabled, focus = self._main, self.isEnabled(), self.hasFocus()
            lit = enabled and (self.underMouse() or self.isDown())
            fill = tokens.accent if main and enabled else tokens.hover if lit else tokens.raised
            border = tokens.text if main and (lit or focus) else tokens.accent if focus else tokens.border
            painter.setPen(QPen(QColor(border), 1))
            painter.setBrush(QColor(fill))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
            cap = paint_key(painter, self.rect(), self._key or "–", theme=self._theme)
            ink = tokens.disabled if not enabled else tokens.on_accent if main else tokens.text
            painter.setPen(QColor(ink))
            room = self.rect().adjusted(0, 0, -SPACE_S // 2, 0)
            room.setLeft(cap.right() + SPACE_S)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.text())
