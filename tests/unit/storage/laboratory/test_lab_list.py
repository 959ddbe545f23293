"""A list that computers share carries a check, and what isn't as it was exported is refused."""

import json
import os
import stat

import pytest

from rbc_desktop.errors import LabListError, UnreadableListError
from rbc_desktop.storage.laboratory.lab_list import ListKind, check_of, read_list, read_shared, write_list

KIND = ListKind("some list", most=10, version=2)
ENTRIES = ({"case": "a", "value": 7.25}, {"case": "ö", "value": 1e-3})


def read(path):
    return read_list(KIND, path, entry_of=dict)


@pytest.fixture
def shared(tmp_path):
    path = tmp_path / "for others.json"
    write_list(KIND, ENTRIES, path, shared=True)
    return path


def test_what_is_exported_is_read_back_and_others_may_read_it(shared):
    assert read_shared(read, shared) == ENTRIES
    assert json.loads(shared.read_text())["check"] == check_of(ENTRIES)
    if os.name == "posix":
        assert stat.S_IMODE(shared.stat().st_mode) & stat.S_IRUSR
        own = shared.with_name("own.json")
        write_list(KIND, ENTRIES, own)
        assert stat.S_IMODE(own.stat().st_mode) == 0o600
        assert "check" not in json.loads(own.read_text())


def test_another_layout_of_the_same_entries_is_the_same_list(shared):
    shared.write_text(json.dumps(json.loads(shared.read_text()), sort_keys=True), encoding="utf-8-sig")
    assert read_shared(read, shared) == ENTRIES


@pytest.mark.parametrize("change", ["7.26", "7.250000001"])
def test_a_value_that_was_changed_on_its_way_is_refused(shared, change):
    shared.write_text(shared.read_text().replace("7.25", change))
    with pytest.raises(LabListError, match=r"^for others\.json is no such list, or isn't as it was exported; export"):
        read_shared(read, shared)
    with pytest.raises(UnreadableListError, match="can't be read"):
        read(shared)


def test_an_entry_that_is_missing_and_a_file_that_is_gone_are_refused(shared):
    content = json.loads(shared.read_text())
    shared.write_text(json.dumps({**content, "entries": content["entries"][:1]}))
    with pytest.raises(LabListError, match="isn't as it was exported"):
        read_shared(read, shared)
    shared.unlink()
    with pytest.raises(LabListError, match="isn't as it was exported"):
        read_shared(read, shared)
    assert read(shared) == (), "where this computer keeps its own, no file is an empty list"


def test_a_newer_version_is_refused(shared):
    write_list(ListKind("some list", most=10, version=3), ENTRIES, shared, shared=True)
    with pytest.raises(UnreadableListError, match="newer version"):
        read(shared)
    with pytest.raises(LabListError):
        read_shared(read, shared)
