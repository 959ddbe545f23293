"""The manual's text: chapters in the index's order, names of headings, search. Pure, no Qt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ...errors import RbcError

INDEX = "index.md"

_ENTRY = re.compile(r"^\d+\. \[[^\]]+\]\(([\w-]+\.md)\)", re.MULTILINE)
_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*`|#>]|^\s*(?:-{3,}|\|[-:| ]+\|)\s*$", re.MULTILINE)
_LINE_BREAK = re.compile(r"(?<!\n) *\n *(?!\n|[-|#>]|\d+\. )")
"""A break inside a paragraph or an item, which a reader doesn't see."""

_FENCE = re.compile(r"^```", re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")
_KEY = re.compile(
    r"(?:(?:Ctrl|Shift|Alt)\+)*"
    r"(?:[A-Z0-9+=\-/\\,.]|F\d{1,2}|PgUp|PgDown|Return|Esc|Tab|Backspace|Del|Space|Left|Right|Up|Down)"
)
THIN_SPACE = "\u202f"
"""Narrow and without a line break: the room at both ends of a key cap."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of the manual: its title, file name, and Markdown."""

    title: str
    file: str
    text: str


def read_chapters(folder: Path) -> tuple[Chapter, ...]:
    """The index and every chapter of its numbered list, in that order.

    Raises:
        RbcError: when the folder has no readable index.
    """
    try:
        index = (folder / INDEX).read_text(encoding="utf-8")
        files = dict.fromkeys([INDEX, *_ENTRY.findall(index)])
        texts = {file: (folder / file).read_text(encoding="utf-8") for file in files}
    except OSError as error:
        raise RbcError("The manual is missing from this copy of the program; install the application again.") from error
    return tuple(Chapter(title_of(text), file, text) for file, text in texts.items())


def title_of(text: str) -> str:
    """The first heading."""
    return next((line.lstrip("# ").strip() for line in text.splitlines() if line.startswith("#")), "")


def anchor_of(heading: str) -> str:
    """The name by which a link reaches a heading: as GitHub makes it, so that links work there too."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


def plain(text: str) -> str:
    """What a reader sees of the Markdown, closely enough to search it."""
    return _MARKUP.sub(lambda match: match[1] or "", _LINE_BREAK.sub(" ", text))


def places(chapter: Chapter, words: str) -> int:
    """How often the words stand in a chapter, without regard to case."""
    wanted = words.strip().casefold()
    return plain(chapter.text).casefold().count(wanted) if wanted else 0


def is_key(code: str) -> bool:
    """Whether a code span names a key or a combination of keys."""
    return _KEY.fullmatch(code) is not None


def with_key_caps(text: str) -> str:
    """The Markdown with room around the names of keys, which are drawn as caps; fenced code stays as it is."""
    parts = _FENCE.split(text)
    for outside in range(0, len(parts), 2):
        parts[outside] = _CODE.sub(_cap, parts[outside])
    return "```".join(parts)


def _cap(match: re.Match[str]) -> str:
    return f"`{THIN_SPACE}{match[1]}{THIN_SPACE}`" if is_key(match[1]) else match[0]
