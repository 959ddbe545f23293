"""The parts that the application is made of: what each is, its version, its licence and the hash of its files.

A frozen folder carries the list that its build wrote (`parts.json`, texts in `licences/`); from source the list is read
from the distributions that are installed. Both give the same values.
"""

from __future__ import annotations

import json
import platform
import re
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import RbcError
from .digest import sha256_of
from .distributions import DistributionFacts, required_distributions
from .paths import resource_root

PARTS_FILE = "parts.json"
LICENCES_FOLDER = "licences"

KINDS: dict[str, str] = {
    "application": "Application",
    "model": "Models",
    "font": "Fonts",
    "runtime": "Runtime",
    "python": "Python packages",
    "library": "Libraries inside packages",
    "system": "System libraries",
}
"""Kinds of parts, in the order of the list, and the headings over them."""

ROOTS = ("rbc-desktop", "sam2")
"""Distributions whose requirements are followed; sam2 is installed beside the application (see pyproject.toml)."""

OWN_LICENCE = "MIT"


@dataclass(frozen=True, slots=True)
class Part:
    """One part.

    Attributes:
        name: as its makers write it.
        version: of the part; empty when it has none.
        licence: an SPDX expression, or the words of its makers where those are vague.
        purpose: one line.
        kind: of `KINDS`.
        sha256: of its file; of several files that of their checksum lines (`sha256  path`, as in SHA256SUMS).
        files: how many files it has.
        texts: where its licence is written.
    """

    name: str
    version: str
    licence: str
    purpose: str
    kind: str
    sha256: str = ""
    files: int = 0
    texts: tuple[Path, ...] = ()

    @property
    def order(self) -> tuple[int, str, str]:
        """Sort key: by kind, then by name."""
        return list(KINDS).index(self.kind), self.name.lower(), self.version


def read_parts() -> tuple[Part, ...]:
    """All parts, in order.

    Raises:
        RbcError: when the list can't be read.
    """
    listed = resource_root().parent / PARTS_FILE
    try:
        found = parts_from_json(listed) if listed.exists() else environment_parts()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RbcError("The list of parts can't be read; install the application again.") from error
    return tuple(sorted(found, key=lambda part: part.order))


def parts_from_json(path: Path) -> list[Part]:
    """The list of a frozen folder; the texts' names there are relative to its `licences/`."""
    folder = path.with_name(LICENCES_FOLDER)
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return [Part(**{**row, "texts": tuple(folder / name for name in row["texts"])}) for row in rows]


def parts_to_json(parts: Iterable[Part]) -> str:
    """The text of the list, the same for the same parts."""
    rows = [
        {
            **{name: getattr(part, name) for name in Part.__slots__},
            "texts": [path.name for path in part.texts],
        }
        for part in sorted(parts, key=lambda part: part.order)
    ]
    return json.dumps(rows, indent=1, ensure_ascii=False) + "\n"


def environment_parts() -> list[Part]:
    """The parts of a source checkout: ourselves, the models, the fonts and the installed distributions."""
    resources = resource_root()
    facts = {found.key: found for found in required_distributions(ROOTS)}
    own = facts.pop("rbc-desktop", None)
    licence = resources.parent / "LICENSE"
    application = Part(
        "RBC Desktop", own.version if own else "", OWN_LICENCE, own.summary if own else "", "application",
        texts=(licence,) if licence.exists() else (),
    )  # fmt: skip
    return [
        application,
        *model_parts(resources / "weights", texts=application.texts),
        *font_parts(resources / "fonts"),
        python_part(),
        *map(distribution_part, facts.values()),
    ]


def distribution_part(facts: DistributionFacts) -> Part:
    """An installed distribution; its hash is that of its own list of files and hashes (RECORD)."""
    return Part(
        facts.name, facts.version, facts.licence, facts.summary, "python", facts.record_sha256, facts.files, facts.texts
    )


def model_parts(weights: Path, *, texts: tuple[Path, ...]) -> list[Part]:
    """Our weights, with the versions and hashes of their manifest.

    Args:
        weights: the folder with `manifest.json`.
        texts: the application's licence, which covers them.
    """
    manifest = json.loads((weights / "manifest.json").read_text(encoding="utf-8"))
    segmenter, classifier = manifest["segmenter"], manifest["classifier"]
    wanted = [
        (segmenter["architecture"], segmenter, "sha256", "Outlines cells"),
        (classifier["name"], classifier, "sha256", "Names the form of a cell"),
        (f"{classifier['name']}: red cell or not", classifier, "red_sha256", "Tells red cells from everything else"),
    ]
    return [
        Part(
            name, str(section.get("version", "")), OWN_LICENCE, f"{purpose}; trained on {section['trained_on']}",
            "model", section[digest], 1, texts,
        )
        for name, section, digest, purpose in wanted
        if digest in section
    ]  # fmt: skip


def font_parts(fonts: Path) -> list[Part]:
    """The bundled fonts, one part a file."""
    texts = tuple(sorted(fonts.glob("LICENSE*")))
    stated = re.search(r"version ([\d.]+\d)", joined_texts(texts))  # in the first line of the licence
    version = stated.group(1) if stated else ""
    purpose = "Letters of reports, and of the window on systems without fonts"
    return [
        Part(path.stem, version, "Bitstream-Vera", purpose, "font", sha256_of(path), 1, texts)
        for path in sorted(fonts.glob("*.ttf"))
    ]


def python_part() -> Part:
    """Python itself, as it runs; from source its files are those of the system, so they are not listed."""
    text = Path(sysconfig.get_path("stdlib"), "LICENSE.txt")
    purpose = "Interpreter and standard library"
    return Part(
        "Python", platform.python_version(), "Python-2.0.1", purpose, "runtime", texts=(text,) if text.exists() else ()
    )


def licence_text(part: Part) -> str:
    """The full text of a part's licence, or a sentence that says why there is none."""
    try:
        texts = joined_texts(part.texts)
    except OSError:
        return f"The licence text of {part.name} can't be read; install the application again."
    return texts or f"{part.name} came without a licence text. Its makers state: {part.licence or 'nothing'}."


def joined_texts(paths: Iterable[Path]) -> str:
    """Several texts as one, each under the name of its file; the same text is not repeated.

    Raises:
        OSError: when one can't be read.
    """
    texts: dict[str, list[Path]] = {}
    for path in paths:
        texts.setdefault(path.read_text(encoding="utf-8", errors="replace").strip(), []).append(path)
    if len(texts) == 1:
        return next(iter(texts)) + "\n"
    return "\n\n".join(
        "\n".join([*(f"── {'/'.join(path.parts[-2:])}" for path in named), "", text, ""])
        for text, named in texts.items()
    )
