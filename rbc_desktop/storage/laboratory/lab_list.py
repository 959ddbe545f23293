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

Entry = TypeVar("Entry")
Entries = TypeVar("Entries")


@dataclass(frozen=True, slots=True)
class ListKind:
    """One kind of list.

    Attributes:
        format: names the kind in the file.
        most: as many entries it may have.
        version: of its entries; a newer one is refused.
        most_bytes: what is larger is no such file.
    """

    format: str
    most: int
    version: int = 1
    most_bytes: int = 5_000_000


def read_list(kind: ListKind, path: Path, *, entry_of: Callable[[dict[str, Any]], Entry]) -> tuple[Entry, ...]:
    """The entries of the file; no file is an empty list.

    Args:
        kind: of the list.
        path: the file.
        entry_of: makes an entry of what JSON has for it; raises what a missing or senseless value raises.

    Raises:
        UnreadableListError: when any of it can't be read: an entry that is passed over would move limits and bands.
    """
    entries = _entries(kind, path)
    try:
        if len(entries) > kind.most:
            raise ValueError("too many entries")
        return tuple(map(entry_of, entries))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, OSError) as error:
        raise UnreadableListError(_unreadable(path)) from error


def _entries(kind: ListKind, path: Path) -> list[Any]:
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
        raise UnreadableListError(_unreadable(path)) from error
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
        LabListError: when the file can't be written, or there are too many.
    """
    if len(entries) > kind.most:
        text = tr("The list is full ({count:,}); move {file} away to begin another.", count=kind.most, file=path)
        raise LabListError(text)
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


def _unreadable(path: Path) -> str:
    return tr("{file} can't be read; restore the file, or move it away to begin another list.", file=path)
