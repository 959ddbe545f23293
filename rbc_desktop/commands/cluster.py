"""Files shared out to a Dask cluster: the only connection that the application ever opens, to the scheduler it is told.

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
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..domain.case import printable
from ..errors import InferenceError, RbcError, UsageError
from ..workflows.analysing import FieldFindings
from ..workflows.configuring import ModelsAtWork
from ..workflows.file_analysis import FileFailure, ImageKey, KnownImage, unexpected_text
from .analysts import AnalystEvent, KnownImages, ModelsInProcess

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
"""Files per thread of the cluster that are handed out before the first of them is done: more would fill its memory."""

RESUME = "What is done is kept; the same command with --resume continues from there."

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
    """One file for a worker.

    Attributes:
        path: of the file; the worker reads it there unless `content` is given.
        content: its bytes, for a worker that doesn't see the folder.
        setup: loads the models.
        expected: what the first worker said of itself.
        known: pictures that the run had at its beginning.
    """

    path: Path
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
            "--scheduler needs the extra 'cluster': install it with pip install 'rbc-desktop[cluster]'; the folder that"
            " needs no Python doesn't have it."
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
                f"There is no scheduler at {address}; start one with dask scheduler, or check the address."
            ) from error
        with client:
            threads = _wait_for_workers(client, address)
            hello = _hello_of_all(client, setup)
            yield ManyMachines(client, address, setup=setup, hello=hello, room=AHEAD * threads, send=send)


class ManyMachines:
    """Workers of a cluster do the work, one file a task (`analysts.Analyst`)."""

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
        begin = functools.partial(Job, setup=self._setup, expected=self._hello, known=frozenset(known))
        under_way: deque[tuple[int, Future[Any] | FileFailure]] = deque()
        waiting = iter(enumerate(paths))
        try:
            while True:
                for number, path in waiting:
                    under_way.append((number, self._handed_out(path, begin)))
                    if len(under_way) >= self._room:
                        break
                if not under_way:
                    return
                number, future = under_way.popleft()
                for event in self._events(paths[number], future):
                    yield number, event
                yield number, None
        finally:
            self._client.cancel([f for _, f in under_way if not isinstance(f, FileFailure)])

    def _handed_out(self, path: Path, begin: Callable[..., Job]) -> Future[Any] | FileFailure:
        try:
            content = path.read_bytes() if self._send else None
        except OSError as error:
            return FileFailure(f"{printable(path.name)} can't be read: {error.strerror or 'unknown reason'}.")
        future: Future[Any] = self._client.submit(work_on, begin(path.absolute(), content), pure=False)
        return future

    def _events(self, path: Path, future: Future[Any] | FileFailure) -> Sequence[AnalystEvent]:
        """What came of a file, whatever happens to it."""
        from distributed import KilledWorker

        if isinstance(future, FileFailure):
            return [future]
        try:
            return self._result(future)
        except KilledWorker:
            name = printable(path.name)
            return [FileFailure(f"{name} could not be analysed: every worker that tried it died; the others go on.")]
        except RbcError:
            raise
        except (CancelledError, OSError) as error:  # so ends a future whose scheduler is gone
            raise InferenceError(f"The scheduler at {self._address} is gone; start it again. {RESUME}") from error
        except Exception as error:  # noqa: BLE001 - whatever one file leads to, the others go on
            return [FileFailure(unexpected_text(path, error))]

    def _result(self, future: Future[Any]) -> Sequence[AnalystEvent]:
        """Wait for a result as long as somebody may be working on it."""
        seen = time.monotonic()
        while True:
            try:
                events: Sequence[AnalystEvent] = future.result(timeout=LOOK_S)
            except TimeoutError:
                if self._client.status != "running":
                    raise ConnectionError(self._client.status) from None
                if _threads(self._client):
                    seen = time.monotonic()
                elif time.monotonic() - seen > NO_WORKER_S:
                    raise InferenceError(f"No worker is left at {self._address}; start one. {RESUME}") from None
            else:
                return events


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
        if job.content is None:
            return list(work(job.path, tuple(job.known)))
        with tempfile.TemporaryDirectory(prefix="rbc-desktop-") as folder:
            copy = Path(folder) / job.path.name
            copy.write_bytes(job.content)
            return [_renamed(event, job.path) for event in work(copy, tuple(job.known))]


def say_hello(setup: ModelsInProcess, *, dask_worker: Worker) -> Hello | str:
    """On a worker: what it has loaded, or the sentence why it can't; Dask fills in `dask_worker` by its name."""
    try:
        with _lock:
            return _ready(replace(setup, threads=dask_worker.state.nthreads))[0]
    except RbcError as error:
        return error.message


@functools.lru_cache(1)
def _ready(setup: ModelsInProcess) -> tuple[Hello, Callable[[Path, Sequence[ImageKey]], Iterator[AnalystEvent]]]:
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
        raise InferenceError(f"There is no worker at {address}; start one with dask worker {address}.") from None
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
            f"A worker can't run RBC Desktop {__version__}; install the same version there with the extra 'cluster'."
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
    names = [f"version {h.version} with {h.models.segmenter} and {h.models.classifier}" for h in (one, other)]
    return f"Workers differ: {names[0]}, and {names[1]}; install the same application and models on all of them."
