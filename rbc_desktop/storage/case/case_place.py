"""Whether an open case file still lies where it was opened; it may be renamed, deleted or replaced meanwhile."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from ...errors import CaseMovedError
from ...language import tr


@dataclass(frozen=True, slots=True)
class CasePlace:
    """A file under its name, as it was when it was opened: the meaning of SQLite's ``SQLITE_FCNTL_HAS_MOVED``.

    Attributes:
        path: absolute.
        device, inode: what the name led to.
    """

    path: Path
    device: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> Self:
        """The place as it is now.

        Raises:
            OSError: when it can't be looked at.
        """
        status = os.stat(path)
        return cls(path, status.st_dev, status.st_ino)

    @property
    def is_kept(self) -> bool:
        """Whether the name still leads to the same file."""
        try:
            status = os.stat(self.path)
        except OSError:
            return False
        return (status.st_dev, status.st_ino) == (self.device, self.inode) and status.st_nlink > 0

    def check(self) -> None:
        """Say what happened to the file.

        Raises:
            CaseMovedError: when it isn't where it was.
        """
        name = self.path.name
        try:
            status = os.stat(self.path)
        except FileNotFoundError:
            if not self.path.parent.exists():
                raise CaseMovedError(
                    tr(
                        "The folder of {name} was moved, renamed or deleted; nothing further is kept until you"
                        " save the case under a name (File › Save case as…).",
                        name=name,
                    )
                ) from None
            raise CaseMovedError(
                tr(
                    "{name} was moved, renamed or deleted while it is open here; nothing further is kept until"
                    " you save the case under a name (File › Save case as…).",
                    name=name,
                )
            ) from None
        except OSError as error:
            raise CaseMovedError(
                tr(
                    "{name} can't be reached any more; connect its drive again, or nothing further is kept until"
                    " you save the case under a name (File › Save case as…).",
                    name=name,
                )
            ) from error
        if (status.st_dev, status.st_ino) != (self.device, self.inode):
            raise CaseMovedError(
                tr(
                    "Another file has taken the place of {name}; nothing further is kept until you save the case"
                    " under a name (File › Save case as…).",
                    name=name,
                )
            )
        if status.st_nlink == 0:
            raise CaseMovedError(
                tr(
                    "{name} was deleted while it is open here; nothing further is kept until you save the case"
                    " under a name (File › Save case as…).",
                    name=name,
                )
            )
