"""When a file that somebody else writes is complete."""

import os
from pathlib import Path

import pytest

from rbc_desktop.workflows.batch.watching import Sight, Watched, is_temporary, look

A, B = Path("/a.png"), Path("/b.png")


def test_a_file_is_complete_when_it_was_the_same_at_the_look_before():
    first = {A: Sight(10, 1), B: Sight(5, 1)}
    watched = Watched().after_look(first)
    assert Watched().complete(first) == []
    assert watched.complete(first) == [A, B]
    assert watched.complete({A: Sight(10, 1), B: Sight(9, 1)}) == [A]
    assert watched.complete({A: Sight(10, 2), B: Sight(5, 1)}) == [B]
    assert watched.growing({A: Sight(10, 2), B: Sight(5, 1)}) == [A]


def test_an_empty_file_is_not_complete():
    sights = {A: Sight(0, 1)}
    watched = Watched().after_look(sights)
    assert watched.complete(sights) == []
    assert watched.growing(sights) == [A]


def test_what_is_done_is_done_again_only_when_it_has_changed():
    sights = {A: Sight(10, 1), B: Sight(5, 1)}
    watched = Watched().after_look(sights).after_analysis([A])
    assert watched.complete(sights) == [B]
    replaced = {A: Sight(10, 7)}
    assert watched.complete(replaced) == []
    assert watched.after_look(replaced).complete(replaced) == [A]


@pytest.mark.parametrize("name", ["~scan.tif", ".scan.tif", "scan.part.tif", "scan.TMP.png", "scan~.tif"])
def test_temporary_names(name):
    assert is_temporary(name)


@pytest.mark.parametrize("name", ["scan.tif", "slide_part1.tif", "smear part.png", "download.jpg", "2024.05.tif"])
def test_names_of_images(name):
    assert not is_temporary(name)


def test_a_look_sees_images_below_the_folder_in_order(tmp_path):
    (tmp_path / "sub").mkdir()
    for name in ("10.png", "9.png", "sub/1.tif", "9.part.png", "notes.txt"):
        (tmp_path / name).write_bytes(b"12345")
        os.utime(tmp_path / name, ns=(0, 7))
    seen = look(tmp_path, unreadable=[])
    assert seen == {tmp_path / name: Sight(5, 7) for name in ("9.png", "10.png", "sub/1.tif")}
    assert list(seen) == [tmp_path / name for name in ("9.png", "10.png", "sub/1.tif")]
    assert look(tmp_path / "gone", unreadable=[]) is None
