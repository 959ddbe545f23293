"""The parts that the application is made of, each with version and licence, and the page that lists them all.

A frozen folder carries the page that its build wrote (build/bundle/bundled_parts.py); from source it is made of the
distributions that are installed.
"""

from __future__ import annotations

import json
import platform
import re
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from .. import __version__
from ..errors import RbcError
from ..language import tr
from .distributions import joined_texts, required_distributions
from .paths import resource_root

PAGE_FILE = "licences.txt"

KINDS: dict[str, str] = {
    "application": "Application",
    "model": "Models",
    "font": "Fonts",
    "runtime": "Runtime",
    "python": "Python packages",
    "library": "Libraries inside packages",
    "system": "System libraries",
}
"""Kinds of parts, in the order of the page, and the headings over them."""

ROOTS = ("rbc-desktop", "sam2")
"""Distributions whose requirements are followed; sam2 is installed beside the application (see pyproject.toml)."""

OWN_LICENCE = "MIT"

WITHOUT_TEXT = "Installed without a licence text; the list says what the makers state."

_RULE = "─" * 100


@dataclass(frozen=True, slots=True)
class Part:
    """One part.

    Attributes:
        name: as its makers write it.
        version: of the part; empty when it has none.
        licence: an SPDX expression, or the words of its makers where those are vague.
        purpose: one line.
        kind: of `KINDS`.
        text: its licence in full; empty when it came without one.
        purl: its address in package indexes, where a build knows it.
    """

    name: str
    version: str
    licence: str
    purpose: str
    kind: str
    text: str = ""
    purl: str = ""

    @property
    def title(self) -> str:
        """Name and version."""
        return f"{self.name} {self.version}".rstrip()

    @property
    def order(self) -> tuple[int, str, str]:
        """Sort key: by kind, then by name."""
        return list(KINDS).index(self.kind), self.name.lower(), self.version


def read_licences() -> str:
    """The page of a frozen folder, or that of the source.

    Raises:
        RbcError: when it can't be read.
    """
    written = resource_root().parent / PAGE_FILE
    try:
        return written.read_text(encoding="utf-8") if written.exists() else licences_page(environment_parts())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RbcError(tr("The list of parts can't be read; install the application again.")) from error


def licences_page(parts: Iterable[Part]) -> str:
    """Plain text: all parts under headings, then every licence text once, under the parts that it holds for."""
    ordered = sorted(parts, key=lambda part: part.order)
    sections = [f"RBC Desktop is made of {len(ordered)} parts. Their licence texts follow the list."]
    for kind, group in groupby(ordered, key=lambda part: part.kind):
        lines = (f"  {part.title}: {part.licence or 'no licence stated'}. {part.purpose}".rstrip() for part in group)
        sections.append("\n".join([KINDS[kind], *lines]))
    holders: dict[str, list[Part]] = {}
    for part in ordered:
        holders.setdefault(part.text.strip() or WITHOUT_TEXT, []).append(part)
    sections += [f"{_RULE}\n{', '.join(part.title for part in held)}\n\n{text}" for text, held in holders.items()]
    return "\n\n".join(sections) + "\n"


def environment_parts() -> list[Part]:
    """The parts of a source checkout: ourselves, the models, the fonts and the installed distributions."""
    resources = resource_root()
    packages = {found.key: found for found in required_distributions(ROOTS)}
    own = packages.pop("rbc-desktop")
    licence = joined_texts([resources.parent / "LICENSE"])
    return [
        Part("RBC Desktop", __version__, OWN_LICENCE, own.summary, "application", licence),
        *model_parts(resources / "weights", text=licence).values(),
        *font_parts(resources / "fonts").values(),
        python_part(),
        *(Part(one.name, one.version, one.licence, one.summary, "python", one.text) for one in packages.values()),
    ]


def model_parts(weights: Path, *, text: str) -> dict[str, Part]:
    """Our weights by the SHA-256 that their manifest gives.

    Args:
        weights: the folder with `manifest.json`.
        text: the application's licence, which covers them.
    """
    manifest = json.loads((weights / "manifest.json").read_text(encoding="utf-8"))
    segmenter, classifier = manifest["segmenter"], manifest["classifier"]
    wanted = [
        (segmenter["architecture"], segmenter, "sha256", "Outlines cells"),
        (classifier["name"], classifier, "sha256", "Names the form of a cell"),
        (f"{classifier['name']}: second opinion", classifier, "second_sha256", "Names the form of a cell, too"),
        (f"{classifier['name']}: red cell or not", classifier, "red_sha256", "Tells red cells from everything else"),
    ]
    return {
        section[digest]: Part(
            name, str(section.get("version", "")), OWN_LICENCE, f"{purpose}; trained on {section['trained_on']}",
            "model", text,
        )
        for name, section, digest, purpose in wanted
        if digest in section
    }  # fmt: skip


def font_parts(fonts: Path) -> dict[str, Part]:
    """The bundled fonts by the name of their file without `.ttf`."""
    text = joined_texts(sorted(fonts.glob("LICENSE*")))
    stated = re.search(r"version ([\d.]+\d)", text)  # in the first line of the licence
    version = stated.group(1) if stated else ""
    purpose = "Letters of reports, and of the window on systems without fonts"
    names = [path.stem for path in sorted(fonts.glob("*.ttf"))]
    return {name: Part(name, version, "Bitstream-Vera", purpose, "font", text) for name in names}


def python_part() -> Part:
    """Python itself, as it runs."""
    written = Path(sysconfig.get_path("stdlib"), "LICENSE.txt")
    text = joined_texts([written]) if written.exists() else ""
    purpose = "Interpreter and standard library"
    return Part("Python", platform.python_version(), "Python-2.0.1", purpose, "runtime", text)
