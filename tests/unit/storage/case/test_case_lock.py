"""One window a case, and one place a case: with real second processes, real renames and real full disks."""

import os
import shutil
import stat
import subprocess
import sys

import pytest

from rbc_desktop.storage.case.case_file import CaseFile
from tests.attack.case_window import RefusedError, Window
from tests.fakes.casework import write_image

NOBODY = 65534
OPEN_ELSEWHERE = "open in another window"


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def image(tmp_path):
    return write_image(tmp_path / "smear.png", 1).path


@pytest.fixture
def first(home):
    with Window(home) as window:
        yield window


@pytest.fixture
def second(home):
    with Window(home) as window:
        yield window


def sample_id(path):
    store, case = CaseFile.open(path)
    store.close()
    return case.identity.sample_id


def refused(window, *command):
    with pytest.raises(RefusedError):
        window.tell(*command)


# Two windows

WAYS_TO_TOUCH = {
    "not at all": lambda window, path: None,
    "choosing the open case again": lambda window, path: refused(window, "open", path),
    "reading its bytes": lambda window, path: window.tell("read", path),
    "looking for unsaved work": lambda window, path: window.tell("left_over"),
}
WAYS_TO_TAKE = {
    "opening": lambda window, path, other: window.tell("open", path),
    "creating": lambda window, path, other: window.tell("create", path),
    "saving over it": lambda window, path, other: (window.tell("create", other), window.tell("save_as", path)),
}


@pytest.mark.parametrize("touch", WAYS_TO_TOUCH)
def test_an_open_case_stays_locked_whatever_its_own_window_does_to_it(first, second, tmp_path, touch):
    path = tmp_path / "case.rbc"
    first.tell("create", path)
    first.tell("edit", "before")
    WAYS_TO_TOUCH[touch](first, path)
    for number, take in enumerate(WAYS_TO_TAKE.values()):
        with pytest.raises(RefusedError, match=OPEN_ELSEWHERE):
            take(second, path, tmp_path / f"other {number}.rbc")
    first.tell("edit", "after")
    first.tell("close")
    assert sample_id(path) == "after"


def test_the_unsaved_case_of_another_window_is_neither_offered_nor_removed(first, second, image):
    path = first.tell("create_unsaved", image)
    first.tell("read", path)
    assert second.tell("left_over") is None
    first.tell("edit", "kept")
    first.kill()
    assert second.tell("left_over") == path
    assert second.tell("open", path) == "kept"


def test_a_dead_window_lets_go_and_leaves_nothing_beside_the_case(first, second, tmp_path):
    path = tmp_path / "case.rbc"
    first.tell("create", path)
    first.tell("edit", "last")
    first.kill()
    assert second.tell("open", path) == "last"
    second.tell("close")
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["case.rbc"]


def test_a_link_to_a_case_shares_its_lock(first, second, tmp_path):
    path, link = tmp_path / "case.rbc", tmp_path / "link.rbc"
    first.tell("create", path)
    link.symlink_to(path)
    with pytest.raises(RefusedError, match=OPEN_ELSEWHERE):
        second.tell("open", link)


# Moved, deleted, replaced

MISHAPS = {
    "renamed": (lambda path: path.rename(path.with_name("renamed.rbc")), "was moved, renamed or deleted"),
    "deleted": (lambda path: path.unlink(), "was moved, renamed or deleted"),
    "deleted with its log": (
        lambda path: [p.unlink() for p in path.parent.glob("case.rbc*")],
        "was moved, renamed or deleted",
    ),
    "replaced": (lambda path: _replace(path), "Another file has taken the place"),
    "folder renamed": (lambda path: path.parent.rename(path.parent.with_name("elsewhere")), "The folder of case.rbc"),
    "folder removed": (lambda path: shutil.rmtree(path.parent), "The folder of case.rbc"),
}


def _replace(path):
    newer = path.with_name("newer")
    newer.write_bytes(b"from a backup")
    newer.replace(path)


@pytest.mark.parametrize("mishap", MISHAPS)
def test_what_happens_to_an_open_case_is_said_and_its_work_can_be_saved(first, tmp_path, mishap):
    happen, said = MISHAPS[mishap]
    folder = tmp_path / "cases"
    folder.mkdir()
    first.tell("create", folder / "case.rbc")
    first.tell("edit", "acknowledged")
    assert first.tell("check") == "kept"
    happen(folder / "case.rbc")
    for step in (("check",), ("edit", "not kept"), ("edit", "not kept either")):
        with pytest.raises(RefusedError, match=said):
            first.tell(*step)
    folder.mkdir(exist_ok=True)
    first.tell("save_as", folder / "case.rbc")  # the old name again: the natural answer
    first.tell("edit", "goes on")
    first.kill()
    assert sample_id(folder / "case.rbc") == "goes on"
    assert not [p.name for p in folder.glob("*.part*")]


def test_a_renamed_case_holds_every_acknowledged_action(first, tmp_path):
    path, renamed = tmp_path / "case.rbc", tmp_path / "renamed.rbc"
    first.tell("create", path)
    for number in range(30):
        first.tell("edit", f"action {number}")
    path.rename(renamed)
    with pytest.raises(RefusedError, match="renamed"):
        first.tell("edit", "too late")
    first.kill()
    assert sample_id(renamed) == "action 29"


def test_a_renamed_case_is_whole_after_closing(first, tmp_path):
    path, renamed = tmp_path / "case.rbc", tmp_path / "renamed.rbc"
    first.tell("create", path)
    first.tell("edit", "last")
    path.rename(renamed)
    first.tell("close")
    assert sample_id(renamed) == "last"
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["renamed.rbc"]


def test_a_case_that_comes_back_goes_on(first, tmp_path):
    path = tmp_path / "case.rbc"
    first.tell("create", path)
    path.rename(tmp_path / "away.rbc")
    with pytest.raises(RefusedError):
        first.tell("edit", "refused")
    (tmp_path / "away.rbc").rename(path)
    first.tell("edit", "kept")
    first.kill()
    assert sample_id(path) == "kept"


def test_a_log_that_is_removed_is_made_anew(first, tmp_path):
    path = tmp_path / "case.rbc"
    first.tell("create", path)
    first.tell("edit", "one")
    (tmp_path / "case.rbc-wal").unlink()
    first.tell("edit", "two")
    first.kill()
    assert sample_id(path) == "two"


# A full disk


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 600 KB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=600k,mode=777", "tmpfs", str(folder)]
    if not sys.platform.startswith("linux") or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a file system")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(disk, *, leave=0):
    """Leave so many bytes free."""
    stuffing = disk / "stuffing"
    with stuffing.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            size = file.tell()
        file.truncate(max(0, size - leave))
    return stuffing


@pytest.mark.parametrize(
    ("leave", "size"),
    [(0, 200_000), (61_440, 200_000), (61_440, 10)],
    ids=["no room at all", "none for the new case", "none for the log of the old one"],
)
def test_saving_over_a_case_with_a_hot_log_on_a_full_disk_spares_it(first, second, small_disk, tmp_path, leave, size):
    old = small_disk / "old.rbc"
    first.tell("create", old)
    first.tell("fill", 100_000)  # folding its log makes the file grow
    first.kill()
    assert (small_disk / "old.rbc-wal").stat().st_size > 100_000
    second.tell("create", tmp_path / "new.rbc")
    second.tell("fill", size)
    stuffing = fill(small_disk, leave=leave)
    with pytest.raises(RefusedError, match="The disk is full"):
        second.tell("save_as", old)
    second.tell("edit", "work goes on")
    stuffing.unlink()
    assert not list(small_disk.glob(".*"))
    store, case = CaseFile.open(old)
    store.close()
    assert len(case.identity.comment) == 100_000
    second.tell("close")
    assert sample_id(tmp_path / "new.rbc") == "work goes on"


def test_a_full_disk_stops_an_edit_and_nothing_that_was_kept(first, small_disk):
    first.tell("create", small_disk / "case.rbc")
    first.tell("edit", "kept")
    stuffing = fill(small_disk)
    with pytest.raises(RefusedError, match="The disk is full"):
        first.tell("fill", 100_000)
    stuffing.unlink()
    first.tell("edit", "room again")
    first.kill()
    assert sample_id(small_disk / "case.rbc") == "room again"


# Write-protected


@pytest.fixture
def shelf(tmp_path_factory):
    """A folder in which another account may read and not write."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("needs a second account")
    folder = tmp_path_factory.mktemp("shelf")
    place = folder
    while not place.stat().st_mode & stat.S_IXOTH:
        place.chmod(0o755)
        place = place.parent
    return folder


@pytest.mark.parametrize("hot", [False, True], ids=["closed", "with a hot log"])
def test_a_write_protected_case_is_read_and_its_copy_worked_on(first, shelf, hot):
    path = shelf / "case.rbc"
    first.tell("create", path)
    first.tell("edit", "from the shelf")
    first.kill() if hot else first.tell("close")
    before = {p.name: p.read_bytes() for p in shelf.iterdir()}
    out = shelf.parent / f"out {hot}"
    out.mkdir(mode=0o777)
    out.chmod(0o777)
    with Window(out / "home") as reader:
        reader.tell("become", NOBODY)
        assert reader.tell("open", path) == "from the shelf"
        assert reader.tell("is_read_only")
        with pytest.raises(RefusedError, match="write-protected"):
            reader.tell("edit", "no")
        reader.tell("save_as", out / "mine.rbc")
        assert not reader.tell("is_read_only")
        reader.tell("edit", "mine now")
    assert {p.name: p.read_bytes() for p in shelf.iterdir()} == before
    assert sample_id(out / "mine.rbc") == "mine now"


def test_a_write_protected_case_that_is_open_elsewhere_is_refused(first, shelf):
    first.tell("create", shelf / "case.rbc")
    out = shelf.parent / "out"
    out.mkdir(mode=0o777)
    out.chmod(0o777)
    with Window(out / "home") as reader:
        reader.tell("become", NOBODY)
        with pytest.raises(RefusedError, match=OPEN_ELSEWHERE):
            reader.tell("open", shelf / "case.rbc")
