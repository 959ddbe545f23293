"""Words that sentences share."""

from __future__ import annotations


def counted(count: int, noun: str) -> str:
    """A number with its noun: "1 cell", "12 cells"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
