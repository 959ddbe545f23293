"""Where retrained classifiers are kept, each in a folder of its own: an old one stays when a new one comes."""

from __future__ import annotations

import re
from pathlib import Path

from ...domain.clock import now
from ..paths import data_folder


def classifiers_folder() -> Path:
    """The folder of all of them; it may not exist."""
    return data_folder() / "classifiers"


def new_folder(name: str) -> Path:
    """A folder that isn't there yet, called by day and name."""
    plain = re.sub(r"[^\w -]+", "", name).strip()[:40] or "own cells"
    start = f"{now().astimezone():%Y-%m-%d} {plain}"
    names = (start, *(f"{start} {number}" for number in range(2, 1000)))
    return next(path for each in names if not (path := classifiers_folder() / each).exists())


def retrained_classifiers() -> tuple[Path, ...]:
    """The folders that hold one, newest first."""
    try:
        found = [path for path in classifiers_folder().iterdir() if (path / "manifest.json").is_file()]
    except OSError:
        return ()
    return tuple(sorted(found, key=lambda path: path.name, reverse=True))
