"""Libraries of the building system that PyInstaller took along: which Debian package, which version, which licence.

Licences are stated here by source package, read in `/usr/share/doc/PACKAGE/copyright`: those files also name the
licences of scripts, tests and tools, so no program can tell which one holds for the library.
"""

from __future__ import annotations

import filecmp
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

GCC = "GPL-3.0-or-later WITH GCC-exception-3.1"

PACKAGES: dict[str, tuple[str, str]] = {
    "brotli": ("MIT", "Compression inside web fonts"),
    "bzip2": ("bzip2-1.0.6", "Compression"),
    "dbus": ("AFL-2.1 OR GPL-2.0-or-later", "Talks to the desktop"),
    "expat": ("MIT", "XML"),
    "fontconfig": ("HPND-sell-variant", "Finds the system's fonts"),
    "freetype": ("FTL OR GPL-2.0-or-later", "Draws fonts"),
    "gcc": (GCC, "Runtime of C++ and OpenMP"),
    "glib2.0": ("LGPL-2.1-or-later", "Event loop of the desktop"),
    "libbsd": ("BSD-3-Clause AND BSD-2-Clause AND ISC AND MIT", "BSD functions for libXdmcp"),
    "libcap2": ("BSD-3-Clause OR GPL-2.0-only", "Capabilities, for libsystemd"),
    "libffi": ("MIT", "Calls C functions from Python"),
    "libgcrypt20": ("LGPL-2.1-or-later", "Hashes, for libsystemd"),
    "libgpg-error": ("LGPL-2.1-or-later", "Error texts of libgcrypt"),
    "libmd": ("BSD-3-Clause AND BSD-2-Clause AND ISC AND Beerware", "Hashes, for libbsd"),
    "libpng1.6": ("libpng-2.0", "PNG images inside fonts"),
    "libx11": ("MIT AND X11 AND MIT-open-group", "X11"),
    "libxau": ("MIT-open-group", "X11 sign-on"),
    "libxcb": ("X11", "X11 protocol"),
    "libxdmcp": ("MIT-open-group", "X11 sign-on"),
    "libxkbcommon": ("MIT AND X11 AND MIT-open-group", "Keyboard layouts"),
    "libzstd": ("BSD-3-Clause OR GPL-2.0-only", "Compression, for libsystemd"),
    "lz4": ("BSD-2-Clause", "Compression, for libsystemd"),
    "ncurses": ("X11-distribute-modifications-variant", "Terminal"),
    "openssl": ("Apache-2.0", "Hashes of Python's hashlib"),
    "pcre2": ("BSD-3-Clause", "Regular expressions of GLib"),
    "readline": ("GPL-3.0-or-later", "Line editing in a terminal"),
    "sqlite3": ("blessing", "Case files"),
    "systemd": ("LGPL-2.1-or-later", "Needed by D-Bus"),
    "util-linux": ("BSD-3-Clause", "Unique identifiers (libuuid)"),
    "xcb-util": ("MIT", "X11 helpers"),
    "xcb-util-cursor": ("MIT", "X11 mouse pointers"),
    "xcb-util-image": ("MIT", "X11 images"),
    "xcb-util-keysyms": ("MIT", "X11 keys"),
    "xcb-util-renderutil": ("MIT", "X11 drawing"),
    "xcb-util-wm": ("MIT", "X11 windows"),
    "xz-utils": ("LicenseRef-Public-Domain", "Compression (liblzma)"),
    "zlib": ("Zlib", "Compression"),
}
"""Source package without its version number → licence of its libraries, what they are for."""

_COMMON = {
    "LGPL-2.1-or-later": "LGPL-2.1",
    "Apache-2.0": "Apache-2.0",
    GCC: "GPL-3",
}
"""Licences whose full text Debian keeps in one place instead of in each copyright file."""


@dataclass(frozen=True, slots=True)
class SystemPackage:
    """The package that a library comes from: source name and version, name of the binary package."""

    source: str
    version: str
    binary: str

    @property
    def stated(self) -> tuple[str, str]:
        """Licence and purpose.

        Raises:
            SystemExit: when this package's licence is not in the table yet.
        """
        key = self.source if self.source in PACKAGES else re.sub(r"-\d+$", "", self.source)  # gcc-12, gcc-13, …
        if key not in PACKAGES:
            raise SystemExit(
                f"No licence is stated for {self.source} (package {self.binary}). Read "
                f"/usr/share/doc/{self.binary}/copyright and add it to {Path(__file__).name}."
            )
        return PACKAGES[key]

    @property
    def text(self) -> str:
        """Debian's copyright file, with the full text of the licence where that only points to it."""
        text = Path("/usr/share/doc", self.binary, "copyright").read_text(encoding="utf-8", errors="replace")
        common = Path("/usr/share/common-licenses", _COMMON.get(self.stated[0], ""))
        return f"{text.strip()}\n\n{common.read_text(encoding='utf-8')}" if common.is_file() else text


def package_of(library: Path) -> SystemPackage | None:
    """The installed package that has this very library, byte for byte; None when there is none.

    Raises:
        SystemExit: when the system has no dpkg.
    """
    try:
        found = subprocess.run(["dpkg", "-S", f"*/{library.name}"], capture_output=True, text=True).stdout
    except FileNotFoundError:
        raise SystemExit("The list of parts is made on Debian or Ubuntu, where dpkg tells packages apart.") from None
    for line in found.splitlines():
        package, _, path = line.partition(": ")
        if Path(path).is_file() and filecmp.cmp(path, library, shallow=False):
            shown = "${source:Package}\t${source:Version}"
            query = subprocess.run(
                ["dpkg-query", "-W", "-f", shown, package], capture_output=True, text=True, check=True
            )
            source, version = query.stdout.split("\t")
            return SystemPackage(source, version, package.split(":")[0])
    return None
