"""Which files of a watched folder are complete: a scanner writes for seconds, and nobody says when it is done."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ...storage.images.walk import find_images

_TEMPORARY = re.compile(r"^[~.]|~$|\.(tmp|temp|part|partial|filepart|crdownload|download)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sight:
    """How a file looks without reading it.

    Attributes:
        size: bytes.
        modified_ns: time of its last change, nanoseconds.
    """

    size: int
    modified_ns: int


Sights = Mapping[Path, Sight]


@dataclass(frozen=True, slots=True)
class Watched:
    """What a watcher knows.

    Attributes:
        seen: the folder at the look before.
        done: the files that were analysed, or refused, as they were then.
    """

    seen: Sights = field(default_factory=dict)
    done: Sights = field(default_factory=dict)

    def complete(self, now: Sights) -> list[Path]:
        """The files to analyse now: as they were at the look before, not empty, and not done as they are; in order."""
        return [p for p, sight in now.items() if sight.size and self.seen.get(p) == sight != self.done.get(p)]

    def growing(self, now: Sights) -> list[Path]:
        """The files that may still be written."""
        return [p for p, sight in now.items() if not sight.size or self.seen.get(p) != sight]

    def after_look(self, now: Sights) -> Watched:
        """What is known after another look."""
        return replace(self, seen=dict(now))

    def after_analysis(self, paths: Iterable[Path]) -> Watched:
        """What is known when these files, as the last look saw them, are done."""
        return replace(self, done={**self.done, **{path: self.seen[path] for path in paths}})


def is_temporary(name: str) -> bool:
    """Whether a file name says that its file isn't complete yet, e.g. ``~scan.tif`` and ``scan.part.tif``."""
    return bool(_TEMPORARY.search(Path(name).stem))


def look(folder: Path, *, unreadable: list[Path]) -> Sights | None:
    """The images below a folder as they are now; None when the folder isn't there, as when a share went away.

    Args:
        folder: what is watched.
        unreadable: gets the folders that can't be listed.
    """
    if not os.path.isdir(folder):
        return None
    sights: dict[Path, Sight] = {}
    for path in find_images([folder], unreadable=unreadable):
        if not is_temporary(path.name):
            with contextlib.suppress(OSError):  # it was renamed or removed since
                status = path.stat()
                sights[path] = Sight(status.st_size, status.st_mtime_ns)
    return sights
