"""What a batch writes, as the command line says it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Results:
    """What is written besides the case.

    Attributes:
        formats: keys of `export_formats.FORMATS`.
        deidentified: no result names or dates the sample; the case beside them does.
        scheme: file of the scheme by which the sample is graded; None leaves the case as it is.
    """

    formats: tuple[str, ...] = ("csv", "pdf")
    deidentified: bool = False
    scheme: Path | None = None
