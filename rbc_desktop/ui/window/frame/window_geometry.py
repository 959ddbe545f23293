"""Size and panels of the window between two starts."""

from __future__ import annotations

import os

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from ....storage.laboratory.settings import Settings
from ....workflows.configuring_controller import SettingsKeeper


def restore_geometry(window: QMainWindow, settings: Settings, *, strip: QDockWidget, panel: QDockWidget) -> None:
    """The size and the widths of the panels as they were left.

    The panels are narrower where they would leave the image less than them: they were as wide in a larger window.
    """
    room = window.screen().availableSize()
    window.resize(QSize(min(1440, round(room.width() * 0.92)), min(920, round(room.height() * 0.9))))
    if settings.window_geometry:
        window.restoreGeometry(QByteArray.fromBase64(os.fsencode(settings.window_geometry)))
    if settings.window_state:
        window.restoreState(QByteArray.fromBase64(os.fsencode(settings.window_state)))
    layout, image = window.layout(), window.centralWidget()
    if layout is not None:
        layout.activate()  # else the widths are not known before they are shown
    if not settings.window_state or (image is not None and image.width() < panel.width()):
        table = min(480, max(340, round(0.34 * window.width())))
        window.resizeDocks([strip, panel], [150, table], Qt.Orientation.Horizontal)


def keep_geometry(window: QMainWindow, settings: SettingsKeeper) -> None:
    """Remember size and panels."""
    settings.update(
        window_geometry=bytes(window.saveGeometry().toBase64().data()).decode(),
        window_state=bytes(window.saveState().toBase64().data()).decode(),
    )
