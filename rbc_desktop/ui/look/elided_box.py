"""A choice that says with dots that its text goes on where there is little room; Qt cuts it within a letter."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox


class ElidedBox(QComboBox):
    """As any other, but for a text that doesn't fit."""

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """What is painted; the whole text stays what is said to screen readers."""
        super().initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
