"""The order in which a line of text is drawn: Unicode's bidirectional algorithm without its formatting characters.

https://www.unicode.org/reports/tr9/ (rules by their names there). A line of a report holds a name or a sentence with
one in it, so that embeddings and isolates aren't needed; their characters are left out.
"""

from __future__ import annotations

import itertools
import unicodedata
from dataclasses import dataclass

_FORMATTING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NEUTRAL = frozenset(("B", "S", "WS", "ON", "BN"))
_BRACKETS = {"(": ")", "[": "]", "{": "}", "〈": "〉", "《": "》", "「": "」"}
_RIGHT = frozenset(("R", "AN", "EN"))
"""What counts as right-to-left beside a neutral."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line in one direction, in the order in which it is read."""

    text: str
    is_rtl: bool


def is_bidirectional(text: str) -> bool:
    """Whether the order of drawing can be another than that of reading."""
    return any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in text)


def visual_runs(text: str) -> list[Run]:
    """The pieces of a line from left to right."""
    text = "".join(c for c in text if c not in _FORMATTING)
    levels = _levels(text)
    runs = [(level, "".join(c for c, _ in group)) for level, group in itertools.groupby(
        zip(text, levels, strict=True), key=lambda pair: pair[1])]  # fmt: skip
    for least in range(max((level for level, _ in runs), default=0), 0, -1):  # L2
        runs = _reversed(runs, least)
    return [Run(piece, bool(level % 2)) for level, piece in runs]


def _reversed(runs: list[tuple[int, str]], least: int) -> list[tuple[int, str]]:
    """The runs with each sequence of this level or a higher one turned round."""
    result: list[tuple[int, str]] = []
    for is_high, group in itertools.groupby(runs, key=lambda run: run[0] >= least):
        piece = list(group)
        result += reversed(piece) if is_high else piece
    return result


def _levels(text: str) -> list[int]:
    kinds = [unicodedata.bidirectional(c) or "L" for c in text]
    strong = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")  # P2, P3
    base = 0 if strong == "L" else 1
    _resolve_weak(kinds, "L" if base == 0 else "R")
    _resolve_brackets(text, kinds, "L" if base == 0 else "R")
    _resolve_neutral(kinds, "L" if base == 0 else "R")
    levels = [_level(kind, base) for kind in kinds]
    for place in range(len(text) - 1, -1, -1):  # L1
        if not text[place].isspace():
            break
        levels[place] = base
    return levels


def _level(kind: str, base: int) -> int:
    if base == 0:
        return {"R": 1, "AN": 2, "EN": 2}.get(kind, 0)  # I1
    return 1 if kind == "R" else 2  # I2


def _resolve_weak(kinds: list[str], start: str) -> None:
    """W1 to W7, in place; afterwards there are L, R, EN, AN and neutrals."""
    last, strong = start, start
    for place, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[place] = last  # W1
        elif kind == "EN" and strong == "AL":
            kinds[place] = "AN"  # W2
        last = kinds[place]
        strong = last if last in ("L", "R", "AL") else strong
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]  # W3
    for place in range(1, len(kinds) - 1):  # W4
        before, after = kinds[place - 1], kinds[place + 1]
        if before == after and (
            (kinds[place] == "CS" and before in ("EN", "AN")) or (kinds[place], before) == ("ES", "EN")
        ):
            kinds[place] = before
    _spread(kinds)
    strong = start
    for place, kind in enumerate(kinds):
        if kind in ("ES", "ET", "CS"):
            kinds[place] = "ON"  # W6
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"  # W7
        strong = kind if kind in ("L", "R") else strong


def _spread(kinds: list[str]) -> None:
    """W5: signs beside a number belong to it."""
    for order in (range(len(kinds)), range(len(kinds) - 1, -1, -1)):
        beside = ""
        for place in order:
            if kinds[place] == "ET" and beside == "EN":
                kinds[place] = "EN"
            beside = kinds[place]


def _resolve_brackets(text: str, kinds: list[str], base: str) -> None:
    """N0, in place: a pair has the direction of the line if anything in it has, else that of what is before it."""
    open_: list[tuple[int, str]] = []
    pairs: list[tuple[int, int]] = []
    for place, c in enumerate(text):
        if kinds[place] == "ON" and c in _BRACKETS:
            open_.append((place, _BRACKETS[c]))
        elif (
            kinds[place] == "ON"
            and (depth := next((i for i, (_, end) in enumerate(open_) if end == c), None)) is not None
        ):
            pairs.append((open_[depth][0], place))
            del open_[depth:]
    for start, end in sorted(pairs):
        inside = {_side(kind) for kind in kinds[start + 1 : end] if kind not in _NEUTRAL}
        if inside:
            before = next((_side(kind) for kind in reversed(kinds[:start]) if kind not in _NEUTRAL), base)
            kinds[start] = kinds[end] = base if base in inside else before


def _resolve_neutral(kinds: list[str], base: str) -> None:
    """N1 and N2, in place: between two of one direction what is neutral has it, too, else that of the line."""
    place = 0
    while place < len(kinds):
        if kinds[place] not in _NEUTRAL:
            place += 1
            continue
        end = next((i for i in range(place, len(kinds)) if kinds[i] not in _NEUTRAL), len(kinds))
        before = _side(kinds[place - 1]) if place else base
        after = _side(kinds[end]) if end < len(kinds) else base
        kinds[place:end] = [before if before == after else base] * (end - place)
        place = end


def _side(kind: str) -> str:
    return "R" if kind in _RIGHT else "L"
