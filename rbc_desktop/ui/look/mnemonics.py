"""The underlined letters of menus: one for each entry, no two alike, in every language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QMenuBar


def plain(text: str) -> str:
    """The text of an entry as it is read."""
    return re.sub(r"&(.)", r"\1", text)


def with_letters(texts: Iterable[str]) -> list[str]:
    """The texts, each with ``&`` before its letter: the first of one of its words if that is free, else any other.

    Args:
        texts: of entries, perhaps with letters; what follows a tab is the key that an entry shows.
    """
    parts = [plain(text).partition("\t") for text in texts]
    chosen = _chosen([_places(words) for words, _, _ in parts])
    result = []
    for number, (words, tab, key) in enumerate(parts):
        escaped = [letter.replace("&", "&&") for letter in words]
        if number in chosen:
            escaped[chosen[number]] = f"&{escaped[chosen[number]]}"
        result.append("".join(escaped) + tab + key)
    return result


def _places(words: str) -> dict[str, int]:
    """The letters that a text can have, the best first, with where they stand."""
    begins = [match.start() for match in re.finditer(r"\w+", words)]
    found: dict[str, int] = {}
    for place in (*begins, *(place for place, letter in enumerate(words) if letter.isalnum())):
        found.setdefault(words[place].casefold(), place)
    return found


def _chosen(offered: Sequence[dict[str, int]]) -> dict[int, int]:
    """Where the letter of each text stands; as many texts as can be have one."""
    holder: dict[str, int] = {}

    def give(number: int, seen: set[str]) -> bool:
        free = next((letter for letter in offered[number] if letter not in holder), None)
        if free is not None:
            holder[free] = number
            return True
        for letter in offered[number]:
            if letter not in seen:
                seen.add(letter)
                if give(holder[letter], seen):
                    holder[letter] = number
                    return True
        return False

    for number in range(len(offered)):
        give(number, set())
    return {number: offered[number][letter] for letter, number in holder.items()}


def give_letters(menu: QMenu | QMenuBar) -> None:
    """Give every entry that is shown a letter."""
    shown = [action for action in menu.actions() if action.isVisible() and not action.isSeparator()]
    for action, text in zip(shown, with_letters(action.text() for action in shown), strict=True):
        if action.text() != text:
            action.setText(text)


def lettered(menu: QMenu) -> QMenu:
    """The menu, whose entries get their letters each time it opens."""
    menu.aboutToShow.connect(partial(give_letters, menu))
    return menu
