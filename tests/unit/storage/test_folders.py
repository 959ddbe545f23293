"""Paths, walking, unsaved cases, finding images again."""

import os
import random
import sqlite3
import sys
from pathlib import Path

import pytest

from rbc_desktop.domain.case import Case, Field, Identity
from rbc_desktop.domain.changes import PutFields, PutIdentity
from rbc_desktop.errors import CaseFileError, ImageReadError, UnconfirmedImageError
from rbc_desktop.storage import autosave, paths
from rbc_desktop.storage.case_file import CaseFile
from rbc_desktop.storage.digest import sha256_of
from rbc_desktop.storage.image_places import AskingReader, unconfirmed_images
from rbc_desktop.storage.mask_png import decode_mask, encode_mask
from rbc_desktop.storage.settings import Settings, save_settings
from rbc_desktop.storage.walk import find_images, natural_key
from rbc_desktop.workflows.reading import read_field
from tests.fakes.casework import make_mask, write_image

# Paths


def test_user_folders_follow_the_variable(tmp_path, monkeypatch):
    monkeypatch.setenv(paths.USER_FOLDER_VARIABLE, str(tmp_path / "home"))
    assert paths.settings_file() == tmp_path / "home" / "config" / "settings.json"
    for folder in (paths.data_folder(), paths.log_folder(), paths.settings_file().parent):
        assert folder.is_dir()
        assert tmp_path in folder.parents


def test_user_folders_are_the_systems_own_without_it(tmp_path, monkeypatch):
    if sys.platform != "linux":
        pytest.skip("checks the XDG folders")
    monkeypatch.delenv(paths.USER_FOLDER_VARIABLE)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert paths.data_folder() == tmp_path / "data" / "rbc-desktop"


def test_resources_lie_in_the_checkout_or_in_the_bundle(tmp_path, monkeypatch):
    assert paths.resource_root() == Path(__file__).resolve().parents[3] / "resources"
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resource_root() == tmp_path / "resources"


# Walking


def touch(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def test_images_of_a_folder_in_natural_order(tmp_path):
    touch(tmp_path, "b/10.png", "b/2.JPG", "b/1.tiff", "a/x.bmp", "field 1.jpeg", "notes.txt", "case.rbc")
    assert [p.relative_to(tmp_path).as_posix() for p in find_images([tmp_path])] == [
        "field 1.jpeg",
        "a/x.bmp",
        "b/1.tiff",
        "b/2.JPG",
        "b/10.png",
    ]


def test_hidden_files_and_thumbnails_are_passed_over(tmp_path):
    touch(tmp_path, ".a.png", "._b.png", ".git/c.png", "Thumbs/d.png", "thumbnails/e.png", "@eaDir/f.jpg")
    touch(tmp_path, "__MACOSX/g.png", "smear_thumb.jpg", "Thumbnail.png", "thumbprint.png", "ok.png")
    assert [p.relative_to(tmp_path).as_posix() for p in find_images([tmp_path])] == [
        "ok.png",
        "thumbprint.png",
    ]


def test_files_named_by_the_user_come_as_given_and_once(tmp_path):
    touch(tmp_path, "z.dat", "a.png", "sub/b.png")
    gone = tmp_path / "gone.png"
    found = find_images([tmp_path / "z.dat", gone, tmp_path, tmp_path / "a.png"])
    assert found == [tmp_path / "z.dat", gone, tmp_path / "a.png", tmp_path / "sub" / "b.png"]


def test_linked_folders_end(tmp_path):
    touch(tmp_path, "a/1.png")
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert find_images([tmp_path]) == [tmp_path / "a" / "1.png"]


def test_natural_key_orders_any_names():
    names = ["10", "2", "a10b", "a2b", "A1", "", "٣", "x²"]
    assert sorted(names, key=natural_key) == ["", "2", "٣", "10", "A1", "a2b", "a10b", "x²"]


# Unsaved cases


def field_of(image):
    return Field(1, image.path, image.sha256, image.width, image.height)


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


def test_unsaved_cases_say_what_they_hold_and_open_ones_are_left_out(tmp_path):
    open_one, left = autosave.new_case_file(), autosave.new_case_file()
    for store in (open_one, left):
        store.apply(PutFields((field_of(write_image(tmp_path / "1.png", 1)),)))
    left.apply(PutIdentity(Identity("S 7")))
    left.close()
    found = autosave.unsaved_cases()
    assert [(c.path, c.sample_id, c.fields, c.cells) for c in found] == [(left.path, "S 7", ("1.png",), 0)]
    open_one.close()


@pytest.mark.skipif(os.name != "posix", reason="the modes of POSIX")
def test_user_folders_and_what_lies_in_them_are_private(tmp_path, monkeypatch):
    monkeypatch.setenv(paths.USER_FOLDER_VARIABLE, str(tmp_path / "home"))
    mask = os.umask(0o022)
    try:
        store = autosave.new_case_file()
        store.apply(PutIdentity(Identity("S 7")))
        save_settings(Settings(theme="dark"), paths.settings_file())
        save_settings(Settings(theme="light"), paths.settings_file())
    finally:
        os.umask(mask)
    for folder in (paths.data_folder(), paths.log_folder(), paths.settings_file().parent, autosave.folder()):
        assert folder.stat().st_mode & 0o777 == 0o700
    for file in (store.path, store.path.with_name(store.path.name + "-wal"), paths.settings_file()):
        assert file.stat().st_mode & 0o777 == 0o600, file.name
    store.close()


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


# Finding images again


def test_digest(tmp_path):
    (tmp_path / "a").write_bytes(b"abc")
    assert sha256_of(tmp_path / "a") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


# Masks


def test_masks_are_exact():
    rng = random.Random(1)
    for _ in range(50):
        crop = make_mask(rng).crop
        assert (decode_mask(encode_mask(crop), most_width=90, most_height=90) == crop).all()


# Images at places that a case names by itself


def test_only_unconfirmed_absolute_places_outside_the_folder_of_the_case_are_asked_for(tmp_path):
    places = [
        tmp_path / "case" / "in.png",
        tmp_path / "other" / "confirmed.png",
        Path("/elsewhere/a.png"),
        tmp_path / "b",
    ]
    case = Case(fields={n: Field(n, p, "0" * 64, 9, 9) for n, p in enumerate(places, 1)})
    asked = unconfirmed_images(
        case, {1, 2, 3, 77}, folder=tmp_path / "case", confirmed=[tmp_path / "other", Path("relative")]
    )
    assert asked == {Path("/elsewhere/a.png")}


def test_an_unconfirmed_place_is_not_touched():
    """Not even to see whether something is there: a network share would be told who asks."""
    asked = []

    def reader(path, *, page=0):
        asked.append(path)
        raise ImageReadError(f"{path.name} doesn't exist.")

    class Untouchable(type(Path())):
        def stat(self, *arguments, **options):
            raise AssertionError("touched")

    place = Untouchable("//server/share/a.png")
    asking = AskingReader(reader)
    asking.ask_for([place])
    with pytest.raises(UnconfirmedImageError, match="outside the folder of the case"):
        read_field(asking, place, page=0, sha256="0" * 64)
    assert asked == []
    asking.confirm([place])
    with pytest.raises(ImageReadError, match="doesn't exist"):
        asking(place)
    assert asked == [place]


def test_an_absolute_path_stays_one_when_the_case_is_saved_elsewhere(tmp_path):
    store = CaseFile.create(tmp_path / "a.rbc")
    store.apply(PutFields((field_of(write_image(tmp_path / "1.png", 1)),)))
    store.close()
    connection = sqlite3.connect(tmp_path / "a.rbc")
    connection.execute("UPDATE field SET path = '/elsewhere/1.png'")
    connection.commit()
    connection.close()
    store, case = CaseFile.open(tmp_path / "a.rbc")
    assert store.absolute_images == {1}
    (tmp_path / "deep").mkdir()
    store.save_as(tmp_path / "deep" / "b.rbc")
    store.close()
    store, again = CaseFile.open(tmp_path / "deep" / "b.rbc")
    assert store.absolute_images == {1}
    assert again.fields[1].path == case.fields[1].path == Path("/elsewhere/1.png")
    store.close()
