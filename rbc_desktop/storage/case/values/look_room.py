"""Room for the looks of many cells: a file without a name, of which memory holds what is being compared."""

from __future__ import annotations

import contextlib
import tempfile
from typing import IO

import numpy as np

from ....domain.cells.look import LOOK_LENGTH, Looks

IN_MEMORY = 20_000
"""Looks that stay in memory: 12 MB. Those of 200,000 cells are 120 MB that hardly anybody asks for."""

_BYTES = LOOK_LENGTH * np.dtype(np.float16).itemsize


class LookRoom:
    """Takes looks one part after the other.

    The file lies in the system's temporary folder and goes with this process, however that ends. Where there is no room
    for it, memory takes its place.

    Args:
        most: how many looks may come.
    """

    def __init__(self, most: int) -> None:
        self._most, self._count = most, 0
        self._file: IO[bytes] | None = None
        if most > IN_MEMORY:
            with contextlib.suppress(OSError):
                self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed when all are taken
        self._held = None if self._file is not None else self._empty()

    def add(self, looks: Looks) -> None:
        """Take ``(n, LOOK_LENGTH)`` float16."""
        if self._file is not None:
            try:
                self._write(self._file, looks)
            except OSError:
                self._held = self._read_back(self._file)
                self._file.close()
                self._file = None
        if self._held is not None:
            self._held[self._count : self._count + len(looks)] = looks
        self._count += len(looks)

    def looks(self) -> Looks:
        """All that were taken, read only; nothing is taken any more."""
        if self._file is None or not self._count:
            held = self._empty() if self._held is None else self._held
            found = held[: self._count]
        else:
            shape = self._count, LOOK_LENGTH
            found = np.asarray(np.memmap(self._file, np.float16, "r", shape=shape))
        if self._file is not None:
            self._file.close()  # the mapping keeps what it needs
        found.setflags(write=False)
        return found

    def _empty(self) -> Looks:
        return np.zeros((self._most, LOOK_LENGTH), np.float16)

    def _write(self, file: IO[bytes], looks: Looks) -> None:
        rest = memoryview(looks.tobytes())
        while len(rest):
            rest = rest[file.write(rest) :]

    def _read_back(self, file: IO[bytes]) -> Looks:
        held = self._empty()
        file.seek(0)
        found = np.frombuffer(file.read(self._count * _BYTES), np.float16)
        held[: self._count] = found.reshape(self._count, LOOK_LENGTH)
        return held
