"""Processes on this machine that share out tasks and parts of tasks; results come in the order of the tasks.

Each process is started anew (spawn), so that the pool works in the frozen program and beside threads, and answers
through a pipe of its own: one that dies costs its task a second try and nothing else. A process whose results
nobody takes yet waits in its pipe, which bounds memory.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Any, Protocol, Self

from ...allocator import give_back_freed
from ...errors import InferenceError, RbcError
from ...language import FOR_ANOTHER, speak, tr
from ...workflows.batch.task_order import Key, TaskOrder

AHEAD = 2
"""Results that may wait besides one per process while an earlier task is still worked on."""

TRIES = 2
"""How often a task is begun whose process dies: memory may have been short for a moment only."""

END_S = 5.0
"""How long a process may take to end after it was told to."""

Work = Callable[[Any, Sequence[Any]], Iterable[Any]]
"""What a process does with a task and the facts that are new to it; one event after the other comes of it."""


class Setup(Protocol):
    """Makes a process able to work; it is pickled into the process, and called there once."""

    def __call__(self) -> tuple[Any, Work]:
        """What the process says of itself when it is ready, and its work.

        Raises:
            RbcError: when it can't work.
        """


@dataclass(frozen=True, slots=True)
class _Ready:
    hello: Any


@dataclass(frozen=True, slots=True)
class _Refused:
    message: str


@dataclass(frozen=True, slots=True)
class _Done:
    pass


@dataclass(slots=True)
class _Worker:
    """A process as its parent sees it.

    Attributes:
        process, connection: it and the way to it.
        is_ready: whether it can work.
        task: what it works on, None while it is idle.
        said: how many events it has sent of that.
        told: how many facts it knows.
    """

    process: SpawnProcess
    connection: Connection
    is_ready: bool = False
    task: Key | None = None
    said: int = 0
    told: int = 0


@dataclass(slots=True)
class _Run:
    """The tasks of one run.

    Attributes:
        order: what is next, and what waits.
        lost: the event for a task that is given up, of the task and the exit code of its process.
        parts: the tasks into which one falls, of an event of it.
        heard: of a task over which a process has died, how many events each try has sent.
    """

    order: TaskOrder[Any, Any]
    lost: Callable[[Any, int | None], Any]
    parts: Callable[[Any], Sequence[Any]]
    heard: dict[Key, list[int]] = field(default_factory=dict)

    def hear(self, worker: _Worker, key: Key, event: Any) -> None:
        """An event of a task. What a try before has said is the same, and was taken already."""
        worker.said += 1
        if worker.said <= max(self.heard.get(key, (0,))):
            return
        self.order.put(key, event)
        self.order.divide(key, self.parts(event))

    def end(self, key: Key) -> None:
        """A task is done."""
        self.heard.pop(key, None)
        self.order.end(key)

    def lose(self, worker: _Worker, key: Key) -> None:
        """A process has died over a task: it begins anew, or is given up."""
        tries = self.heard.setdefault(key, [])
        tries.append(worker.said)
        if len(tries) < TRIES:
            self.order.give_back(key)
            return
        self.order.put(key, self.lost(self.order.task(key), worker.process.exitcode))
        self.end(key)


def undivided(_: Any) -> Sequence[Any]:
    """No event divides its task."""
    return ()


class WorkerPool:
    """So many processes; a context manager, which ends them.

    Args:
        workers: how many at most.
        setup: what each calls first.
        threads: how many threads the libraries in each may use.
        at_first: how many are started now; the others when there is work for them. All when 0.
    """

    def __init__(self, workers: int, *, setup: Setup, threads: int, at_first: int = 0) -> None:
        self._setup, self._threads = setup, threads
        self._room = workers + AHEAD
        self._workers: list[_Worker] = []
        self._refusal = ""
        at_first = min(at_first, workers) or workers
        self._more = workers - at_first
        try:
            for _ in range(at_first):
                self._workers.append(self._started())
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every process, whatever it does."""
        for worker in self._workers:
            worker.connection.close()
            worker.process.terminate()
        for worker in self._workers:
            _joined(worker.process)
        self._workers.clear()

    def hello(self) -> Any:
        """What the first process that is ready says of itself.

        Raises:
            RbcError: when no process can work.
        """
        while True:
            waiting = [w for w in self._workers if not w.is_ready]
            for worker in _speaking(waiting):
                message = self._received(worker)
                if isinstance(message, _Ready):
                    worker.is_ready = True
                    return message.hello
            self._check_alive()

    def run(
        self,
        tasks: Sequence[Any],
        *,
        facts: Iterable[Any],
        lost: Callable[[Any, int | None], Any],
        parts: Callable[[Any], Sequence[Any]] = undivided,
    ) -> Iterator[tuple[Key, Any]]:
        """Work on tasks; the key of a task and an event of it, or None where it ends, in the order of the tasks.

        Args:
            tasks: what to do.
            facts: what a process should know when it begins a task; may grow at its end meanwhile.
            lost: the event for a task over which a process has died twice, of the task and the process's exit code.
            parts: the tasks into which a task falls, of an event of it; they are shared out, too.

        Raises:
            RbcError: when no process is left that can work.
        """
        run = _Run(TaskOrder(tasks, limit=self._room), lost, parts)
        order = run.order
        self._begin_anew()
        while not order.is_complete:
            self._hand_out(order, facts)
            heard = [w for w in self._workers if w.task is None or order.accepts(w.task)]
            for worker in _speaking(heard):
                if worker.task is None or order.accepts(worker.task):
                    self._hear(worker, run)
            if order.pending:
                self._check_alive()
            yield from order.take()

    def _begin_anew(self) -> None:
        """Leave behind what a run before didn't finish."""
        for worker in list(self._workers):
            worker.told = 0
            if worker.task is not None:
                worker.process.terminate()
                self._replace(worker)

    def _hand_out(self, order: TaskOrder[Any, Any], facts: Iterable[Any]) -> None:
        for worker in list(self._workers):
            if worker.is_ready and worker.task is None and (key := order.begin()) is not None:
                news = list(islice(facts, worker.told, None))
                try:
                    worker.connection.send((order.task(key), worker.told, news))
                except OSError:  # it died while it was idle
                    order.give_back(key)
                    self._replace(worker)
                    continue
                worker.told += len(news)
                worker.task, worker.said = key, 0
        coming = sum(not worker.is_ready for worker in self._workers)
        for _ in range(min(self._more, order.pending - coming) if order.may_begin() else 0):
            self._more -= 1
            self._workers.append(self._started())

    def _hear(self, worker: _Worker, run: _Run) -> None:
        """Take one message of a process."""
        key, message = worker.task, self._received(worker)
        if isinstance(message, _Ready):
            worker.is_ready = True
        elif key is None:
            return
        elif message is None:
            run.lose(worker, key)
        elif isinstance(message, _Done):
            worker.task = None
            run.end(key)
        else:
            run.hear(worker, key, message)

    def _received(self, worker: _Worker) -> Any:
        """The next message of a process; None when there won't be any, and then the process has been replaced."""
        try:
            message = worker.connection.recv()
        except (EOFError, OSError):  # the latter in the middle of a message
            message = None
        if message is None or isinstance(message, _Refused):
            self._refusal = message.message if message else self._refusal
            self._replace(worker)
            return None
        return message

    def _replace(self, worker: _Worker) -> None:
        """Let a dead process go; one that had been able to work gets a successor."""
        self._workers.remove(worker)
        worker.connection.close()
        _joined(worker.process)
        if worker.is_ready:
            self._workers.append(self._started())

    def _check_alive(self) -> None:
        if not self._workers:
            raise InferenceError(
                self._refusal
                or tr("No worker process could be started; close other programs, or give fewer --workers.")
            )

    def _started(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=_serve, args=(there, self._setup), daemon=True)
        with _threads_of_children(self._threads), _no_interrupt_for_children():
            process.start()
        there.close()
        return _Worker(process, here)


def threads_per_worker(workers: int, *, cores: int, environment: str | None) -> int:
    """Threads for the libraries of each process, so that all together use every core once.

    Args:
        workers: how many processes.
        cores: that this process may use.
        environment: value of ``OMP_NUM_THREADS``, which is never exceeded.
    """
    share = max(1, cores // workers)
    wanted = int(environment) if environment and environment.isdecimal() else 0
    return min(share, wanted) if wanted else share


def usable_cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _speaking(workers: Sequence[_Worker]) -> list[_Worker]:
    """Those that have said something or have ended; waits until there is one."""
    ready = set(map(id, wait([w.connection for w in workers]))) if workers else set()
    return [w for w in workers if id(w.connection) in ready]


def _joined(process: SpawnProcess) -> None:
    process.join(END_S)
    if process.exitcode is None:
        process.kill()
        process.join()


@contextlib.contextmanager
def _threads_of_children(threads: int) -> Iterator[None]:
    """What is started meanwhile finds the number in its environment: libraries read it as they are loaded."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, str(threads)))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextlib.contextmanager
def _no_interrupt_for_children() -> Iterator[None]:
    """What is started meanwhile doesn't hear Ctrl+C, which goes to the whole group; its parent ends it."""
    if sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # its own start would undo the mask
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(connection: Connection, setup: Setup) -> None:
    """In the process: get ready, then task after task until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    give_back_freed()
    speak(FOR_ANOTHER)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        try:
            hello, work = setup()
        except RbcError as error:
            connection.send(_Refused(error.message))
            return
        except MemoryError:
            connection.send(_Refused(tr("There isn't enough memory for a worker process; close other programs.")))
            return
        connection.send(_Ready(hello))
        facts: list[Any] = []
        while True:
            task, start, news = connection.recv()
            facts[start:] = news
            for event in work(task, facts):
                connection.send(event)
            connection.send(_Done())
