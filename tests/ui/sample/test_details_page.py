"""An accession that is typed or scanned fills in what the work list knows, as one step."""

import pytest
from PySide6.QtCore import Qt

from rbc_desktop.domain.case.case import Identity


@pytest.fixture
def sample(qtbot, window, tmp_path):
    """The details of a new case, with a work list of two samples."""
    path = tmp_path / "today.csv"
    path.write_text("accession;patient;sex;sample number\nA-17;Anna;f;S-1\nA-18;Bo;;S-2\n", encoding="utf-8")
    window.sample.open_details()
    sample = window.sample.window
    sample._grading.work_list.choose(path)
    qtbot.waitUntil(lambda: sample.details.work_list.text() == "Work list: today.csv (4)", timeout=20_000)
    return sample


def scan(qtbot, field, text):
    """As a barcode scanner does: letters, then Return."""
    field.setFocus()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_scanned_accession_fills_in_the_rest_as_one_step(qtbot, window, sample):
    editor = window.services.editor
    scan(qtbot, sample.details.fields["accession"], "a-17")
    assert editor.case.identity == Identity(sample_id="S-1", accession="a-17", patient="Anna", sex="f")
    assert sample.details.fields["patient"].text() == "Anna"
    editor.undo()
    assert editor.case.identity == Identity()


def test_what_is_typed_already_stays_and_an_unknown_number_fills_in_nothing(qtbot, window, sample):
    editor = window.services.editor
    scan(qtbot, sample.details.fields["patient"], "Berta")
    scan(qtbot, sample.details.fields["sample_id"], "S-9")
    assert editor.case.identity == Identity(sample_id="S-9", patient="Berta")
    scan(qtbot, sample.details.fields["accession"], "A-18")
    assert editor.case.identity == Identity(sample_id="S-9", accession="A-18", patient="Berta")


def test_a_list_that_is_gone_is_said_and_the_window_works_on(qtbot, window, sample, tmp_path):
    (tmp_path / "today.csv").unlink()
    sample._grading.work_list.look()
    qtbot.waitUntil(lambda: "work list today.csv can't be read" in sample.said.text(), timeout=20_000)
    scan(qtbot, sample.details.fields["accession"], "A-17")
    assert window.services.editor.case.identity == Identity(accession="A-17")
