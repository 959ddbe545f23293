"""Work on the GUI thread that leaves the window free to paint and to answer: a turn of the event loop at a time."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QCoreApplication, QMetaObject, QObject, QTimer, Slot
from shiboken6 import isValid


class _TurnQueue(QObject):
    """What waits for a turn of the event loop; one queue for the whole GUI thread.

    One change of the case leaves something to do in the table, on the image, in the counts: each a few milliseconds,
    and what it asks to be painted a few more. In one turn they would add up to more than a window may take.
    """

    _only: _TurnQueue | None = None

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self._waiting: deque[_Waiting] = deque()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        # A timer of 0 ms wouldn't do: Qt posts such a call, and posted calls come before everything else.
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._give)

    @classmethod
    def present(cls) -> _TurnQueue:
        """That of the application that runs."""
        if cls._only is None or not isValid(cls._only):
            cls._only = cls(QCoreApplication.instance())
        return cls._only

    @classmethod
    def is_empty(cls) -> bool:
        """Whether nobody waits."""
        return cls._only is None or not isValid(cls._only) or not cls._only.is_waiting

    @property
    def is_waiting(self) -> bool:
        """Whether somebody waits."""
        return bool(self._waiting)

    def join(self, context: QObject, verb: Callable[[], object], *, first: bool = False) -> None:
        """Have a verb called in a turn to come, unless its context is gone by then."""
        one = _Waiting(verb)
        one.gone = context.destroyed.connect(partial(self._forget, one))
        (self._waiting.appendleft if first else self._waiting.append)(one)
        if not self._timer.isActive():
            self._timer.start()

    def _forget(self, one: _Waiting) -> None:
        self._waiting.remove(one)
        if not self._waiting and isValid(self._timer):
            self._timer.stop()

    @Slot()
    def _give(self) -> None:
        one = self._waiting.popleft()
        QObject.disconnect(one.gone)
        if self._waiting:
            self._timer.start()
        one.verb()


class _Waiting:
    """Somebody who waits for a turn, and the connection that tells when they no longer do."""

    def __init__(self, verb: Callable[[], object]) -> None:
        self.verb = verb
        self.gone: QMetaObject.Connection


def in_next_turn(context: QObject, verb: Callable[[], object]) -> None:
    """Call a verb in a turn of the event loop to come, after whatever waits to be painted or typed.

    What others have so called comes in turns of its own.

    Args:
        context: without which nothing is called any more.
        verb: the slot.
    """
    _TurnQueue.present().join(context, verb)


def is_quiet() -> bool:
    """Whether nobody waits for a turn."""
    return _TurnQueue.is_empty()


class OwnTurn:
    """Work that is done once, `in_next_turn`, for as often as it was asked for.

    Args:
        context: without which nothing is done any more.
        work: it may ask again.
        is_first: it goes before all others, however long those wait.
    """

    def __init__(self, context: QObject, work: Callable[[], object], *, is_first: bool = False) -> None:
        self._context, self._work, self._is_first = context, work, is_first
        self._is_waiting = False

    @property
    def is_waiting(self) -> bool:
        """Whether the work is still to be done."""
        return self._is_waiting

    def ask(self) -> None:
        """Have the work done."""
        if not self._is_waiting:
            self._is_waiting = True
            _TurnQueue.present().join(self._context, self._do, first=self._is_first)

    def drop(self) -> None:
        """Leave it undone."""
        self._is_waiting = False

    def _do(self) -> None:
        if self._is_waiting:
            self._is_waiting = False
            self._work()


SLICE_SECONDS = 0.012
"""How long one turn of `InSlices` may take: the window must answer meanwhile."""


class InSlices(QObject):
    """Work over thousands of cells on the GUI thread, which owns them: a few milliseconds in every other turn.

    What a slice asks to be painted has the turn of the event loop that follows to itself. There is one piece of work at
    a time; another one takes its place. What ends within the first slice has ended when `run` returns.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[object] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_turn)
        self._rests = False

    @property
    def is_working(self) -> bool:
        """Whether something is left to do."""
        return self._timer.isActive()

    def run(self, steps: Iterator[object]) -> None:
        """Do this work.

        Args:
            steps: each takes well under a millisecond; one that yields True is the last of its slice.
        """
        self._steps = steps
        self._timer.start()
        self._work()

    def stop(self) -> None:
        """Leave what is left undone."""
        self._timer.stop()
        self._steps = iter(())

    @Slot()
    def _on_turn(self) -> None:
        self._rests = not self._rests
        if not self._rests:
            self._work()

    def _work(self) -> None:
        self._rests = False
        end = time.perf_counter() + SLICE_SECONDS
        steps = self._steps
        for is_last in steps:
            if is_last is True or time.perf_counter() > end:
                return
        if steps is self._steps:
            self.stop()
