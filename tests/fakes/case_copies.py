"""An open case as it is now, in a file of its own: for tests that read what was written."""

import contextlib
import sqlite3
from pathlib import Path

from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.case.rows.case_places import move_paths


def copy_of(store: CaseFile, path: Path) -> Path:
    """Write the case to another file; its images are found from there."""
    memory = store.copied()
    assert memory is not None, "the case is closed"
    with contextlib.closing(memory) as case, contextlib.closing(sqlite3.connect(path)) as file:
        case.backup(file)
        move_paths(file, old_folder=store.path.parent, new_folder=path.parent)
        file.commit()
    return path
