"""The toolbar, built from the list in `actions`."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QSlider, QToolBar, QToolButton, QWidget

from .actions import TOOLBAR, ActionSet
from .theme import ICON_PX

WITH_TEXT = frozenset({"tool-point", "tool-box", "tool-select", "tool-pan", "segment-all", "export"})
"""Buttons with words beside the icon; the others are known from elsewhere."""


class OpacitySlider(QSlider):
    """How strongly the outlines are drawn, in percent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(10, 100)
        self.setPageStep(10)
        self.setFixedWidth(84)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Strength of the outlines")
        self.setToolTip("Strength of the outlines")


def build_tool_bar(actions: ActionSet, slider: OpacitySlider) -> QToolBar:
    """The toolbar with these actions."""
    bar = QToolBar("Tools")
    bar.setObjectName("tools")
    bar.setMovable(False)
    bar.setFloatable(False)
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    bar.setIconSize(QSize(ICON_PX, ICON_PX))
    for name in TOOLBAR:
        if name == "|":
            bar.addSeparator()
        elif name == "opacity":
            bar.addWidget(slider)
        elif name == "stretch":
            space = QWidget()
            space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            bar.addWidget(space)
        else:
            bar.addAction(actions[name])
            button = bar.widgetForAction(actions[name])
            if isinstance(button, QToolButton):
                beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
                button.setToolButtonStyle(beside if name in WITH_TEXT else Qt.ToolButtonStyle.ToolButtonIconOnly)
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return bar
