"""Who analyses files: this process, or several others with the same models. A cluster: `cluster.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ...domain.case.case import Field
from ...models.choice.choice import ModelChoice
from ...workflows.batch.file_analysis import (
    FileEvent,
    FileFailure,
    FileTask,
    HowToAnalyse,
    ImageKey,
    analyse_task,
    lost_text,
    parts_of,
)
from ...workflows.batch.task_order import Key, TaskOrder
from ...workflows.configuring import ModelsAtWork, load_pipeline

if TYPE_CHECKING:
    from ...engine.pipeline import Pipeline
    from .worker_pool import WorkerPool

KnownImages = Mapping[ImageKey, Field]
"""The fields that a run has, by their picture; grows at its end."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What the models have to say, e.g. that the device was changed."""

    text: str


@dataclass(frozen=True, slots=True)
class PartDone:
    """A region of a slide is done with."""


AnalystEvent = FileEvent | Notice | PartDone


class Analyst(Protocol):
    """Analyses files with models that are loaded."""

    @property
    def models(self) -> ModelsAtWork:
        """Which they are."""

    def analyse(self, paths: Sequence[Path], *, known: KnownImages) -> Iterator[tuple[int, AnalystEvent | None]]:
        """The number of a file and what comes of it, or None where it ends; in the order of the files.

        Raises:
            RbcError: when none of the models can work any more; every other failure costs only its file.
        """


def by_file(events: Iterable[tuple[Key, AnalystEvent | None]]) -> Iterator[tuple[int, AnalystEvent | None]]:
    """What `Analyst.analyse` hands on, from the events of files and of their parts in order."""
    parts = 0
    for (number, part), event in events:
        if event is not None:
            parts += len(parts_of(event))
            yield number, event
            continue
        if part:
            parts -= 1
            yield number, PartDone()
        if not parts:
            yield number, None


class OneProcess:
    """This process does the work."""

    def __init__(self, pipeline: Pipeline, how: HowToAnalyse) -> None:
        self._pipeline, self._how = pipeline, how
        self.models = ModelsAtWork.of(pipeline)

    def analyse(self, paths: Sequence[Path], *, known: KnownImages) -> Iterator[tuple[int, AnalystEvent | None]]:
        return by_file(self._events(paths, known))

    def _events(self, paths: Sequence[Path], known: KnownImages) -> Iterator[tuple[Key, AnalystEvent | None]]:
        order: TaskOrder[FileTask, AnalystEvent] = TaskOrder([FileTask(path) for path in paths], limit=1)
        while (key := order.begin()) is not None:
            for event in analyse_task(self._pipeline, order.task(key), how=self._how, known=known):
                order.put(key, event)
                order.divide(key, parts_of(event))
                yield from order.take()
            for notice in self._pipeline.take_notices():
                order.put(key, Notice(notice))
            order.end(key)
            yield from order.take()


class ManyProcesses:
    """Other processes do the work, one file or region a task; this one needs no models."""

    def __init__(self, pool: WorkerPool, models: ModelsAtWork) -> None:
        self._pool, self.models = pool, models

    def analyse(self, paths: Sequence[Path], *, known: KnownImages) -> Iterator[tuple[int, AnalystEvent | None]]:
        tasks = [FileTask(path) for path in paths]
        return by_file(self._pool.run(tasks, facts=known, lost=_lost, parts=parts_of))


def _lost(task: FileTask, exit_code: int | None) -> FileFailure:
    return FileFailure(lost_text(task.name, exit_code))


@dataclass(frozen=True, slots=True)
class ModelsInProcess:
    """Loads the models in a worker process (`worker_pool.Setup`).

    Attributes:
        models: which.
        how: what holds for all files.
        threads: for the libraries.
    """

    models: ModelChoice
    how: HowToAnalyse
    threads: int

    def __call__(self) -> tuple[Any, Callable[[FileTask, Sequence[ImageKey]], Iterator[AnalystEvent]]]:
        notes: list[str] = []
        pipeline = load_pipeline(notify=notes.append, models=self.models)
        import cv2
        import torch

        torch.set_num_threads(self.threads)
        cv2.setNumThreads(self.threads)

        def work(task: FileTask, facts: Sequence[ImageKey]) -> Iterator[AnalystEvent]:
            yield from analyse_task(pipeline, task, how=self.how, known=frozenset(facts))
            for notice in pipeline.take_notices():
                yield Notice(notice)

        return (ModelsAtWork.of(pipeline), tuple(notes)), work
