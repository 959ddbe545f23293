"""Words that sentences share."""

from __future__ import annotations

from ..language import plural


def cells_text(count: int) -> str:
    """“12 cells”, in the present language."""
    return plural("{count} cell", "{count} cells", count)


def fields_text(count: int) -> str:
    """“2 fields”, in the present language."""
    return plural("{count} field", "{count} fields", count)


def counted(count: int, noun: str) -> str:
    """A number with its noun in English, where no user reads it: "1 cell", "12 cells"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
