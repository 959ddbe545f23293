"""Lists that a laboratory keeps beside the settings: small JSON files whose entries are checked one by one."""

from __future__ import annotations

import json
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...errors import LabListError
from ...files import replace_atomically
from ...language import tr


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
        LabListError: when it can't be read as such a list; nothing may be written over it then.
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
    except FileNotFoundError:
        return []
    except (OSError, ValueError, RecursionError, MemoryError) as error:
        raise LabListError(unreadable(path)) from error
    if version > kind.version:
        raise LabListError(tr("{file} comes from a newer version; update this application first.", file=path.name))
    return entries


def write_list(kind: ListKind, entries: Sequence[Any], path: Path) -> None:
    """Store the list, completely or not at all; only its owner may read it.

    Raises:
        LabListError: when the file can't be written.
    """
    content = {"format": kind.format, "version": kind.version, "entries": list(entries)}
    try:
        with replace_atomically(path, private=True) as part:
            part.write_text(json.dumps(content, indent=1, ensure_ascii=True) + "\n", encoding="utf-8")
    except OSError as error:
        raise LabListError(tr("{file} can't be stored; make room on the disk and try again.", file=path)) from error


def unreadable(path: Path) -> str:
    """The sentence for a list that can't be read, or an entry of it."""
    return tr("{file} can't be read; restore the file, or move it away to begin another list.", file=path)
