"""Checksums and archives that come out the same for the same files, whoever builds them and whenever."""

from __future__ import annotations

import hashlib
import os
import subprocess
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

CHECKSUMS = "SHA256SUMS"
BLOCK = "--block-size=64MiB"
"""Fixed, because the size that xz would choose by itself may change with its version; the threads don't matter then."""


def files_in(folder: Path) -> list[Path]:
    """Every file and symbolic link in the folder, by name, relative to it."""
    found = (Path(root, name) for root, folders, names in os.walk(folder) for name in (*folders, *names))
    return sorted((p.relative_to(folder) for p in found if p.is_symlink() or p.is_file()), key=Path.as_posix)


def checksum_lines(folder: Path) -> str:
    """`sha256  path` for every file but the checksums themselves, as `sha256sum -c` reads it."""
    lines = []
    for path in files_in(folder):
        if path.as_posix() != CHECKSUMS:
            with (folder / path).open("rb") as file:
                lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.as_posix()}\n")
    return "".join(lines)


def write_checksums(folder: Path) -> None:
    """Write the folder's SHA256SUMS, with line feeds on every system."""
    (folder / CHECKSUMS).write_text(checksum_lines(folder), encoding="utf-8", newline="\n")


def write_tar_xz(folder: Path, archive: Path, *, timestamp: int) -> None:
    """Archive the folder under its own name: sorted, one time stamp (seconds since 1970), no owners.

    Raises:
        subprocess.CalledProcessError: when xz fails.
    """

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mtime = timestamp
        entry.mode = 0o755 if entry.mode & 0o100 else 0o644
        return entry

    command = ["xz", "-6", "--threads=0", BLOCK, "--stdout"]
    with archive.open("wb") as file, subprocess.Popen(command, stdin=subprocess.PIPE, stdout=file) as xz:
        with tarfile.open(fileobj=xz.stdin, mode="w|", format=tarfile.PAX_FORMAT) as tar:
            for path in files_in(folder):
                tar.add(folder / path, f"{folder.name}/{path.as_posix()}", recursive=False, filter=plain)
        xz.communicate()
    if xz.returncode != 0:
        raise subprocess.CalledProcessError(xz.returncode, command)


def write_zip(folder: Path, archive: Path, *, timestamp: int) -> None:
    """The same as a .zip, which Windows opens by itself."""
    moment = datetime.fromtimestamp(max(timestamp, 315532800), UTC).timetuple()[:6]  # zip knows no year before 1980
    with zipfile.ZipFile(archive, "w") as pack:
        for path in files_in(folder):
            entry = zipfile.ZipInfo(f"{folder.name}/{path.as_posix()}", moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o100644 << 16
            pack.writestr(entry, (folder / path).read_bytes(), compresslevel=9)
