"""Cases without a name: case files in the user's data folder.

So nothing is lost before the first *Save as*. An unsaved case that its window left behind (crash, power cut, or simply
closed) is offered at the next start, and all of them in *File › Open recent…*.
"""

from __future__ import annotations

import contextlib
import logging
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ...domain.case.case import Case
from ...domain.sample.sign_off import CaseState, state_of
from ...errors import CaseFileError, CaseInUseError
from ...language import tr
from ..case.case_file import SUFFIX, CaseFile
from ..paths import unsaved_folder
from . import run_record
from .run_record import RunRecord

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class UnsavedCase:
    """A case without a name.

    Attributes:
        path: its file.
        changed: local time of its last change.
        sample_id: as typed, or empty.
        state: of its report.
        fields: names of its images.
        cells: how many.
        problem: why it can't be opened now, or empty.
        is_open: because a window has it open.
    """

    path: Path
    changed: datetime
    sample_id: str = ""
    state: CaseState = "draft"
    fields: tuple[str, ...] = ()
    cells: int = 0
    problem: str = ""
    is_open: bool = False


def folder() -> Path:
    """The folder of unsaved cases; exists."""
    return unsaved_folder()


def new_case_file() -> CaseFile:
    """An empty case file for work that has no name yet.

    Raises:
        CaseFileError: when the user's data folder can't be written to.
    """
    name = f"{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(3)}{SUFFIX}"
    return CaseFile.create(folder() / name, private=True)


def is_unsaved(path: Path) -> bool:
    """Whether this case file is one without a name."""
    return path.absolute().parent == folder().absolute()


def left_over(record: RunRecord | None = None) -> Path | None:
    """The unsaved case that was changed last, holds a field and is open nowhere; empty ones are cleared away.

    Files that can't be opened are left alone, and those that a window died of are not touched (`run_record.shunned`).

    Args:
        record: notes which file is being opened.
    """
    shunned = run_record.shunned()
    for path in _newest_first():
        if path in shunned:
            continue
        try:
            case_file, case = _open(path, record)
        except CaseFileError as error:
            _log.info("An unsaved case is passed over: %s", type(error.__cause__ or error).__name__)
            continue
        case_file.close(discard=not case.fields)
        if case.fields:
            return path
    return None


def unsaved_files() -> list[tuple[Path, datetime]]:
    """Every unsaved case with the time of its last change, that of the one changed last first; opens none."""
    return [(path, datetime.fromtimestamp(_changed(path)).astimezone()) for path in _newest_first()]


def unsaved_cases(
    record: RunRecord | None = None, *, passed_over: Callable[[Path, datetime], bool] = lambda _path, _changed: False
) -> list[UnsavedCase]:
    """Every unsaved case that isn't empty, the one changed last first.

    Opens each; not for the GUI thread.

    Args:
        record: notes which file is being opened.
        passed_over: files that are not opened and left out, by path and time of their last change.
    """
    shunned = run_record.shunned()
    found = []
    for path, changed in unsaved_files():
        if passed_over(path, changed):
            continue
        if path in shunned:
            found.append(UnsavedCase(path, changed, problem=tr("The window ended while it opened this case.")))
            continue
        try:
            case_file, case = _open(path, record)
        except CaseFileError as error:
            is_open = isinstance(error, CaseInUseError)
            found.append(UnsavedCase(path, changed, problem=error.message, is_open=is_open))
            continue
        case_file.close()
        if case.fields:
            found.append(_described(path, changed, case))
    return found


def _open(path: Path, record: RunRecord | None) -> tuple[CaseFile, Case]:
    with contextlib.nullcontext() if record is None else record.opening(path):
        return CaseFile.open(path)


def discard(path: Path) -> None:
    """Remove an unsaved case that the user doesn't want.

    Raises:
        ValueError: for a file that isn't an unsaved case; those are never removed.
        CaseFileError: when it can't be opened, above all because a window has it open.
    """
    if not is_unsaved(path):
        raise ValueError(f"{path.name} is not an unsaved case")
    case_file, _ = CaseFile.open(path)
    case_file.close(discard=True)


def _described(path: Path, changed: datetime, case: Case) -> UnsavedCase:
    names = tuple(f.name for f in case.fields.values())
    return UnsavedCase(path, changed, case.identity.sample_id, state_of(case.sign_offs), names, len(case.cells))


def _newest_first() -> Iterator[Path]:
    """By the time of the last change: names carry the time of the start, by a clock that may have been set back."""
    return iter(sorted(folder().glob(f"*{SUFFIX}"), key=lambda path: (_changed(path), path.name), reverse=True))


def _changed(path: Path) -> float:
    """When file or log were last written, in seconds; 0 when the file is gone."""
    times = [0.0]
    for each in (path, path.with_name(path.name + "-wal")):
        try:
            times.append(each.stat().st_mtime)
        except OSError:
            continue
    return max(times)
