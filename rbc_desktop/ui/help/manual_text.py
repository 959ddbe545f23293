"""The manual's text: chapters in the index's order, their pages as HTML, search. Pure, no Qt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from ...errors import RbcError
from ...language import tr

INDEX = "index.md"

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_ENTRY = re.compile(r"^\d+\. \[[^\]]+\]\(([\w-]+\.md)\)", re.MULTILINE)
_KEY = re.compile(
    r"(?:(?:Ctrl|Shift|Alt)\+)*"
    r"(?:[A-Z0-9+=\-/\\,.]|F\d{1,2}|PgUp|PgDown|Return|Esc|Tab|Backspace|Del|Space|Left|Right|Up|Down)"
)
_CODE = re.compile(r"`([^`\n]+)`")
GERMAN_KEYS = {
    "Ctrl": "Strg", "Shift": "Umschalt", "Backspace": "Rücktaste", "Del": "Entf", "Space": "Leertaste",
    "PgUp": "Bild aufwärts", "PgDown": "Bild abwärts", "Left": "Links", "Right": "Rechts", "Up": "Hoch",
    "Down": "Herunter",
}  # fmt: skip
"""Keys as Qt writes them in German, by Qt's portable name; the others have one name in both."""
_PORTABLE = {german: key for key, german in GERMAN_KEYS.items()}
_NAMES = re.compile(rf"(?<![\w ])(?:{'|'.join((*GERMAN_KEYS, *_PORTABLE))})(?![\w ])")
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
        raise RbcError(
            tr("The manual is missing from this copy of the program; install the application again.")
        ) from error
    return tuple(Chapter(title_of(text), file, text) for file, text in texts.items())


def title_of(text: str) -> str:
    """The first heading."""
    return next((line.lstrip("# ").strip() for line in text.splitlines() if line.startswith("#")), "")


def anchor_of(heading: str) -> str:
    """The name by which a link reaches a heading: as GitHub makes it, so that links work there too."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


def is_key(code: str) -> bool:
    """Whether a code span names a key or a combination of keys, in English or German."""
    return _KEY.fullmatch(portable_key(code)) is not None


def portable_key(code: str) -> str:
    """A key under Qt's portable name."""
    return _NAMES.sub(lambda name: _PORTABLE.get(name[0], name[0]), code)


def german_key(key: str) -> str:
    """A key with a portable name as it is called on a German keyboard."""
    return _NAMES.sub(lambda name: GERMAN_KEYS.get(name[0], name[0]), key)


def with_keys(text: str, shown: Callable[[str], str], *, named: Callable[[str], str] = str) -> str:
    """A page with the keys that the user has.

    Args:
        text: Markdown, with the usual keys.
        shown: the present key for a usual one, "" for none; portable names.
        named: what a key is called in the language of the page.
    """

    def present(span: re.Match[str]) -> str:
        if not is_key(span[1]):
            return span[0]
        key = shown(portable_key(span[1]))
        return f"`{named(key)}`" if key else tr("(no key)")

    parts = text.split("```")
    parts[::2] = [_CODE.sub(present, part) for part in parts[::2]]
    return "```".join(parts)


def to_html(text: str, *, size_of: Callable[[str], tuple[int, int] | None]) -> str:
    """A page as HTML: headings are anchors, keys have the class ``key``, images have a width and a height.

    Args:
        text: Markdown.
        size_of: width and height of the image with this address, in logical pixels; None when there is none.
    """
    return str(_MARKDOWN.renderer.render(_tokens(text), _MARKDOWN.options, {"size_of": size_of}))


@lru_cache(maxsize=64)
def _tokens(text: str) -> list[Token]:
    """The parts of a page: headings are anchors, and keys have the class ``key`` and room at both ends."""
    tokens = _MARKDOWN.parse(text)
    for token, after in pairwise([*tokens, Token("end", "", 0)]):
        children = after.children or []
        if token.type == "heading_open":
            token.attrSet("id", anchor_of(_shown(after)))
        elif token.type == "paragraph_open" and any(child.type == "image" for child in children):
            token.attrSet("class", "picture")
        elif token.type == "table_open":
            token.attrs.update(width="100%", cellspacing=0)
        elif token.type == "tr_open":
            after.attrSet("class", "first")
        elif token.type == "fence":
            token.content = token.content.rstrip("\n")  # Qt would show an empty last line
        for child in token.children or ():
            if child.type == "code_inline" and is_key(child.content):
                child.attrSet("class", "key")
                child.content = f"{THIN_SPACE}{child.content}{THIN_SPACE}"
    return tokens


def _image(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    """An image with its width and height, where it is known."""
    image = tokens[at].copy()
    if (size := env["size_of"](str(image.attrGet("src")))) is not None:
        image.attrs = {**image.attrs, "width": size[0], "height": size[1]}
    return renderer.image([image], 0, options, env)


_MARKDOWN.add_render_rule("image", _image)


@lru_cache(maxsize=64)
def plain(text: str) -> str:
    """What a reader sees of the Markdown: a line for each paragraph, item, cell, or line of code."""
    return "\n".join(_lines(_tokens(text)))


def pattern(words: str) -> str:
    """Regular expression of these words, which may lie across the ends of key caps; compare without case."""
    return f"{THIN_SPACE}?".join(re.escape(letter) for letter in words.strip())


def places(chapter: Chapter, words: str) -> int:
    """How often the words stand in a chapter, without regard to case."""
    wanted = pattern(words)
    return len(re.findall(wanted, plain(chapter.text), re.IGNORECASE)) if wanted else 0


def _lines(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield _shown(token)
        elif token.type in ("fence", "code_block"):
            yield token.content.rstrip("\n")


def _shown(inline: Token) -> str:
    """Text of a paragraph; the end of a line inside it is a space, an image nothing."""
    spaces = {"softbreak": " ", "hardbreak": "\n", "image": ""}
    return "".join(spaces.get(child.type, child.content) for child in inline.children or ())
