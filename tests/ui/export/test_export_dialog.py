"""The export dialog, and real files written through it."""

import csv
import random
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt

from rbc_desktop import RESEARCH_USE_ONLY
from rbc_desktop.domain.case.case import Identity, snapshot
from rbc_desktop.domain.classes.taxonomy import CellClass
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.ui.export.export_dialog import ExportDialog, file_stem
from rbc_desktop.ui.export.report_export import ReportExport, finished_text
from rbc_desktop.workflows.results.exporting import planned_files
from tests.fakes.casework import make_proposal, write_image
from tests.fakes.dicom_files import write_dicom
from tests.fakes.good_field import GOOD
from tests.fakes.slide_files import drawn_film


@pytest.fixture
def work(qtbot, image_window, add_cells_to):
    """The window with a field of eight cells; folders that it would open are noted in `opened`."""
    editor = image_window.services.editor
    add_cells_to(editor, 1, 8, seed=3, predicted_share=1, quality=GOOD)
    editor.set_class((1, 2), CellClass.TARGET_CELL)
    image_window.opened = []
    image_window.dialogs.exporting._open_url = lambda url: image_window.opened.append(Path(url.toLocalFile())) or True
    qtbot.waitUntil(lambda: image_window.panel.feed.is_settled and image_window.action_set["export"].isEnabled())
    return image_window


@pytest.fixture
def dialog(qtbot, work, tmp_path):
    """The dialog as the action opens it, with a folder of its own."""
    work.action_set["export"].trigger()
    shown = work.dialogs.exporting.dialog
    folder = tmp_path / "Berichte"
    folder.mkdir()
    shown.folder.setText(str(folder))
    return shown


def export(qtbot, work, dialog):
    qtbot.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not work.writing.is_busy, timeout=60_000)


def test_pdf_and_csv_are_written_and_say_what_the_table_says(qtbot, work, dialog, tmp_path):
    SampleEditor(work.services.editor).set_identity(Identity(sample_id="S-42"))
    export(qtbot, work, dialog)
    folder = tmp_path / "Berichte"
    assert sorted(p.name for p in folder.iterdir()) == ["smear_cells.csv", "smear_report.pdf"]
    with (folder / "smear_cells.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    shown = {row.cell: row for row in work.panel.model.shown}
    assert [int(r["cell"]) for r in rows] == sorted(shown)
    for row in rows:
        cell_class = shown[int(row["cell"])].cell_class
        assert row["class"] == (cell_class.value if cell_class else "")
    text = "".join(page.extract_text() for page in PdfReader(folder / "smear_report.pdf").pages)
    assert RESEARCH_USE_ONLY in text
    assert "S-42" in text
    assert work.services.editor.case.identity == Identity(sample_id="S-42")
    assert work.opened == [folder]
    assert "smear_report.pdf" in work.message_bar.text
    assert work.dialogs.exporting.dialog is None


def test_the_sample_is_a_line_and_its_home_is_the_sample_window(qtbot, work, dialog):
    assert dialog.sample.text() == "No details yet; all are optional."
    qtbot.mouseClick(dialog.details, Qt.MouseButton.LeftButton)
    window = work.sample.window
    qtbot.waitUntil(window.isVisible)
    assert window.tabs.currentWidget() is window.details
    assert work.dialogs.exporting.dialog is dialog
    SampleEditor(work.services.editor).set_identity(Identity(sample_id="S-42", patient="Anna\nMüller"))
    qtbot.waitUntil(lambda: dialog.sample.text() == "S-42 · Anna Müller")
    work.services.editor.undo()
    qtbot.waitUntil(lambda: dialog.sample.text().startswith("No details"))
    window.close()


def test_a_long_sample_widens_nothing(qtbot, work, dialog):
    dialog.show()
    qtbot.waitExposed(dialog)
    before = dialog.minimumSizeHint()
    SampleEditor(work.services.editor).set_identity(Identity(patient="Anna " * 90))
    qtbot.waitUntil(lambda: dialog.sample.text().endswith("…"))
    dialog.layout().activate()
    assert dialog.minimumSizeHint() == before
    assert dialog.sample.text().endswith("…")
    assert dialog.sample.toolTip().count("Anna") == 90


def test_it_says_what_will_be_in_it_and_keeps_its_height(qtbot, dialog):
    assert dialog.contents.text() == "1 field, 8 cells, 6 unconfirmed"
    dialog.show()
    qtbot.waitExposed(dialog)
    heights = []
    for name in ("a", "", "b" * 90):
        dialog.name.setText(name)
        dialog.formats["pdf"].setChecked(not dialog.formats["pdf"].isChecked())
        dialog.layout().activate()
        heights.append((dialog.height(), dialog.sizeHint().height()))
    dialog.show_progress(1, 3)
    dialog.layout().activate()
    heights.append((dialog.height(), dialog.sizeHint().height()))
    assert len(set(heights)) == 1
    dialog.show_stopped()


def test_what_is_being_written_is_not_said_to_be_replaced(dialog):
    dialog.show_progress(1, 3)
    for file in planned_files(dialog._case, dialog.choice):
        file.path.write_bytes(b"")
    dialog.show_progress(2, 3)
    assert dialog.note.text() == ""
    dialog.show_stopped()
    assert "will be replaced" in dialog.note.text()


def test_folder_and_ticks_are_remembered_and_the_name_is_that_of_the_case(qtbot, work, dialog, tmp_path):
    dialog.formats["pdf"].setChecked(False)
    dialog.parts["gallery"].setChecked(False)
    dialog.open_folder.setChecked(False)
    export(qtbot, work, dialog)
    work.services.files.save_as(tmp_path / "S-42.rbc")
    qtbot.waitUntil(lambda: not work.services.files.is_busy and work.action_set["export"].isEnabled())
    work.action_set["export"].trigger()
    again = work.dialogs.exporting.dialog
    assert again.folder.text() == str(tmp_path / "Berichte")
    assert again.name.text() == "S-42"
    assert again.choice.formats == ("csv",)
    assert not again.parts["gallery"].isChecked()
    assert again.parts["overview"].isChecked()
    assert not again.open_folder.isChecked()
    again.reject()


def test_every_format_can_be_written(qtbot, work, dialog, tmp_path):
    for box in dialog.formats.values():
        box.setChecked(True)
    dialog.open_folder.setChecked(False)
    dialog.name.setText("a/b:c")
    export(qtbot, work, dialog)
    assert sorted(p.name for p in (tmp_path / "Berichte").iterdir()) == [
        "a_b_c_001_smear.geojson", "a_b_c_001_smear_labels.tif", "a_b_c_cells.csv", "a_b_c_crops", "a_b_c_masks.json",
        "a_b_c_report.pdf", "a_b_c_sample.csv", "a_b_c_sample.hl7", "a_b_c_sample.xlsx", "a_b_c_sample_fhir.json",
        "a_b_c_training",
    ]  # fmt: skip
    assert work.opened == []


def test_without_identity_a_code_stands_for_the_sample_in_names_and_pages(qtbot, work, dialog, tmp_path):
    SampleEditor(work.services.editor).set_identity(Identity(sample_id="smear-7", patient="Anna"))
    dialog.deidentified.setChecked(True)
    code = dialog.name.text()
    assert code.startswith("anon-")
    dialog.deidentified.setChecked(False)
    assert dialog.name.text() == "smear"
    dialog.name.setText("mine")
    dialog.deidentified.setChecked(True)
    assert dialog.name.text() == "mine"
    dialog.name.setText("about Anna")
    assert "names the sample" in dialog.note.text()
    assert not dialog.export.isEnabled()
    dialog.name.setText(code)
    export(qtbot, work, dialog)
    assert sorted(p.name for p in (tmp_path / "Berichte").iterdir()) == [f"{code}_cells.csv", f"{code}_report.pdf"]
    text = PdfReader(tmp_path / "Berichte" / f"{code}_report.pdf").pages[0].extract_text()
    assert code in text
    assert "Anna" not in text
    assert "smear" not in text.replace("A smear has", "")
    work.action_set["export"].trigger()
    again = work.dialogs.exporting.dialog
    assert again.deidentified.isChecked()
    assert again.name.text().startswith("anon-")
    again.reject()


def test_a_training_set_says_how_many_cells_are_reviewed_and_needs_one(qtbot, work, dialog, tmp_path):
    dialog.formats["training"].setChecked(True)
    assert dialog.note.text() == "2 of 8 cells are reviewed; only those count as labels."
    export(qtbot, work, dialog)
    folder = tmp_path / "Berichte" / "smear_training"
    assert sorted(str(p.relative_to(folder)) for p in folder.rglob("*.*")) == ["cells.json", "images/field_001.png"]
    work.services.editor.set_class((1, 2), None)
    work.action_set["export"].trigger()
    again = work.dialogs.exporting.dialog
    again.formats["training"].setChecked(True)
    assert "needs reviewed cells" in again.note.text()
    assert not again.export.isEnabled()
    again.reject()


def test_a_folder_that_can_not_be_written_is_said_in_the_dialog(qtbot, work, dialog, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    dialog.folder.setText(str(tmp_path / "file"))
    export(qtbot, work, dialog)
    assert work.dialogs.exporting.dialog is dialog
    assert "can't be" in dialog.note.text()
    assert dialog.export.isEnabled()


def test_a_missing_image_is_a_reason_only_for_the_pictures(qtbot, work, dialog, tmp_path):
    work.services.images.clear()
    (tmp_path / "smear.png").unlink()
    export(qtbot, work, dialog)
    assert "without image and gallery" in dialog.note.text()
    dialog.parts["overview"].setChecked(False)
    dialog.parts["gallery"].setChecked(False)
    export(qtbot, work, dialog)
    assert (tmp_path / "Berichte" / "smear_report.pdf").stat().st_size > 1000


def test_cancel_leaves_no_half_file(qtbot, work, dialog, tmp_path):
    qtbot.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    dialog.reject()
    qtbot.waitUntil(lambda: not work.writing.is_busy, timeout=60_000)
    for path in (tmp_path / "Berichte").iterdir():
        assert path.suffix in (".pdf", ".csv")
        assert path.stat().st_size > 500, "either complete or not there"


def test_what_would_be_replaced_is_said(dialog, tmp_path):
    assert dialog.note.text() == ""
    (tmp_path / "Berichte" / "smear_cells.csv").write_text("old")
    dialog.name.setText("smea")
    dialog.name.setText("smear")
    assert dialog.note.text() == "smear_cells.csv will be replaced."


def test_nothing_chosen_can_not_be_exported(dialog):
    for box in dialog.formats.values():
        box.setChecked(False)
    assert not dialog.export.isEnabled()
    assert dialog.note.text() == "Choose at least one file."
    dialog.formats["csv"].setChecked(True)
    assert not any(box.isEnabled() for box in dialog.parts.values())
    dialog.name.setText(" . ")
    assert not dialog.export.isEnabled()


@pytest.mark.parametrize(
    ("text", "stem"), [("a/b\\c:d", "a_b_c_d"), ("  x. ", "x"), ("äöü 7", "äöü 7"), ("..", ""), ("a" * 300, "a" * 120)]
)
def test_file_names_fit_every_system(text, stem):
    assert file_stem(text) == stem


def test_the_snapshot_is_not_touched_by_later_work(work):
    editor = work.services.editor
    taken = snapshot(editor.case)
    editor.remove_cells((1, 2, 3))
    assert len(taken.cells) == 8
    assert len(taken.analyses) == 8


def test_the_sentence_at_the_end():
    assert finished_text([Path("a.pdf")]) == "a.pdf was written."
    assert finished_text([Path("a.pdf"), Path("b.csv")]) == "a.pdf and 1 more were written."


def test_the_plan_names_a_file_per_field(work, tmp_path):
    dialog = ExportDialog(work.services.editor.case, folder=tmp_path, name="x", parent=work)
    dialog.formats["geojson"].setChecked(True)
    names = [file.path.name for file in planned_files(work.services.editor.case, dialog.choice)]
    assert names == ["x_report.pdf", "x_cells.csv", "x_001_smear.geojson"]
    assert isinstance(work.dialogs.exporting, ReportExport)


def test_the_laboratorys_header_and_logo_stand_on_the_report(qtbot, work, dialog, tmp_path):
    logo = tmp_path / "logo.png"
    logo.write_bytes(b"no picture")
    work.services.settings.update(report_header="Haematology Basel\n1 High Street", report_logo=str(logo))
    export(qtbot, work, dialog)
    assert "choose another picture in the settings" in dialog.note.text()
    write_image(logo, 7)
    export(qtbot, work, dialog)
    page = PdfReader(tmp_path / "Berichte" / "smear_report.pdf").pages[0]
    assert page.extract_text().startswith("Haematology Basel\n1 High Street")
    assert {(200, 150)} <= {image.image.size for image in page.images}


def test_dicom_annotations_are_offered_where_there_is_such_a_slide(qtbot, dialog):
    box = dialog.formats["dicom"]
    assert not box.isEnabled()
    assert box.toolTip() == "There is no DICOM slide with cells, so there are no DICOM annotations to write."
    box.setChecked(True)
    assert "dicom" not in dialog.choice.formats
    dialog.offer_annotations((1,))
    assert box.isEnabled()
    assert "dicom" in dialog.choice.formats
    dialog.deidentified.setChecked(True)
    assert not box.isEnabled()
    assert "dicom" not in dialog.choice.formats
    assert box.toolTip().startswith("DICOM annotations name their slide")


def test_the_dialog_finds_out_in_the_background_whether_there_is_such_a_slide(qtbot, work, tmp_path):
    path = write_dicom(tmp_path / "series", drawn_film(400, 300, cells=6), factors=(1,))
    work.services.files.open_paths([path])
    editor = work.services.editor
    qtbot.waitUntil(lambda: len(editor.case.fields) == 2, timeout=20_000)
    qtbot.waitUntil(work.action_set["export"].isEnabled, timeout=20_000)
    work.action_set["export"].trigger()
    shown = work.dialogs.exporting.dialog
    assert not shown.formats["dicom"].isEnabled()
    editor.add_cells(2, [make_proposal(random.Random(5), cut_share=0)], run=editor.new_run())
    qtbot.waitUntil(shown.formats["dicom"].isEnabled, timeout=20_000)
