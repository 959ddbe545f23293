"""Checks of the values in a case file: it may come from anywhere, so type and range of each are made sure of."""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from typing import Any

MOST_IDS = 2**31 - 1
"""Numbers of fields and cells; beyond it Qt's models can't count."""

LONGEST_SIDE = 20_000_000
"""Pixels of a field's side: the longest image that can be opened is 12,500,000 wide."""

LONGEST_TEXT = 1_000_000
"""Characters of what a person types; longer texts are neither stored nor read."""

LONGEST_PATH = 8_000

_SHA256 = re.compile(r"[0-9a-f]{64}")


def whole(value: Any, what: str, *, low: int = 0, high: int = MOST_IDS) -> int:
    """An integer in a range.

    Raises:
        ValueError: when it is none, or lies outside.
    """
    if type(value) is not int or not low <= value <= high:
        raise ValueError(f"{what} = {value!r:.40}")
    return value


def real(value: Any, what: str, *, low: float, high: float) -> float:
    """A finite number in a range.

    Raises:
        ValueError: when it is none, or lies outside.
    """
    if type(value) not in (int, float) or not low <= value <= high:
        raise ValueError(f"{what} = {value!r:.40}")
    return float(value)


def coordinate(value: Any, what: str) -> float:
    """A position in field pixels; a prompt may lie beside the field, though not far away.

    Raises:
        ValueError: when it is none.
    """
    return real(value, what, low=-LONGEST_SIDE, high=2 * LONGEST_SIDE)


def text(value: Any, what: str, *, longest: int = LONGEST_TEXT) -> str:
    """A text of at most so many characters.

    Raises:
        ValueError: when it is none, or longer.
    """
    if type(value) is not str or len(value) > longest:
        raise ValueError(f"{what} is no text of at most {longest} characters")
    return value


def choice(value: Any, what: str, allowed: Collection[str]) -> Any:
    """One of some words.

    Raises:
        ValueError: when it is another.
    """
    if type(value) is not str or value not in allowed:
        raise ValueError(f"{what} = {value!r:.40}")
    return value


def digest(value: Any, what: str) -> str:
    """A SHA-256 in hex digits.

    Raises:
        ValueError: when it is none.
    """
    if type(value) is not str or not _SHA256.fullmatch(value):
        raise ValueError(f"{what} = {value!r:.40}")
    return value


def path_text(value: Any, what: str) -> str | bytes:
    """A path as text, or as bytes where it is no Unicode.

    Raises:
        ValueError: when it is neither, is empty or holds a zero byte.
    """
    if type(value) is str and 0 < len(value) <= LONGEST_PATH and "\0" not in value:
        return value
    if type(value) is bytes and 0 < len(value) <= LONGEST_PATH and b"\0" not in value:
        return value
    raise ValueError(f"{what} is no path")


def measure(value: Any, what: str) -> float:
    """A measurement: a finite number, or NaN where it is unknown.

    Raises:
        ValueError: when it is neither.
    """
    return math.nan if value is None else real(value, what, low=-1e12, high=1e12)


def shares(values: dict[Any, float]) -> dict[Any, float]:
    """Probabilities that sum to 1.

    Raises:
        ValueError: when they don't.
    """
    if not values or abs(math.fsum(values.values()) - 1) > 1e-3:
        raise ValueError("probabilities that don't sum to 1")
    return values
