"""A case on a network share is worked on in a copy on this computer and written back whole.

Every action is in the copy at once, as in any case file. The share gets it when the case is left and every few seconds
before. A copy that a dead window left behind is taken up when the case is opened again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import shutil
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from ...errors import CaseFileError
from ...files import replace_atomically
from ...language import tr
from ..digest import sha256_of
from ..paths import data_folder, make_private, unsaved_folder
from .case_connection import connect

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class WorkingCopy:
    """The copy of one case.

    Attributes:
        home: the case on the share, as the user knows it.
        file: the copy.
        digest: SHA-256 of the file on the share when it was last read or written; empty when there was none.
        is_resumed: the copy is that of a window that died, and may hold more than the share.
        was_set_aside: that window's work is an unsaved case now, because the share's file was changed meanwhile.
    """

    home: Path
    file: Path
    digest: str = ""
    is_resumed: bool = False
    was_set_aside: bool = False

    @classmethod
    def of(cls, home: Path) -> WorkingCopy:
        """Where the copy of a case lies, and what is known of it."""
        name = hashlib.sha256(os.fsencode(os.path.realpath(home))).hexdigest()[:24]
        copy = cls(home, make_private(data_folder() / "shares") / f"{name}.rbc")
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
            copy.digest = str(json.loads(copy._note.read_bytes())["digest"])
        return copy

    def fetch(self) -> None:
        """Bring the copy to where work can begin.

        Raises:
            OSError: when the share can't be read.
        """
        present = sha256_of(self.home)
        if self.file.exists():
            if present == self.digest:
                self.is_resumed = True
                return
            self._set_aside()
            self.was_set_aside = True
        for ending in ("", "-wal"):
            source = self.home.with_name(self.home.name + ending)
            if not ending or source.exists():
                shutil.copyfile(source, self.file.with_name(self.file.name + ending))
        self.file.chmod(0o600)
        self._remember(present)

    def send(self, snapshot: Path) -> None:
        """Replace the file on the share by a snapshot, completely or not at all.

        Raises:
            CaseFileError: when it was changed by another computer meanwhile.
            OSError: when the share can't be reached, or is full.
        """
        if self.home.exists() and sha256_of(self.home) != self.digest:
            raise CaseFileError(
                tr(
                    "{name} was changed on the share by somebody else; your work is kept on this computer: save"
                    " it under another name (File › Save case as…).",
                    name=self.home.name,
                )
            )
        with replace_atomically(self.home) as temporary:
            shutil.copyfile(snapshot, temporary)
            digest = sha256_of(temporary)
        self.home.with_name(self.home.name + "-wal").unlink(missing_ok=True)  # it was fetched, and is in the snapshot
        self._remember(digest)

    def forget(self) -> None:
        """Remove the copy, once everything is on the share."""
        for ending in ("", "-wal", "-shm", "-journal", ".json"):
            self.file.with_name(self.file.name + ending).unlink(missing_ok=True)

    @property
    def _note(self) -> Path:
        return self.file.with_name(self.file.name + ".json")

    def _remember(self, digest: str) -> None:
        self.digest = digest
        with replace_atomically(self._note, private=True) as temporary:
            temporary.write_text(json.dumps({"home": str(self.home), "digest": digest}), encoding="utf-8")

    def _set_aside(self) -> None:
        from .rows.case_places import move_paths

        target = unsaved_folder() / f"{time.strftime('%Y%m%d-%H%M%S')}-{self.file.name}"
        with contextlib.suppress(sqlite3.Error), contextlib.closing(connect(self.file)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            move_paths(connection, old_folder=self.home.parent, new_folder=target.parent)
            connection.execute("COMMIT")
        for ending in ("", "-wal"):
            source = self.file.with_name(self.file.name + ending)
            if source.exists():
                os.replace(source, target.with_name(target.name + ending))
        _log.info("Work on a share was set aside as an unsaved case.")
