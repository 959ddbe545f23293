"""A result is complete or not there, and a disk that is full is called full."""

import errno
import os

import pytest

from rbc_desktop.errors import ExportError
from rbc_desktop.workflows.result_files import result_file, result_folder

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def fail(part, error):
    """Write half of a result, and meet the disk's answer."""
    (part / "one.png" if part.is_dir() else part).write_text("half")
    raise error


def drop_old(folder):
    (folder / "old.png").unlink()


def names(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (FULL, "The disk is full, so a.pdf was not written. Make room, or choose another folder;"),
        (PermissionError(errno.EACCES, "no"), "a.pdf can't be written; close it in other programs"),
    ],
)
def test_a_file_that_the_disk_refuses_leaves_the_old_one(tmp_path, error, said):
    path = tmp_path / "a.pdf"
    path.write_text("old")
    with pytest.raises(ExportError, match=said), result_file(path) as part:
        fail(part, error)
    assert path.read_text() == "old"
    assert names(tmp_path) == ["a.pdf"]


def test_a_folder_that_nobody_may_write_to_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: (path, mode) != (tmp_path, os.W_OK))
    with pytest.raises(ExportError, match="can't be written to; choose"), result_file(tmp_path / "a.pdf") as part:
        fail(part, PermissionError(errno.EACCES, "no"))


def test_a_folder_gets_all_or_nothing_and_keeps_what_is_not_ours(tmp_path):
    folder = tmp_path / "crops"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    (folder / "old.png").write_text("old")
    with pytest.raises(ExportError, match="so crops was not"), result_folder(folder, clear=drop_old) as part:
        fail(part, FULL)
    assert names(tmp_path) == ["crops", "crops/mine.txt", "crops/old.png"]
    with result_folder(folder, clear=drop_old) as part:
        (part / "normal").mkdir()
        (part / "normal" / "1.png").write_text("new")
        (part / "index.csv").write_text("new")
    assert names(folder) == ["index.csv", "mine.txt", "normal", "normal/1.png"]
    assert names(tmp_path)[0] == "crops"


def test_a_folder_that_is_not_there_is_made_only_when_it_is_complete(tmp_path):
    with pytest.raises(ExportError, match="can't be written to"), result_folder(tmp_path / "new") as part:
        fail(part, PermissionError(errno.EACCES, "no"))
    assert names(tmp_path) == []
