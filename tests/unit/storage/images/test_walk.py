"""Images of files and folders that the user names."""

from rbc_desktop.storage.images.walk import find_images, natural_key


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
