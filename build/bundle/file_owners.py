"""Which part a file of the frozen folder belongs to; every question has one answer or none."""

from __future__ import annotations

import re
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from importlib import metadata
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from blas_stand_in import OWN as BLAS
from codec_stand_ins import FOLDER as CODECS
from codec_stand_ins import REPLACED
from system_libraries import package_of
from wheel_libraries import LICENCES, QT_TEXTS, Section, WheelLibrary, bills_of, library_at, section_of, version_of

from rbc_desktop import __version__
from rbc_desktop.storage.digest import sha256_of
from rbc_desktop.storage.distributions import facts_of, licence_in
from rbc_desktop.storage.parts import OWN_LICENCE, PAGE_FILE, Part, font_parts, model_parts, python_part

ROOT = Path(__file__).resolve().parents[2]
INTERNAL = "_internal"
LINUX = sys.platform.startswith("linux")
"""The table of libraries in wheels is complete for Linux; elsewhere the wheel's licence has to do."""

WRITTEN = (f"{INTERNAL}/{PAGE_FILE}", "sbom.cdx.json", "SHA256SUMS")
"""What the build writes about the parts; it belongs to none."""

QT_LICENCE = "LGPL-3.0-only"


def source_names(path: str) -> list[str]:
    """How a file was called before it was frozen: bytecode comes from a source text, with or without `__pycache__`."""
    file = PurePosixPath(path)
    if file.suffix != ".pyc":
        return [path]
    folder = file.parent.parent if file.parent.name == "__pycache__" else file.parent
    return [path, (folder / f"{file.name.split('.')[0]}.py").as_posix()]


def is_written(path: str) -> bool:
    """Whether the build writes this file about the parts."""
    return path in WRITTEN


class Owners:
    """Answers for one frozen folder, from the environment that built it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.internal = folder / INTERNAL
        self.distributions = {name: found for found in metadata.distributions() for name in _listed(found)}
        self.stdlib = Path(sysconfig.get_path("stdlib"))
        self._known: dict[str, Part] = {}
        self._weights = model_parts(self.internal / "resources" / "weights", text=self.application.text)
        self._fonts = font_parts(self.internal / "resources" / "fonts")

    def owner_of(self, path: str) -> Part | None:
        """The part of the file at this path inside the folder (with slashes); None when no part owns it."""
        if not path.startswith(f"{INTERNAL}/"):
            return self._beside(path)
        inside = path.removeprefix(f"{INTERNAL}/")
        if (own := self._own(inside)) is not None:
            return own
        if (library := library_at(inside)) is not None:
            return self.wheel_library(library, inside)
        if inside.startswith(f"{CODECS}/") and PurePosixPath(inside).name.startswith((*REPLACED, BLAS)):
            return self.application if not self._is_as_installed(inside) else None
        if ".libs/" in inside and LINUX:
            return None  # a library in a wheel that the table doesn't know: not the wheel's own work
        for name in source_names(inside):
            if name in self.distributions:
                return self.distribution(self.distributions[name])
        return self._python(inside) or self._system(inside)

    # Ours

    @cached_property
    def application(self) -> Part:
        """RBC Desktop itself."""
        summary = metadata.distribution("rbc-desktop").metadata["Summary"]
        text = (ROOT / "LICENSE").read_text(encoding="utf-8")
        purl = f"pkg:generic/rbc-desktop@{__version__}"
        return Part("RBC Desktop", __version__, OWN_LICENCE, summary, "application", text, purl)

    def _beside(self, path: str) -> Part | None:
        if path in ("README.txt", "LICENSE.txt") or path.startswith("desktop/"):
            return self.application
        if path.removesuffix(".exe") in ("rbc-desktop", "rbc-desktop-cli"):
            return self.bootloader
        return None

    def _own(self, inside: str) -> Part | None:
        if inside.startswith("resources/weights/") and not inside.endswith("manifest.json"):
            part = self._weights.get(sha256_of(self.internal / inside))
            return part and replace(part, purl=f"pkg:generic/{quote(part.name)}@{quote(part.version)}")
        if inside.startswith("resources/fonts/"):
            first = next(iter(self._fonts.values()))  # the licence belongs to it
            part = self._fonts.get(PurePosixPath(inside).stem, first)
            return replace(part, purl=f"pkg:generic/dejavu-fonts@{part.version}")
        if inside.startswith(("rbc_desktop/", "resources/", "docs/")) or inside == "case.icns":
            return self.application
        return self.bootloader if inside.startswith("_pyi_") else None

    # Of others

    @cached_property
    def bootloader(self) -> Part:
        """The two programs: PyInstaller's start program, which may be given away with any application."""
        found = facts_of(metadata.distribution("pyinstaller"))
        licence = "GPL-2.0-or-later WITH Bootloader-exception"
        text = found.text
        if "Bootloader Exception" not in text:
            raise SystemExit("PyInstaller's licence names no exception for its start program any more.")
        purl = f"pkg:pypi/pyinstaller@{found.version}"
        purpose = "Starts the programs and finds their modules"
        return Part("PyInstaller bootloader", found.version, licence, purpose, "runtime", text, purl)

    def distribution(self, found: metadata.Distribution) -> Part:
        """A Python distribution; where it brings no text along, that in `licences/`."""
        if found.name not in self._known:
            facts = facts_of(found)
            text, licence = facts.text, facts.licence
            if facts.key in ("pyside6-essentials", "shiboken6"):
                text, licence = kept_texts(*QT_TEXTS), QT_LICENCE
            elif not text and (LICENCES / f"{facts.key}.txt").exists():
                text = kept_texts(f"{facts.key}.txt")
                licence = licence_in(text) or licence
            purl = f"pkg:pypi/{facts.key}@{quote(facts.version)}"
            self._known[found.name] = Part(facts.name, facts.version, licence, facts.summary, "python", text, purl)
        return self._known[found.name]

    def wheel_library(self, library: WheelLibrary, inside: str) -> Part:
        """A library inside a wheel, or linked into one of the wheel's libraries."""
        wheel = self.distributions[inside].name
        texts = []
        for text in library.texts:
            if isinstance(text, Section):
                whole = facts_of(metadata.distribution(text.distribution)).text
                texts.append(section_of(whole, text))
            else:
                texts.append(kept_texts(text))
        version = version_of(library, file=self.internal / inside, bills=bills_of(wheel))
        name = re.sub(r" \(.*\)", "", library.name).split(":")[0].lower().replace(" ", "-")
        purl = f"pkg:generic/{quote(name)}@{quote(version)}"
        return Part(library.name, version, library.licence, library.purpose, "library", "\n\n".join(texts), purl)

    @cached_property
    def python(self) -> Part:
        """Python itself."""
        part = python_part()
        return replace(part, purl=f"pkg:generic/python@{part.version}")

    def _python(self, inside: str) -> Part | None:
        file = self.internal / inside
        name = PurePosixPath(inside).name
        known = (
            inside == "base_library.zip"
            or name.startswith(("libpython3", "python3"))
            or re.match(r"python3\.\d+/lib-dynload/", inside)
            or any((self.stdlib / source).is_file() for source in source_names(inside))
            or (file.parent == self.internal and _beside_interpreter(name))
        )
        if not known:
            return None
        return self.python

    def _system(self, inside: str) -> Part | None:
        if "/" in inside or ".so" not in inside:
            return None
        package = package_of(self.internal / inside)
        if package is None:
            return None
        licence, purpose = package.stated
        purl = f"pkg:deb/debian/{quote(package.source)}@{quote(package.version)}?arch=source"
        return Part(package.source, package.version, licence, purpose, "system", package.text, purl)

    def _is_as_installed(self, inside: str) -> bool:
        installed = Path(str(self.distributions[inside].locate_file(inside)))
        return installed.read_bytes() == (self.internal / inside).read_bytes()


def kept_texts(*names: str) -> str:
    """Licence texts of `licences/`, one after the other."""
    return "\n\n".join((LICENCES / name).read_text(encoding="utf-8") for name in names)


def _listed(distribution: metadata.Distribution) -> Iterable[str]:
    return (file.as_posix() for file in distribution.files or ())


def _beside_interpreter(name: str) -> bool:
    """On Windows Python's own libraries lie beside it or in DLLs."""
    base = Path(sysconfig.get_config_var("installed_base"))
    return name.endswith((".dll", ".pyd")) and any((base / folder / name).is_file() for folder in ("", "DLLs"))
