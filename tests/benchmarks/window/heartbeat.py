"""A timer on the GUI thread that notices when the thread was busy with something else."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from rbc_desktop.ports import LoadedImage


class Heartbeat(QObject):
    """Beats at an interval; keeps the longest delay of a beat beyond it.

    The delay is what a user feels; it holds the waits for a processor that others occupy. The thread's own work
    between two beats is kept beside it: what the application is answerable for on any machine.
    """

    def __init__(self, *, interval_ms: int) -> None:
        super().__init__()
        self._interval = interval_ms / 1000
        self._last = time.perf_counter()
        self._longest = 0.0
        self._last_work = time.thread_time()
        self._longest_work = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(interval_ms)

    def stop(self) -> tuple[float, float]:
        """Stop, and return the longest delay and the most work between two beats, milliseconds."""
        self._beat()
        self._timer.stop()
        return 1000 * self._longest, 1000 * self._longest_work

    @Slot()
    def _beat(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last - self._interval)
        self._last = now
        work = time.thread_time()
        self._longest_work = max(self._longest_work, work - self._last_work)
        self._last_work = work


class Heard(QObject):
    """Remembers whether a signal that carries one object was emitted."""

    def __init__(self, signal: object) -> None:
        super().__init__()
        self.count = 0
        signal.connect(self._on_signal)  # type: ignore[attr-defined]

    @Slot(object)
    def _on_signal(self, _value: object) -> None:
        self.count += 1


def wait_until(condition: Callable[[], bool], *, timeout_s: float = 120) -> None:
    """Run the event loop until the condition holds.

    Raises:
        TimeoutError: when it doesn't in time.
    """
    end = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("the window did not get there in time")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def write_png(path: Path, image: LoadedImage) -> Path:
    """The image as a file that the window can open."""
    _, data = cv2.imencode(".png", np.ascontiguousarray(image.pixels[..., ::-1]))
    path.write_bytes(data.tobytes())
    return path
