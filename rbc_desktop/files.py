"""Files: where the application's own lie, and how to write one so that readers see the old or the new, never half."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path


def resource_root() -> Path:
    """The folder with weights, icons, fonts, style sheets and the sample: of the frozen bundle or the checkout."""
    bundle = getattr(sys, "_MEIPASS", None)
    base = Path(bundle) if bundle else Path(__file__).resolve().parents[1]
    return base / "resources"


PART_ENDING = ".part"
SCRATCH_PREFIX = "rbc-"

temporary_watchers: list[Callable[[Path, bool], None]] = []
"""Told of each temporary file and folder before it is used (True) and after it is gone (False), so that what a killed
process leaves behind can be found; see `storage.safekeeping.run_record`."""


class ScratchFolder:
    """A folder in the system's temporary folder, for its owner only; removed with this object, or by `close`.

    Args:
        purpose: part of its name.
    """

    def __init__(self, purpose: str) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix=f"{SCRATCH_PREFIX}{purpose}-", ignore_cleanup_errors=True)
        self.path = Path(self._folder.name)
        _tell(self.path, begun=True)

    def close(self) -> None:
        """Remove it with what is in it."""
        self._folder.cleanup()
        _tell(self.path, begun=False)


def _tell(path: Path, *, begun: bool) -> None:
    for tell in temporary_watchers:
        tell(path, begun)


@contextlib.contextmanager
def replace_atomically(path: Path, *, private: bool = False) -> Iterator[Path]:
    """A temporary path beside `path` to write to; renamed over it at the end, removed if the block raises.

    The temporary file lies in the same folder, because a rename is atomic only within one file system.

    Args:
        path: what to replace.
        private: only its owner may read it.

    Raises:
        OSError: when the folder can't be written to, or the target can't be replaced (e.g. it is open elsewhere).
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:60]}.", suffix=PART_ENDING, dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    _tell(temporary, begun=True)
    try:
        yield temporary
        _flush_to_disk(temporary)
        if not private:
            _give_usual_mode(temporary)
        os.replace(temporary, path)
        _flush_folder(path.parent)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        _tell(temporary, begun=False)


@contextlib.contextmanager
def fill_at_once(folder: Path, *, clear: Callable[[Path], object] = lambda _folder: None) -> Iterator[Path]:
    """A temporary folder beside `folder` to fill; its files are moved there at the end, none if the block raises.

    What lies in subfolders is moved first, so a list of contents beside them comes when they are there.

    Args:
        folder: made if it isn't there; other files in it stay.
        clear: called with the folder before anything is moved.

    Raises:
        OSError: when the disk refuses.
    """
    temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name[:60]}.", suffix=PART_ENDING, dir=folder.parent))
    _tell(temporary, begun=True)
    try:
        yield temporary
        files = sorted((path for path in temporary.rglob("*") if path.is_file()), key=lambda p: -len(p.parts))
        for path in files:
            _flush_to_disk(path)
        folder.mkdir(parents=True, exist_ok=True)
        clear(folder)
        for path in files:
            target = folder / path.relative_to(temporary)
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, target)
        _flush_folder(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        _tell(temporary, begun=False)


def is_full(error: OSError) -> bool:
    """Whether the disk, or the account's share of it, is full."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def open_privately(name: str, flags: int) -> int:
    """Open a file that only its owner may read, for the `opener` of `open`; returns the descriptor."""
    return os.open(name, flags, 0o600)


def _flush_to_disk(path: Path) -> None:
    """Flush the bytes to the disk; after a power cut the file is then the old one or the new one."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """The new name must be on the disk too, where folders can be flushed."""
    if os.name == "posix":
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _give_usual_mode(path: Path) -> None:
    """`mkstemp` makes files that only their owner can read; a report gets the mode that any new file gets."""
    if os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        path.chmod(0o666 & ~mask)
