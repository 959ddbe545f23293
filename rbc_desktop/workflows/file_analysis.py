"""From one image file to what a run keeps of it: the same in the process of the run and in others."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.calibration import Calibration
from ..domain.case import ImageFacts, Picture, printable
from ..domain.regions import Region, whole
from ..domain.slide import SlideEntry
from ..domain.slide_areas import blocks_of
from ..errors import ImageReadError, RbcError
from ..ports import Slide
from .analysing import FieldFindings, find_cells

if TYPE_CHECKING:
    from ..engine.pipeline import Pipeline

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


FileEvent = FieldFindings | KnownImage | FileFailure | SlideEntry


def analyse_file(
    pipeline: Pipeline, path: Path, *, how: HowToAnalyse, known: Container[ImageKey]
) -> Iterator[FileEvent]:
    """What comes of each field of a file, one after the other; whatever goes wrong ends this file only.

    Args:
        pipeline: does the work.
        path: the file.
        how: what holds for all files.
        known: pictures that aren't analysed again.
    """
    from ..storage.image_reader import read_fields
    from ..storage.slides.slide_opener import find_slide

    try:
        slide = find_slide(path)
        if slide is not None:
            with contextlib.closing(slide):
                yield from _analyse_slide(pipeline, slide, how=how, known=known)
            return
        for image in read_fields(path):
            key = image.facts.picture
            if image.facts.is_incomplete and not how.incomplete:
                yield FileFailure(left_out_text(image.facts))
            elif key in known:
                yield KnownImage(key, image.path)
            else:
                yield find_cells(pipeline, image, calibration=how.calibration)
            del image  # before the next one is decoded
    except RbcError as error:
        yield FileFailure(error.message)
    except Exception as error:  # noqa: BLE001 - whatever one image leads to, the others go on
        yield FileFailure(unexpected_text(path, error))


def _analyse_slide(
    pipeline: Pipeline, slide: Slide, *, how: HowToAnalyse, known: Container[ImageKey]
) -> Iterator[FileEvent]:
    """The slide itself, then what comes of each of its regions; one that shows nothing makes no field."""
    from ..imaging.empty_field import is_blank
    from ..storage.digest import known_digest
    from ..storage.slides.slide_regions import region_image

    info = slide.info
    sha256 = known_digest(info.path)
    yield SlideEntry.of(info, number=0, sha256=sha256)
    for region in regions_of(slide, how):
        key = sha256, info.page, region
        if key in known:
            yield KnownImage(key, info.path)
            continue
        image = region_image(slide, region)
        if how.regions is not None or not is_blank(image.pixels):
            yield find_cells(pipeline, image, calibration=how.calibration)
        del image  # before the next one is decoded


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
            f"The region at {outside.x0}, {outside.y0} doesn't lie on {printable(name)} ({slide.width:,} ×"
            f" {slide.height:,} pixels); correct it in the file of regions."
        )
    return asked


def _proposed(slide: Slide, how: HowToAnalyse) -> list[Region]:
    """The regions in which a slide can be read; the same whenever it is asked."""
    from .monolayer_search import find_monolayer

    scale = how.calibration or slide.info.calibration
    diameter = None if scale is None else scale.normal_diameter_px
    found = find_monolayer(slide, diameter=diameter, target=0, control=_Unwatched())
    if not found.regions:
        raise ImageReadError(f"{printable(slide.info.path.name)}: {found.sentence}")
    return [proposed.region for proposed in found.regions]


class _Unwatched:
    """Nobody waits for progress (`ports.TaskControl`); the process itself is cancelled."""

    def check(self) -> None:
        """Go on."""

    def progress(self, done: int, total: int) -> None:
        """Go on."""


def left_out_text(image: ImageFacts) -> str:
    """The sentence about an image that was cut off, and so is not taken."""
    remedy = "copy or export it again from its source, or take it with --incomplete"
    return f"{image.only_a_part}, so it is left out; {remedy}."


def unexpected_text(path: Path, error: Exception) -> str:
    """The sentence about a failure that nobody foresaw."""
    name = printable(path.name)
    if isinstance(error, MemoryError):
        return f"There isn't enough memory to analyse {name}; close other programs or crop it."
    said = (str(error).strip().splitlines() or [""])[0][:200]
    return f"{name} could not be analysed ({type(error).__name__}{f': {said}' if said else ''}); the others go on."


def lost_text(path: Path, exit_code: int | None) -> str:
    """The sentence about a file whose process died over it.

    Args:
        path: the file.
        exit_code: as `multiprocessing.Process.exitcode`: below 0 the number of a signal.
    """
    how = _named_signal(exit_code) if exit_code is not None and exit_code < 0 else f"status {exit_code}"
    return (
        f"{printable(path.name)} could not be analysed: its process ended with {how}, as happens when memory runs out;"
        " the others go on. Try it again with --resume and fewer workers."
    )


def _named_signal(exit_code: int) -> str:
    try:
        return signal.Signals(-exit_code).name
    except ValueError:
        return f"signal {-exit_code}"
