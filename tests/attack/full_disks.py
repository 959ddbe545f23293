"""Kind: a disk that is full, or nearly so, during edits and *Save as* over a case with a hot log."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

from tests.attack.case_window import RefusedError, Window
from tests.attack.child import Outcome

NAME = "full disks"
TRIES = 60

_KILOBYTES = 600


class Attack:
    """A small file system that is filled and emptied."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._disk = folder, folder / "disk"
        self._disk.mkdir()
        mount(self._disk, kilobytes=_KILOBYTES)

    def attempt(self, dice: random.Random) -> tuple[Outcome, str]:
        """Whatever doesn't fit is refused with a sentence, and both cases are whole."""
        for path in self._disk.iterdir():
            path.unlink()
        old, new, home = self._disk / "old.rbc", self._folder / "new.rbc", self._folder / "home"
        before, after = dice.choice([10, 50_000, 100_000]), dice.randrange(11, 300_000)
        with Window(home) as first:
            first.tell("create", old)
            first.tell("fill", before)  # folding its log may make the file grow
            first.kill()
        way, leave = dice.choice(["save_as", "edit"]), dice.randrange(0, 400_000)
        with Window(home) as second:
            second.tell(*(("open", old) if way == "edit" else ("create", new)))
            stuffing, sentence = fill(self._disk, leave=leave), ""
            try:
                second.tell("fill", after)
                if way != "edit":
                    second.tell(way, old)
            except RefusedError as error:
                sentence = str(error)
            stuffing.unlink()
            second.kill()
        with Window(home) as third:
            third.tell("open", old)
            found = third.tell("size")
            if way != "edit":
                third.tell("open", new)
        if sentence and "disk is full" not in sentence:
            return Outcome.LOST, sentence
        outcome = Outcome.SENTENCE if sentence else Outcome.SUCCESS
        kept = found == (before if sentence else after)
        return (
            outcome if kept else Outcome.LOST
        ), f"{way}, {leave} bytes left: {found} of {before}, {after} {sentence}"

    def close(self) -> None:
        """Take the file system away."""
        subprocess.run(["umount", "-l", str(self._disk)], check=True)


def mount(folder: Path, *, kilobytes: int) -> None:
    """A file system of this size in a folder.

    Raises:
        PermissionError: when this account may not mount.
    """
    command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k,mode=777", "tmpfs", str(folder)]
    if not sys.platform.startswith("linux") or subprocess.run(command, capture_output=True, check=False).returncode:
        raise PermissionError("needs the right to mount a file system")


def fill(disk: Path, *, leave: int = 0) -> Path:
    """Leave so many bytes free; returns the file to remove."""
    stuffing = disk / "stuffing"
    with stuffing.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            file.truncate(max(0, file.tell() - leave))
    return stuffing
