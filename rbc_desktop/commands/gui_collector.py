"""Python's cyclic garbage collector, moved to the GUI thread.

Python collects on whichever thread allocates, which is mostly the inference thread. A dialog that is part of a cycle
would then be destroyed there, and Qt widgets must die on the GUI thread: the process may crash minutes after the cause.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL_MS = 1000


class GuiCollector(QObject):
    """Turns automatic collection off and collects from a timer, by Python's own thresholds."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)
        self._timer.start(INTERVAL_MS)

    @Slot(object)
    def freeze(self, _: object = None) -> None:
        """Leave what exists now out of every later collection, so that one takes milliseconds: the libraries are in."""
        gc.freeze()

    def stop(self) -> None:
        """Give the collector back to Python."""
        self._timer.stop()
        gc.enable()

    @Slot()
    def _collect(self) -> None:
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return
