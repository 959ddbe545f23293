"""The toolbar, built from the list in `actions`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QSlider, QToolBar, QToolButton, QWidget

from ....language import tr
from ....workflows.configuring_controller import SettingsKeeper
from ...canvas.tools.gestures import ToolName
from ...canvas.view import FieldCanvas
from ...look.mnemonics import lettered
from ...look.theme import ICON_PX
from .actions import TOOLBAR, ActionSet

WITH_TEXT = frozenset({"tool-point", "tool-box", "tool-select", "tool-pan", "segment-all", "export"})
"""Buttons with words beside the icon; the others are known from elsewhere."""

FOLDED = ("tool-knife", "tool-split", "tool-brush", "tool-eraser", "tool-polygon")
"""Buttons that stand in the menu of one button while the window is too narrow for them."""

TOOLS = {
    "tool-point": ToolName.POINT, "tool-box": ToolName.BOX, "tool-select": ToolName.SELECT, "tool-pan": ToolName.PAN,
    "tool-knife": ToolName.KNIFE, "tool-split": ToolName.SPLIT, "tool-brush": ToolName.BRUSH,
    "tool-eraser": ToolName.ERASER, "tool-polygon": ToolName.POLYGON,
    "tool-length": ToolName.LENGTH, "tool-angle": ToolName.ANGLE,
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
        self.setAccessibleName(tr("Strength of the outlines"))
        self.setToolTip(tr("Strength of the outlines"))


class CompactToolBar(QToolBar):
    """Leaves words out when the window is too narrow for them, then folds buttons: none may be out of reach."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._with_text: list[QToolButton] = []
        self._foldable: list[QAction] = []
        self._fold: QAction | None = None
        self._wide = self._medium = 0

    def add_foldable(self, actions: Sequence[QAction], *, title: str) -> None:
        """Add a button for each action, and one whose menu has them all while there is no room for the buttons."""
        for action in actions:
            self._foldable.append(self.addWidget(_button(action)))
        fold = QToolButton()
        fold.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        fold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        fold.setIcon(actions[0].icon())
        fold.setToolTip(title)
        fold.setAccessibleName(title)
        fold.setCheckable(True)
        fold.setProperty("folds", True)

        def show_tool_in_hand() -> None:
            chosen = next((action for action in actions if action.isChecked()), None)
            fold.setIcon((chosen or actions[0]).icon())
            fold.setChecked(chosen is not None)

        for action in actions:
            action.toggled.connect(show_tool_in_hand)
        menu = lettered(QMenu(fold))
        menu.aboutToHide.connect(show_tool_in_hand)
        menu.addActions(list(actions))
        fold.setMenu(menu)
        self._fold = self.addWidget(fold)
        self._fold.setVisible(False)

    def show_words_of(self, buttons: list[QToolButton]) -> None:
        """These buttons have words beside their icons while there is room."""
        self._with_text = buttons

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        if not self._wide:  # measured once the style has been applied
            self._wide, self._medium = self._needed(words=True), self._needed(words=False)
        self._set_words(width >= self._wide)
        self._set_folded(width < self._medium)

    def _needed(self, *, words: bool) -> int:
        self._set_words(words)
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
        return self.sizeHint().width()

    def _set_words(self, words: bool) -> None:
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self._with_text:
            button.setToolButtonStyle(beside if words else alone)

    def _set_folded(self, folded: bool) -> None:
        if self._fold is not None and self._fold.isVisible() != folded:
            self._fold.setVisible(folded)
            for action in (*self._foldable, *(each for each in self.actions() if each.isSeparator())):
                action.setVisible(not folded)


def build_tool_bar(actions: ActionSet, slider: OpacitySlider) -> QToolBar:
    """The toolbar with these actions."""
    bar = CompactToolBar(tr("Tools"))
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
        elif name in FOLDED:
            if name == FOLDED[0]:
                bar.add_foldable([actions[each] for each in FOLDED], title=tr("Repair by hand"))
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


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def remember_brush(canvas: FieldCanvas, settings: SettingsKeeper) -> None:
    """Give brush and eraser the size that they had last, and keep the next one."""
    brush = canvas.input.brush
    brush.um, brush.px = settings.value.brush_um, settings.value.brush_px

    def keep() -> None:
        if (brush.um, brush.px) != (settings.value.brush_um, settings.value.brush_px):
            settings.update(brush_um=brush.um, brush_px=brush.px)

    canvas.tool_changed.connect(keep)


def tool_handlers(canvas: FieldCanvas) -> dict[str, Callable[[], None]]:
    """Handlers that take a tool, by action id."""

    def taker(tool: ToolName) -> Callable[[], None]:
        return lambda: canvas.set_tool(tool)

    return {name: taker(tool) for name, tool in TOOLS.items()}
