"""Finding the images of a case again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..domain.case import Case, Field
from .digest import sha256_of


@dataclass(frozen=True, slots=True)
class ImageProblem:
    """A field whose image isn't what the case knows.

    Attributes:
        field: the field.
        kind: the file is missing (moved, renamed, unreadable), or its bytes have changed.
    """

    field: Field
    kind: Literal["missing", "changed"]


def locate_images(case: Case) -> list[ImageProblem]:
    """The fields whose image is missing or changed, so that the user can be asked.

    Reads every file; not for the GUI thread.
    """
    digests: dict[Path, str | None] = {}
    problems: list[ImageProblem] = []
    for field in case.fields.values():
        if field.path not in digests:
            digests[field.path] = _digest(field.path)
        digest = digests[field.path]
        if digest is None:
            problems.append(ImageProblem(field, "missing"))
        elif digest != field.sha256:
            problems.append(ImageProblem(field, "changed"))
    return problems


def _digest(path: Path) -> str | None:
    try:
        return sha256_of(path)
    except OSError:
        return None
