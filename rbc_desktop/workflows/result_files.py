"""Files and folders of results: complete or not there, and one sentence where the disk refuses."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import ExportError
from ..files import fill_at_once, is_full, replace_atomically
from ..language import tr


@contextmanager
def result_file(path: Path) -> Iterator[Path]:
    """A temporary path to write to; the result is complete or not there.

    Raises:
        ExportError: when the disk refuses.
    """
    try:
        with replace_atomically(path) as temporary:
            yield temporary
    except OSError as error:
        refused = tr("{name} can't be written; close it in other programs or choose another folder.", name=path.name)
        if not os.access(path.parent, os.W_OK):
            refused = _closed(path.parent)
        raise ExportError(_full(path) if is_full(error) else refused) from error


@contextmanager
def result_folder(folder: Path, *, clear: Callable[[Path], object] = lambda _folder: None) -> Iterator[Path]:
    """A temporary folder to fill; what is in it comes into the folder at the end, or nothing does.

    Args:
        folder: made if it isn't there; other files in it stay.
        clear: called with the folder before, to take away what an earlier result left.

    Raises:
        ExportError: when the disk refuses.
    """
    try:
        with fill_at_once(folder, clear=clear) as temporary:
            yield temporary
    except OSError as error:
        raise ExportError(_full(folder) if is_full(error) else _closed(folder)) from error


def _closed(folder: Path) -> str:
    return tr("The folder {name} can't be written to; choose another folder.", name=folder.name)


def _full(path: Path) -> str:
    return tr(
        "The disk is full, so {name} was not written. Make room, or choose another folder;"
        " what was written before it is complete.",
        name=path.name,
    )
