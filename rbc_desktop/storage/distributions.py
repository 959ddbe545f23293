"""What installed Python distributions say about themselves: version, licence, licence texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

_WORDS = {
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "bsd-3-clause, apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",  # pypdfium2
    "freebsd": "BSD-2-Clause",
    "nvidia proprietary software": "LicenseRef-NVIDIA-Proprietary",
}
"""What makers write in the field "License", in lower case, and the SPDX identifier that it means without doubt."""

_CLASSIFIERS = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}

_VAGUE = {"bsd", "bsd license", "gpl", "lgpl", "apache"}
"""Words that name a family of licences; the text decides."""

_SPDX = re.compile(r"[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)*")

_TEXTS = re.compile(
    r'^"?([^,\n"]+\.dist-info/(?:licenses/[^,\n"]+|(?:licen[cs]e|copying|notice)[^,\n"/]*))',
    re.MULTILINE | re.IGNORECASE,
)
"""Licence texts in a RECORD."""

_STATED = re.compile(r"Files: \*\n(?:.+\n)*?License: (\S+)\n")
"""The head of a text in Debian's form: what holds for the whole."""

_NAME = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class DistributionFacts:
    """One installed distribution.

    Attributes:
        key: its normalised name (PEP 503).
        licence: SPDX where it can be told, else the words of its makers.
        text: its licence texts, joined; empty when it came without one.
    """

    key: str
    name: str
    version: str
    licence: str
    summary: str
    text: str


def normalised(name: str) -> str:
    """A distribution's name as the index compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def facts_of(distribution: metadata.Distribution) -> DistributionFacts:
    """Read one distribution."""
    about = distribution.metadata
    record = distribution.read_text("RECORD") or ""
    names = sorted(set(_TEXTS.findall(record)), key=lambda name: ("licen" not in name.rsplit("/", 1)[-1].lower(), name))
    readable = [path for name in names if (path := Path(str(distribution.locate_file(name)))).is_file()]
    return DistributionFacts(
        key=normalised(about["Name"]),
        name=about["Name"],
        version=distribution.version,
        licence=licence_of(
            expression=_field(about, "License-Expression"),
            field=_field(about, "License"),
            classifiers=about.get_all("Classifier") or (),
            text=readable[0].read_text(encoding="utf-8", errors="replace") if readable else "",
        ),
        summary=" ".join(_field(about, "Summary").split()) or "Python package",
        text=joined_texts(readable),
    )


def joined_texts(paths: Iterable[Path]) -> str:
    """Several texts as one, each under the name of its file; the same text is not repeated.

    Raises:
        OSError: when one can't be read.
    """
    texts: dict[str, list[Path]] = {}
    for path in paths:
        texts.setdefault(path.read_text(encoding="utf-8", errors="replace").strip(), []).append(path)
    if len(texts) < 2:
        return "".join(f"{text}\n" for text in texts)
    return "\n\n".join(
        "\n".join([*(f"── {'/'.join(path.parts[-2:])}" for path in named), "", text, ""])
        for text, named in texts.items()
    )


def _field(about: metadata.PackageMetadata, name: str) -> str:
    return str((about.get_all(name) or [""])[0])


def licence_of(*, expression: str, field: str, classifiers: Iterable[str], text: str) -> str:
    """The licence as an SPDX expression where the metadata or the text leave no doubt, else in the makers' words.

    Args:
        expression: metadata `License-Expression`, which is SPDX already.
        field: metadata `License`: an identifier, a few words or a whole text.
        classifiers: trove classifiers.
        text: the first licence text.
    """
    if expression:
        return expression
    words = field.strip()
    if words.lower() in _WORDS:
        return _WORDS[words.lower()]
    if _SPDX.fullmatch(words) and words.lower() not in _VAGUE:
        return words
    if known := licence_in(text):
        return known
    names = [line.split(" :: ")[-1] for line in classifiers if line.startswith("License ::")]
    if known := next((_CLASSIFIERS[name] for name in names if name in _CLASSIFIERS), ""):
        return known
    return words.splitlines()[0] if words else ", ".join(names)


def licence_in(text: str) -> str:
    """The licence that a text begins with, of the few that are common and can't be mistaken; empty for others."""
    if stated := _STATED.match(text):
        return stated.group(1)
    plain = " ".join(text.split())
    marks = {
        "Permission is hereby granted, free of charge": "MIT",
        "Apache License Version 2.0": "Apache-2.0",
        "Redistribution and use in source and binary forms": "BSD",
        "Mozilla Public License Version 2.0": "MPL-2.0",
    }
    found = sorted((plain.index(mark), name) for mark, name in marks.items() if mark in plain)
    if not found:
        return ""
    start, name = found[0]
    if name != "BSD":
        return name
    clauses = plain[start : start + 1200].split("THIS SOFTWARE IS PROVIDED")[0]
    return "BSD-3-Clause" if "endorse or promote" in clauses else "BSD-2-Clause"


def required_distributions(roots: Sequence[str]) -> list[DistributionFacts]:
    """These distributions and the installed ones that their requirements lead to; extras are not followed."""
    found: dict[str, DistributionFacts] = {}
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if normalised(name) in found:
            continue
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # needed on other systems only, or left out on purpose (torchvision)
        found[normalised(name)] = facts_of(distribution)
        for requirement in distribution.requires or ():
            wanted, _, marker = requirement.partition(";")
            if "extra" not in marker and (match := _NAME.match(wanted)):
                waiting.append(match.group())
    return [found[key] for key in sorted(found)]
