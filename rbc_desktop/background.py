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
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal, Slot

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
