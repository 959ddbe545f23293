"""Which data of a case are a patient's, and texts without them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .case import Identity

PATIENT_COLUMNS = (
    "sample_id", "accession", "patient", "patient_id", "birth_date", "sex", "requester", "collected", "received",
    "comment",
)  # fmt: skip
"""Details that name, number or date a patient or their sample, or may: those of `Identity` that can be deleted.

Laboratory, operator, stain, specimen, who made the smear and the instrument stay: they are the laboratory's.
"""

GONE = "(deleted)"
"""Stands where a patient's data stood in a text."""

SHORTEST = 3
"""Characters of a value that is looked for in other texts; shorter ones would be found in half of all words."""

SHORTEST_NUMBER = 5
"""Digits of a number that is looked for: shorter ones are those of cells."""

_NAME = re.compile(r"[^\W\d_]{3,}")


def has_patient_data(identity: Identity) -> bool:
    """Whether any of these details is filled in."""
    return any(getattr(identity, name).strip() for name in PATIENT_COLUMNS)


def words_of(column: str, value: str) -> set[str]:
    """What to look for in other texts because of a value: itself, its lines, and the parts of a patient's name."""
    words = {value.strip(), *(line.strip() for line in value.splitlines())}
    words |= set(_NAME.findall(value)) if column == "patient" else set()
    return {word for word in words if len(word) >= (SHORTEST_NUMBER if word.isdigit() else SHORTEST)}


def scrubber(words: Iterable[str]) -> re.Pattern[str] | None:
    """Finds these words in texts, whatever the case of their letters, longest first; None without any."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    if not ordered:
        return None
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)", re.IGNORECASE)


def scrubbed(text: str, pattern: re.Pattern[str] | None) -> str:
    """The text with `GONE` in place of what the pattern finds."""
    return text if pattern is None else pattern.sub(GONE, text)
