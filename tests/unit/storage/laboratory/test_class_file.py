import json
import os

import pytest

from rbc_desktop.domain.classes.own_classes import class_content, own_class, sound
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.errors import ClassFileError
from rbc_desktop.storage.laboratory.class_file import (
    FORMAT,
    MOST_BYTES,
    load_classes_kept,
    own_classes_file,
    read_classes,
    write_classes,
)

CLASSES = (
    own_class("sickle", code="Si", colour="#7F3C8D", key="Shift+5"),
    own_class("зерно", code="Ж", colour="#A5512B", dashed=False, is_red=False),
)


def document(*classes, **more):
    return {"format": FORMAT, "version": 1, "classes": list(classes), **more}


def test_a_list_is_read_as_it_was_written(tmp_path):
    path = tmp_path / "unsere Klassen.json"
    write_classes(CLASSES, path)
    assert all(map(CellClass.looks_like, read_classes(path), CLASSES))
    assert load_classes_kept(path) == (CLASSES, "")
    write_classes((), path)
    assert read_classes(path) == ()


def test_no_file_is_no_class_and_no_complaint():
    assert load_classes_kept(own_classes_file()) == ((), "")


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "7", "{", "\ufeff", '{"classes": []}', json.dumps({"format": FORMAT, "version": 1}),
        json.dumps(document(version="1")), json.dumps(document(version=True)), json.dumps(document(classes={})),
        "[" * 100_000, json.dumps({"format": "another", "version": 1, "classes": []}), "x" * (MOST_BYTES + 1),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_a_sentence_and_breaks_no_start(tmp_path, text):
    path = tmp_path / "own_classes.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ClassFileError, match=r"can't be read as a list of own classes; .*\.$"):
        read_classes(path)
    kept, problem = load_classes_kept(path)
    assert kept == ()
    assert problem.endswith(".")


def test_bytes_that_are_no_text_a_folder_and_a_pipe_break_no_start(tmp_path):
    garbage = tmp_path / "garbage.json"
    garbage.write_bytes(os.urandom(2_000))
    places = [garbage, tmp_path]
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.json")
        places.append(tmp_path / "pipe.json")
    for path in places:
        assert load_classes_kept(path)[0] == ()
        with pytest.raises(ClassFileError):
            read_classes(path)


def test_sound_classes_of_a_damaged_list_are_kept_and_the_rest_is_said(tmp_path):
    path = tmp_path / "own_classes.json"
    good = class_content(CLASSES[0])
    bad = [{**good, "name": "burr cell"}, {**good, "colour": "red"}, None, 7, good, {**good, "name": "y" * 500}]
    many = [{**good, "name": f"own {n}", "letters": f"{n:x}z"[:2], "key": ""} for n in range(14)]
    path.write_text(json.dumps(document(good, *bad, *many)), encoding="utf-8")
    kept, problem = load_classes_kept(path)
    assert kept[0] == CLASSES[0]
    assert len(kept) == 10
    assert sound(kept) == ""
    assert problem == ("Part of the list of own classes (own_classes.json) can't be used; look it through and save it.")
    with pytest.raises(ClassFileError, match=r"own_classes.json can't be used\. There is a class called burr cell"):
        read_classes(path)


def test_a_list_of_a_newer_version_is_named_so(tmp_path):
    path = tmp_path / "new.json"
    path.write_text(json.dumps(document(version=2)), encoding="utf-8")
    with pytest.raises(ClassFileError, match="newer version of the application"):
        read_classes(path)
