"""A laboratory's own classes: what makes a definition sound, and its form in files."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ...language import tr
from ...phrases import template
from ..contrast import WHITE, contrast
from .taxonomy import BUILT_IN, CellClass

MOST_OWN = 10
"""Own classes of a laboratory: as many as there are keys for."""

DEFAULT_KEYS = ("Shift+5", "Shift+6", "Shift+7", "Shift+8", "Shift+9", "Shift+0", "Alt+1", "Alt+2", "Alt+3", "Alt+4")
"""Keys of the first, second … own class; `ui.window.actions.actions` has no other use for them."""

COLOURS = (
    "#7F3C8D", "#A5512B", "#3969AC", "#E73F74", "#80791B", "#008695", "#CF1C90", "#4B4B8F", "#B8860B", "#5F9E4A",
)  # fmt: skip
"""Colours that are proposed, none of which a built-in class has; own classes are told apart by their letters, too."""

LEAST_STEM, LONGEST_ENDING = 4, 2
"""Letters that two names share, and those that a plural adds, in English and German."""

LONGEST_NAME = 40
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_NAME = re.compile(r"\w[\w '/().+-]*")
_LETTERS = re.compile(r"\w{1,2}")
_RESERVED = ("unclassified", "not assessable", "cut by the edge", "field left out", "all classes", "no class")
LEAST_CONTRAST = 1.5
"""Of a colour with white, the background of a smear: with less an outline is lost in it."""


def problem_with(own: CellClass, *, others: Collection[CellClass] = ()) -> str:
    """Why a definition can't be used, as a sentence; "" where it can.

    Args:
        own: the definition.
        others: other own classes of the laboratory.
    """
    names = {c.value.casefold() for c in (*BUILT_IN, *others)}
    codes = {c.code.casefold(): c for c in (*BUILT_IN, *others)}
    keys = {c.key: c for c in others if c.key}
    if not own.value or len(own.value) > LONGEST_NAME or not _NAME.fullmatch(own.value):
        return tr("Give the class a name of letters, digits and spaces, at most {most} characters.", most=LONGEST_NAME)
    if own.value.casefold() in names or own.value.casefold() in _RESERVED:
        return tr("There is a class called {name} already; choose another name.", name=own.value)
    if not _LETTERS.fullmatch(own.code):
        return tr("Give {name} one or two letters.", name=own.value)
    if own.code.casefold() in codes:
        return tr(
            "{other} has the letters {letters} already; give {name} others.",
            other=codes[own.code.casefold()].title,
            letters=own.code,
            name=own.value,
        )
    if not _COLOUR.fullmatch(own.colour):
        return tr("Choose a colour for {name}.", name=own.value)
    if contrast(own.colour, WHITE) < LEAST_CONTRAST:
        return tr("The colour of {name} is too pale to be seen on a smear; choose a darker one.", name=own.value)
    if own.key and own.key not in DEFAULT_KEYS:
        return tr(
            "The key {key} isn't for own classes; choose one of {first} to {last}.",
            key=own.key[:20],
            first=DEFAULT_KEYS[0],
            last=DEFAULT_KEYS[-1],
        )
    if own.key in keys:
        return tr(
            "{other} has the key {key} already; give {name} another.",
            other=keys[own.key].title,
            key=own.key,
            name=own.value,
        )
    return ""  # fmt: skip


def sound(classes: Sequence[CellClass]) -> str:
    """What is wrong with a whole list, as a sentence; "" where it can be used."""
    if len(classes) > MOST_OWN:
        over = len(classes) - MOST_OWN
        return tr("There can be {most} own classes at most; remove {over}.", most=MOST_OWN, over=over)
    found = (problem_with(c, others=classes[:place]) for place, c in enumerate(classes))
    return next(filter(None, found), "")


def next_own(classes: Sequence[CellClass]) -> tuple[str, str]:
    """Colour and key that are proposed for one more class; "" where none is free."""
    colours, keys = {c.colour.upper() for c in classes}, {c.key for c in classes}
    colour = next((c for c in COLOURS if c not in colours), COLOURS[0])
    return colour, next((k for k in DEFAULT_KEYS if k not in keys), "")


def proposed_letters(name: str, *, others: Collection[CellClass]) -> str:
    """Two letters of a name that no other class has, e.g. “Si” for sickle; "" where it has none left."""
    taken = {c.code.casefold() for c in (*BUILT_IN, *others)}
    letters = [letter for letter in name if _LETTERS.fullmatch(letter)]
    found = (letters[0].upper() + letter.lower() for letter in letters[1:])
    return next((pair for pair in found if pair.casefold() not in taken), "")


def own_class(
    name: str, *, code: str, colour: str, key: str = "", dashed: bool = True, is_red: bool = True
) -> CellClass:
    """A definition as a person makes it: with the spaces of the name in order."""
    return CellClass(" ".join(name.split()), code.strip(), colour.strip(), dashed, key, is_red, is_own=True)


def class_content(own: CellClass) -> dict[str, Any]:
    """The definition as the JSON object of files."""
    return {
        "name": own.value, "letters": own.code, "colour": own.colour, "dashed": own.dashed, "key": own.key,
        "red_cell": own.is_red,
    }  # fmt: skip


def class_of(content: Any) -> CellClass:
    """The definition in a JSON object, whatever it may be.

    Raises:
        ValueError: with a sentence, when it is none.
    """
    if not isinstance(content, Mapping):
        raise ValueError(tr("A class must be an object with name, letters and colour."))
    texts = [content.get(name) for name in ("name", "letters", "colour")]
    key, dashed, is_red = content.get("key", ""), content.get("dashed", True), content.get("red_cell", True)
    if not all(isinstance(t, str) and len(t) <= 200 for t in (*texts, key)):
        raise ValueError(tr("Name, letters, colour and key of a class must be short texts."))
    if not isinstance(dashed, bool) or not isinstance(is_red, bool):
        raise ValueError(tr("What is dashed, and what is a red cell, must be true or false."))
    name, code, colour = (str(t) for t in texts)
    made = own_class(name, code=code, colour=colour, key=str(key), dashed=dashed, is_red=is_red)
    if why := problem_with(made):
        raise ValueError(why)
    return made


_NEVER_PROPOSED = template(
    "The classifier never proposes {names}: only cells that a person set are counted in this class.",
    "The classifier never proposes {names}: only cells that a person set are counted in these classes.",
    "count",
)


def never_proposed(own: Collection[CellClass], proposed: Collection[CellClass]) -> str:
    """The sentence, to be `told`, about own classes that the classifier doesn't know; "" where it knows all of them."""
    silent = sorted(c.value for c in own if c not in proposed)
    return _NEVER_PROPOSED(count=len(silent), names=", ".join(silent)) if silent else ""


def is_called(own: CellClass, thing: str) -> bool:
    """Whether a class has the name of a thing, apart from its ending and a “cell” behind it: sickle, sickle cells."""
    one, other = (re.sub(r"\W+cells?$", "", text.casefold().strip()) for text in (own.value, thing))
    short, long = sorted((one, other), key=len)
    return len(short) >= LEAST_STEM and long.startswith(short) and len(long) - len(short) <= LONGEST_ENDING
