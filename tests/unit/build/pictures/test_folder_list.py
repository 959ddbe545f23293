"""The list of folders in the architecture is that of the package."""

import folder_list


def test_the_document_has_the_folders_as_they_are():
    text = folder_list.FILE.read_text(encoding="utf-8")
    assert text == folder_list.written(text), "run build/pictures/folder_list.py"


def test_every_folder_is_listed_once_and_below_its_parent():
    listed = folder_list.folders()
    there = {path.parent for path in folder_list.PACKAGE.rglob("__init__.py")} - {folder_list.PACKAGE}
    assert len(listed) == len(set(listed))
    assert set(listed) == there
    assert all(folder.parent in (folder_list.PACKAGE, *listed[:n]) for n, folder in enumerate(listed))


def test_a_list_that_is_behind_is_written_anew():
    head = "Folders:\n\n| Folder | What is in it |\n|---|---|\n"
    rows = "".join(map(folder_list.row, folder_list.folders()))
    assert folder_list.written(f"{head}| `old/` | gone |\n\nMore.\n") == f"{head}{rows}\nMore.\n"
