"""The settings of a running window: one value, changed in one place, stored a moment later."""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ..background import TaskRunner
from ..storage.laboratory.settings import Settings, load_settings, save_settings

log = logging.getLogger(__name__)

SAVE_AFTER_MS = 800


class SettingsKeeper(QObject):
    """Holds the settings; writes them in the background, and at the end for good."""

    changed = Signal()

    def __init__(self, path: Path, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path, self._tasks = path, tasks
        self._value = load_settings(path)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self._save_later)

    @property
    def value(self) -> Settings:
        """The settings as they are."""
        return self._value

    def update(self, **changes: Any) -> None:
        """Change some of them."""
        self._set(replace(self._value, **changes))

    def note_folder(self, path: Path) -> None:
        """Remember where this file lies: the next file dialog begins there."""
        path = Path(os.path.abspath(path))  # the user reads it, so without "..", and without following links
        self.update(last_folder=str(path.parent))

    def confirm_folder(self, folder: Path) -> None:
        """Images of cases are read from there without asking."""
        self._set(self._value.with_image_folder(folder))

    def flush(self) -> None:
        """Store now; called when the window is gone."""
        self._timer.stop()
        try:
            save_settings(self._value, self._path)
        except OSError as error:
            log.warning("Settings could not be stored: %s", type(error).__name__)

    def _set(self, value: Settings) -> None:
        if value != self._value:
            self._value = value
            self._timer.start()
            self.changed.emit()

    @Slot()
    def _save_later(self) -> None:
        self._tasks.submit(save_settings, self._value, self._path)
