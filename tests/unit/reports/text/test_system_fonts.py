"""Fonts of the computer."""

import shutil

import pytest

from rbc_desktop.files import resource_root
from rbc_desktop.reports.text import system_fonts

FONTS = resource_root() / "fonts"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of fonts beside things that are none."""
    for name in ("Zeta.ttf", "Alpha-Bold.ttf", "Emoji.ttf", "deep/Beta.TTF"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(FONTS / "DejaVuSans.ttf", tmp_path / name)
    (tmp_path / "Damaged.ttf").write_bytes(b"\0\1\0\0 and no more of it")
    (tmp_path / "Short.otf").write_bytes(b"x")
    (tmp_path / "Two.ttc").write_bytes(b"ttcf\0\1\0\0\0\0\0\2" + b"x" * 40)
    (tmp_path / "notes.txt").write_text("no font")
    monkeypatch.setattr(system_fonts, "folders", lambda: (tmp_path, tmp_path / "missing"))
    for function in (system_fonts.faces, system_fonts.face_with, system_fonts.characters_of):
        function.cache_clear()
    yield tmp_path
    for function in (system_fonts.faces, system_fonts.face_with, system_fonts.characters_of):
        function.cache_clear()


def test_plain_faces_come_first_and_emoji_never(folder):
    names = [(path.removeprefix(f"{folder}/"), number) for path, number in system_fonts.faces()]
    assert names == [
        ("deep/Beta.TTF", 0), ("Damaged.ttf", 0), ("Two.ttc", 0), ("Two.ttc", 1), ("Zeta.ttf", 0),
        ("Alpha-Bold.ttf", 0),
    ]  # fmt: skip


def test_the_first_face_that_has_all_letters_is_taken(folder):
    assert system_fonts.face_with(frozenset(map(ord, "Ωя"))) == (str(folder / "deep" / "Beta.TTF"), 0)
    assert system_fonts.face_with(frozenset((0x12345,))) is None


def test_a_damaged_file_has_no_letters(folder):
    assert system_fonts.characters_of(str(folder / "Damaged.ttf"), 0) == frozenset()
    assert system_fonts.characters_of(str(folder / "Two.ttc"), 1) == frozenset()
    assert system_fonts.characters_of(str(folder / "gone.ttf"), 0) == frozenset()


def test_every_system_has_folders():
    assert all(folder.is_absolute() for folder in system_fonts.folders())
