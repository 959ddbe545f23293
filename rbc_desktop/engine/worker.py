"""The inference thread's side: builds the models there and runs one job at a time.

Only this object touches the segmenter, the classifier and their tensors, from building to release. The models'
packages are imported by the factories, and the pipeline with SciPy and scikit-image in `start`, so on this thread too:
the window does not wait for them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal, Slot

from .. import allocator
from ..domain.case.case import Remark
from ..domain.cells.missed_places import MissedPlace
from ..domain.geometry import Point
from ..errors import InferenceError, ModelLoadError, RbcError
from ..language import tr
from ..ports import CellClassifier, ImageLevelModel, LoadedImage, ModelFactories
from . import jobs
from .jobs import Job, Message, ReplaceModels, Ticket
from .scheduler import Scheduler

if TYPE_CHECKING:
    from ..imaging.light.stain_levels import Steps
    from .pipeline import Pipeline, PreparedField

logger = logging.getLogger(__name__)

PREFETCH_SHARE = 0.5
"""Share of the cache that tiles embedded ahead of need may fill; the rest is for tiles that were asked for."""


class Worker(QObject):
    """Lives in the inference thread; its slots are called through queued signals.

    Args:
        scheduler: shared with the facade.
        factories: called once in `start`.
        cache_bytes: bound of the embedding cache.
    """

    message = Signal(object)  # jobs.Message

    def __init__(
        self,
        scheduler: Scheduler,
        factories: ModelFactories,
        *,
        cache_bytes: int,
    ) -> None:
        super().__init__()
        self._scheduler = scheduler
        self._factories = factories
        self._cache_bytes = cache_bytes
        self._pipeline: Pipeline | None = None
        self._unavailable = ""
        self._field: tuple[int, PreparedField] | None = None
        self._searches: dict[Ticket, Iterator[list[Message]]] = {}
        self._look: tuple[Ticket, Steps[tuple[MissedPlace, ...]]] | None = None
        self._elsewhere: tuple[jobs.Elsewhere, PreparedField] | None = None
        self._retired = -1
        """Generation whose field was prepared for models that are gone; what is still asked about it is dropped."""

    @Slot()
    def start(self) -> None:
        """Build the models, prove them by one tile, and say so."""
        try:
            pipeline, seconds, notes = self._built(self._factories)
        except RbcError as error:
            self._give_up(error.message)
            return
        except Exception:
            logger.exception("the segmenter could not be built")
            self._give_up(tr("The segmentation model could not be started; details are in the log."))
            return
        pipeline.classifier, more = self._build_classifier()
        pipeline.image_level, about = self._build_image_level()
        self._adopt(pipeline, seconds, notes=(*notes, *more, *about))
        self.wake()

    @Slot()
    def wake(self) -> None:
        """Run jobs until none is left. New ones may be queued meanwhile; the wake-up that they bring is then empty."""
        if self._pipeline is None and not self._unavailable:
            return  # still building; `start` wakes again
        embedded = False
        with nullcontext() if self._pipeline is None else self._pipeline.helpers:
            while (job := self._scheduler.take()) is not None:
                self._run_safely(job)
                embedded |= isinstance(job, jobs.EmbedTile)
        if embedded:
            allocator.release()  # 40 MB that the last tiles needed, which nobody may need for minutes

    @Slot()
    def stop(self) -> None:
        """Release every model and tensor here, where they were made, and end the thread's event loop."""
        self._pipeline = None
        self._field = self._look = self._elsewhere = None
        self._searches.clear()
        QThread.currentThread().quit()

    def _built(self, factories: ModelFactories) -> tuple[Pipeline, float, tuple[str, ...]]:
        """A pipeline with the segmenter alone, its seconds per tile, and notes."""
        segmenter, notes = factories.segmenter()
        from .pipeline import Pipeline

        pipeline = Pipeline(segmenter, None, cache_bytes=self._cache_bytes)
        return pipeline, pipeline.warm_up(), notes

    def _adopt(self, pipeline: Pipeline, seconds: float, *, notes: tuple[str, ...], replaced: bool = False) -> None:
        self._pipeline = pipeline
        segmenter, classifier = pipeline.segmenter, pipeline.classifier
        name = None if classifier is None else classifier.model_id
        image_level = None if pipeline.image_level is None else pipeline.image_level.model_id
        limit = None if classifier is None else classifier.review_limit
        classes = () if classifier is None else classifier.classes
        self._send(
            jobs.EngineReady(
                segmenter.device,
                segmenter.model_id,
                name,
                seconds,
                notes,
                replaced,
                image_level,
                review_limit=limit,
                classes=classes,
            )
        )

    def _replace(self, factories: ModelFactories) -> None:
        """Switch to other models; keeps the present ones when those can't be loaded."""
        try:
            pipeline, seconds, notes = self._built(factories)
            pipeline.classifier, more = factories.classifier()
            pipeline.image_level, about = factories.image_level()
        except RbcError as error:
            self._send(jobs.ModelsRefused(error.message))
            return
        except Exception:
            logger.exception("the chosen models could not be built")
            self._send(jobs.ModelsRefused(tr("The chosen models could not be started; details are in the log.")))
            return
        if self._field is not None:
            self._retired = self._field[0]
        self._field = self._look = self._elsewhere = None
        for ticket in self._searches:  # what they found is not known here: whoever asked has to ask again
            self._scheduler.cancel(ticket)
        self._searches.clear()
        self._adopt(pipeline, seconds, notes=(*notes, *more, *about), replaced=True)

    def _build_classifier(self) -> tuple[CellClassifier | None, tuple[str, ...]]:
        try:
            return self._factories.classifier()
        except RbcError as error:
            self._send(
                jobs.Notice(tr("Cells are segmented and measured but not classified: {reason}", reason=error.message))
            )
        except Exception:
            logger.exception("the classifier could not be built")
            self._send(jobs.Notice(tr("Cells are segmented and measured but not classified; details are in the log.")))
        return None, ()

    def _build_image_level(self) -> tuple[ImageLevelModel | None, tuple[str, ...]]:
        try:
            return self._factories.image_level()
        except RbcError as error:
            self._send(jobs.Notice(tr("Fields get no image-level reading. {reason}", reason=error.message)))
        except Exception:
            logger.exception("the image-level model could not be built")
            self._send(jobs.Notice(tr("Fields get no image-level reading; details are in the log.")))
        return None, ()

    def _give_up(self, message: str) -> None:
        self._unavailable = message
        self._send(jobs.Failure(None, message))
        self.wake()

    def _run_safely(self, job: Job | ReplaceModels) -> None:
        """No exception leaves a job: an exception in a slot would end the application."""
        if isinstance(job, ReplaceModels):
            self._replace(job.factories)
            return
        if jobs.ANY_GENERATION < job.ticket.generation <= self._retired:
            return
        try:
            if self._pipeline is None:
                raise ModelLoadError(self._unavailable)
            self._dispatch(job, self._pipeline)
        except RbcError as error:
            self._searches.pop(job.ticket, None)
            self._send(jobs.Failure(job.ticket, error.message))
        except Exception:
            logger.exception("job failed: %s", type(job).__name__)
            self._searches.pop(job.ticket, None)
            self._send(jobs.Failure(job.ticket, tr("The model failed on this request; details are in the log.")))

    def _dispatch(self, job: Job, pipeline: Pipeline) -> None:  # noqa: C901 - one arm per kind
        match job:
            case jobs.PrepareField():
                self._prepare(job, pipeline)
            case jobs.Segment():
                field = self._current_field(job.ticket)
                proposal = pipeline.propose(field, job.prompts, hover=job.hover)
                self._send(jobs.ProposalReady(job.ticket, job.prompts, proposal, job.hover))
            case jobs.EmbedTile():
                # Also said of a tile that Segment all, a prompt or an earlier opening of the field has embedded.
                pipeline.embed(self._current_field(job.ticket), job.tile)
                self._send(jobs.TileReady(job.ticket, job.tile.core))
            case jobs.SegmentAll():
                self._step(job, pipeline)
            case jobs.PrepareAhead():
                pipeline.prepare_ahead(job.image, calibration=job.calibration)
            case jobs.LookForMissed():
                self._look_for_missed(job, pipeline)
            case jobs.Analyse():
                self._analyse(job, pipeline)
            case jobs.ReadImage():
                reading = pipeline.read_image(self._current_field(job.ticket), job.cells)
                if reading is not None:
                    self._send(jobs.ImageRead(job.ticket, reading))
        for note in pipeline.take_notices():
            self._send(jobs.Notice(note))

    def _prepare(self, job: jobs.PrepareField, pipeline: Pipeline) -> None:
        self._look = None
        allocator.release()  # what the last field left behind
        field = pipeline.prepare(job.image, calibration=job.calibration)
        self._field = (job.ticket.generation, field)
        ready = jobs.FieldReady(
            job.ticket, field.diameter_px, field.diameter_source, tiles=len(field.grid.tiles), view=field.view
        )
        self._send(ready)
        doubt = pipeline.scale_doubt(field)
        if doubt is not None:
            left_aside = doubt.calibration.source == "file"
            remark = Remark("scale", doubt.sentence(job.image.facts.name, left_aside=left_aside))
            self._send(jobs.FieldRemarked(job.ticket, remark, left_aside))
        middle = Point(job.image.width / 2, job.image.height / 2)
        tiles = sorted(field.grid.tiles, key=lambda tile: tile.distance_to(middle))
        for tile in tiles[: pipeline.tiles_that_fit(share=PREFETCH_SHARE)]:
            self._scheduler.submit(jobs.EmbedTile(job.ticket, tile))

    def _current_field(self, ticket: Ticket) -> PreparedField:
        if self._field is None or self._field[0] != ticket.generation:
            raise InferenceError(tr("This image could not be prepared; open it again."))
        return self._field[1]

    def _step(self, job: jobs.SegmentAll, pipeline: Pipeline) -> None:
        if job.ticket not in self._searches:
            self._searches = {t: search for t, search in self._searches.items() if self._scheduler.is_live(t)}
            self._searches[job.ticket] = self._begin_search(job, pipeline)
        messages = next(self._searches[job.ticket], None)
        for message in messages or ():
            self._send(message)
        if messages is None or not self._scheduler.submit(job):
            del self._searches[job.ticket]
            if self._opened(job.image) is None:
                pipeline.make_room(job.image, share=PREFETCH_SHARE)

    def _begin_search(self, job: jobs.SegmentAll, pipeline: Pipeline) -> Iterator[list[Message]]:
        from .background_search import search

        opened = self._opened(job.image)
        is_known = opened is not None and opened.calibration == job.calibration
        return search(pipeline, job, prepared=opened if is_known else None)

    def _opened(self, image: LoadedImage) -> PreparedField | None:
        """The open field, if this is its image."""
        return self._field[1] if self._field is not None and self._field[1].image is image else None

    def _look_for_missed(self, job: jobs.LookForMissed, pipeline: Pipeline) -> None:
        """One part of the field; the job is submitted again until the field is done."""
        if self._look is None or self._look[0] != job.ticket:
            self._look = (job.ticket, pipeline.missed_steps(self._current_field(job.ticket), job.masks))
        try:
            next(self._look[1])
        except StopIteration as end:
            self._look = None
            self._send(jobs.MissedFound(job.ticket, end.value))
            return
        if not self._scheduler.submit(job):
            self._look = None

    def _analyse(self, job: jobs.Analyse, pipeline: Pipeline) -> None:
        field = self._current_field(job.ticket) if job.elsewhere is None else self._prepared(job.elsewhere, pipeline)
        analyses = pipeline.analyse(field, job.cells, median_diameter_px=job.median_diameter_px)
        done = job.done + len(job.cells)
        self._send(jobs.AnalysesReady(job.ticket, tuple(analyses), pipeline.quality(field)))
        self._send(jobs.Progress(job.ticket, "classify", done, job.total))
        if done >= job.total:
            self._send(jobs.TaskFinished(job.ticket, "classify", job.total))

    def _prepared(self, elsewhere: jobs.Elsewhere, pipeline: Pipeline) -> PreparedField:
        """The field of a job in the background; of several only the latest is kept."""
        if self._elsewhere is None or self._elsewhere[0] is not elsewhere:
            field = pipeline.prepare(elsewhere.image, calibration=elsewhere.calibration)
            self._elsewhere = (elsewhere, field)
        return self._elsewhere[1]

    def _send(self, message: Message) -> None:
        self.message.emit(message)
