"""How often persons overrule the classifier, over the cases of a folder or those that this computer knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...domain.case.case import Case
from ...errors import RbcError
from ...ports import TaskControl
from ...storage.case.case_trail import read_case
from ...storage.network_share import is_named_on_share
from ...storage.safekeeping.known_cases import known_cases
from .controlling import Overrides, overrides_of
from .validating import case_files


@dataclass(frozen=True, slots=True)
class OverrideStudy:
    """What was counted.

    Attributes:
        overrides: per month and predicted class.
        cases: how many were read.
        left_out: how many could not be.
    """

    overrides: tuple[Overrides, ...]
    cases: int
    left_out: int


def study_overrides(
    folder: Path | None, *, present: Case, present_path: Path | None, control: TaskControl
) -> OverrideStudy:
    """Count over every case in a folder, or over those on the list of recent cases with None.

    Args:
        folder: with cases, and folders with cases in it.
        present: the open case, whose file can't be read meanwhile.
        present_path: its file, None where it has none.
        control: progress and cancel, case by case.
    """
    if folder is not None:
        files = case_files([folder])
    else:
        files = [k.path for k in known_cases() if not is_named_on_share(k.path) and k.path.is_file()]
    reader = _Reader(files, control=control)
    named = {present_path} if present_path is not None else set()
    is_asked_for = folder is None or bool(named & set(files))
    overrides = overrides_of(reader.cases(present if is_asked_for else None, but=named))
    return OverrideStudy(tuple(overrides), reader.read, reader.left_out)


class _Reader:
    """Reads one case after the other, so that one is in memory at a time."""

    def __init__(self, files: Sequence[Path], *, control: TaskControl) -> None:
        self._files, self._control = files, control
        self.read = self.left_out = 0

    def cases(self, present: Case | None, *, but: set[Path]) -> Iterator[Case]:
        if present is not None and present.fields:
            self.read += 1
            yield present
        files = [file for file in self._files if file not in but]
        for done, file in enumerate(files):
            self._control.progress(done, len(files))
            try:
                case, _ = read_case(file)
            except RbcError:
                self.left_out += 1
                continue
            self.read += 1
            yield case
