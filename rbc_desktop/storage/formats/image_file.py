"""What is made sure of before a file is decoded."""

from __future__ import annotations

import stat
from pathlib import Path

from ...errors import ImageReadError
from ...language import tr

TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
"""How TIFF files begin."""


def check_file(path: Path) -> bytes:
    """The first bytes of a regular, non-empty file.

    Raises:
        ImageReadError: when it is none.
        OSError: when it can't be read.
    """
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ImageReadError(tr("{name} doesn't exist; it may have been moved or renamed.", name=path.name)) from error
    if stat.S_ISDIR(status.st_mode):
        raise ImageReadError(tr("{name} is a folder; choose an image inside it.", name=path.name))
    if not stat.S_ISREG(status.st_mode):
        raise ImageReadError(tr("{name} is not a file; choose an image file.", name=path.name))
    if status.st_size == 0:
        raise ImageReadError(tr("{name} is empty (0 bytes); copy or export it again from its source.", name=path.name))
    with path.open("rb") as file:
        return file.read(16)
