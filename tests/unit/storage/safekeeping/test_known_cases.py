"""What is known of cases that were open here: written privately, read back, and never believed blindly."""

import base64
import json
import os
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rbc_desktop.storage.paths import data_folder
from rbc_desktop.storage.safekeeping import known_cases
from rbc_desktop.storage.safekeeping.known_cases import KnownCase, forget, remember

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def make(path, *, minutes=0, **values):
    return KnownCase(Path(path), NOON + timedelta(minutes=minutes), **values)


def plain(case):
    """Everything but the picture."""
    return {f.name: getattr(case, f.name) for f in fields(case) if f.name != "thumbnail"}


def files():
    return sorted((data_folder() / "cases").glob("*.json"))


def test_what_is_written_down_is_read_back_newest_first():
    picture = np.random.default_rng(1).integers(0, 256, (144, 192, 3), dtype=np.uint8)
    first = make("/lab/Fälle/мазок 7.rbc", sample_id="S-7", state="final", image="1.png", fields=3, cells=1200,
                 to_review=12, thumbnail=picture)  # fmt: skip
    second = make("/lab/b.rbc", minutes=5)
    for case in (first, second):
        remember(case)
    found = known_cases.known_cases()
    assert [plain(case) for case in found] == [plain(second), plain(first)]
    assert found[0].thumbnail is None
    assert np.array_equal(found[1].thumbnail, picture)


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps the user's folders private by itself")
def test_only_the_owner_can_read_it():
    remember(make("/lab/a.rbc", sample_id="Anna 1970"))
    [file] = files()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_a_thumbnail_stays_where_there_is_no_newer_one():
    picture = np.full((8, 12, 3), 200, np.uint8)
    remember(make("/lab/a.rbc", thumbnail=picture))
    remember(make("/lab/a.rbc", minutes=1, cells=5))
    [case] = known_cases.known_cases()
    assert (case.cells, case.thumbnail.shape) == (5, (8, 12, 3))


def test_a_file_name_that_is_no_unicode():
    path = Path(os.fsdecode(b"/lab/sm\xff.rbc"))
    remember(make(path))
    assert [case.path for case in known_cases.known_cases()] == [path]


def test_forgotten_cases_are_gone_and_others_stay():
    for name in "abc":
        remember(make(f"/lab/{name}.rbc"))
    forget([Path("/lab/a.rbc"), Path("/lab/never seen.rbc")])
    assert {case.path.name for case in known_cases.known_cases()} == {"b.rbc", "c.rbc"}


BAD: dict[str, list[Any]] = {
    "path": ["relative.rbc", "", 7, None, "/lab/other.rbc", "/lab/\0.rbc"],
    "used": ["yesterday", "2026-11-26T12:00:00", 5, None, "9" * 100],
    "state": ["finished", None, 1],
    "cells": [-1, 1.5, "7", 2**40, None, True],
    "to_review": [-1, "many"],
    "sample_id": [None, "x" * 5000],
    "thumbnail": ["%", "AAAA", None, "iVBORw0KGgoAAAANSUhEUgAAAMAAAACQ"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in BAD.items() for value in values])
def test_a_value_of_another_kind_makes_the_case_unknown_and_no_other(name, value):
    remember(make("/lab/good.rbc"))
    [good] = files()
    remember(make("/lab/bad.rbc"))
    [bad] = [file for file in files() if file != good]
    bad.write_text(json.dumps({**json.loads(bad.read_text()), name: value}))
    assert [case.path.name for case in known_cases.known_cases()] == ["good.rbc"]


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"null", b"\xff\xfe", b"[" * 100_000, b"x" * 400_000])
def test_a_file_that_is_something_else_is_passed_over(content, caplog):
    remember(make("/lab/good.rbc", sample_id="Anna 1970"))
    (data_folder() / "cases" / "odd.json").write_bytes(content)
    assert [case.path.name for case in known_cases.known_cases()] == ["good.rbc"]
    assert "Anna" not in caplog.text
    assert "good" not in caplog.text


@pytest.mark.skipif(os.name != "posix", reason="named pipes in folders are POSIX")
def test_a_pipe_in_the_folder_blocks_nothing():
    remember(make("/lab/good.rbc"))
    os.mkfifo(data_folder() / "cases" / "pipe.json")
    assert len(known_cases.known_cases()) == 1


def test_a_picture_that_claims_to_be_huge_is_not_decoded():
    remember(make("/lab/a.rbc", thumbnail=np.zeros((8, 8, 3), np.uint8)))
    [file] = files()
    values = json.loads(file.read_text())
    data = bytearray(base64.b64decode(values["thumbnail"]))
    data[16:20] = (50_000).to_bytes(4, "big")
    file.write_text(json.dumps({**values, "thumbnail": base64.b64encode(bytes(data)).decode()}))
    assert known_cases.known_cases() == []


def test_a_text_that_is_too_long_is_cut_and_too_large_a_picture_left_out():
    remember(make("/lab/a.rbc", sample_id="x" * 9000, thumbnail=np.zeros((500, 500, 3), np.uint8)))
    [case] = known_cases.known_cases()
    assert (len(case.sample_id), case.thumbnail) == (known_cases.LONGEST_NAME, None)
