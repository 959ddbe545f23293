"""Paths, walking, unsaved cases, finding images again."""

import random
import sys
from pathlib import Path

import pytest

from rbc_desktop.domain.case import Case, Field, Identity
from rbc_desktop.domain.changes import PutFields, PutIdentity
from rbc_desktop.storage import autosave, paths
from rbc_desktop.storage.case_file import CaseFile
from rbc_desktop.storage.digest import sha256_of
from rbc_desktop.storage.locate import locate_images
from rbc_desktop.storage.mask_png import decode_mask, encode_mask
from rbc_desktop.storage.walk import find_images, natural_key
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


def test_the_newest_is_offered_and_empty_ones_go(tmp_path):
    image = write_image(tmp_path / "1.png", 1)
    for name, filled in (("20260101-000000-aaaaaa", True), ("20260102-000000-aaaaaa", True), ("20260103-0-a", False)):
        store = CaseFile.create(autosave.folder() / f"{name}.rbc")
        store.apply(PutFields((field_of(image),)) if filled else PutIdentity(Identity()))
        store.close()
    (autosave.folder() / "20260104-damaged.rbc").write_bytes(b"not a case")
    assert autosave.left_over().name == "20260102-000000-aaaaaa.rbc"
    assert sorted(p.name[:8] for p in autosave.folder().iterdir()) == ["20260101", "20260102", "20260104"]


def test_saving_an_unsaved_case_under_a_name(tmp_path):
    store = autosave.new_case_file()
    old = store.path
    store.apply(PutFields((field_of(write_image(tmp_path / "1.png", 1)),)))
    store.save_as(tmp_path / "named.rbc")
    assert not autosave.is_unsaved(store.path)
    autosave.discard(old)
    store.close()
    again, case = CaseFile.open(tmp_path / "named.rbc")
    again.close()
    assert case.fields[1].path == tmp_path / "1.png"
    assert autosave.left_over() is None


def test_named_cases_are_never_discarded(tmp_path):
    store = CaseFile.create(tmp_path / "named.rbc")
    store.close()
    with pytest.raises(ValueError, match="not an unsaved case"):
        autosave.discard(store.path)
    assert store.path.exists()


# Finding images again


def test_moved_and_changed_images_are_named(tmp_path):
    images = [write_image(tmp_path / f"{n}.png", n) for n in range(1, 5)]
    case = Case(fields={n: Field(n, i.path, i.sha256, 9, 9) for n, i in enumerate(images, 1)})
    assert locate_images(case) == []
    images[0].path.unlink()
    images[1].path.write_bytes(images[2].path.read_bytes())
    images[3].path.unlink()
    images[3].path.mkdir()
    problems = [(p.field.id, p.kind) for p in locate_images(case)]
    assert problems == [(1, "missing"), (2, "changed"), (4, "missing")]


def test_digest(tmp_path):
    (tmp_path / "a").write_bytes(b"abc")
    assert sha256_of(tmp_path / "a") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


# Masks


def test_masks_are_exact():
    rng = random.Random(1)
    for _ in range(50):
        crop = make_mask(rng).crop
        assert (decode_mask(encode_mask(crop)) == crop).all()
    with pytest.raises(ValueError, match="decoded"):
        decode_mask(b"no image")
