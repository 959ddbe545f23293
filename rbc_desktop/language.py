"""The language that the application speaks: every sentence for a user goes through `tr` or `plural`.

The English sentence in the source is the key; a catalogue made with Qt Linguist gives the sentence of another language.
Nothing here needs Qt: `commands.catalogues` hands the look-up in. What machines read (CSV, JSON, the audit trail, logs)
never comes here and stays English. See docs/decisions/0014-one-language-module.md.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any

Find = Callable[[str, str, int], str]
"""The translation of a source text, with its note or its plural, for a count (-1: none); empty where there is none."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language.

    Attributes:
        code: ISO 639, "en" or "de".
        find: looks a sentence up.
        decimal, group: what stands in numbers before tenths and between thousands.
    """

    code: str = "en"
    find: Find = lambda _source, _note, _count: ""
    decimal: str = "."
    group: str = ","


ENGLISH = Language()

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


def tr(source: str, note: str = "", /, **values: object) -> str:
    """The sentence in the present language, with `values` at its placeholders.

    Numbers with a format (``{share:.1f}``, ``{count:,}``) are written as the language writes them.

    Args:
        source: the English sentence, as a literal, so that `make translations` finds it; or a text that was marked.
        note: for translators, where one English text has two meanings: ``tr("Open", "verb")``.
        values: by the name of their placeholder; without any, braces mean themselves.
    """
    text = (source and _present.find(source, note, -1)) or source
    return _filled(text, values) if values else text


def plural(one: str, many: str, count: int, /, **values: object) -> str:
    """The sentence for a count, which stands at ``{count}`` with its thousands marked.

    Args:
        one: the English sentence for 1, as a literal.
        many: that for every other number, as a literal.
        count: which of them, and the value of ``{count}``.
        values: for further placeholders.
    """
    text = _present.find(one, many, count) or (one if count == 1 else many)
    return _filled(text, {"count": number(count), **values})


def mark(source: str) -> str:
    """This text, for `tr` to translate where it is shown: constants are made before there is a language."""
    return source


def number(value: float, form: str = ",") -> str:
    """A number for readers: `form` as in `format`, with the decimal mark of the present language."""
    return _localised(format(value, form))


def _localised(text: str) -> str:
    return text.translate({ord("."): _present.decimal, ord(","): _present.group})


class _Formatter(string.Formatter):
    """Writes numbers as the present language does."""

    def format_field(self, value: Any, format_spec: str) -> str:
        text: str = super().format_field(value, format_spec)
        return _localised(text) if isinstance(value, Real) and not isinstance(value, bool) else text


def _filled(text: str, values: Mapping[str, object]) -> str:
    return text.format_map(values) if _present is ENGLISH else _Formatter().vformat(text, (), values)
