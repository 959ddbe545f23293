"""Work on another thread for which the window waits, though it goes on being painted."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent

T = TypeVar("T")

_FRAME_SECONDS = 0.016
"""How often the window is painted meanwhile."""


def while_painting(work: Callable[[], T]) -> T:
    """What the work returns or raises.

    Meanwhile the window paints what it has to, and nothing else happens: no key, no click, no timer and no answer of
    another thread comes between a change and its effect in memory.

    Args:
        work: reads only what painting doesn't change.
    """
    with ThreadPoolExecutor(1) as other:
        done = other.submit(work)
        while not wait((done,), _FRAME_SECONDS).done:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)
        return done.result()
