"""Whether a file lies on a network share, where neither locks nor write-ahead logs can be trusted.

SQLite's log needs memory that all its users share, and its locks need a server that keeps them; file servers often
pretend.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

NETWORK_TYPES = frozenset(
    {
        "9p", "afpfs", "afs", "ceph", "cifs", "coda", "davfs", "fuse.davfs", "fuse.davfs2", "fuse.glusterfs",
        "fuse.rclone", "fuse.smbnetfs", "fuse.sshfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "smb2", "smb3",
        "smbfs", "webdavfs",
    }
)  # fmt: skip
"""File systems that lie on another computer, as Linux and macOS name them."""

_MOUNTS = Path("/proc/self/mountinfo")
_DRIVE_REMOTE = 4


def is_share(path: Path) -> bool:
    """Whether a path lies on another computer; False where the system doesn't say. Untested on Windows and macOS."""
    return is_named_on_share(Path(os.path.realpath(path)))


def is_named_on_share(path: Path) -> bool:
    """The same by the path's name alone: links are not followed, and a server that has gone isn't waited for.

    Args:
        path: absolute.
    """
    real = os.fspath(path)
    if sys.platform == "win32":
        anchor = path.anchor
        return anchor.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(anchor) == _DRIVE_REMOTE
    try:
        return file_system_type(real, _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")) in NETWORK_TYPES
    except OSError:
        return False


def file_system_type(path: str, mounts: str) -> str:
    """The type of the file system that holds a path, or an empty text.

    Args:
        path: absolute, links resolved.
        mounts: in the format of ``/proc/self/mountinfo``.
    """
    best, kind = "", ""
    for line in mounts.splitlines():
        first, _, second = line.partition(" - ")
        fields = first.split(" ")
        if len(fields) < 5 or not second:
            continue
        place = _unescaped(fields[4])
        holds = path == place or path.startswith(place.rstrip("/") + "/")
        if holds and len(place) >= len(best):  # a later mount lies over an earlier one
            best, kind = place, second.split(" ")[0]
    return kind


def _unescaped(text: str) -> str:
    """Blanks, tabs, line ends and backslashes are written as octal numbers."""
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, character)
    return text
