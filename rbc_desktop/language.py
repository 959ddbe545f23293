"""The language that the application speaks: every sentence for a user goes through `tr` or `plural`.

The English sentence in the source is the key; a catalogue made with Qt Linguist gives the sentence of another language.
Nothing here needs Qt: `commands.terminal.catalogues` hands the look-up in. What machines read (CSV, JSON, the audit
trail, logs) never comes here and stays English. See docs/decisions/0014-one-language-module.md.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from numbers import Real
from typing import Any

MOST_LISTED = 5
"""So many names a sentence lists of what befell many at once."""

Find = Callable[[str, str, int], str]
"""The translation of a source text, with its note or its plural, for a count (-1: none); empty where there is none."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language.

    Attributes:
        code: ISO 639, "en" or "de".
        find: looks a sentence up.
        decimal, group: what stands in numbers before tenths and between thousands.
        marks: what is said stays marked, for another process to say in its language.
    """

    code: str = "en"
    find: Find = lambda _source, _note, _count: ""
    decimal: str = "."
    group: str = ","
    marks: bool = False


ENGLISH = Language()

FOR_ANOTHER = Language(marks=True)
"""Spoken in a process whose sentences another process shows: English, and marked."""

_present = ENGLISH


def speak(language: Language) -> Language:
    """Use this language from now on, in every thread; returns the one before.

    What is on the screen already stays as it is: a language is chosen before the window is built.
    """
    global _present
    before, _present = _present, language
    return before


def present() -> Language:
    """The language in use."""
    return _present


class Marked(str):
    """A text that reads English everywhere and can still be said in another language: `tr` does so where it is shown.

    Files for machines write it as it is. As the value of another sentence it is translated with that one.

    Attributes:
        one, many: the English templates; `many` is empty where there is no count.
        how_many: which of both, -1 for none.
        values: by the name of their placeholder.
    """

    __slots__ = ("how_many", "many", "one", "values")
    one: str
    many: str
    how_many: int
    values: dict[str, object]

    def __new__(cls, one: str, many: str = "", count: int = -1, values: dict[str, object] | None = None) -> Marked:
        text = many if many and count != 1 else one
        shown = {"count": f"{count:,}", **(values or {})} if many else values
        made = super().__new__(cls, text.format_map(shown) if shown else text)
        made.one, made.many, made.how_many, made.values = one, many, count, values or {}
        return made

    def __reduce__(self) -> tuple[type[Marked], tuple[str, str, int, dict[str, object]]]:
        return Marked, (self.one, self.many, self.how_many, self.values)


def tr(source: str, note: str = "", /, **values: object) -> str:
    """The sentence in the present language, with `values` at its placeholders.

    Numbers with a format (``{share:.1f}``, ``{count:,}``) are written as the language writes them.

    Args:
        source: the English sentence, as a literal, so that `make translations` finds it; or a text that was marked.
        note: for translators, where one English text has two meanings: ``tr("Open", "verb")``.
        values: by the name of their placeholder; without any, braces mean themselves.
    """
    if isinstance(source, Marked) and (source.values or source.many):
        if source.many:
            return plural(source.one, source.many, source.how_many, **source.values)
        values, source = source.values, source.one
    if _present.marks:
        return Marked(source, values=values)
    text = (source and _present.find(source, note, -1)) or source
    return _filled(text, values) if values else str(text)


def capital(text: str) -> str:
    """The text with a capital at its beginning, where a name of a measure or a class begins a line."""
    return text[:1].upper() + text[1:]


def plural(one: str, many: str, count: int, /, **values: object) -> str:
    """The sentence for a count, which stands at ``{count}`` with its thousands marked.

    Args:
        one: the English sentence for 1, as a literal.
        many: that for every other number, as a literal.
        count: which of them, and the value of ``{count}``.
        values: for further placeholders.
    """
    if _present.marks:
        return Marked(one, many, count, values)
    text = _present.find(one, many, count) or (one if count == 1 else many)
    return _filled(text, {"count": number(count), **values})


def mark(source: str, /, **values: object) -> Marked:
    """The English sentence, which `tr` translates where it is shown.

    For constants, which are made before there is a language, and for what people and machines read alike.
    """
    return Marked(source, values=values)


def mark_plural(one: str, many: str, count: int, /, **values: object) -> Marked:
    """The English sentence for a count, as in `plural`, which `tr` translates where it is shown."""
    return Marked(one, many, count, values)


def number(value: float, form: str = ",") -> str:
    """A number for readers: `form` as in `format`, with the decimal mark of the present language."""
    return _localised(format(value, form))


def listed(names: Iterable[str]) -> str:
    """The first `MOST_LISTED` of these names, so that a person can look for them, and whether there are others."""
    first = [*islice(names, MOST_LISTED + 1)]
    said = ", ".join(first[:MOST_LISTED])
    return said if len(first) <= MOST_LISTED else tr("{names} and others", names=said)


def _localised(text: str) -> str:
    return text.translate({ord("."): _present.decimal, ord(","): _present.group})


class _Formatter(string.Formatter):
    """Writes numbers as the present language does."""

    def format_field(self, value: Any, format_spec: str) -> str:
        text: str = super().format_field(value, format_spec)
        return _localised(text) if isinstance(value, Real) and not isinstance(value, bool) else text


def _filled(text: str, values: Mapping[str, object]) -> str:
    if _present is ENGLISH:
        return text.format_map(values)
    said = {name: tr(value) if isinstance(value, Marked) else value for name, value in values.items()}
    return _Formatter().vformat(text, (), said)
