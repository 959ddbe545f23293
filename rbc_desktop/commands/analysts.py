"""Who analyses files: this process, or several others with the same models. A cluster: `cluster.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ..domain.case import Field
from ..models.choice import ModelChoice
from ..workflows.configuring import ModelsAtWork, load_pipeline
from ..workflows.file_analysis import FileEvent, FileFailure, HowToAnalyse, ImageKey, analyse_file, lost_text

if TYPE_CHECKING:
    from ..engine.pipeline import Pipeline
    from .worker_pool import WorkerPool

KnownImages = Mapping[ImageKey, Field]
"""The fields that a run has, by their picture; grows at its end."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What the models have to say, e.g. that the device was changed."""

    text: str


AnalystEvent = FileEvent | Notice


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


class OneProcess:
    """This process does the work."""

    def __init__(self, pipeline: Pipeline, how: HowToAnalyse) -> None:
        self._pipeline, self._how = pipeline, how
        self.models = ModelsAtWork.of(pipeline)

    def analyse(self, paths: Sequence[Path], *, known: KnownImages) -> Iterator[tuple[int, AnalystEvent | None]]:
        for number, path in enumerate(paths):
            for event in analyse_file(self._pipeline, path, how=self._how, known=known):
                yield number, event
            for notice in self._pipeline.take_notices():
                yield number, Notice(notice)
            yield number, None


class ManyProcesses:
    """Other processes do the work, one file a task; this one needs no models."""

    def __init__(self, pool: WorkerPool, models: ModelsAtWork) -> None:
        self._pool, self.models = pool, models

    def analyse(self, paths: Sequence[Path], *, known: KnownImages) -> Iterator[tuple[int, AnalystEvent | None]]:
        return self._pool.run(paths, facts=known, lost=lambda path, code: FileFailure(lost_text(path, code)))


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

    def __call__(self) -> tuple[Any, Callable[[Path, Sequence[ImageKey]], Iterator[AnalystEvent]]]:
        notes: list[str] = []
        pipeline = load_pipeline(notify=notes.append, models=self.models)
        import cv2
        import torch

        torch.set_num_threads(self.threads)
        cv2.setNumThreads(self.threads)

        def work(path: Path, facts: Sequence[ImageKey]) -> Iterator[AnalystEvent]:
            yield from analyse_file(pipeline, path, how=self.how, known=frozenset(facts))
            for notice in pipeline.take_notices():
                yield Notice(notice)

        return (ModelsAtWork.of(pipeline), tuple(notes)), work
