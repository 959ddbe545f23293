"""What a process with a window needs besides the window: files from the system, a clean environment, its collector."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, QUrl, Slot
from PySide6.QtGui import QFileOpenEvent

SEARCH_PATHS = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "QT_PLUGIN_PATH", "QML2_IMPORT_PATH")

INTERVAL_MS = 250

MANY_OBJECTS = 5_000
"""Objects more than were there at the last look, which take up to 5 ms to look through: cells come or change."""


def paths_of(arguments: Sequence[str]) -> list[Path]:
    """Absolute paths of arguments that are paths or ``file:`` addresses, as some file managers pass them."""
    return [Path(_local(argument)).absolute() for argument in arguments if argument]


def _local(argument: str) -> str:
    if not argument.lower().startswith("file:"):
        return argument
    return QUrl(argument).toLocalFile() or argument


class OpenedFiles(QObject):
    """Passes the files of macOS's *open* events on (double click in Finder, drop on the Dock). Untested on macOS."""

    def __init__(self, open_paths: Callable[[Sequence[Path]], None], parent: QObject) -> None:
        super().__init__(parent)
        self._open_paths = open_paths
        parent.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent):
            path = event.url().toLocalFile()
            if path:
                self._open_paths([Path(path)])
            return True
        return super().eventFilter(watched, event)


def release_environment() -> None:
    """In the frozen program, take the bundle out of the search paths that a PDF viewer or file manager would inherit.

    PyInstaller sets them for this process, which has read them by now: the loader at its start, Qt with its
    application object. With them a system program would load our libraries instead of its own and fail to start.
    """
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is None:
        return
    for name, value in without_bundle(os.environ, Path(bundle)).items():
        if value:
            os.environ[name] = value
        else:
            os.environ.pop(name, None)


def without_bundle(environment: Mapping[str, str], bundle: Path) -> dict[str, str]:
    """New values of the search paths that name folders of the bundle; an empty one is to be removed."""
    changes = {}
    for name in SEARCH_PATHS:
        entries = environment.get(name, "").split(os.pathsep)
        kept = [entry for entry in entries if entry and not Path(entry).is_relative_to(bundle)]
        if len(kept) < len(entries):
            changes[name] = os.pathsep.join(kept)
        if f"{name}_ORIG" in environment:
            changes[f"{name}_ORIG"] = ""
    return {name: value for name, value in changes.items() if name in environment}


class GuiCollector(QObject):
    """Python's cyclic garbage collector, moved to the GUI thread: collects from a timer, by Python's own thresholds.

    Python collects on whichever thread allocates, which is mostly the inference thread. A dialog that is part of a
    cycle would then be destroyed there, and Qt widgets must die on the GUI thread.

    A collection takes as long as what it looks through. What has lived through a full one is left out of every later
    one, and so is what comes by the hundred thousand: the cells of a case, which hold no cycles.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._was_enabled = gc.isenabled()
        self._looked_at = 0
        """How many objects are looked through by a full collection, besides those since the last one of any kind."""
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)
        self._timer.start(INTERVAL_MS)

    @Slot(object)
    def freeze(self, _: object = None) -> None:
        """Leave what exists now out of every later collection, so that one takes milliseconds: the libraries are in."""
        gc.freeze()
        self._looked_at = 0

    def stop(self) -> None:
        """Give the collector back to Python."""
        self._timer.stop()
        if self._was_enabled:
            gc.enable()

    @Slot()
    def _collect(self) -> None:
        counts = gc.get_count()
        if counts[0] > MANY_OBJECTS:
            self.freeze()
            return
        is_full = counts[2] > self._thresholds[2] or self._looked_at + counts[0] > MANY_OBJECTS
        for generation in (2, 1, 0):
            if is_full or counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                self._looked_at += counts[0]
                if generation == 2:
                    self.freeze()
                return
