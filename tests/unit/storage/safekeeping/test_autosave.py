"""Unsaved cases: found again, named, thrown away."""

import os

import pytest

from rbc_desktop.domain.case.case import Identity
from rbc_desktop.domain.case.changes import PutFields, PutIdentity
from rbc_desktop.errors import CaseFileError
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.safekeeping import autosave
from tests.fakes.casework import field_of, write_image


def test_nothing_left_over_at_first():
    assert autosave.left_over() is None


def test_a_case_that_was_left_is_offered(tmp_path):
    store = autosave.new_case_file()
    assert autosave.is_unsaved(store.path)
    store.apply(PutFields((field_of(write_image(tmp_path / "1.png", 1)),)))
    assert autosave.left_over() is None, "it is open"
    store.close()
    path = autosave.left_over()
    assert path == store.path
    again, case = CaseFile.open(path)
    assert case.fields[1].path == tmp_path / "1.png"
    again.close()
    autosave.discard(path)
    assert autosave.left_over() is None
    assert not list(autosave.folder().iterdir())


def test_the_one_changed_last_is_offered_and_empty_ones_go(tmp_path):
    """Whatever its name says: the clock may have been set back, or a day's case worked on longer than the next."""
    image = write_image(tmp_path / "1.png", 1)
    for name, filled, age in (("20260102", True, 900), ("20260101", True, 100), ("20260103", False, 0)):
        path = autosave.folder() / f"{name}-000000-aaaaaa.rbc"
        store = CaseFile.create(path)
        store.apply(PutFields((field_of(image),)) if filled else PutIdentity(Identity()))
        store.close()
        os.utime(path, (1_700_000_000 - age, 1_700_000_000 - age))
    (autosave.folder() / "20260104-damaged.rbc").write_bytes(b"not a case")
    assert [(c.path.name[:8], bool(c.problem)) for c in autosave.unsaved_cases()] == [
        ("20260104", True),
        ("20260101", False),
        ("20260102", False),
    ]
    assert autosave.left_over().name == "20260101-000000-aaaaaa.rbc"
    assert sorted(p.name[:8] for p in autosave.folder().iterdir()) == ["20260101", "20260102", "20260104"]


def test_unsaved_cases_say_what_they_hold_or_that_they_are_open(tmp_path):
    open_one, left = autosave.new_case_file(), autosave.new_case_file()
    for store in (open_one, left):
        store.apply(PutFields((field_of(write_image(tmp_path / "1.png", 1)),)))
    left.apply(PutIdentity(Identity("S 7")))
    left.close()
    found = sorted(autosave.unsaved_cases(), key=lambda c: c.is_open)
    assert [(c.path, c.sample_id, c.state, c.fields, c.cells, c.is_open) for c in found] == [
        (left.path, "S 7", "draft", ("1.png",), 0, False),
        (open_one.path, "", "draft", (), 0, True),
    ]
    assert autosave.unsaved_cases(passed_over=lambda path, _changed: path != left.path) == found[:1]
    open_one.close()


def test_saving_an_unsaved_case_under_a_name(tmp_path):
    store = autosave.new_case_file()
    store.apply(PutFields((field_of(write_image(tmp_path / "1.png", 1)),)))
    store.save_as(tmp_path / "named.rbc", discard_old=True)
    assert not autosave.is_unsaved(store.path)
    store.close()
    again, case = CaseFile.open(tmp_path / "named.rbc")
    again.close()
    assert case.fields[1].path == tmp_path / "1.png"
    assert not list(autosave.folder().iterdir())


def test_an_open_case_is_not_discarded():
    store = autosave.new_case_file()
    with pytest.raises(CaseFileError, match="is open in"):
        autosave.discard(store.path)
    assert store.path.exists()
    store.close()


def test_named_cases_are_never_discarded(tmp_path):
    store = CaseFile.create(tmp_path / "named.rbc")
    store.close()
    with pytest.raises(ValueError, match="not an unsaved case"):
        autosave.discard(store.path)
    assert store.path.exists()
