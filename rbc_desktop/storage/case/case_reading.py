"""Reading a case to look at it: nothing of its file changes, and nothing is held."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ...domain.case.case import Case
from ...errors import CaseFileError
from .case_opening import open_to_read
from .case_sentences import cannot_open


@dataclass(frozen=True, slots=True, eq=False)
class ReadCase:
    """A case that was read.

    Attributes:
        path: of its file.
        case: what is in it.
        absolute: files that it names by an absolute path; see `image_places`.
    """

    path: Path
    case: Case
    absolute: frozenset[Path]


def read_case(path: Path) -> ReadCase:
    """Read a case file through a copy.

    Raises:
        CaseFileError: when it is missing, no case file, damaged or open in a window.
    """
    path = path.absolute()
    try:
        hold, case = open_to_read(path)
    except CaseFileError:
        raise
    except Exception as error:  # a file from anywhere may lead anywhere; each way ends in a sentence
        raise cannot_open(path, error) from error
    hold.let_go()
    return ReadCase(path, case, hold.absolute)
