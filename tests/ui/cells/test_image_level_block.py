"""The block under the counts."""

from __future__ import annotations

import pytest

from rbc_desktop.domain.case.image_reading import NO_HAEMOGLOBIN, READING_TITLE
from rbc_desktop.ui.cells.image_level_block import ImageLevelBlock


@pytest.fixture
def block(qtbot, editor, images):
    editor.add_fields([image.facts for image in images])
    made = ImageLevelBlock(editor)
    qtbot.addWidget(made)
    return made


def say(editor, field_id, text):
    editor.note_field(editor.case.fields[field_id].with_remark("image level", text))


def test_there_is_none_until_a_model_has_read_the_field(block, editor):
    assert block.isHidden()
    say(editor, 1, "anaemic, probability 0.80.")
    assert not block.isHidden()
    assert block.reading.text() == "anaemic, probability 0.80."
    assert {READING_TITLE, NO_HAEMOGLOBIN} <= {label.text() for label in block.findChildren(type(block.reading))}


def test_it_follows_the_field_in_view(block, editor):
    say(editor, 1, "anaemic, probability 0.80.")
    editor.set_current_field(2)
    assert block.isHidden()
    editor.set_current_field(1)
    assert not block.isHidden()
    say(editor, 1, None)
    assert block.isHidden()


def test_a_label_is_never_markup(block, editor):
    say(editor, 1, "<h1>anaemic</h1>")
    assert block.reading.text() == "<h1>anaemic</h1>"
    assert block.reading.textFormat().name == "PlainText"
