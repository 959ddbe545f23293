"""How the image is looked at: tools, zoom, outlines and the toolbar that has them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from ...canvas.tools.gestures import ToolName
from ...canvas.view import FieldCanvas
from ...look import icons
from ..actions.actions import ActionSet
from ..actions.tool_bar import TOOLS, OpacitySlider, build_tool_bar, remember_brush, tool_handlers
from ..frame.services import Services


class ViewPlace(QObject):
    """Connects the canvas with tools, zoom, outlines and theme.

    Args:
        canvas: shows the image.
        services: settings and theme.
        actions: of tools and view.
        parent: the main window.
    """

    overlay_shown = Signal(bool)
    """Outlines are drawn from now on, or aren't."""

    def __init__(self, canvas: FieldCanvas, *, services: Services, actions: ActionSet, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas, self._services, self._actions = canvas, services, actions
        self.opacity = OpacitySlider()
        self.opacity.setValue(round(100 * services.settings.value.overlay_opacity))
        self.tool_bar = build_tool_bar(actions, self.opacity)
        remember_brush(canvas, services.settings)
        self.front: Callable[[], FieldCanvas] = lambda: canvas
        canvas.tool_changed.connect(self._on_tool)
        self.opacity.valueChanged.connect(self._on_opacity)
        services.theme.changed.connect(self._on_theme)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Of the actions, by id."""
        canvas = self._canvas
        return {
            **tool_handlers(canvas),
            "fit": lambda: self.front().fit(), "actual-size": lambda: self.front().actual_size(),
            "zoom-in": lambda: self.front().zoom_in(), "zoom-out": lambda: self.front().zoom_out(),
        }  # fmt: skip

    def start(self) -> None:
        """Show everything as it was left; call it once all listen."""
        overlay = self._actions["overlay"]
        overlay.setChecked(self._services.settings.value.overlay_visible)
        overlay.toggled.connect(self._on_overlay)
        overlay.enabledChanged.connect(self.opacity.setEnabled)
        self._actions["tool-point"].setChecked(True)
        self._on_overlay(overlay.isChecked())
        self._on_opacity(self.opacity.value())
        self._on_theme()

    @Slot(object)
    def _on_tool(self, tool: ToolName) -> None:
        for name, each in TOOLS.items():
            if each is tool:
                self._actions[name].setChecked(True)

    @Slot(bool)
    def _on_overlay(self, visible: bool) -> None:
        self._canvas.set_overlay_visible(visible)
        self._actions["overlay"].setIcon(icons.icon("eye" if visible else "eye-off"))
        self._services.settings.update(overlay_visible=visible)
        self.overlay_shown.emit(visible)

    @Slot(int)
    def _on_opacity(self, percent: int) -> None:
        self._canvas.set_overlay_opacity(percent / 100)
        self._services.settings.update(overlay_opacity=percent / 100)

    @Slot()
    def _on_theme(self) -> None:
        self._canvas.set_background(QColor(self._services.theme.tokens.canvas))
