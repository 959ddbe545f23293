"""A line of the table that `bench` prints."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table; `holds` is None where nothing is promised."""

    name: str
    value: float
    unit: str
    bound: str = ""
    holds: bool | None = None

    @property
    def key(self) -> str:
        """The name in docs/measured.json."""
        return re.sub(r"\W+", "_", self.name.lower()).strip("_")
