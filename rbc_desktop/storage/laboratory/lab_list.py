"""Lists that a laboratory keeps beside the settings: small JSON files whose entries are checked one by one.

Computers share a list by a file that one of them exports. It is the same file with a check, the SHA-256 of its entries:
one that was cut short or changed on its way would move limits and bands, and is refused.
"""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from ...errors import LabListError, UnreadableListError
from ...files import replace_atomically
from ...language import tr

Entries = TypeVar("Entries")


@dataclass(frozen=True, slots=True)
class ListKind:
    """One kind of list.

    Attributes:
        format: names the kind in the file.
        version: of its entries; a newer one is refused.
        most_bytes: what is larger is no such file.
    """

    format: str
    version: int = 1
    most_bytes: int = 5_000_000


def read_list(kind: ListKind, path: Path) -> list[Any]:
    """The entries as they stand in the file; no file is an empty list.

    Raises:
        UnreadableListError: when it can't be read as such a list.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > kind.most_bytes:
            raise ValueError("no list")
        content = json.loads(path.read_text(encoding="utf-8-sig"))
        if not isinstance(content, dict) or content.get("format") != kind.format:
            raise ValueError("another format")
        version, entries = content.get("version"), content.get("entries")
        if type(version) is not int or version < 1 or not isinstance(entries, list):
            raise ValueError("no entries")
        if content.get("check", check_of(entries)) != check_of(entries):
            raise ValueError("changed since it was exported")
    except FileNotFoundError:
        return []
    except (OSError, ValueError, RecursionError, MemoryError) as error:
        raise UnreadableListError(unreadable(path)) from error
    if version > kind.version:
        raise UnreadableListError(
            tr("{file} comes from a newer version; update this application first.", file=path.name)
        )
    return entries


def read_shared(read: Callable[[Path], Entries], path: Path) -> Entries:
    """What another computer exported.

    Args:
        read: reads a list of the wanted kind.
        path: the file.

    Raises:
        LabListError: with what to do, when it is no such list or was changed.
    """
    try:
        if path.is_file():
            return read(path)
    except UnreadableListError:
        pass
    text = tr("{file} is no such list, or isn't as it was exported; export it again and choose that.", file=path.name)
    raise LabListError(text)


def write_list(kind: ListKind, entries: Sequence[Any], path: Path, *, shared: bool = False) -> None:
    """Store the list, completely or not at all.

    Args:
        kind: of the list.
        entries: as JSON has them.
        path: the file.
        shared: for other computers, with a check and for every reader; else only its owner may read it.

    Raises:
        LabListError: when the file can't be written.
    """
    content = {"format": kind.format, "version": kind.version, "entries": list(entries)}
    if shared:
        content["check"] = check_of(content["entries"])
    try:
        with replace_atomically(path, private=not shared) as part:
            part.write_text(json.dumps(content, indent=1, ensure_ascii=True) + "\n", encoding="utf-8")
    except OSError as error:
        raise LabListError(tr("{file} can't be stored; make room on the disk and try again.", file=path)) from error


def check_of(entries: Any) -> str:
    """SHA-256 of the entries as JSON, however the file is laid out."""
    text = json.dumps(entries, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def unreadable(path: Path) -> str:
    """The sentence for a list that can't be read, or an entry of it."""
    return tr("{file} can't be read; restore the file, or move it away to begin another list.", file=path)
