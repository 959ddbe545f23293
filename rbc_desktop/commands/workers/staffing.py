"""Who is to do the work, as the command line says it, made ready."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ...models.choice.choice import ModelChoice
from ...workflows.batch.file_analysis import HowToAnalyse
from ...workflows.configuring import load_pipeline, prove_all
from .analysts import Analyst, ManyProcesses, ModelsInProcess, OneProcess


@dataclass(frozen=True, slots=True)
class Who:
    """Who analyses files, as the command line says it.

    Attributes:
        workers: processes on this machine; 1 is this process itself.
        scheduler: of a Dask cluster, ``tcp://HOST:PORT`` or ``tls://HOST:PORT``; "" for this machine.
        send: whether the cluster gets the bytes of files, and not their paths.
        at_first: how many of the processes are started before there is more to do; all when 0.
    """

    workers: int = 1
    scheduler: str = ""
    send: bool = False
    at_first: int = 0


@contextlib.contextmanager
def open_analyst(
    models: ModelChoice, *, how: HowToAnalyse, who: Who, notify: Callable[[str], None]
) -> Iterator[Analyst]:
    """Load the models, here, in so many processes, which end with the context, or on a cluster.

    Raises:
        RbcError: when that fails.
    """
    prove_all(models)
    if who.scheduler:
        from .cluster import open_cluster

        with open_cluster(who.scheduler, setup=ModelsInProcess(models, how, 1), send=who.send) as cluster:
            yield cluster
        return
    workers = who.workers
    if workers == 1:
        yield OneProcess(load_pipeline(notify=notify, models=models), how)
        return
    import os

    from .worker_pool import WorkerPool, threads_per_worker, usable_cores

    threads = threads_per_worker(workers, cores=usable_cores(), environment=os.environ.get("OMP_NUM_THREADS"))
    setup = ModelsInProcess(models, how, threads)
    with WorkerPool(workers, setup=setup, threads=threads, at_first=who.at_first) as pool:
        at_work, notes = pool.hello()
        for note in notes:
            notify(note)
        yield ManyProcesses(pool, at_work)
