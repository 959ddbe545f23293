"""Files and regions shared out to a Dask cluster: the application's only connection, to the scheduler it is told.

The extra ``rbc-desktop[cluster]`` brings the library; without it there is a sentence. A worker needs the same version
of this application, whose models it loads once. The client alone writes results, in the order of the files.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from ... import __version__
from ...domain.case.case import printable
from ...errors import InferenceError, RbcError, UsageError
from ...language import mark, tr
from ...workflows.analysis.analysing import FieldFindings
from ...workflows.batch.file_analysis import (
    FileFailure,
    FileTask,
    ImageKey,
    KnownImage,
    parts_of,
    region_of_slide,
    survey,
    unexpected_text,
)
from ...workflows.batch.task_order import Key, TaskOrder
from ...workflows.configuring import ModelsAtWork
from .analysts import AnalystEvent, KnownImages, ModelsInProcess, by_file

if TYPE_CHECKING:
    from distributed import Future, Worker

ADDRESS = re.compile(r"(tcp|tls)://[^\s/:]+(:\d{1,5})|(tcp|tls)://\[[0-9a-fA-F:]+\](:\d{1,5})")
"""Of a scheduler."""

CONNECT_S = 30
"""How long the scheduler may take to answer at the beginning."""

NO_WORKER_S = 60.0
"""How long a run waits for a worker to come, or to come back."""

LOOK_S = 2.0
"""Between two looks at whether there still are workers."""

AHEAD = 2
"""Tasks per thread of the cluster that are handed out before the first of them is done: more would fill the memory."""

RESUME = mark("What is done is kept; the same command with --resume continues from there.")

_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Hello:
    """What a worker says of itself.

    Attributes:
        version: of the application.
        models: that it has loaded.
    """

    version: str
    models: ModelsAtWork

    def is_like(self, other: Hello) -> bool:
        """Whether results of both belong into one run; they may use different devices."""
        device = other.models.device
        return replace(self, models=replace(self.models, device=device)) == other


@dataclass(frozen=True, slots=True)
class Job:
    """One task for a worker.

    Attributes:
        task: a file or a region, which the worker reads where it lies unless the task has its pixels.
        content: the file's bytes, for a worker that doesn't see the folder.
        setup: loads the models.
        expected: what the first worker said of itself.
        known: pictures that the run had at its beginning.
    """

    task: FileTask
    content: bytes | None
    setup: ModelsInProcess
    expected: Hello
    known: frozenset[ImageKey]


@contextlib.contextmanager
def open_cluster(address: str, *, setup: ModelsInProcess, send: bool) -> Iterator[ManyMachines]:
    """Connect to a scheduler; the connection ends with the context.

    Args:
        address: ``tcp://HOST:PORT`` or ``tls://HOST:PORT``; keys for the latter come from Dask's own configuration.
        setup: loads the models on each worker.
        send: whether workers get the bytes of files, and not their paths.

    Raises:
        UsageError: when the extra isn't installed.
        InferenceError: when there is no scheduler or no worker, or when workers differ.
    """
    try:
        import dask
        from distributed import Client
    except ImportError:
        raise UsageError(
            tr(
                "--scheduler needs the extra 'cluster': install it with pip install 'rbc-desktop[cluster]'; the"
                " folder that needs no Python doesn't have it."
            )
        ) from None
    _silence()
    quiet = {"distributed.admin.large-graph-warning-threshold": "1TiB"}  # files are sent inside their tasks
    with dask.config.set(quiet):
        try:
            client: Any = Client(  # type: ignore[no-untyped-call]
                address, timeout=CONNECT_S, direct_to_workers=False, set_as_default=False
            )
        except (OSError, TimeoutError, ValueError, RuntimeError) as error:
            raise InferenceError(
                tr(
                    "There is no scheduler at {address}; start one with dask scheduler, or check the address.",
                    address=address,
                )
            ) from error
        with client:
            threads = _wait_for_workers(client, address)
            hello = _hello_of_all(client, setup)
            yield ManyMachines(client, address, setup=setup, hello=hello, room=AHEAD * threads, send=send)


class ManyMachines:
    """Workers of a cluster do the work, one file or region a task (`analysts.Analyst`)."""

    def __init__(
        self, client: Any, address: str, *, setup: ModelsInProcess, hello: Hello, room: int, send: bool
    ) -> None:
        self._client, self._address, self._setup, self._hello = client, address, setup, hello
        self._room, self._send = room, send
        self.models = hello.models

    def analyse(self, paths: Sequence[Path], *, known: KnownImages) -> Iterator[tuple[int, AnalystEvent | None]]:
        """As `Analyst.analyse`.

        Raises:
            InferenceError: when the scheduler or all workers are gone.
        """
        return by_file(self._events(paths, known))

    def _events(self, paths: Sequence[Path], known: KnownImages) -> Iterator[tuple[Key, AnalystEvent | None]]:
        order: TaskOrder[FileTask, AnalystEvent] = TaskOrder([FileTask(path) for path in paths], limit=self._room)
        begin = functools.partial(Job, setup=self._setup, expected=self._hello)
        at_first = frozenset(known)
        under_way: dict[Future[Any], Key] = {}
        done: SimpleQueue[Future[Any]] = SimpleQueue()
        try:
            while not order.is_complete:
                while (key := order.begin()) is not None:
                    task = order.task(key)
                    facts = at_first if task.part is None else at_first & {task.part.key}
                    job = self._prepared(task, functools.partial(begin, known=facts))
                    if isinstance(job, Job):
                        future = self._client.submit(work_on, job, pure=False)
                        under_way[future] = key
                        future.add_done_callback(done.put)
                    else:
                        _keep(order, key, job)
                if under_way:
                    future = self._ended(done)
                    key = under_way.pop(future)
                    _keep(order, key, self._result(order.task(key), future))
                yield from order.take()
        finally:
            self._client.cancel(list(under_way))

    def _prepared(self, task: FileTask, begin: Callable[..., Job]) -> Job | Sequence[AnalystEvent]:
        """What a worker gets of a task; or what comes of it, where this process can tell that by itself.

        Where workers don't see the files, slides are surveyed and their regions read here.
        """
        from ...storage.slides.slide_opener import find_slide

        there = replace(task, path=task.path.absolute())
        if not self._send:
            return begin(there, None)
        try:
            if task.part is not None:
                image = None if begin(task, None).known else region_of_slide(task.path, task.part)
                return begin(replace(task, image=image), None)
            slide = find_slide(task.path)
            if slide is not None:
                with contextlib.closing(slide):
                    return list(survey(slide, self._setup.how))
            return begin(there, task.path.read_bytes())
        except RbcError as error:
            return [FileFailure(error.message)]
        except OSError as error:
            reason = error.strerror or tr("unknown reason")
            name = printable(task.path.name)
            return [FileFailure(tr("{name} can't be read: {reason}.", name=name, reason=reason))]
        except Exception as error:  # noqa: BLE001 - whatever one file leads to, the others go on
            return [FileFailure(unexpected_text(task.name, error))]

    def _ended(self, done: SimpleQueue[Future[Any]]) -> Future[Any]:
        """The next task that has ended; waits as long as somebody may be working on one.

        Raises:
            InferenceError: when the scheduler or all workers are gone.
        """
        seen = time.monotonic()
        while True:
            with contextlib.suppress(Empty):
                return done.get(timeout=LOOK_S)
            if self._client.status != "running":
                raise self._gone()
            if _threads(self._client):
                seen = time.monotonic()
            elif time.monotonic() - seen > NO_WORKER_S:
                raise InferenceError(
                    tr("No worker is left at {address}; start one. {resume}", address=self._address, resume=RESUME)
                )

    def _result(self, task: FileTask, future: Future[Any]) -> Sequence[AnalystEvent]:
        """What came of a task, whatever happened to it."""
        from distributed import KilledWorker

        try:
            events: Sequence[AnalystEvent] = future.result()
        except KilledWorker:
            sentence = mark("{name} could not be analysed: every worker that tried it died; the others go on.")
            return [FileFailure(tr(sentence, name=task.name))]
        except RbcError:
            raise
        except (CancelledError, OSError) as error:
            raise self._gone() from error
        except Exception as error:  # noqa: BLE001 - whatever one file leads to, the others go on
            return [FileFailure(unexpected_text(task.name, error))]
        return events

    def _gone(self) -> InferenceError:
        return InferenceError(
            tr("The scheduler at {address} is gone; start it again. {resume}", address=self._address, resume=RESUME)
        )


def _keep(order: TaskOrder[FileTask, AnalystEvent], key: Key, events: Sequence[AnalystEvent]) -> None:
    for event in events:
        order.put(key, event)
        order.divide(key, parts_of(event))
    order.end(key)


def _silence() -> None:
    """What goes wrong is said in sentences, and not by the libraries, which give each logger a level of its own."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("asyncio", "distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def work_on(job: Job) -> list[AnalystEvent]:
    """On a worker: what comes of one file.

    Raises:
        InferenceError: when this worker isn't like the first one.
    """
    from distributed import get_worker

    with _lock:  # the models are the process's, so of its threads one works at a time, with libraries that use them all
        hello, work = _ready(replace(job.setup, threads=get_worker().state.nthreads))
        if not hello.is_like(job.expected):
            raise InferenceError(_differing(hello, job.expected))
        task, known = job.task, tuple(job.known)
        if job.content is None:
            return list(work(task, known))
        with tempfile.TemporaryDirectory(prefix="rbc-desktop-") as folder:
            copy = Path(folder) / task.path.name
            copy.write_bytes(job.content)
            return [_renamed(event, task.path) for event in work(replace(task, path=copy), known)]


def say_hello(setup: ModelsInProcess, *, dask_worker: Worker) -> Hello | str:
    """On a worker: what it has loaded, or the sentence why it can't; Dask fills in `dask_worker` by its name."""
    try:
        with _lock:
            return _ready(replace(setup, threads=dask_worker.state.nthreads))[0]
    except RbcError as error:
        return error.message


@functools.lru_cache(1)
def _ready(setup: ModelsInProcess) -> tuple[Hello, Callable[[FileTask, Sequence[ImageKey]], Iterator[AnalystEvent]]]:
    (models, _), work = setup()
    return Hello(__version__, models), work


def _renamed(event: AnalystEvent, path: Path) -> AnalystEvent:
    """What came of a copy, as of the file that it is a copy of."""
    match event:
        case FieldFindings():
            return replace(event, field=replace(event.field, path=path))
        case KnownImage():
            return replace(event, path=path)
        case _:
            return event


def _wait_for_workers(client: Any, address: str) -> int:
    """Threads of the cluster, once there is a worker."""
    try:
        client.wait_for_workers(1, timeout=NO_WORKER_S)
    except TimeoutError:
        raise InferenceError(
            tr("There is no worker at {address}; start one with dask worker {address}.", address=address)
        ) from None
    return max(1, _threads(client))


def _threads(client: Any) -> int:
    workers: dict[str, Any] = client.scheduler_info(n_workers=-1)["workers"]
    return sum(worker["nthreads"] for worker in workers.values())


def _hello_of_all(client: Any, setup: ModelsInProcess) -> Hello:
    """What all workers say of themselves.

    Raises:
        InferenceError: when one can't work, or one isn't like the others.
    """
    try:
        answers = list(client.run(say_hello, setup).values())
    except Exception as error:
        raise InferenceError(
            tr(
                "A worker can't run RBC Desktop {version}; install the same version there with the extra 'cluster'.",
                version=__version__,
            )
        ) from error
    for answer in answers:
        if isinstance(answer, str):
            raise InferenceError(answer)
    first: Hello = answers[0]
    for answer in answers:
        if not answer.is_like(first):
            raise InferenceError(_differing(answer, first))
    return first


def _differing(one: Hello, other: Hello) -> str:
    version = mark("version {version} with {segmenter} and {classifier}")
    first, second = (
        tr(version, version=h.version, segmenter=h.models.segmenter, classifier=h.models.classifier)
        for h in (one, other)
    )
    return tr(
        "Workers differ: {first}, and {second}; install the same application and models on all of them.",
        first=first, second=second,
    )  # fmt: skip
