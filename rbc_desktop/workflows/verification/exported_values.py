"""What the comparisons of exported files with their case share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ... import __version__
from ...domain import clock
from ...domain.case.case import Case
from ...errors import CaseFileError
from ...language import Language, speak, tr
from ...reports.summary.summary import ReportContext, ReportSummary, build


@dataclass(frozen=True, slots=True)
class Difference:
    """The first value that isn't the case's.

    Attributes:
        place: how many values before it are alike.
        text: a sentence that names it.
    """

    place: int
    text: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of comparing a file: how much of it was looked at, in words, and the first difference if any."""

    extent: str
    difference: Difference | None


@contextmanager
def spoken(language: Language) -> Iterator[None]:
    """What is made meanwhile is in this language; what is said of it afterwards is not."""
    before = speak(language)
    try:
        yield
    finally:
        speak(before)


def said_otherwise(what: str, there: str, here: str) -> str:
    """The sentence about a value that differs."""
    return tr("{what}: the file says “{there}”, the case “{here}”.", what=what, there=there, here=here)


def summary_of(case: Case) -> ReportSummary:
    """What a report says now."""
    return build(case, context=ReportContext(__version__, clock.now().astimezone()))


def not_ours(path: Path) -> CaseFileError:
    """The error for a file that can't be compared."""
    return CaseFileError(
        tr(
            "{file} is no file of numbers that can be compared; give a CSV of cells or of the sample, a workbook or a"
            " PDF report that an export wrote.",
            file=path.name,
        )
    )
