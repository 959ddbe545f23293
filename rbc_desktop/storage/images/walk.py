"""Finding images in folders."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ...language import tr
from ..openable import IMAGE_SUFFIXES

_SKIPPED_FOLDERS = frozenset({"__macosx", "@eadir", "thumbs", "thumbnails", "$recycle.bin"})
_THUMBNAIL = re.compile(r"(^|[._ -])thumb(nail)?s?([._ -]|$)", re.IGNORECASE)
_DIGITS = re.compile(r"(\d+)")


def find_images(paths: Iterable[Path], *, unreadable: list[Path] | None = None) -> list[Path]:
    """The files among `paths`, and the images below the folders among them; each once.

    Files come in the order given (also those that don't exist, so that reading them says so); what a folder holds is
    sorted naturally (2 before 10). Hidden files, thumbnails and linked folders are passed over.

    Args:
        paths: files and folders.
        unreadable: gets the folders that can't be listed.
    """
    refused: list[Path] = [] if unreadable is None else unreadable
    found: dict[Path, None] = {}
    for path in paths:
        for image in images_below(path, refused) if os.path.isdir(path) else (path,):
            found.setdefault(image.absolute())
    return list(found)


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key that compares digits as numbers and letters without case."""
    parts = (part for part in _DIGITS.split(name) if part)
    return tuple((0, int(p), p) if p.isdecimal() else (1, 0, p.casefold()) for p in parts)


def images_below(folder: Path, refused: list[Path]) -> Iterator[Path]:
    """The images of a folder, then those of the folders below it, as they are found; see `find_images`.

    Args:
        folder: where to begin.
        refused: gets the folders that can't be listed.
    """

    def note(error: OSError) -> None:
        refused.append(Path(os.fsdecode(error.filename or folder)))

    for place, folders, files in os.walk(folder, onerror=note):
        folders[:] = sorted((f for f in folders if not _is_skipped_folder(f)), key=natural_key)
        for name in sorted(files, key=natural_key):
            if Path(name).suffix.lower() in IMAGE_SUFFIXES and not name.startswith(".") and not _THUMBNAIL.search(name):
                yield Path(place, name)


def _is_skipped_folder(name: str) -> bool:
    return name.startswith(".") or name.casefold() in _SKIPPED_FOLDERS


def unreadable_text(folder: Path) -> str:
    """The sentence about a folder that can't be listed."""
    return tr("The folder {folder} can't be read; ask its owner for access.", folder=folder)
