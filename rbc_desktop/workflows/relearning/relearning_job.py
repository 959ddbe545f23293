"""Retraining the classifier in a process of its own at low priority, so that the window goes on."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ...errors import ImageReadError, RbcError, RelearnError
from ...files import resource_root
from ...language import FOR_ANOTHER, listed, mark, speak, tr
from ...models.relearning.lab_fields import LabField
from ...models.relearning.relearning_result import Relearnt
from ...phrases import joined, told
from ...ports import TaskControl

MEASURE, LEARN = 60, 40
"""Shares of the progress, in hundredths; on drawn fields measuring takes the larger part."""

POLL_S = 0.2
"""How soon a wish to stop is seen."""

DIED = mark("Retraining ended by itself, for want of memory perhaps; close other programs, or choose fewer cases.")


@dataclass(frozen=True, slots=True)
class RelearnRequest:
    """What is to be learnt.

    Attributes:
        fields: reviewed cells, and where their images lie.
        out: folder for manifest and boosters.
        name: what reports call the result, after the version.
    """

    fields: tuple[LabField, ...]
    out: Path
    name: str


@dataclass(frozen=True, slots=True)
class _Step:
    done: int


@dataclass(frozen=True, slots=True)
class _Refused:
    message: str


def relearn_elsewhere(request: RelearnRequest, *, control: TaskControl) -> Relearnt:
    """Retrain in another process; progress and cancel go through `control`, in hundredths.

    Raises:
        RelearnError: when it is refused, or the process ends without an answer.
        TaskCancelled: when the user asked to stop; the process is gone then.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(there, request), daemon=True)
    process.start()
    there.close()
    try:
        while True:
            control.check()
            if not here.poll(POLL_S):
                continue
            message = here.recv()
            if isinstance(message, _Step):
                control.progress(message.done, 100)
            elif isinstance(message, _Refused):
                raise RelearnError(told(message.message))
            elif isinstance(message, Relearnt):
                return message
    except (EOFError, OSError) as error:
        raise RelearnError(tr(DIED)) from error
    finally:
        here.close()
        process.kill()
        process.join()
        process.close()


def _serve(there: Connection, request: RelearnRequest) -> None:
    """In the other process: answer with steps, then with what was learnt or why nothing was."""
    speak(FOR_ANOTHER)
    lower_priority()
    try:
        there.send(relearn_here(request, step=lambda done: there.send(_Step(done))))
    except RbcError as error:
        there.send(_Refused(error.message))
    except OSError as error:
        place = error.filename or request.out
        there.send(
            _Refused(tr("{place} can't be read or written; make room or ask for access, then try again.", place=place))
        )
    except MemoryError:
        there.send(_Refused(DIED))


def left_out_text(unread: Sequence[str]) -> str:
    """Which images nothing could be learnt from, by name; "" for none."""
    if not unread:
        return ""
    return tr(
        "Left out, because the image can't be read or has changed since its cells were outlined: {names}.",
        names=listed(unread),
    )


def relearn_here(request: RelearnRequest, *, step: Callable[[int], None]) -> Relearnt:
    """Retrain in this process; fields whose images can't be had are left out.

    Args:
        request: what.
        step: called with the hundredths that are done.

    Raises:
        RelearnError, ModelLoadError: when it can't be done.
        OSError: when the folder can't be written to.
    """
    from ...models import native

    native.load()
    from ...models.relearning.lab_table import lab_table
    from ...models.relearning.relearning import load_base, relearn

    unread: list[LabField] = []

    def pixels(field: LabField) -> NDArray[np.uint8] | None:
        rgb = read_pixels(field)
        if rgb is None:
            unread.append(field)
        return rgb

    base = load_base(resource_root() / "weights")
    table = lab_table(request.fields, pixels=pixels, progress=lambda done, total: step(done * MEASURE // max(1, total)))
    names = tuple(dict.fromkeys(field.image.name for field in unread))
    try:
        made = relearn(
            table, request.out, base=base, name=request.name, fields=len(request.fields) - len(unread),
            progress=lambda done, total: step(MEASURE + done * LEARN // max(1, total)),
        )  # fmt: skip
    except RelearnError as error:
        raise RelearnError(joined(" ", (left_out_text(names), error.message))) from error
    return replace(made, unread=names)


def read_pixels(field: LabField) -> NDArray[np.uint8] | None:
    """Pixels of a field, ``(H, W, 3)`` uint8 RGB; None when they can't be read or aren't those of its cells."""
    from ...storage.images.image_reader import read_image

    try:
        image = read_image(field.image, page=field.page, region=field.region)
    except ImageReadError:
        return None
    return image.pixels if image.sha256 == field.sha256 else None


def lower_priority() -> None:
    """Let this process give way to everything else that wants to run."""
    if sys.platform == "win32":
        import ctypes

        below_normal = 0x4000
        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), below_normal)
    else:
        os.nice(15)
