"""Which custom models have passed a trial on this computer, so that no start tries them again."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from ... import __version__
from ...files import replace_atomically
from ..paths import data_folder

FILE = "proven_models.json"
MOST = 50
"""Remembered models; the oldest are forgotten first."""


def is_proven(path: Path) -> bool:
    """Whether this very model, file for file as it is now, has passed a trial of this version."""
    return _read().get(str(path.absolute())) == _state(path)


def remember(path: Path) -> None:
    """The model has passed; a folder that can't be written to only means one more trial."""
    known = {name: state for name, state in _read().items() if name != str(path.absolute())}
    known[str(path.absolute())] = _state(path)
    latest = dict(list(known.items())[-MOST:])
    with contextlib.suppress(OSError), replace_atomically(data_folder() / FILE) as part:
        part.write_text(json.dumps(latest), encoding="utf-8")


def _read() -> dict[str, str]:
    try:
        known = json.loads((data_folder() / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return {k: v for k, v in known.items() if isinstance(v, str)} if isinstance(known, dict) else {}


def _state(path: Path) -> str:
    """Sizes and times of its files, and this version."""
    try:
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        parts = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    except OSError:
        parts = []
    return json.dumps([__version__, parts])
