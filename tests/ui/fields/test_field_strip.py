"""The strip of fields: what it warns of."""

from dataclasses import replace

import pytest

from rbc_desktop.background import TaskRunner
from rbc_desktop.domain.calibration import Calibration
from rbc_desktop.storage.image_reader import read_image
from rbc_desktop.ui.fields.field_strip import WARNING_ROLE, FieldStrip, field_warning
from rbc_desktop.workflows.reading_controller import FieldImages
from tests.fakes.good_field import GOOD


@pytest.fixture
def strip(qtbot, editor, images, theme):
    editor.add_fields([image.facts for image in images])
    editor.set_calibration(editor.case.fields, Calibration(0.19, "typed"))
    held = FieldImages(TaskRunner(), read_image)
    widget = FieldStrip(editor, held, theme=theme)
    qtbot.addWidget(widget)
    return widget


def test_a_field_warns_of_what_its_image_does_not_let_be_seen(strip, editor):
    first, second = (strip.list.item(i) for i in (0, 1))
    assert not first.data(WARNING_ROLE)
    editor.set_analyses([], qualities={1: replace(GOOD, edge_share=0.3), 2: GOOD})
    assert "30 % of a cell wide" in first.data(WARNING_ROLE)
    assert "30 % of a cell wide" in first.toolTip()
    assert not second.data(WARNING_ROLE)


def test_an_image_that_cannot_be_read_is_all_that_is_said(editor, images):
    [field] = editor.add_fields([images[0].facts])
    blurred = replace(GOOD, edge_share=0.3)
    assert field_warning(field, "It is gone.", quality=blurred) == "It is gone."
    assert field_warning(field, None, quality=blurred).splitlines()[0] == "Not calibrated: no sizes in µm."
    assert field_warning(field, None, quality=None) == "Not calibrated: no sizes in µm."
