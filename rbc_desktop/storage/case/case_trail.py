"""A case with its audit trail, read without changing or locking anything."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from ...domain.case.audit_trail import AuditEntry, first_break
from ...domain.case.case import Case
from ...domain.case.step_names import EMPTIED
from ...errors import CaseFileError
from ...language import tr
from .audit import entries_of, first_difference
from .case_opening import Hold, open_to_read
from .case_sentences import cannot_open


@dataclass(frozen=True, slots=True)
class ReadTrail:
    """What was read.

    Attributes:
        case: the case.
        entries: the rows of its trail, oldest first.
        break_: a sentence about the first row that doesn't fit, "" when all do.
        difference: a sentence about the first object that isn't as the trail left it, "" when all are.
    """

    case: Case
    entries: tuple[AuditEntry, ...]
    break_: str
    difference: str


def read_case(path: Path) -> tuple[Case, frozenset[Path]]:
    """A case, and the images that it names by an absolute path; nothing is changed or locked.

    Raises:
        CaseFileError: when it is missing, no case file, damaged or open in a window.
    """
    hold, case = _opened(path)
    hold.let_go()
    return case, hold.absolute


def read_trail(path: Path) -> ReadTrail:
    """Read a case and compare it with its trail.

    Raises:
        CaseFileError: when it is missing, no case file, damaged or open in a window.
    """
    hold, case = _opened(path)
    try:
        entries = tuple(entries_of(hold.connection))
        broken = EMPTIED if entries[0].action == EMPTIED else first_break(entries)
        return ReadTrail(case, entries, broken, first_difference(hold.connection, entries))
    except (sqlite3.Error, ValueError) as error:
        raise CaseFileError(
            tr("The audit trail of {name} can't be read: {reason}", name=path.name, reason=error)
        ) from error
    finally:
        hold.let_go()


def _opened(path: Path) -> tuple[Hold, Case]:
    path = path.absolute()
    if not path.is_file():
        raise CaseFileError(tr("{name} doesn't exist; give a file that ends in .rbc.", name=path.name))
    try:
        return open_to_read(path)
    except CaseFileError:
        raise
    except Exception as error:  # a file from anywhere may lead anywhere; each way ends in a sentence
        raise cannot_open(path, error) from error
