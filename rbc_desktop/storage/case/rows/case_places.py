"""How a case file names the files of its images and slides."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path, PurePath

from ..versions.schema import user_version

SLIDES_SINCE = 4
"""The version of the case file from which on slides are named, too."""


def stored_path(image: Path, *, folder: Path) -> str | bytes:
    """How a case file in `folder` names an image: relative, or absolute where no relative path exists (other drive).

    A file name that isn't valid Unicode is stored as bytes.
    """
    try:
        name = Path(os.path.relpath(image, folder)).as_posix()
    except ValueError:
        name = image.as_posix()
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(name)
    return name


def resolved_path(stored: str | bytes, *, folder: Path) -> Path:
    """The absolute path of an image that a case file in `folder` names."""
    return Path(os.path.normpath(folder / (os.fsdecode(stored) if isinstance(stored, bytes) else stored)))


def is_absolute(stored: str | bytes) -> bool:
    """Whether a path of a case file names a place by itself: from the root, on a drive, on a network share."""
    path = PurePath(os.fsdecode(stored))
    return bool(path.drive or path.root)


def absolute_images(connection: sqlite3.Connection) -> frozenset[Path]:
    """The files that are named by an absolute path: on a drive, on a network share, from the root."""
    stored = [row[0] for table in _tables(connection) for row in connection.execute(f"SELECT path FROM {table}")]
    return frozenset(Path(os.path.normpath(os.fsdecode(path))) for path in stored if is_absolute(path))


def move_paths(connection: sqlite3.Connection, *, old_folder: Path, new_folder: Path) -> None:
    """Make the image paths of a copy relative to its new folder; absolute ones, which may be asked for, stay."""
    for table in _tables(connection):
        for number, stored in connection.execute(f"SELECT id, path FROM {table}").fetchall():
            if is_absolute(stored):
                continue
            place = stored_path(resolved_path(stored, folder=old_folder), folder=new_folder)
            connection.execute(f"UPDATE {table} SET path = ? WHERE id = ?", (place, number))


def _tables(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Those that name files."""
    return ("field", "slide") if user_version(connection) >= SLIDES_SINCE else ("field",)
