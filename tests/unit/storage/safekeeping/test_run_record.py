"""What a process that died left behind: cleared away when nobody owns it, and not opened unasked again."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from rbc_desktop.files import ScratchFolder, replace_atomically
from rbc_desktop.storage.safekeeping import autosave, run_record
from rbc_desktop.storage.safekeeping.run_record import RunRecord
from tests.attack.case_window import ROOT

BEGIN = """
import os, sys
from pathlib import Path
from rbc_desktop.files import ScratchFolder, replace_atomically
from rbc_desktop.storage.safekeeping import autosave, run_record
from rbc_desktop.storage.safekeeping.run_record import RunRecord
record, folder = RunRecord.begin(), Path(sys.argv[1])
"""


def run(code, *arguments, expect=9):
    """Run code in a process of its own, which shares this one's user folders."""
    done = subprocess.run([sys.executable, "-c", BEGIN + code, *map(str, arguments)], cwd=ROOT, check=False)
    assert done.returncode == expect


@pytest.fixture
def temporary_folder(tmp_path, monkeypatch):
    """A temporary folder of this test's own."""
    place = tmp_path / "tmp"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return place


def test_what_a_dead_process_was_writing_is_removed(tmp_path, temporary_folder):
    run(
        """
icons = ScratchFolder("icons"); ScratchFolder("reading").close()
with replace_atomically(folder / "report.pdf") as done: done.write_bytes(b"whole")
with replace_atomically(folder / "report.csv") as part:
    part.write_bytes(b"half")
    part.with_name(part.name + "-journal").write_bytes(b"half")
    os._exit(9)
""",
        tmp_path,
    )
    left = sorted(p.name for p in tmp_path.iterdir())
    assert len([n for n in left if ".part" in n]) == 2
    assert len(list(temporary_folder.iterdir())) == 1
    assert run_record.clear_up() == 3
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["report.pdf"]
    assert not list(temporary_folder.iterdir())
    assert run_record.clear_up() == 0


def test_what_a_living_process_is_writing_is_left_alone(tmp_path, temporary_folder):
    record, scratch = RunRecord.begin(), ScratchFolder("icons")
    with replace_atomically(tmp_path / "report.csv") as part:
        run("sys.exit(run_record.clear_up())", tmp_path, expect=0)
        assert part.exists()
        assert scratch.path.exists()
    scratch.close()
    record.end()
    assert not record._path.exists()


@pytest.mark.parametrize("lie", ["important.txt", ".hidden", "folder"])
def test_nothing_but_temporary_files_is_ever_removed(tmp_path, temporary_folder, lie):
    path = tmp_path / lie
    path.mkdir() if lie == "folder" else path.write_text("keep")
    run(f"""
for kind in ("part", "scratch", "opening", "nonsense"): record.note(kind, folder / {lie!r}, begun=True)
record._file.write('\\n{{]\\n[1, 2]\\nnull\\n["part", true, 7]\\n'); record._file.flush()
os._exit(9)
""", tmp_path)  # fmt: skip
    assert run_record.clear_up() == 0
    assert path.exists()


def test_a_case_that_killed_its_window_is_not_opened_unasked_until_it_opens_well(tmp_path):
    run(
        """
from rbc_desktop.domain.case.case import Field
from rbc_desktop.domain.case.changes import PutFields
for name in "ab":
    store = autosave.new_case_file()
    store.apply(PutFields((Field(1, folder / f"{name}.png", "0" * 64, 9, 9),)))
    store.close()
    os.utime(store.path, (1_700_000_000 + ord(name),) * 2)
with record.opening(store.path): os._exit(9)
""",
        tmp_path,
    )
    bad = max(autosave.folder().glob("*.rbc"), key=lambda p: p.stat().st_mtime)
    good = autosave.left_over()
    assert good == bad, "nobody has looked at the record yet"
    run_record.clear_up()
    assert run_record.shunned() == {bad}
    assert autosave.left_over() not in (None, bad)
    assert [bool(c.problem) for c in autosave.unsaved_cases()] == [True, False]
    run_record.clear_up()
    assert run_record.shunned() == {bad}, "nor at the start after the next"
    run_record.trust(bad)
    assert autosave.left_over() == bad


def test_a_damaged_list_of_shunned_cases_is_no_reason_to_stop():
    for content in (b"", b"[", b"[1]", b"{}", b"[" * 100_000, b'["\xff"]'):
        run_record._shun_list().write_bytes(content)
        assert run_record.shunned() == frozenset()


@pytest.mark.skipif(os.name != "posix", reason="the modes of POSIX")
def test_the_record_is_private():
    record = RunRecord.begin()
    record.note("opening", Path("/home/anna/Müller.rbc"), begun=True)
    assert record._path.stat().st_mode & 0o777 == 0o600
    assert record._path.parent.stat().st_mode & 0o777 == 0o700
    record.end()
