"""Fonts of the computer, for the scripts that the bundled one lacks."""

from __future__ import annotations

import functools
import os
import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

import uharfbuzz

_ENDINGS = (".ttf", ".otf", ".ttc", ".otc")
_STYLED = re.compile(
    r"bold|italic|oblique|light|thin|black|heavy|medium|condensed|mono|serif|-bd|bd\.|-it|-l\.|song|ming"
)
_USELESS = re.compile(r"emoji|lastresort|blank|symbol|wingding|webding|music|math|icon|barcode")
MOST_BYTES = 200_000_000


def folders() -> tuple[Path, ...]:
    """Where this system keeps its fonts, and where its user does."""
    home = Path.home()
    if sys.platform == "win32":
        user = Path(os.environ.get("LOCALAPPDATA", home)) / "Microsoft" / "Windows" / "Fonts"
        return Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", user
    if sys.platform == "darwin":
        return Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"
    data = Path(os.environ.get("XDG_DATA_HOME", home / ".local" / "share")) / "fonts"
    return Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), data, home / ".fonts"


@functools.cache
def faces() -> tuple[tuple[str, int], ...]:
    """File and number of every face, plain ones first: a name is to be read, not to be admired."""
    found = sorted(set(_files()), key=lambda path: (bool(_STYLED.search(path.name.lower())), path.name, str(path)))
    return tuple((str(path), number) for path in found for number in range(_count(path)))


def _files() -> Iterator[Path]:
    for folder in folders():
        for place, _, names in os.walk(folder):
            for name in names:
                if name.lower().endswith(_ENDINGS) and not _USELESS.search(name.lower()):
                    yield Path(place, name)


def _count(path: Path) -> int:
    """Faces in a file; 0 for one that can't be read."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return 0
        with path.open("rb") as file:
            tag, _, count = struct.unpack(">4sLL", file.read(12))
    except (OSError, struct.error):
        return 0
    return min(count, 32) if tag == b"ttcf" else 1


@functools.cache
def characters_of(path: str, number: int) -> frozenset[int]:
    """The characters that a face has."""
    try:
        return frozenset(load_face(path, number).unicodes)
    except Exception:  # noqa: BLE001 — whatever a font file holds, another one may do
        return frozenset()


@functools.lru_cache(maxsize=8)
def load_face(path: str, number: int) -> uharfbuzz.Face:
    """A face, from its file."""
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path), number)


@functools.cache
def face_with(characters: frozenset[int]) -> tuple[str, int] | None:
    """The first face that has all of these characters."""
    return next((face for face in faces() if characters <= characters_of(*face)), None)
