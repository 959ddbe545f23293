"""The list of recent cases: unsaved work never falls off it, and nothing odd keeps it from coming."""

import os
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from rbc_desktop.domain.case.case import Identity
from rbc_desktop.domain.case.changes import PutFields, PutIdentity
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.safekeeping import autosave, known_cases, run_record
from rbc_desktop.storage.safekeeping.known_cases import MOST_KNOWN, KnownCase, remember
from rbc_desktop.workflows.cases import case_listing
from rbc_desktop.workflows.cases.case_listing import GONE, ListedCase, listed_cases, take_over
from tests.fakes.casework import field_of, write_image

NOW = datetime.now().astimezone()
ELSEWHERE = KnownCase(Path("/nowhere/present.rbc"), NOW)


@pytest.fixture
def record():
    begun = run_record.RunRecord.begin()
    yield begun
    begun.end()


@pytest.fixture
def leave_unsaved(tmp_path):
    """Makes an unsaved case with an image and closes it; returns its path."""

    def leave(*, sample_id="", close=True, image="smear 1.png"):
        store = autosave.new_case_file()
        store.apply(PutFields((field_of(write_image(tmp_path / image, 1)),)))
        store.apply(PutIdentity(Identity(sample_id)))
        if close:
            store.close()
            return store.path
        return store

    return leave


def shown(record, **given):
    """The list without the case of this window."""
    lines = listed_cases(record, **{"present": ELSEWHERE, **given})
    return [line for line in lines if not line.is_present]


def test_an_unsaved_case_is_named_by_its_day_and_its_first_image(record, leave_unsaved):
    path = leave_unsaved(sample_id="S 7")
    [line] = shown(record)
    assert line.name == f"Unsaved case of {time.strftime('%Y-%m-%d')}, smear 1.png"
    assert (line.case.path, line.is_unsaved, line.problem) == (path, True, "")
    assert line.facts.split("  ·  ")[0] == "S 7"
    assert line.facts.endswith("1 field  ·  0 cells")


def test_a_case_that_was_opened_for_the_list_is_not_opened_again(record, leave_unsaved, monkeypatch):
    leave_unsaved()
    [before] = shown(record)
    monkeypatch.setattr(CaseFile, "open", lambda _path: pytest.fail("it is known"))
    [after] = shown(record)
    assert (after.name, after.facts) == (before.name, before.facts)


def test_a_case_that_was_changed_after_it_was_known_is_opened(record, leave_unsaved):
    """The window that worked on it was killed."""
    path = leave_unsaved(sample_id="after")
    remember(KnownCase(path, NOW - timedelta(hours=1), sample_id="before", fields=1))
    [line] = shown(record)
    assert line.case.sample_id == "after"


def test_unsaved_work_never_falls_off(record, leave_unsaved):
    path = leave_unsaved()
    for number in range(MOST_KNOWN + 20):
        remember(KnownCase(Path(f"/lab/{number}.rbc"), NOW + timedelta(hours=number)))
    lines = shown(record)
    assert [line.case.path for line in lines if line.is_unsaved] == [path]
    assert sum(not line.is_unsaved for line in lines) == MOST_KNOWN
    assert lines[0].case.path.name == f"{MOST_KNOWN + 19}.rbc"
    names = {case.path.name for case in known_cases.known_cases()}
    assert "0.rbc" not in names, "the oldest are forgotten"
    autosave.discard(path)
    assert not any(line.is_unsaved for line in shown(record))
    assert path not in {case.path for case in known_cases.known_cases()}


def test_a_case_that_another_window_has_open_is_listed_with_what_is_known(record, leave_unsaved):
    store = leave_unsaved(close=False)
    assert shown(record) == [], "it may be empty as far as anybody knows"
    remember(KnownCase(store.path, NOW - timedelta(hours=1), sample_id="S 1", image="1.png", fields=1))
    [line] = shown(record)
    assert line.problem == "open in another window; close it there first"
    assert line.case.sample_id == "S 1"
    store.close()


def test_the_case_of_this_window_is_listed_once_and_not_opened(record, leave_unsaved):
    store = leave_unsaved(close=False)
    present = KnownCase(store.path, NOW, image="1.png", fields=1)
    [line] = listed_cases(record, present=present)
    assert (line.is_present, line.place) == (True, "open in this window")
    store.close()


def test_an_empty_case_of_this_window_is_not_listed(record):
    store = autosave.new_case_file()
    assert listed_cases(record, present=KnownCase(store.path, NOW)) == []
    store.close()


def test_a_damaged_unsaved_case_says_why_and_a_shunned_one_is_not_touched(record, leave_unsaved):
    (autosave.folder() / "20260101-000000-damaged.rbc").write_bytes(b"not a case")
    shunned = leave_unsaved()
    run_record._write_shunned(frozenset({shunned}))
    problems = {line.case.path.name: line.problem for line in shown(record)}
    assert "is not a case file" in problems["20260101-000000-damaged.rbc"]
    assert "ended while it opened" in problems[shunned.name]
    [damaged] = [line for line in shown(record) if "damaged" in line.case.path.name]
    assert damaged.name == "Unsaved case of 2026-01-01"


def test_a_named_case_is_never_opened_and_stays_when_it_is_gone(record, tmp_path, monkeypatch):
    monkeypatch.setattr(CaseFile, "open", lambda _path: pytest.fail("it has a name"))
    there, gone = tmp_path / "there.rbc", tmp_path / "gone.rbc"
    there.write_bytes(b"anything")
    for path in (there, gone):
        remember(KnownCase(path, NOW))
    assert {line.name: line.problem for line in shown(record)} == {"there": "", "gone": GONE}


@pytest.mark.skipif(os.name != "posix", reason="mounts are read where the system lists them")
def test_a_case_on_a_share_is_not_looked_for(record, monkeypatch):
    remember(KnownCase(Path("/mnt/lab/case.rbc"), NOW))
    monkeypatch.setattr(case_listing, "is_named_on_share", lambda path: str(path).startswith("/mnt/lab"))
    monkeypatch.setattr(Path, "is_file", lambda _self: pytest.fail("a server that has gone would hold up the list"))
    [line] = shown(record)
    assert line.problem == ""


def test_what_is_not_written_down_yet_counts(record):
    remember(KnownCase(Path("/lab/a.rbc"), NOW - timedelta(hours=1), cells=1, fields=1))
    [line] = shown(record, fresh=[KnownCase(Path("/lab/a.rbc"), NOW, cells=2, fields=1)])
    assert line.case.cells == 2


def test_cases_of_earlier_versions_are_taken_over_in_order_without_the_images(record):
    remember(KnownCase(Path("/lab/known.rbc"), NOW, cells=7, fields=1))
    take_over(("/lab/new.rbc", "/lab/1.png", "/lab/old.RBC", "/lab/known.rbc", "relative.rbc", ""))
    assert [line.case.path.name for line in shown(record)] == ["known.rbc", "new.rbc", "old.RBC"]
    assert shown(record)[0].case.cells == 7


def test_words_find_a_case_by_name_number_image_state_and_folder():
    line = ListedCase(
        KnownCase(Path("/lab/June/patient 7.rbc"), NOW, sample_id="S-1234", state="final", image="smear.png",
                  fields=18, cells=1289, to_review=12),
        False,
    )  # fmt: skip
    assert line.facts.endswith("18 fields  ·  1,289 cells  ·  12 to review")
    for words in ("", "PATIENT", "s-12 final", "june", "smear.png", f"{NOW:%Y-%m-%d}"):
        assert line.matches(words), words
    for words in ("draft", "s-99", "patient 8", "1289"):
        assert not line.matches(words), words


def test_half_a_surrogate_pair_becomes_text_that_can_be_painted():
    line = ListedCase(KnownCase(Path("/lab/a.rbc"), NOW, sample_id="\ud800", image="\udc00"), True)
    (line.name + line.facts + line.place).encode("utf-8")
