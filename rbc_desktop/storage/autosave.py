"""Cases that nobody has saved under a name yet: they are case files too, in the user's data folder.

So nothing is lost before the first *Save as*. An unsaved case that its window left behind (crash, power cut, or simply
closed) is offered at the next start.
"""

from __future__ import annotations

import contextlib
import logging
import secrets
import time
from pathlib import Path

from ..errors import CaseFileError
from .case_file import SUFFIX, CaseFile
from .paths import data_folder

_log = logging.getLogger(__name__)


def folder() -> Path:
    """The folder of unsaved cases; exists."""
    place = data_folder() / "unsaved"
    place.mkdir(exist_ok=True)
    return place


def new_case_file() -> CaseFile:
    """An empty case file for work that has no name yet.

    Raises:
        CaseFileError: when the user's data folder can't be written to.
    """
    name = f"{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(3)}{SUFFIX}"
    return CaseFile.create(folder() / name)


def is_unsaved(path: Path) -> bool:
    """Whether this case file is one that nobody has saved under a name."""
    return path.absolute().parent == folder().absolute()


def left_over() -> Path | None:
    """The newest unsaved case that holds a field and that no window has open; empty ones are cleared away.

    Files that can't be opened are left alone.
    """
    for path in sorted(folder().glob(f"*{SUFFIX}"), reverse=True):
        try:
            case_file, case = CaseFile.open(path)
        except CaseFileError as error:
            _log.info("Unsaved case %s passed over: %s", path.name, error)
            continue
        case_file.close()
        if case.fields:
            return path
        discard(path)
    return None


def discard(path: Path) -> None:
    """Remove an unsaved case after it was saved under a name, or when the user doesn't want it. Close it first.

    Raises:
        ValueError: for a file that isn't an unsaved case; those are never removed.
    """
    if not is_unsaved(path):
        raise ValueError(f"{path.name} is not an unsaved case")
    for ending in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + ending).unlink(missing_ok=True)
