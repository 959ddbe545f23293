"""What came of looking at one thing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: its name, whether it holds, and one sentence."""

    name: str
    ok: bool
    detail: str
