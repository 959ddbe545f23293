"""What a test leaves behind: running threads, active timers and windows, each with the place where it was made."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

_OURS = f"{Path(__file__).resolve().parents[1]}{os.sep}"
_NOT_OURS = (f"{_OURS}.venv{os.sep}", __file__)
GRACE_MS = 5_000
"""How long something that is ending already may take; nothing waits when it has ended."""

_PLACE = "_made_at"
_made: list[weakref.ref[Any]] = []
"""Timers, threads and pools of Qt that Python code has made and not deleted."""

_watched: set[type] = set()


def place(frame: FrameType | None, *, most: int = 4) -> str:
    """The lines of this repository that lead to a frame, innermost first."""
    lines: list[str] = []
    while frame is not None and len(lines) < most:
        file = frame.f_code.co_filename
        if file.startswith(_OURS) and not file.startswith(_NOT_OURS):
            lines.append(f"{file.removeprefix(_OURS)}:{frame.f_lineno}")
        frame = frame.f_back
    return " < ".join(lines) or "outside the repository"


def _watch(kind: type, method: str, *, listed: bool) -> None:
    """Have each object of a class remember where this method of it was called first."""
    plain: Callable[..., None] = getattr(kind, method)

    def remembering(self: Any, *args: Any, **kwargs: Any) -> None:
        plain(self, *args, **kwargs)
        if not hasattr(self, _PLACE):
            setattr(self, _PLACE, place(sys._getframe(1)))
            if listed:
                _made.append(weakref.ref(self))

    setattr(kind, method, remembering)
    _watched.add(kind)


def watch() -> None:
    """Begin to remember where things are made, those of Qt once it is imported."""
    if threading.Thread not in _watched:
        _watch(threading.Thread, "start", listed=False)
    core, widgets = (sys.modules.get(f"PySide6.{name}") for name in ("QtCore", "QtWidgets"))
    for kind in (core.QTimer, core.QThread, core.QThreadPool) if core else ():
        if kind not in _watched:
            _watch(kind, "__init__", listed=True)
    for kind in vars(widgets).values() if widgets and widgets.QWidget not in _watched else ():
        if isinstance(kind, type) and issubclass(kind, widgets.QWidget):
            _watch(kind, "__init__", listed=False)


def collect_what_is_due() -> None:
    """Collect garbage by Python's own thresholds, while its own collector is off."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    due = [generation for generation in range(3) if counts[generation] > thresholds[generation]]
    if due:
        gc.collect(due[-1])


class Before:
    """What was there when a test began."""

    def __init__(self) -> None:
        watch()
        self._threads = set(threading.enumerate())
        self._windows = {id(window) for window in _windows()}
        self._kept = _windows()  # so that no later one gets the same id
        self._timers = {id(one) for one in _alive() if _is_busy(one)}

    def leftovers(self) -> list[str]:
        """A line for everything that has come since and is still running or there."""
        _delete_what_is_due()
        if self._found():
            gc.collect()
            _delete_what_is_due()
        return [f"{what}, made in {getattr(one, _PLACE, 'an unknown place')}" for what, one in self._found()]

    def _found(self) -> list[tuple[str, Any]]:
        threads = [one for one in threading.enumerate() if one not in self._threads and _outlives(one)]
        busy = [one for one in _alive() if id(one) not in self._timers and _is_busy(one)]
        windows = [one for one in _windows() if id(one) not in self._windows]
        return [
            *((f"thread {one.name}", one) for one in threads),
            *((f"running {type(one).__name__} {one.objectName()}".rstrip(), one) for one in busy),
            *((f"window {type(one).__name__} {one.windowTitle()!r}", one) for one in windows),
        ]


def _outlives(thread: threading.Thread) -> bool:
    """Whether a thread doesn't end. `_DummyThread` stands for one that Qt started; tqdm keeps one for its bars."""
    if isinstance(thread, threading._DummyThread) or type(thread).__name__ == "TMonitor":
        return False
    thread.join(GRACE_MS / 1000)
    return thread.is_alive()


def _alive() -> list[Any]:
    if "PySide6.QtCore" not in sys.modules:
        return []
    import shiboken6

    there = [(reference, one) for reference in _made if (one := reference()) is not None and shiboken6.isValid(one)]
    _made[:] = [reference for reference, _ in there]
    return [one for _, one in there]


def _is_busy(one: Any) -> bool:
    """Whether a timer is active, or whether a thread or pool has not come to its end in time."""
    from PySide6.QtCore import QThread, QTimer

    if isinstance(one, QTimer):
        return one.isActive()
    if isinstance(one, QThread):
        return one.isRunning() and not one.wait(GRACE_MS)
    return bool(one.activeThreadCount()) and not one.waitForDone(GRACE_MS)


def _windows() -> list[Any]:
    """Windows without a parent; Qt's own (the tip under the cursor) are not made by Python."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    return [one for one in widgets.QApplication.topLevelWidgets() if one.parent() is None and hasattr(one, _PLACE)]


def _delete_what_is_due() -> None:
    core = sys.modules.get("PySide6.QtCore")
    if core is not None and (application := core.QCoreApplication.instance()) is not None:
        application.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
        application.processEvents()
        _give_turns(application)


def _give_turns(application: Any) -> None:
    """What waits for a turn of the event loop has it, each in a millisecond or two."""
    turns = sys.modules.get("rbc_desktop.turns")
    end = time.monotonic() + GRACE_MS / 1000
    while turns is not None and not turns.is_quiet() and time.monotonic() < end:
        application.processEvents()


def let_go_of_keys() -> None:
    """Have no modifier held down any more; those of the last event that was sent are, for Qt."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets and widgets.QApplication.instance()
    if widgets and isinstance(application, widgets.QApplication) and application.keyboardModifiers().value:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        keyboard = widgets.QWidget()
        QTest.keyRelease(keyboard, Qt.Key.Key_Control)
        keyboard.deleteLater()
