"""The toolbar, built from the list in `actions`."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QToolBar, QToolButton, QWidget

from ..canvas.gestures import ToolName
from ..canvas.view import FieldCanvas
from ..look.theme import ICON_PX
from .actions import TOOLBAR, ActionSet

WITH_TEXT = frozenset({"tool-point", "tool-box", "tool-select", "tool-pan", "segment-all", "export"})
"""Buttons with words beside the icon; the others are known from elsewhere."""


TOOLS = {
    "tool-point": ToolName.POINT, "tool-box": ToolName.BOX, "tool-select": ToolName.SELECT, "tool-pan": ToolName.PAN,
    "tool-knife": ToolName.KNIFE, "tool-split": ToolName.SPLIT, "tool-brush": ToolName.BRUSH,
    "tool-eraser": ToolName.ERASER, "tool-polygon": ToolName.POLYGON,
}  # fmt: skip
"""The tools of the canvas and the actions that take them."""


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


class CompactToolBar(QToolBar):
    """Leaves the words out when the window is too narrow for them, so that no button is out of reach."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._with_text: list[QToolButton] = []
        self._wide = 0

    def show_words_of(self, buttons: list[QToolButton]) -> None:
        """These buttons have words beside their icons while there is room."""
        self._with_text = buttons
        self._set_words(True)
        self._wide = self.sizeHint().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_words(event.size().width() >= self._wide)

    def _set_words(self, words: bool) -> None:
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self._with_text:
            button.setToolButtonStyle(beside if words else alone)


def build_tool_bar(actions: ActionSet, slider: OpacitySlider) -> QToolBar:
    """The toolbar with these actions."""
    bar = CompactToolBar("Tools")
    bar.setObjectName("tools")
    bar.setMovable(False)
    bar.setFloatable(False)
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    bar.setIconSize(QSize(ICON_PX, ICON_PX))
    worded: list[QToolButton] = []
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
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                if name in WITH_TEXT:
                    worded.append(button)
    bar.show_words_of(worded)
    return bar


def tool_handlers(canvas: FieldCanvas) -> dict[str, Callable[[], None]]:
    """Handlers that take a tool, by action id."""

    def taker(tool: ToolName) -> Callable[[], None]:
        return lambda: canvas.set_tool(tool)

    return {name: taker(tool) for name, tool in TOOLS.items()}
