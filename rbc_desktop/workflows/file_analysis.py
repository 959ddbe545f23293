"""From one image file to what a run keeps of it: the same in the process of the run and in others."""

from __future__ import annotations

import signal
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.calibration import Calibration
from ..domain.case import ImageFacts, printable
from ..errors import RbcError
from .analysing import FieldFindings, find_cells

if TYPE_CHECKING:
    from ..engine.pipeline import Pipeline

ImageKey = tuple[str, int]
"""What tells pictures apart: hash of the file and page in it."""


@dataclass(frozen=True, slots=True)
class HowToAnalyse:
    """What the user says for all images of a run.

    Attributes:
        calibration: the scale of all images; None for what each file states.
        incomplete: whether images that were cut off are taken, too.
    """

    calibration: Calibration | None = None
    incomplete: bool = False


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


FileEvent = FieldFindings | KnownImage | FileFailure


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

    try:
        for image in read_fields(path):
            key = image.sha256, image.page
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
