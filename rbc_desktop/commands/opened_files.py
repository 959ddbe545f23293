"""Files that the system hands over: as arguments of the start, or on macOS as events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QUrl
from PySide6.QtGui import QFileOpenEvent


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
