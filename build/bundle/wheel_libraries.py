"""Libraries that lie inside Python wheels but are works of their own, with own versions and licences."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from importlib import metadata
from pathlib import Path

GCC = "GPL-3.0-or-later WITH GCC-exception-3.1"
INTEL = "LicenseRef-Intel-Simplified-Software-License"

QT_TEXTS = ("qt.txt", "LGPL-3.0.txt", "GPL-3.0.txt")
HEIF_TEXTS = ("libheif.txt", "LGPL-3.0.txt", "GPL-3.0.txt")

LICENCES = Path(__file__).parents[1] / "licences"
"""Licence texts that no wheel brings along."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a licence text that a wheel brings along.

    Attributes:
        distribution: the wheel.
        start: how its first line begins.
        end: how the first line after it begins.
    """

    distribution: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class WheelLibrary:
    """One library.

    Attributes:
        patterns: paths inside `_internal`, as fnmatch reads them.
        texts: its licence: sections, or names of files in `licences/`.
        listed: its name in the bill of materials that the wheel brings along, for the version.
        pattern: a regular expression that finds the version in the library, when that list has none.
        ask: gives the version where none of the above does.
        inside: it is linked into the file, which belongs to another part.
    """

    name: str
    patterns: tuple[str, ...]
    licence: str
    purpose: str
    texts: tuple[Section | str, ...]
    listed: str = ""
    pattern: bytes = b""
    ask: Callable[[], str] | None = None
    inside: bool = False


def _qt_version() -> str:
    return metadata.version("PySide6_Essentials")  # numbered like the Qt inside


def _pillow(heading: str) -> tuple[Section]:
    return (Section("pillow", f"{heading}\n", "----\n"),)


def _opencv(start: str) -> tuple[Section]:
    return (Section("opencv-python-headless", start, "-" * 78 + "\n"),)


def _pdfium_version() -> str:
    from pypdfium2 import version

    return str(version.PDFIUM_INFO.version).partition("@")[0]


def _mkl_version() -> str:
    import torch

    found = re.search(r"Math Kernel Library Version ([\d.]+)", torch.__config__.show())
    return found.group(1) if found else ""


def _harfbuzz_version() -> str:
    import uharfbuzz

    return str(uharfbuzz.version_string())


def _nacl_version() -> str:
    return f"as in PyNaCl {metadata.version('pynacl')}"  # the wheel builds its own and says no number


def _ffi_version() -> str:
    return f"as in cffi {metadata.version('cffi')}"


def _deflate_version() -> str:
    import imagecodecs

    return str(imagecodecs.deflate_version()).removeprefix("libdeflate ")


_OPENBLAS = (Section("numpy", "Name: OpenBLAS", "Name: GCC runtime library"),)
_GCC = (Section("numpy", "Name: GCC runtime library", "Name: libquadmath"),)
_BLAS_VERSION = rb"OpenBLAS (\d+\.\d+[.\d]*)"
_LICENCE_BLAS = "BSD-3-Clause AND BSD-3-Clause-Open-MPI"

LIBRARIES = (
    WheelLibrary("OpenBLAS (NumPy)", ("numpy.libs/libscipy_openblas*",), _LICENCE_BLAS,
                 "Linear algebra, 64-bit integers", _OPENBLAS, pattern=_BLAS_VERSION),
    WheelLibrary("OpenBLAS (SciPy)", ("scipy.libs/libscipy_openblas*",), _LICENCE_BLAS,
                 "Linear algebra, 32-bit integers", _OPENBLAS, pattern=_BLAS_VERSION),
    WheelLibrary("libgfortran", ("*.libs/libgfortran*",), GCC, "Fortran runtime of the linear algebra", _GCC,
                 listed="libgfortran"),
    WheelLibrary("libquadmath", ("*.libs/libquadmath*",), "LGPL-2.1-or-later", "Quad precision for libgfortran",
                 (Section("numpy", "Name: libquadmath", "----"), "LGPL-2.1.txt"), listed="libquadmath"),
    WheelLibrary("libgomp (PyTorch)", ("torch/lib/libgomp*",), GCC, "OpenMP threads", _GCC),
    WheelLibrary("Intel oneMKL", ("torch/lib/libtorch_cpu.so", "torch/lib/torch_cpu.dll"), INTEL,
                 "Mathematics inside PyTorch's library", ("intel-onemkl.txt",), ask=_mkl_version, inside=True),
    WheelLibrary("Intel IPP", ("cv2/cv2*.so", "cv2/cv2*.pyd"), INTEL, "Image routines inside OpenCV's library",
                 _opencv("Intel(R) IPP ICV library"), pattern=rb"Intel IPP: +(\d[.\d]*)", inside=True),
    WheelLibrary("libsodium", ("nacl/_sodium*.so", "nacl/_sodium*.pyd"), "ISC", "Pass phrases and signatures",
                 ("libsodium.txt",), ask=_nacl_version, inside=True),
    WheelLibrary("HarfBuzz", ("uharfbuzz/_harfbuzz*.so", "uharfbuzz/_harfbuzz*.pyd"), "MIT-Modern-Variant",
                 "Letters of every script in the report", ("harfbuzz.txt",), ask=_harfbuzz_version, inside=True),
    WheelLibrary("libffi", ("_cffi_backend*.so", "_cffi_backend*.pyd"), "MIT", "Calls of C functions inside cffi",
                 ("libffi.txt",), ask=_ffi_version, inside=True),
    WheelLibrary("libavif (OpenCV)", ("opencv_python_headless.libs/libavif*",), "BSD-2-Clause",
                 "Recognises AVIF images; OpenCV is linked to it", _opencv("libavif library"),
                 pattern=rb"\0(1\.\d+\.\d+)\0"),
    WheelLibrary("libaom (OpenCV)", ("opencv_python_headless.libs/libaom*",), "BSD-2-Clause",
                 "AV1 codec behind libavif", _opencv("aom library"), pattern=rb"AV1 Decoder (\d[.\d]*)"),
    WheelLibrary("libpng (OpenCV)", ("opencv_python_headless.libs/libpng*",), "libpng-2.0", "PNG images",
                 _opencv("libpng is redistributed"), pattern=rb"libpng version (\d[.\d]*)"),
    WheelLibrary("libjpeg-turbo (Pillow)", ("pillow.libs/libjpeg*",), "IJG AND BSD-3-Clause", "JPEG images",
                 _pillow("LIBJPEG"), listed="libjpeg / libjpeg-turbo"),
    WheelLibrary("libtiff (Pillow)", ("pillow.libs/libtiff*",), "libtiff", "TIFF images", _pillow("LIBTIFF"),
                 listed="libtiff"),
    WheelLibrary("OpenJPEG (Pillow)", ("pillow.libs/libopenjp2*",), "BSD-2-Clause", "JPEG 2000 images",
                 _pillow("OPENJPEG"), listed="OpenJPEG"),
    WheelLibrary("XZ Utils: liblzma (Pillow)", ("pillow.libs/liblzma*",), "0BSD", "Compression inside TIFF images",
                 _pillow("LIBLZMA")),
    WheelLibrary("Zstandard (Pillow)", ("pillow.libs/libzstd*",), "BSD-3-Clause", "Compression inside TIFF images",
                 _pillow("ZSTD")),
    WheelLibrary("libwebp (Pillow)", ("pillow.libs/libwebp*", "pillow.libs/libsharpyuv*"), "BSD-3-Clause",
                 "WebP images", _pillow("LIBWEBP"), listed="libwebp"),
    WheelLibrary("Little CMS (Pillow)", ("pillow.libs/liblcms2*",), "MIT", "Colours by their profile",
                 _pillow("LCMS2"), listed="Little CMS 2"),
    WheelLibrary("libXau (Pillow)", ("pillow.libs/libXau*",), "MIT-open-group", "X11; Pillow is linked to it",
                 _pillow("XAU"), listed="libXau"),
    WheelLibrary("libxcb (Pillow)", ("pillow.libs/libxcb*",), "X11", "X11; Pillow is linked to it", _pillow("XCB"),
                 listed="libxcb"),
    WheelLibrary("libdeflate", ("imagecodecs.libs/libdeflate*",), "MIT", "Deflate inside TIFF images",
                 ("libdeflate.txt",), ask=_deflate_version),
    WheelLibrary("libjpeg-turbo (imagecodecs)", ("imagecodecs.libs/libjpeg*",), "IJG AND BSD-3-Clause",
                 "JPEG inside TIFF images", _pillow("LIBJPEG"), pattern=rb"libjpeg-turbo version (\d[.\d]*)"),
    WheelLibrary("XZ Utils: liblzma (imagecodecs)", ("imagecodecs.libs/liblzma*",), "0BSD",
                 "Compression inside TIFF images", _pillow("LIBLZMA")),
    WheelLibrary("Zstandard (imagecodecs)", ("imagecodecs.libs/libzstd*",), "BSD-3-Clause",
                 "Compression inside TIFF images", _pillow("ZSTD")),
    WheelLibrary("libheif", ("pi_heif.libs/libheif*",), "LGPL-3.0-or-later", "HEIC images", HEIF_TEXTS),
    WheelLibrary("libde265", ("pi_heif.libs/libde265*",), "LGPL-3.0-or-later", "HEVC decoder behind libheif",
                 HEIF_TEXTS, pattern=rb"\0(1\.\d+\.\d+)\0"),
    WheelLibrary("PDFium", ("pypdfium2_raw/*pdfium.*",), "BSD-3-Clause AND Apache-2.0", "Draws the report's preview",
                 ("pdfium.txt",), ask=_pdfium_version),
    WheelLibrary("ICU", ("PySide6/Qt/lib/libicu*",), "Unicode-DFS-2016", "Text and time zones; Qt is linked to it",
                 ("icu.txt",)),
    WheelLibrary("Qt", ("PySide6/Qt/*",), "LGPL-3.0-only", "Windows and widgets", QT_TEXTS, ask=_qt_version),
)  # fmt: skip


def library_at(path: str) -> WheelLibrary | None:
    """The library whose own file this is (path inside `_internal`, with slashes)."""
    own = (library for library in LIBRARIES if not library.inside)
    return next((library for library in own if any(fnmatchcase(path, p) for p in library.patterns)), None)


def libraries_inside(path: str) -> list[WheelLibrary]:
    """The libraries that are linked into the file at this path."""
    return [lib for lib in LIBRARIES if lib.inside and any(fnmatchcase(path, p) for p in lib.patterns)]


def section_of(text: str, section: Section) -> str:
    """The section's lines.

    Raises:
        SystemExit: when the text has no such section (after an upgrade, say).
    """
    start = re.search(f"^{re.escape(section.start)}", text, re.MULTILINE)
    if start is None:
        raise SystemExit(f"The licence of {section.distribution} has no section '{section.start.strip()}' any more.")
    end = re.compile(f"^{re.escape(section.end)}", re.MULTILINE).search(text, start.end())
    return text[start.start() : end.start() if end else len(text)].strip() + "\n"


def version_of(library: WheelLibrary, *, file: Path, bills: Iterable[str]) -> str:
    """The library's version: from the wheel's bill of materials, its own bytes, or its file name.

    Args:
        library: which.
        file: the library, or the one that it is linked into.
        bills: CycloneDX texts that the wheel brings along.
    """
    for bill in bills:
        for component in json.loads(bill).get("components", ()):
            if library.listed and component.get("name") == library.listed and component.get("version"):
                return str(component["version"])
    if library.pattern and (found := re.search(library.pattern, file.read_bytes())):
        return found.group(1).decode().rstrip(".")
    if library.ask:
        return library.ask()
    _, _, digits = file.name.partition(".so.")
    return digits


def bills_of(distribution: str) -> list[str]:
    """The bills of materials that an installed wheel brings along."""
    files = metadata.files(distribution) or ()
    return [file.read_text() for file in files if "/sboms/" in file.as_posix() and file.name.endswith(".json")]
