"""What a running application has begun and not finished, so that the next start can clear up after one that died.

Each process keeps one file in the user's data folder, locked for as long as it lives. A line is written before
something begins and when it has ended: a temporary file, a scratch folder, the opening of a case. A record that nobody
holds belongs to a dead process: what it had begun is orphaned.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import secrets
import shutil
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..errors import CaseFileError
from ..files import PART_ENDING, part_watchers
from .case_lock import CaseLock
from .paths import data_folder, make_private

SCRATCH_PREFIX = "rbc-"
"""How scratch folders in the system's temporary folder begin; nothing else there is ever removed."""

Kind = Literal["part", "scratch", "opening"]

_MOST_BYTES = 10_000_000

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What processes that died had begun.

    Attributes:
        removed: how many orphaned files and folders were cleared away.
        opening: cases that one of them was opening when it died.
    """

    removed: int = 0
    opening: frozenset[Path] = frozenset()


class RunRecord:
    """The record of this process. Any thread may write to it."""

    def __init__(self, path: Path, lock: CaseLock) -> None:
        """Use `begin`."""
        self._path, self._lock = path, lock
        self._file = open(path, "a", encoding="utf-8", opener=_private)  # noqa: SIM115  (open until `end`)
        self._mutex = threading.Lock()
        part_watchers.append(self._on_part)

    @classmethod
    def begin(cls) -> RunRecord:
        """Open a record for this process.

        Raises:
            OSError: when the user's data folder can't be written to.
        """
        path = _folder() / f"{os.getpid()}-{secrets.token_hex(4)}.jsonl"
        return cls(path, CaseLock.take(path))

    def note(self, kind: Kind, path: Path, *, begun: bool) -> None:
        """Something begins, or has ended; written at once. A full disk is no reason to stop the work."""
        line = json.dumps([kind, begun, os.fsencode(path).decode("latin-1")])
        with self._mutex, contextlib.suppress(OSError, ValueError):
            self._file.write(line + "\n")
            self._file.flush()

    def end(self) -> None:
        """Everything has ended."""
        part_watchers.remove(self._on_part)
        with self._mutex, contextlib.suppress(OSError):
            self._file.close()
            self._path.unlink(missing_ok=True)
        self._lock.release()

    def _on_part(self, path: Path, begun: bool) -> None:
        self.note("part", path, begun=begun)


def clear_up() -> LeftBehind:
    """Remove what dead processes left behind, and say which cases they were opening. Never raises."""
    removed, opening = 0, set()
    with contextlib.suppress(OSError):
        for path in sorted(_folder().glob("*.jsonl")):
            try:
                lock = CaseLock.take(path)
            except (CaseFileError, OSError):
                continue  # its process lives
            try:
                for kind, orphan in _unfinished(path):
                    if kind == "opening":
                        opening.add(orphan)
                    else:
                        removed += _remove(kind, orphan)
                path.unlink(missing_ok=True)
            finally:
                lock.release()
    if removed:
        _log.info("%d orphaned files were cleared away", removed)
    return LeftBehind(removed, frozenset(opening))


def _unfinished(record: Path) -> list[tuple[str, Path]]:
    """What was begun and not ended; lines that make no sense are passed over."""
    begun: dict[tuple[str, Path], None] = {}
    with contextlib.suppress(OSError), record.open("rb") as file:
        for line in file.read(_MOST_BYTES).splitlines():
            try:
                kind, has_begun, name = json.loads(line)
                key = (str(kind), Path(os.fsdecode(name.encode("latin-1"))))
            except (ValueError, TypeError, AttributeError, RecursionError):
                continue
            if has_begun:
                begun[key] = None
            else:
                begun.pop(key, None)
    return list(begun)


def _remove(kind: str, path: Path) -> int:
    """Remove an orphan if it looks like one of ours; returns how many files or folders went."""
    count = 0
    if kind == "part" and path.suffix == PART_ENDING and path.name.startswith("."):
        for ending in ("", "-journal", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                path.with_name(path.name + ending).unlink()
                count += 1
    elif kind == "scratch" and _is_scratch(path):
        shutil.rmtree(path, ignore_errors=True)
        count += 1
    return count


def _is_scratch(path: Path) -> bool:
    ours = path.parent == Path(tempfile.gettempdir()) and path.name.startswith(SCRATCH_PREFIX)
    return ours and path.is_dir() and not path.is_symlink()


def _folder() -> Path:
    return make_private(data_folder() / "running")


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
