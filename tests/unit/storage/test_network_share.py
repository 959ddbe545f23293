"""Cases on network shares: recognised, worked on in a copy, written back whole."""

import random
import sqlite3

import pytest

from rbc_desktop.domain.case.case import Field, Identity
from rbc_desktop.domain.case.changes import PutFields, PutIdentity
from rbc_desktop.errors import CaseFileError
from rbc_desktop.storage import network_share, paths
from rbc_desktop.storage.case import case_file, case_opening
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.network_share import file_system_type
from rbc_desktop.storage.safekeeping import autosave
from tests.fakes.casework import write_image

MOUNTS = r"""
24 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 24 0:5 / /proc rw,nosuid - proc proc rw
40 24 0:40 / /mnt/lab rw - cifs //server/lab rw,vers=3.1.1
41 40 0:41 / /mnt/lab/deep\040folder rw shared:2 master:1 - nfs4 server:/x rw
42 24 0:42 / /home/anna/share rw - fuse.sshfs anna@server:/ rw
43 24 0:43 / /home/anna/share rw - ext4 /dev/vdb rw
nonsense
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/anna/x.rbc", "ext4"),
        ("/mnt/lab/x.rbc", "cifs"),
        ("/mnt/lab", "cifs"),
        ("/mnt/laboratory/x.rbc", "ext4"),
        ("/mnt/lab/deep folder/x.rbc", "nfs4"),
        ("/home/anna/share/x.rbc", "ext4"),  # a later mount over the share
    ],
)
def test_the_file_system_of_a_path(path, kind):
    assert file_system_type(path, MOUNTS) == kind


def test_this_disk_is_no_share(tmp_path):
    assert not network_share.is_share(tmp_path)


@pytest.fixture
def share(tmp_path, monkeypatch):
    """A folder that counts as a network share; everything else about it is as real as on one."""
    folder = tmp_path / "share"
    folder.mkdir()

    def is_share(path):
        return folder in path.parents

    monkeypatch.setattr(case_opening, "is_share", is_share)
    monkeypatch.setattr(case_file, "is_share", is_share)
    return folder


def copies():
    place = paths.data_folder() / "shares"
    return sorted(p.name for p in place.iterdir()) if place.exists() else []


def on_share(path):
    """What somebody else reads there."""
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    answer = connection.execute('SELECT sample_id FROM "case"').fetchone()[0]
    connection.close()
    return answer


@pytest.fixture
def case(share):
    """A case on the share, open."""
    store = CaseFile.create(share / "case.rbc")
    image = write_image(share / "smear.png", 1)
    store.apply(PutFields((Field(1, image.path, image.sha256, 200, 150),)))
    store.apply(PutIdentity(Identity("one")))
    yield store
    store.close()


def test_the_share_holds_no_log_and_gets_the_case_whole(case, share):
    assert case.is_on_share
    assert case.is_unsent
    assert sorted(p.name for p in share.iterdir()) == [".case.rbc.lock", "case.rbc", "smear.png"]
    assert on_share(case.path) == ""
    case.send()
    assert not case.is_unsent
    assert on_share(case.path) == "one"
    case.apply(PutIdentity(Identity("two")))
    case.close()
    assert on_share(case.path) == "two"
    assert sorted(p.name for p in share.iterdir()) == ["case.rbc", "smear.png"]
    assert copies() == []


def test_images_are_found_beside_the_case_on_the_share(case, share):
    case.close()
    store, opened = CaseFile.open(case.path)
    assert opened.fields[1].path == share / "smear.png"
    assert not store.is_unsent
    store.close()


def test_a_second_window_is_refused(case):
    with pytest.raises(CaseFileError, match="is open in"):
        CaseFile.open(case.path)


def die(store):
    """What is left when the window is killed: the copy and its log, and no lock."""
    store._hold.connection.close()
    store._hold.lock.release()
    store._is_closed = True


def test_work_that_was_not_sent_is_taken_up_again(case):
    die(case)
    store, opened = CaseFile.open(case.path)
    assert opened.identity.sample_id == "one"
    store.close()
    assert on_share(case.path) == "one"
    assert copies() == []


def test_work_on_a_case_that_somebody_else_changed_meanwhile_is_set_aside(case, share):
    die(case)
    other = share.parent / "other.rbc"
    theirs = CaseFile.create(other)
    theirs.apply(PutIdentity(Identity("theirs")))
    theirs.close()
    other.replace(case.path)
    store, opened = CaseFile.open(case.path)
    assert store.was_set_aside
    assert opened.identity.sample_id == "theirs"
    store.close()
    [aside] = autosave.unsaved_cases()
    assert aside.sample_id == "one"
    again, kept = CaseFile.open(aside.path)
    again.close()
    assert kept.fields[1].path == share / "smear.png"


def test_a_change_by_somebody_else_is_not_overwritten(case, share):
    case.send()
    case.apply(PutIdentity(Identity("mine")))
    other = CaseFile.create(share.parent / "other.rbc")
    other.apply(PutIdentity(Identity("theirs")))
    other.close()
    other.path.replace(case.path)
    with pytest.raises(CaseFileError, match="changed on the share by somebody else"):
        case.send()
    case.apply(PutIdentity(Identity("mine still")))
    case.save_as(share.parent / "mine.rbc")
    assert not case.is_on_share
    case.close()
    assert on_share(share / "case.rbc") == "theirs"
    assert on_share(share.parent / "mine.rbc") == "mine still"


def test_a_share_that_is_away_costs_nothing(case, share):
    share.rename(share.with_name("away"))
    case.apply(PutIdentity(Identity("while it was away")))
    with pytest.raises(CaseFileError, match="kept on this computer"):
        case.send()
    case.close()
    share.with_name("away").rename(share)
    assert on_share(case.path) == ""
    store, opened = CaseFile.open(case.path)
    assert opened.identity.sample_id == "while it was away"
    store.close()
    assert on_share(case.path) == "while it was away"


def test_save_as_to_and_from_a_share(case, share, tmp_path):
    case.save_as(tmp_path / "local.rbc")
    assert on_share(share / "case.rbc") == "one"
    case.apply(PutIdentity(Identity("local")))
    case.save_as(share / "back.rbc")
    assert case.is_on_share
    assert on_share(share / "back.rbc") == "local"
    case.apply(PutIdentity(Identity(f"{random.Random(1).random()}")))
    case.close()
    assert on_share(share / "back.rbc") == f"{random.Random(1).random()}"
    assert copies() == []
