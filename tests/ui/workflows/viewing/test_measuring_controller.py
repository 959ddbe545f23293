"""Free measures of the open case."""

import pytest

from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.geometry import Point
from rbc_desktop.workflows.viewing.measuring import MeasureDropped, PointsPlaced
from rbc_desktop.workflows.viewing.measuring_controller import MeasuringController

LENGTH = PointsPlaced((Point(10, 10), Point(70, 90)), 1.0)


@pytest.fixture
def measuring(editor, images):
    editor.add_fields([image.facts for image in images])
    editor.set_current_field(1)
    return MeasuringController(editor)


def test_each_field_has_its_own_and_the_scale_of_the_field_counts(editor, measuring):
    heard = []
    measuring.changed.connect(lambda: heard.append(measuring.texts))
    measuring.do(LENGTH)
    editor.set_current_field(2)
    editor.set_current_field(1)
    editor.set_calibration((1,), Calibration(0.1, "file"))
    measuring.do(MeasureDropped(0))
    assert heard == [("100.0 ± 1.4 px",), (), ("100.0 ± 1.4 px",), ("10.00 ± 0.14 µm",), ()]


def test_measures_are_no_step_and_no_cell_of_the_case(editor, measuring):
    steps, trail = editor.undo_text, dict(editor.case.cells)
    measuring.do(LENGTH)
    assert editor.undo_text == steps
    assert editor.case.cells == trail


def test_all_of_a_field_go_at_once_and_another_case_begins_without(editor, measuring):
    measuring.do(LENGTH)
    measuring.do(LENGTH)
    editor.set_current_field(2)
    measuring.do(LENGTH)
    measuring.clear()
    assert measuring.current == ()
    editor.set_current_field(1)
    assert len(measuring.current) == 2
    editor.case_replaced.emit()
    assert measuring.current == ()
