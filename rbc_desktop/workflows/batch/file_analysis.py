"""From one image file to what a run keeps of it: the same in the process of the run and in others."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Container, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ...domain.case.case import ImageFacts, Picture, place_name, printable
from ...domain.fields.calibration import Calibration
from ...domain.fields.regions import Region, whole
from ...domain.slides.slide import SlideEntry
from ...domain.slides.slide_areas import blocks_of
from ...errors import ImageReadError, RbcError
from ...imaging.fields.same_place import look_of
from ...language import tr
from ...ports import LoadedImage, Slide
from ..analysis.analysing import FieldFindings, find_cells
from ..cases.reading import thumbnail_of
from ..cases.same_places import places_of

if TYPE_CHECKING:
    from ...engine.pipeline import Pipeline

ImageKey = Picture
"""What tells pictures apart."""


@dataclass(frozen=True, slots=True)
class HowToAnalyse:
    """What the user says for all images of a run.

    Attributes:
        calibration: the scale of all images; None for what each file states.
        incomplete: whether images that were cut off are taken, too.
        regions: which regions of a slide, by the slide's file name, "" for every slide; None for all of it.
        monolayer: of a slide only the regions that `monolayer_search` proposes.
    """

    calibration: Calibration | None = None
    incomplete: bool = False
    regions: tuple[tuple[str, Region], ...] | None = None
    monolayer: bool = False


@dataclass(frozen=True, slots=True)
class KnownImage:
    """A picture that the run has already.

    Attributes:
        key: of the picture.
        path: of the file that was read now.
    """

    key: ImageKey
    path: Path


@dataclass(frozen=True, slots=True)
class FileFailure:
    """Why a file, or a page of it, has no result.

    Attributes:
        message: one sentence with the file's name.
    """

    message: str


@dataclass(frozen=True, slots=True)
class FileRemark:
    """What is to be known of a file that was analysed.

    Attributes:
        message: one sentence with the file's name.
    """

    message: str


@dataclass(frozen=True, slots=True)
class SlidePart:
    """A region of a slide that is analysed by itself.

    Attributes:
        region: which.
        page: of the file.
        sha256: of the file, as whoever surveyed the slide has read it: to hash it again may take longer than a region.
        version: of the file at that time; see `digest.version_of`.
    """

    region: Region
    page: int
    sha256: str
    version: tuple[int, int]

    @property
    def key(self) -> ImageKey:
        """Which picture it shows."""
        return self.sha256, self.page, self.region


@dataclass(frozen=True, slots=True)
class FileTask:
    """What is done at a time: a file, or one region of a slide.

    Attributes:
        path: of the file.
        part: the region; None for the file, of which a slide is only surveyed.
        image: the region's pixels, for a worker that doesn't see the file.
    """

    path: Path
    part: SlidePart | None = None
    image: LoadedImage | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """For sentences."""
        return printable(place_name(self.path, None if self.part is None else self.part.region))


@dataclass(frozen=True, slots=True)
class SlideSurvey:
    """A file is a slide, and these regions of it are to be analysed.

    Attributes:
        entry: the slide, as number 0.
        parts: one task per region.
    """

    entry: SlideEntry
    parts: tuple[FileTask, ...]


FileEvent = FieldFindings | KnownImage | FileFailure | FileRemark | SlideSurvey


def parts_of(event: object) -> tuple[FileTask, ...]:
    """The tasks into which a file falls, of an event of it."""
    return event.parts if isinstance(event, SlideSurvey) else ()


def analyse_task(
    pipeline: Pipeline, task: FileTask, *, how: HowToAnalyse, known: Container[ImageKey]
) -> Iterator[FileEvent]:
    """What comes of a file or a region, one event per field; whatever goes wrong ends this task only.

    A slide makes one event, its survey, whose parts are tasks of their own. A region of bare glass makes none.

    Args:
        pipeline: does the work.
        task: the file or region.
        how: what holds for all files.
        known: pictures that aren't analysed again.
    """
    from ...storage.images.image_reader import read_fields
    from ...storage.slides.slide_opener import find_slide

    path = task.path
    try:
        if task.part is not None:
            yield from _analyse_part(pipeline, task, task.part, how=how, known=known)
            return
        slide = find_slide(path)
        if slide is not None:
            with contextlib.closing(slide):
                yield from survey(slide, how)
            return
        for place in places_of(read_fields(path)):
            image = place.image
            key = image.facts.picture
            if image.facts.is_incomplete and not how.incomplete:
                yield FileFailure(left_out_text(image.facts))
            elif key in known:
                yield KnownImage(key, image.path)
            else:
                if place.text:
                    yield FileRemark(place.text)
                found = find_cells(pipeline, image, calibration=how.calibration)
                yield replace(found, look=look_of(thumbnail_of(image.pixels)))
            del image, place  # before the next one is decoded
    except RbcError as error:
        yield FileFailure(error.message)
    except Exception as error:  # noqa: BLE001 - whatever one image leads to, the others go on
        yield FileFailure(unexpected_text(task.name, error))


def _analyse_part(
    pipeline: Pipeline, task: FileTask, part: SlidePart, *, how: HowToAnalyse, known: Container[ImageKey]
) -> Iterator[FileEvent]:
    if part.key in known:
        yield KnownImage(part.key, task.path)
        return
    image = task.image or region_of_slide(task.path, part)
    found = analyse_region(pipeline, image, how=how)
    if found is not None:
        yield found


def region_of_slide(path: Path, part: SlidePart) -> LoadedImage:
    """The pixels of a part.

    Raises:
        ImageReadError: when the slide is out of reach, is another one now, or can't be read there.
    """
    from ...storage.digest import remember_digest
    from ...storage.slides.slide_regions import read_region

    remember_digest(path.absolute(), version=part.version, sha256=part.sha256)
    try:
        image = read_region(path, page=part.page, region=part.region)
    except ImageReadError as error:
        if path.exists():
            raise
        name = printable(path.name)
        raise ImageReadError(
            tr("{name} can't be reached any more; connect its drive and go on with --resume.", name=name)
        ) from error
    if image.sha256 != part.sha256:
        name = printable(path.name)
        raise ImageReadError(tr("{name} has changed since the run began; go on with --resume.", name=name))
    return image


def analyse_region(pipeline: Pipeline, image: LoadedImage, *, how: HowToAnalyse) -> FieldFindings | None:
    """What is found on a region of a slide; None where it is bare glass that nobody asked for."""
    from ...imaging.fields.empty_field import is_blank

    if how.regions is None and is_blank(image.pixels):
        return None
    return find_cells(pipeline, image, calibration=how.calibration)


def survey(slide: Slide, how: HowToAnalyse) -> Iterator[FileEvent]:
    """The slide with its parts; a failure, too, where none can be had."""
    from ...storage.digest import known_digest, version_of

    info = slide.info
    version, sha256 = version_of(info.path), known_digest(info.path)
    entry = SlideEntry.of(info, number=0, sha256=sha256)
    try:
        regions = regions_of(slide, how)
    except ImageReadError as error:
        yield SlideSurvey(entry, ())
        yield FileFailure(error.message)
        return
    yield SlideSurvey(entry, tuple(FileTask(info.path, SlidePart(r, info.page, sha256, version)) for r in regions))


def regions_of(slide: Slide, how: HowToAnalyse) -> list[Region]:
    """The regions of a slide that are analysed.

    Raises:
        ImageReadError: when one of those that were asked for doesn't lie on it, or none is proposed.
    """
    if how.monolayer:
        return _proposed(slide, how)
    if how.regions is None:
        return list(blocks_of(whole(slide)))
    name = slide.info.path.name
    asked = [region for image, region in how.regions if image in ("", name)]
    outside = next((region for region in asked if region.clipped(whole(slide)) != region), None)
    if outside is not None:
        raise ImageReadError(
            tr(
                "The region at {x0}, {y0} doesn't lie on {name} ({width:,} × {height:,} pixels); correct it in"
                " the file of regions.",
                x0=outside.x0,
                y0=outside.y0,
                name=printable(name),
                width=slide.width,
                height=slide.height,
            )
        )
    return asked


def _proposed(slide: Slide, how: HowToAnalyse) -> list[Region]:
    """The regions in which a slide can be read; the same whenever it is asked."""
    from ..slides.monolayer_search import find_monolayer

    scale = how.calibration or slide.info.calibration
    diameter = None if scale is None else scale.normal_diameter_px
    found = find_monolayer(slide, diameter=diameter, target=0, control=_Unwatched())
    if not found.regions:
        raise ImageReadError(tr("{name}: {sentence}", name=printable(slide.info.path.name), sentence=found.sentence))
    return [proposed.region for proposed in found.regions]


class _Unwatched:
    """Nobody waits for progress (`ports.TaskControl`); the process itself is cancelled."""

    def check(self) -> None:
        """Go on."""

    def progress(self, done: int, total: int) -> None:
        """Go on."""


def left_out_text(image: ImageFacts) -> str:
    """The sentence about an image that was cut off, and so is not taken."""
    return tr(
        "Only about {percent} % of {name} is there, so it is left out; copy or export it again from its source, or"
        " take it with --incomplete.",
        percent=image.complete_percent, name=image.name,
    )  # fmt: skip


def unexpected_text(name: str, error: Exception) -> str:
    """The sentence about a failure that nobody foresaw.

    Args:
        name: of the task.
        error: what happened.
    """
    if isinstance(error, MemoryError):
        return tr("There isn't enough memory to analyse {name}; close other programs or crop it.", name=name)
    said = (str(error).strip().splitlines() or [""])[0][:200]
    reason = type(error).__name__ + (f": {said}" if said else "")
    return tr("{name} could not be analysed ({reason}); the others go on.", name=name, reason=reason)


def lost_text(name: str, exit_code: int | None) -> str:
    """The sentence about a file or region over which a process died, each time it was tried.

    Args:
        name: of the task.
        exit_code: as `multiprocessing.Process.exitcode`: below 0 the number of a signal.
    """
    how = _named_signal(exit_code) if exit_code is not None and exit_code < 0 else f"status {exit_code}"
    return tr(
        "{name} could not be analysed: its process ended with {how}, as happens when memory runs out; the others go on."
        " Try it again with --resume and fewer workers.",
        name=name, how=how,
    )  # fmt: skip


def _named_signal(exit_code: int) -> str:
    try:
        return signal.Signals(-exit_code).name
    except ValueError:
        return f"signal {-exit_code}"
