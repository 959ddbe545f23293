"""``manifest.json`` beside the weights: which file, which hash, which configuration. What doesn't fit is refused."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ..domain.case.case import printable
from ..errors import ModelLoadError
from ..language import mark, tr

Section = Literal["segmenter", "classifier", "image-level model"]

WORDS = (mark("segmenter"), mark("classifier"), mark("image-level model"))
"""The sections in English, which `tr` translates."""

REINSTALL = mark("install the application again")
"""What to do about bundled models that don't fit."""

CHOOSE_ANOTHER = mark("choose another one")
"""What to do about models of the user's own."""

REQUIRED: dict[Section, tuple[str, ...]] = {
    "segmenter": ("file", "sha256", "architecture", "config", "input_size", "cell_px"),
    "classifier": ("file", "sha256"),
    "image-level model": ("file", "sha256"),
}


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One section of the manifest, its file found and its hash checked.

    Attributes:
        section: which model.
        path: the weights file.
        sha256: hex digest, as stated and as measured.
        values: the whole section.
    """

    section: Section
    path: Path
    sha256: str
    values: Mapping[str, Any]

    @property
    def model_id(self) -> str:
        """Name, version and short hash, for reports and cache keys."""
        name = self.values.get("architecture", self.section)
        version = self.values.get("version", "")
        return " ".join(part for part in (str(name), str(version), f"({self.sha256[:8]})") if part)


def read_entry(section: Section, directory: Path, *, remedy: str = REINSTALL) -> ManifestEntry:
    """Read and check one section of ``directory/manifest.json``.

    Args:
        section: which model.
        directory: folder of manifest and weights.
        remedy: what a refusal asks the user to do.

    Raises:
        ModelLoadError: when manifest, section or file are missing or damaged, or the hash is another one.
    """
    values = _section(section, directory, remedy)
    missing = [name for name in REQUIRED[section] if name not in values]
    if missing:
        raise ModelLoadError(
            tr(
                "The {section}'s manifest lacks {names}; {remedy}.",
                section=tr(section),
                names=", ".join(missing),
                remedy=tr(remedy),
            )
        )
    path = directory / Path(str(values["file"])).name
    try:
        measured = file_sha256(path)
    except (OSError, ValueError) as error:  # the second for a name that no file can have
        name = printable(path.name)[:40]
        raise ModelLoadError(
            tr(
                "The {section}'s weights ({name}) can't be read; {remedy}.",
                section=tr(section),
                name=name,
                remedy=tr(remedy),
            )
        ) from error
    if measured != values["sha256"]:
        raise ModelLoadError(
            tr(
                "The {section}'s weights ({name}) are damaged or were replaced: their SHA-256 begins with"
                " {measured}, the manifest says {stated}; {remedy}.",
                section=tr(section),
                name=path.name,
                measured=measured[:12],
                stated=str(values["sha256"])[:12],
                remedy=tr(remedy),
            )
        )
    return ManifestEntry(section, path, measured, values)


def file_sha256(path: Path) -> str:
    """Hex SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _section(section: Section, directory: Path, remedy: str) -> Mapping[str, Any]:
    path = directory / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelLoadError(
            tr("The models are missing ({name} not found); {remedy}.", name=path.name, remedy=tr(remedy))
        ) from error
    except (OSError, ValueError, RecursionError) as error:
        raise ModelLoadError(
            tr("The models' {name} can't be read; {remedy}.", name=path.name, remedy=tr(remedy))
        ) from error
    values = manifest.get(section) if isinstance(manifest, dict) else None
    if not isinstance(values, dict):
        raise ModelLoadError(tr("The manifest has no {section}; {remedy}.", section=tr(section), remedy=tr(remedy)))
    return values
