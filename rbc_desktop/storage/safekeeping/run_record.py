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
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from ...errors import CaseFileError
from ...files import PART_ENDING, SCRATCH_PREFIX, open_privately, replace_atomically, temporary_watchers
from ..case.case_lock import CaseLock
from ..paths import data_folder, make_private

Kind = Literal["part", "scratch", "opening"]

_MOST_BYTES = 10_000_000

_log = logging.getLogger(__name__)


class RunRecord:
    """The record of this process. Any thread may write to it."""

    def __init__(self, path: Path, lock: CaseLock) -> None:
        """Use `begin`."""
        self._path, self._lock = path, lock
        self._file = open(path, "a", encoding="utf-8", opener=open_privately)  # noqa: SIM115  (open until `end`)
        self._mutex = threading.Lock()
        temporary_watchers.append(self._on_temporary)

    @classmethod
    def begin(cls) -> RunRecord:
        """Open a record for this process.

        Raises:
            OSError: when the user's data folder can't be written to.
        """
        path = _folder() / f"{os.getpid()}-{secrets.token_hex(4)}.jsonl"
        return cls(path, CaseLock.take(path))

    def note(self, kind: Kind, path: Path, *, begun: bool) -> None:
        """Something begins, or has ended; written at once. A full disk is ignored."""
        line = json.dumps([kind, begun, os.fsencode(path).decode("latin-1")])
        with self._mutex, contextlib.suppress(OSError, ValueError):
            self._file.write(line + "\n")
            self._file.flush()

    @contextlib.contextmanager
    def opening(self, path: Path) -> Iterator[None]:
        """A case is opened in this block; whoever dies in it was opening it."""
        self.note("opening", path, begun=True)
        try:
            yield
        finally:
            self.note("opening", path, begun=False)

    def end(self) -> None:
        """Everything has ended."""
        temporary_watchers.remove(self._on_temporary)
        with self._mutex, contextlib.suppress(OSError):
            self._file.close()
            self._path.unlink(missing_ok=True)
        self._lock.release()

    def _on_temporary(self, path: Path, begun: bool) -> None:
        self.note("part" if path.suffix == PART_ENDING else "scratch", path, begun=begun)


def clear_up() -> int:
    """Remove what dead processes left behind, and shun the cases that they were opening. Never raises.

    Returns:
        How many orphaned files and folders were removed.
    """
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
    if removed or opening:
        _log.info("%d orphaned files were removed, %d cases are shunned", removed, len(opening))
    if opening:
        _write_shunned(shunned() | opening)
    return removed


def shunned() -> frozenset[Path]:
    """Cases that a window died of while it opened them; they are not opened unasked. Never raises."""
    try:
        names = json.loads(_shun_list().read_bytes())
        return frozenset(Path(os.fsdecode(name.encode("latin-1"))) for name in names)
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return frozenset()


def trust(path: Path) -> None:
    """A case opened well after all."""
    if path in (present := shunned()):
        _write_shunned(present - {path})


def _write_shunned(paths: frozenset[Path]) -> None:
    names = sorted(os.fsencode(path).decode("latin-1") for path in paths if path.exists())
    with contextlib.suppress(OSError), replace_atomically(_shun_list(), private=True) as temporary:
        temporary.write_text(json.dumps(names), encoding="utf-8")


def _shun_list() -> Path:
    return _folder() / "shunned.json"


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
