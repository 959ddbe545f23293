"""The keys of the window as the user has them: which are possible, which collide, and what is shown of them.

A key is Qt's portable text for one chord: ``Ctrl+Shift+Z``, ``F5``, ``[``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from ..domain.classes.own_classes import DEFAULT_KEYS
from ..language import mark, tr

NO_KEY = mark("the menu")
"""What a sentence names where an action has no key: “Undo with the menu.”"""

_MODIFIERS = ("Meta", "Ctrl", "Alt", "Shift")
_NAMED = frozenset(
    {
        "Return", "Enter", "Tab", "Backtab", "Backspace", "Esc", "Space", "Left", "Right", "Up", "Down", "Home", "End",
        "PgUp", "PgDown", "Ins", "Del", "Pause", "Print", "Menu",
    }
)  # fmt: skip
_KEY = re.compile(r"[A-Z0-9]|F([1-9]|1\d|2\d|3[0-5])|[!-/:-@\[-`{-~]")

_IMAGE = mark("The image and the table use this key themselves")
_MENU = mark("This key opens a menu")
_CLASSES = mark("This key is kept for the laboratory's own classes")
_BY_ITSELF = (
    "Return", "Enter", "Tab", "Backtab", "Backspace", "Esc", "Space", "Left", "Right", "Up", "Down", "Home", "End",
    "PgUp", "PgDown", ".", ",", "Ctrl+C", "Menu",
)  # fmt: skip
RESERVED: Mapping[str, str] = {
    **dict.fromkeys(_BY_ITSELF, _IMAGE),
    **{f"Shift+{key}": _IMAGE for key in ("Left", "Right", "Up", "Down", "Tab", "Return")},
    **{f"Alt+{letter}": _MENU for letter in "FEVCRHDBAZ"},
    **dict.fromkeys(("F10", "Alt+F4"), _MENU),
    **dict.fromkeys(DEFAULT_KEYS, _CLASSES),
}
"""Keys that no action can have, and why, to be translated."""

Keys = tuple[str, ...]
Chosen = Mapping[str, Keys]
"""Keys by action id, of the actions that have others than usual; none is possible, too."""


def canonical(text: str) -> str:
    """A chord in one way of writing it, "" for what is none: several chords, an unknown key, a modifier alone."""
    if text == "+" or "+" not in text:
        given, key = [], text
    elif text.endswith("++"):
        given, key = text[:-2].split("+"), "+"
    else:
        *given, key = text.split("+")
    if len(set(given)) != len(given) or not set(given) <= set(_MODIFIERS):
        return ""
    if not (_KEY.fullmatch(key) or key in _NAMED or _is_letter_elsewhere(key)):
        return ""
    return "+".join([*(m for m in _MODIFIERS if m in given), key])


def _is_letter_elsewhere(key: str) -> bool:
    """Whether a keyboard of another country has this key, as Qt writes it: Ü, ß, §."""
    return len(key) == 1 and key > "~" and key.isprintable() and key.upper() in (key, "SS")


def read_keys(texts: Iterable[str]) -> dict[str, Keys]:
    """The chosen keys from the settings, one text per action: its id and its keys, with tabs between."""
    chosen: dict[str, Keys] = {}
    for text in texts:
        name, *keys = text.split("\t")
        if name and all(key and canonical(key) == key for key in keys):
            chosen[name] = tuple(keys)
    return chosen


def written_keys(chosen: Chosen) -> tuple[str, ...]:
    """The chosen keys as the settings hold them."""
    return tuple("\t".join((name, *keys)) for name, keys in chosen.items())


def keys_in_use(usual: Chosen, chosen: Chosen, *, fixed: Collection[str] = ()) -> dict[str, Keys]:
    """The keys of every action, none twice: what was chosen comes before what is usual.

    Args:
        usual: of every action.
        chosen: what the user has; of keys that collide with each other the first counts.
        fixed: actions that keep their usual keys.
    """
    taken = {key for name in fixed for key in usual.get(name, ())}
    result: dict[str, Keys] = {}
    for name, keys in chosen.items():
        if name in usual and name not in fixed:
            free = (key for key in map(canonical, keys) if key and key not in RESERVED and key not in taken)
            result[name] = tuple(dict.fromkeys(free))
            taken.update(result[name])
    for name, keys in usual.items():
        if name in fixed:
            result[name] = keys
        elif name not in result:
            result[name] = tuple(key for key in keys if key not in taken or name in _SHARED)
    return {name: result[name] for name in usual}


_SHARED = ("previous-review",)
"""Actions with a key that the image has as well, at other times."""


def differing(usual: Chosen, present: Chosen) -> dict[str, Keys]:
    """The actions whose keys are other than usual."""
    return {name: keys for name, keys in present.items() if keys != usual[name]}


def user_of(key: str, present: Chosen, *, but: str = "") -> str:
    """The id of the action that has a key, "" for none.

    Args:
        key: the key.
        present: keys by action id.
        but: this action doesn't count.
    """
    return next((name for name, keys in present.items() if key in keys and name != but), "")


@dataclass(slots=True)
class _Shown:
    """What stands for usual keys now: there is one window per process."""

    instead: Mapping[str, str] = field(default_factory=dict)


_SHOWN = _Shown()


def show_keys(usual: Chosen, present: Chosen) -> None:
    """From now on `shown` names the present keys."""
    instead = {}
    for name, keys in usual.items():
        have = present.get(name, keys)
        for key in keys:
            if key not in have:
                instead[key] = have[0] if have else ""
    _SHOWN.instead = instead


def shown(usual_key: str) -> str:
    """The key that does now what this one does usually, "" for none."""
    return _SHOWN.instead.get(usual_key, usual_key)


_ON_THE_KEYS = {
    text.one: text
    for text in (
        mark("Ctrl"), mark("Shift"), mark("Meta"), mark("Del"), mark("Ins"), mark("Return"), mark("Enter"),
        mark("Space"), mark("Backspace"), mark("PgUp"), mark("PgDown"),
    )
}  # fmt: skip
"""What stands on keys elsewhere under another name."""


def said(usual_key: str) -> str:
    """The same for a sentence, as in “Undo with Ctrl+Z”, with the names on the keys of the present language."""
    key = shown(usual_key)
    return "+".join(tr(_ON_THE_KEYS.get(part, part)) for part in key.split("+")) if key else tr(NO_KEY)
