"""A moved image that was found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FoundImage:
    """Where the image of a field is now.

    Attributes:
        field_id: of the field.
        path: absolute path of the file.
        sha256: hex digest of the file's bytes.
    """

    field_id: int
    path: Path
    sha256: str
