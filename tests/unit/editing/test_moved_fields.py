"""Relocating: many images are one step, stored, undone at once; another file is refused."""

import dataclasses

import pytest

from rbc_desktop.domain.case.case import Case
from rbc_desktop.domain.fields.found_image import FoundImage
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.moved_fields import relocate_fields
from rbc_desktop.storage.case.case_file import CaseFile
from tests.fakes.casework import write_image


@pytest.fixture
def editor(tmp_path):
    """A case with three fields."""
    editor = CaseEditor(Case(), CaseFile.create(tmp_path / "case.rbc"))
    editor.add_fields([write_image(tmp_path / f"{number}.png", number).facts for number in (1, 2, 3)])
    yield editor
    editor.store.close()


def moved(editor, *ids):
    fields = [editor.case.fields[i] for i in ids]
    return [FoundImage(f.id, f.path.parent / "elsewhere" / f.path.name, f.sha256) for f in fields]


def test_several_images_are_one_stored_step(editor):
    before = {i: field.path for i, field in editor.case.fields.items()}
    images = moved(editor, 1, 3)
    relocate_fields(editor, images)
    assert editor.undo_text == "Locate 2 images"
    after = {**before, **{image.field_id: image.path for image in images}}
    assert {i: field.path for i, field in editor.case.fields.items()} == after
    editor.undo()
    assert {i: field.path for i, field in editor.case.fields.items()} == before
    editor.redo()
    editor.store.close()
    store, case = CaseFile.open(editor.store.path)
    store.close()
    assert {i: field.path for i, field in case.fields.items()} == after


def test_one_image_is_named_and_none_is_no_step(editor):
    steps = editor.undo_text
    relocate_fields(editor, [])
    assert editor.undo_text == steps
    relocate_fields(editor, moved(editor, 2))
    assert editor.undo_text == "Locate 2.png"


def test_one_other_file_refuses_all(editor):
    good, bad = moved(editor, 1, 2)
    before = dict(editor.case.fields)
    with pytest.raises(ValueError, match="not the image"):
        relocate_fields(editor, [good, dataclasses.replace(bad, sha256=good.sha256)])
    assert editor.case.fields == before
