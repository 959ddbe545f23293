"""Copies of cases in a folder of the laboratory's choice: complete or not there, a bounded number, found by their name.

A copy is taken from the open case in memory, through SQLite's backup, and written beside the window's work.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import re
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ...domain.clock import now
from ...errors import CaseFileError
from ...files import replace_atomically
from ...language import tr
from ..case.audit import head_of
from ..case.case_connection import connect, transaction
from ..case.case_file import SUFFIX, CaseFile
from ..case.case_trail import read_trail
from ..case.rows.case_places import move_paths
from ..paths import unsaved_folder

MOST_PER_CASE = 3
MOST_IN_ALL = 150
APART_SECONDS = 600.0
"""The copies of a case lie so far apart, but for the newest: else three of them would be of the last three minutes."""

LONGEST_STEM = 60

_NAME = re.compile(r"(?P<stem>.*)\.(?P<key>[0-9a-f]{12})\.(?P<time>\d{8}-\d{6})\.rbc", re.DOTALL)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy.

    Attributes:
        path: its file.
        name: of the case, as its file was called.
        key: stands for the place of the case.
        time: when it was made, local.
    """

    path: Path
    name: str
    key: str
    time: datetime


def backups_in(folder: Path) -> list[Backup]:
    """The copies in a folder, newest first; opens none.

    Raises:
        OSError: when it can't be read.
    """
    found = []
    for path in folder.iterdir():
        match = _NAME.fullmatch(path.name)
        if match is None or path.is_symlink() or not path.is_file():
            continue
        with contextlib.suppress(ValueError):
            made = datetime.strptime(match["time"], "%Y%m%d-%H%M%S").astimezone()
            found.append(Backup(path, match["stem"], match["key"], made))
    return sorted(found, key=lambda each: (each.time, each.path.name), reverse=True)


def superfluous(backups: Sequence[Backup]) -> list[Backup]:
    """Those that go: too close to a newer one of their case, or beyond the bounds.

    Args:
        backups: newest first.
    """
    kept: dict[str, list[Backup]] = {}
    gone, left = [], 0
    for each in backups:
        own = kept.setdefault(each.key, [])
        is_close = len(own) > 1 and (own[-1].time - each.time).total_seconds() < APART_SECONDS
        if is_close or len(own) >= MOST_PER_CASE or left >= MOST_IN_ALL:
            gone.append(each)
        else:
            own.append(each)
            left += 1
    return gone


def write_backup(store: CaseFile, folder: Path) -> Path | None:
    """Copy the open case into a folder; returns the copy, None for a case that is closed.

    Raises:
        CaseFileError: when the folder can't be written to.
    """
    try:
        path = store.path
        copy = store.copied()
        if copy is None:
            return None
        with contextlib.closing(copy):
            folder.mkdir(parents=True, exist_ok=True)
            target = folder / f"{_stem(path)}.{_key(path)}.{now().astimezone():%Y%m%d-%H%M%S}{SUFFIX}"
            with transaction(copy):
                move_paths(copy, old_folder=path.parent, new_folder=folder)
            with replace_atomically(target, private=True) as part:
                part.write_bytes(copy.serialize())
        for each in superfluous(backups_in(folder)):
            each.path.unlink(missing_ok=True)
    except (OSError, sqlite3.Error, UnicodeError) as error:
        _log.warning("A backup could not be written: %s", type(error).__name__)
        text = tr("No backup can be written to {folder}; choose another folder in the settings.", folder=folder)
        raise CaseFileError(text) from error
    return target


def restore_backup(path: Path) -> Path:
    """Make an unsaved case of a copy, which stays; returns its file.

    Raises:
        CaseFileError: when the copy can't be read, or the user's data folder not be written to.
    """
    read_trail(path)  # with every check that a file from anywhere gets
    target = unsaved_folder() / f"{now().astimezone():%Y%m%d-%H%M%S}-{os.urandom(3).hex()}{SUFFIX}"
    try:
        with replace_atomically(target, private=True) as part:
            part.write_bytes(path.read_bytes())
            with contextlib.closing(connect(part)) as copy, transaction(copy):
                move_paths(copy, old_folder=path.parent, new_folder=target.parent)
    except (OSError, sqlite3.Error) as error:
        raise CaseFileError(
            tr("The backup can't be restored; make room on the disk of your data folder and try again.")
        ) from error
    return target


def forget_backups(folder: Path, heads: Collection[str]) -> int:
    """Remove every copy of a case, wherever it lay when it was made; returns how many.

    Args:
        folder: with the copies.
        heads: of every row of the case's trail; a copy's newest row is one of them.

    Raises:
        OSError: when a copy can't be removed.
    """
    gone = 0
    for each in backups_in(folder):
        try:
            with contextlib.closing(
                sqlite3.connect(f"{each.path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
            ) as copy:
                is_of_case = head_of(copy) in heads
        except sqlite3.Error:
            continue  # no case file: not one of ours
        if is_of_case:
            each.path.unlink()
            gone += 1
    return gone


def _stem(path: Path) -> str:
    return path.stem[:LONGEST_STEM]


def _key(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:12]
