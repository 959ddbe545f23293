"""One-shot background tasks for everything slow that is not inference: decoding, hashing, case files, reports.

    task = runner.submit(read_image, path, page=0)         # on the GUI thread; returns at once
    task.finished.connect(self._on_image, Qt.ConnectionType.QueuedConnection)   # a @Slot(object) method
    task.failed.connect(self._on_error, ...)

A function that wants to report progress or to be cancelled takes the keyword argument ``control``
(`ports.TaskControl`).
Signals are emitted on the worker thread: connect them to `@Slot` methods of a QObject, queued.
"""

from __future__ import annotations

import contextlib
import inspect
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QMetaObject, QObject, QRunnable, Qt, QThreadPool, QTimer, Signal, Slot
from shiboken6 import isValid

from .errors import RbcError, TaskCancelled
from .language import tr

logger = logging.getLogger(__name__)


class Task(QObject):
    """Handle of one background task; lives on the thread that submitted it.

    Signals (each carries one object):
        finished: the function's result.
        failed: an `RbcError` (its ``message`` is for the user); unexpected exceptions arrive wrapped, and logged.
        cancelled: None.
        progress: ``(done, total)`` as reported through `RunningTask`.
        ended: None, after any of the above.
    """

    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal(object)
    progress = Signal(object)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cancel = threading.Event()

    def cancel(self) -> None:
        """Ask the task to stop at its next check; its result is then dropped."""
        self._cancel.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._cancel.is_set()


class RunningTask:
    """What the running function sees of its task (`ports.TaskControl`)."""

    def __init__(self, task: Task) -> None:
        self._task = task

    def check(self) -> None:
        """Raise `TaskCancelled` when the user has asked to stop."""
        if self._task.is_cancelled:
            raise TaskCancelled

    def progress(self, done: int, total: int) -> None:
        """Report progress, and stop here when the user has asked to."""
        self.check()
        self._task.progress.emit((done, total))


class _Runnable(QRunnable):
    def __init__(self, task: Task, function: Callable[[], Any], *, over: Callable[[Task], None]) -> None:
        super().__init__()
        self._task = task
        self._function = function
        self._over = over

    def run(self) -> None:
        task = self._task
        try:
            task.finished.emit(self._function()) if not task.is_cancelled else task.cancelled.emit(None)
        except TaskCancelled:
            task.cancelled.emit(None)
        except RbcError as error:
            task.failed.emit(error)
        except Exception as error:
            logger.exception("background task failed")
            wrapped = RbcError(
                tr("Something unexpected went wrong ({value}); details are in the log.", value=type(error).__name__)
            )
            wrapped.__cause__ = error
            task.failed.emit(wrapped)
        finally:
            task.ended.emit(None)
            # Only now may the task go: deleted while it emits, it would drop the receivers that are still to come.
            with contextlib.suppress(RuntimeError):  # the runner goes too: Qt waits for this thread as it deletes it
                self._over(task)


class TaskRunner(QObject):
    """Runs tasks on its own small thread pool.

    Args:
        threads: how many run at once.
        parent: Qt parent.
    """

    _start_requested = Signal(object)
    _task_over = Signal(object)

    def __init__(self, *, threads: int = 2, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._tasks: list[Task] = []
        self._waiting: list[tuple[Task, _Runnable]] = []
        self._is_closed = False
        self._start_requested.connect(self._start, Qt.ConnectionType.QueuedConnection)
        self._task_over.connect(self._forget, Qt.ConnectionType.QueuedConnection)

    def submit(self, function: Callable[..., Any], *args: Any, after: Task | None = None, **kwargs: Any) -> Task:
        """Run ``function(*args, **kwargs)`` in the background.

        The function gets ``control`` (a `RunningTask`) when it has a parameter of that name. Connect to the returned
        task before control returns to the event loop: it starts from there, because a quick function would otherwise
        have emitted its signals before they were connected.

        Args:
            function: what runs; its arguments follow.
            after: it starts once this task of the same runner is over, however that ended.
        """
        task = Task(self)
        if "control" in inspect.signature(function).parameters:
            kwargs["control"] = RunningTask(task)
        self._tasks.append(task)
        run = _Runnable(task, lambda: function(*args, **kwargs), over=self._task_over.emit)
        if after is not None and any(task is after for task in self._tasks):
            self._waiting.append((after, run))
        else:
            self._start_requested.emit(run)
        return task

    def shutdown(self, *, timeout_ms: int = 10_000) -> bool:
        """Cancel every task and wait; False when one did not stop in time. Nothing starts any more."""
        self._is_closed = True
        for task in self._tasks:
            task.cancel()
        self._pool.clear()
        return self._pool.waitForDone(timeout_ms)

    @Slot(object)
    def _start(self, runnable: _Runnable) -> None:
        if not self._is_closed:
            self._pool.start(runnable)

    @Slot(object)
    def _forget(self, over: Task) -> None:
        self._tasks = [task for task in self._tasks if task is not over]
        for _, run in [each for each in self._waiting if each[0] is over]:
            self._start(run)
        self._waiting = [each for each in self._waiting if each[0] is not over]
        over.deleteLater()


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


class Following(QObject):
    """Keeps something worked out while somebody looks: a moment after each change, in one task at a time.

    Args:
        begin: submits the task that works it out as things are then; called on the GUI thread.
        after_ms: how long it waits for further changes.
        parent: Qt parent.
    """

    worked_out = Signal(object)
    """What a task that wasn't given up found."""

    failed = Signal(object)
    """The `RbcError` of a task."""

    def __init__(self, begin: Callable[[], Task], *, after_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._begin = begin
        self._task: Task | None = None
        self._follows = self._is_current = False
        self._changed_meanwhile = True
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(after_ms)
        self._soon.timeout.connect(self._work)

    @property
    def is_current(self) -> bool:
        """Whether nothing has changed since what was worked out last."""
        return self._is_current

    def follow(self, on: bool) -> None:
        """Keep it up to date from now on, or leave it."""
        self._follows = on
        if on and not self._is_current:
            self._work()
        elif not on:
            self._soon.stop()

    def changed(self) -> None:
        """What it is worked out from has changed."""
        self._is_current, self._changed_meanwhile = False, True
        if self._follows:
            self._soon.start()

    def start_over(self) -> None:
        """What it is worked out from is another thing: what is under way no longer counts."""
        if self._task is not None:
            self._task.cancel()
        self.changed()

    @Slot()
    def _work(self) -> None:
        if not self._follows or self._task is not None:
            return
        self._changed_meanwhile = False
        self._task = self._begin()
        queued = Qt.ConnectionType.QueuedConnection
        self._task.finished.connect(self._on_finished, queued)
        self._task.failed.connect(self.failed, queued)
        self._task.ended.connect(self._on_ended, queued)

    @Slot(object)
    def _on_finished(self, found: object) -> None:
        if self._task is not None and not self._task.is_cancelled:
            self._is_current = not self._changed_meanwhile
            self.worked_out.emit(found)

    @Slot(object)
    def _on_ended(self, _: object) -> None:
        self._task = None
        if self._changed_meanwhile:
            self._soon.start()
