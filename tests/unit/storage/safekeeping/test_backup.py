"""Copies are whole cases, a bounded number, found again, and of a killed process either complete or not there."""

import os
import random
import signal
import subprocess
import sys
import textwrap
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from rbc_desktop.domain.case.case import Case
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.errors import CaseFileError
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.case.case_trail import read_trail
from rbc_desktop.storage.paths import unsaved_folder
from rbc_desktop.storage.safekeeping.backup import (
    APART_SECONDS,
    MOST_IN_ALL,
    MOST_PER_CASE,
    Backup,
    backups_in,
    forget_backups,
    restore_backup,
    superfluous,
    write_backup,
)
from tests.fakes.casework import Technician, describe, write_image

ROOT = Path(__file__).resolve().parents[4]


def worked(folder, name="Fall ä.rbc", *, seed=1):
    folder.mkdir(exist_ok=True)
    store = CaseFile.create(folder / name)
    technician = Technician(
        CaseEditor(Case(), store), [write_image(folder / f"{seed}{n}.png", n) for n in (1, 2)], seed=seed
    )
    for _ in range(30):
        technician.act()
    return technician.editor, store


def test_a_copy_is_the_case_and_finds_its_images(tmp_path):
    editor, store = worked(tmp_path / "cases")
    folder = tmp_path / "deep" / "backups"
    path = write_backup(store, folder)
    read = read_trail(path)
    assert describe(read.case) == describe(editor.case)
    assert (read.break_, read.difference) == ("", "")
    assert [b.name for b in backups_in(folder)] == ["Fall ä"]
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0
    store.close()
    assert write_backup(store, folder) is None


def test_a_copy_is_restored_as_an_unsaved_case_and_stays(tmp_path):
    editor, store = worked(tmp_path / "cases")
    path = write_backup(store, tmp_path / "backups")
    restored = restore_backup(path)
    assert restored.parent == unsaved_folder()
    again, case = CaseFile.open(restored)
    assert describe(case) == describe(editor.case)
    again.close()
    assert path.exists()
    store.close()


def made(key, seconds):
    return Backup(Path(f"{key}{seconds}"), "case", key, datetime(2026, 3, 1) - timedelta(seconds=seconds))


def test_of_each_case_the_newest_stay_and_lie_apart():
    minutes = [made("a", 60 * n) for n in range(60)]
    kept = [b for b in minutes if b not in superfluous(minutes)]
    assert len(kept) == MOST_PER_CASE
    assert kept[:2] == minutes[:2]
    assert (kept[1].time - kept[2].time).total_seconds() >= APART_SECONDS
    many = [made(f"case {n}", n) for n in range(MOST_IN_ALL + 20)]
    assert superfluous(many) == many[MOST_IN_ALL:]
    assert superfluous(minutes[:1]) == []


def test_work_leaves_a_bounded_number_of_copies(tmp_path, monkeypatch):
    _, store = worked(tmp_path / "cases")
    for number in range(8):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1_772_366_400 + 3600 * number))
        write_backup(store, tmp_path / "backups")
    found = backups_in(tmp_path / "backups")
    assert [b.time.timestamp() - 1_772_366_400 for b in found] == [3600 * n for n in (7, 6, 5)]
    store.close()


def test_copies_of_a_case_are_forgotten_wherever_it_lay(tmp_path):
    folder = tmp_path / "backups"
    editor, store = worked(tmp_path / "cases")
    write_backup(store, folder)
    store.save_as(tmp_path / "cases" / "named.rbc")
    editor.remove_cells(list(editor.case.cells)[:1])
    write_backup(store, folder)
    _, other = worked(tmp_path / "others", "other.rbc", seed=2)
    kept = write_backup(other, folder)
    (folder / "notes.txt").write_text("not ours")
    (folder / "x.0123456789ab.20260101-000000.rbc").write_bytes(b"not a database")
    heads = {row.head for row in store.trail(most=10_000)}
    assert forget_backups(folder, heads) == 2
    assert {p.name for p in folder.iterdir()} == {kept.name, "notes.txt", "x.0123456789ab.20260101-000000.rbc"}
    store.close()
    other.close()


def test_a_folder_that_cannot_be_written_to_and_a_damaged_copy_are_one_sentence(tmp_path):
    _, store = worked(tmp_path / "cases")
    (tmp_path / "file").write_text("")
    with pytest.raises(CaseFileError, match="choose another folder in the settings"):
        write_backup(store, tmp_path / "file" / "below")
    store.close()
    damaged = tmp_path / "x.0123456789ab.20260101-000000.rbc"
    damaged.write_bytes(b"SQLite format 3\0")
    with pytest.raises(CaseFileError):
        restore_backup(damaged)
    assert list(unsaved_folder().glob("*.rbc")) == []


WORK = textwrap.dedent("""
    import os
    import sys
    from pathlib import Path
    from rbc_desktop.domain.case.case import Case
    from rbc_desktop.editing.case_editor import CaseEditor
    from rbc_desktop.storage.safekeeping import backup
    from rbc_desktop.storage.case.case_file import CaseFile
    from tests.fakes.casework import Technician, write_image

    folder = Path(sys.argv[1])
    store = CaseFile.create(folder / "case.rbc")
    images = [write_image(folder / f"{n}.png", n) for n in (1, 2)]
    technician = Technician(CaseEditor(Case(), store), images, seed=int(sys.argv[2]))
    backup.APART_SECONDS, backup.MOST_PER_CASE = 0, 50
    number = 0
    while True:
        technician.act()
        number += 1
        os.environ["SOURCE_DATE_EPOCH"] = str(1772366400 + number)
        backup.write_backup(store, folder / "backups")
        print(number, flush=True)
""")


@pytest.mark.skipif(os.name != "posix", reason="kills a process")
def test_a_killed_process_leaves_whole_copies(tmp_path):
    dice = random.Random(5)
    for kill in range(6):
        folder = tmp_path / f"{kill}"
        folder.mkdir()
        child = subprocess.Popen(
            [sys.executable, "-c", WORK, str(folder), str(kill)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        wanted = dice.randint(1, 12)
        for number in range(wanted):
            assert child.stdout.readline() == f"{number + 1}\n"
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        copies = backups_in(folder / "backups")
        assert len(copies) >= wanted
        for each in copies:
            read = read_trail(each.path)
            assert (read.break_, read.difference) == ("", "")
        restored = restore_backup(copies[0].path)
        assert read_trail(restored).break_ == ""
