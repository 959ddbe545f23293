"""Sentences that are kept in case files, in English, and come back from there to be told in the present language.

A `Template` makes a marked sentence (`language.Marked`). What was written to a case file has come back as plain text:
`told` finds the template that it fits. So a trail reads German on the screen and stays, byte for byte, what was hashed.
"""

from __future__ import annotations

import re
import string
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

from .language import ENGLISH, Language, Marked, plural, present, tr

OURS = frozenset({"action", "cell_class", "detail", "reason", "what"})
"""Names of placeholders whose values are words of ours, which are told, too; other values stay as they are."""

PART = "part"
"""With which the names of the parts of a joined text begin."""

_NUMBER = r"-?[\d,]*\.?\d+(?:e[-+]?\d+)?"
_NO_WORD = ""


class Template:
    """A sentence with placeholders, in English; called with values it gives the marked sentence.

    Attributes:
        one: the sentence, or the one for a count of 1.
        many: the one for every other count, "" where nothing is counted.
    """

    __slots__ = ("many", "one")

    def __init__(self, one: str, many: str) -> None:
        self.one, self.many = one, many

    def __call__(self, **values: object) -> Marked:
        """The sentence with these values; where something is counted, `count` is among them."""
        if not self.many:
            return Marked(self.one, values=values)
        count = values.pop("count")
        assert isinstance(count, int)
        return Marked(self.one, self.many, count, values)


_kept: defaultdict[str, list[Template]] = defaultdict(list)


def template(one: str, many: str = "", by: str = "") -> Template:
    """A template of a sentence that is kept in case files, for a constant: `told` knows its sentences when they return.

    Args:
        one, many: as literals, so that `make translations` finds them; see `Template`.
        by: "count" where something is counted, which tells Qt's tools that there is a plural.
    """
    assert bool(many) == (by == "count")
    made = Template(one, many)
    for text in filter(None, (one, many)):
        _kept[_first_word(text)].append(made)
    _told_again.cache_clear()
    return made


def joined(separator: str, parts: Iterable[str]) -> str:
    """Marked sentences one after the other, still told one by one; "" without any."""
    values = {f"{PART}{number}": part for number, part in enumerate(filter(None, parts))}
    return Marked(separator.join(f"{{{name}}}" for name in values), values=dict(values)) if values else ""


def told(text: str) -> str:
    """A text in the present language: marked, or plain English that is in a catalogue or fits a template.

    What is neither comes back as it is: a name that a person typed.
    """
    if not text or present() is ENGLISH:
        return tr(text)
    if not isinstance(text, Marked):
        return _told_again(text, present())
    values = {name: _told_value(name, value) for name, value in text.values.items()}
    return plural(text.one, text.many, text.how_many, **values) if text.many else tr(text.one, **values)


def _told_value(name: str, value: object) -> object:
    """A value of a marked sentence: words of ours are told, too, wherever they come from."""
    if isinstance(value, Marked) or (isinstance(value, str) and (name in OURS or name.startswith(PART))):
        return told(value)
    return value


@lru_cache(10_000)
def _told_again(text: str, language: Language) -> str:
    """What a plain text is in this language, which is the present one."""
    exact = language.find(text, "", -1)
    if exact:
        return exact
    found = template_of(text)
    if found is None:
        return text
    made, values = found
    return tr(made(**{name: _read(made, name, value) for name, value in values.items()}))


def template_of(text: str) -> tuple[Template, dict[str, str]] | None:
    """The template that a kept sentence fits best, with the texts of its values; None for any other text."""
    found = [
        (literal, made, {**_implied(made, count), **match.groupdict()})
        for word in dict.fromkeys((text.split(" ", 1)[0], _NO_WORD))
        for made in _kept[word]
        for count, (literal, pattern) in enumerate(_patterns(made), start=1)
        if (match := pattern.fullmatch(text)) is not None
    ]
    return max(found, key=lambda one: one[0])[1:] if found else None


def _implied(made: Template, count: int) -> dict[str, str]:
    """The count of a sentence that doesn't say it: its singular stands for 1, its plural for any other."""
    return {"count": str(count)} if made.many else {}


def _first_word(text: str) -> str:
    """By which a template is found; "" where its first word isn't known beforehand."""
    word = text.split(" ", 1)[0]
    return _NO_WORD if "{" in word else word


@cache
def _patterns(made: Template) -> tuple[tuple[int, re.Pattern[str]], ...]:
    """How many letters of a template stand fast, and what fits it; of the singular, then of the plural."""
    return tuple(_pattern(text) for text in (made.one, made.many) if text)


def _pattern(text: str) -> tuple[int, re.Pattern[str]]:
    pattern, literal, seen = "", 0, set()
    for fixed, name, form, _ in string.Formatter().parse(text):
        pattern, literal = pattern + re.escape(fixed), literal + len(fixed)
        if name is None:
            continue
        inside = _NUMBER if form or name == "count" else ".+?"
        pattern += f"(?P={name})" if name in seen else f"(?P<{name}>{inside})"
        seen.add(name)
    return literal, re.compile(pattern, re.DOTALL)


def _read(made: Template, name: str, value: str) -> object:
    """The value that stands in a text: a number where the template writes one."""
    if name == "count":
        return int(value.replace(",", ""))
    forms = {form for _, found, form, _ in string.Formatter().parse(made.one) if found == name}
    if not any(forms):
        return told(value) if name in OURS else value
    number = float(value.replace(",", ""))
    return int(number) if forms <= {",", "d"} else number
