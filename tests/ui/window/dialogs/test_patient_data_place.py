"""Patient data of the open case go after a second yes, and it is open again; backups come and are restored."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from rbc_desktop.domain.case.case import Identity
from rbc_desktop.domain.case.patient_data import has_patient_data
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.case.case_trail import read_trail
from rbc_desktop.storage.safekeeping.backup import backups_in
from rbc_desktop.storage.safekeeping.known_cases import KnownCase, remember
from tests.fakes.casework import write_image


@pytest.fixture
def work(qtbot, window, tmp_path):
    """The window with a named case of one patient."""
    path = tmp_path / "Qx9vk.png"
    write_image(path, 1)
    window.services.files.open_paths([path])
    qtbot.waitUntil(lambda: window.presenter.shows_image, timeout=20_000)
    editor = window.services.editor
    SampleEditor(editor).set_identity(Identity(patient="Qx1vk", sample_id="Qx2vk", stain="Giemsa"))
    window.services.files.save_as(tmp_path / "case.rbc")
    qtbot.waitUntil(lambda: editor.store.path.name == "case.rbc" and not window.services.files.is_busy, timeout=20_000)
    return window


def test_the_open_case_loses_its_data_after_a_second_yes_and_is_open_again(qtbot, work, tmp_path):
    editor = work.services.editor
    work.action_set["erase"].trigger()
    dialog = work.laboratory.patients.dialog
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1, timeout=20_000)
    assert dialog.table.item(0, 1).text() == "open now"
    assert not dialog.delete.isEnabled()
    dialog.reason.setCurrentText("asked for by the patient")
    dialog.delete.click()
    assert dialog.said.text() == "This can't be undone. Delete them for good?"
    assert has_patient_data(editor.case.identity)
    dialog.image_names.setChecked(False)
    assert dialog.delete.text() == "Delete from 1 case…", "another choice asks anew"
    dialog.image_names.setChecked(True)
    dialog.delete.click()
    dialog.delete.click()
    qtbot.waitUntil(lambda: "no patient data any more" in work.message_bar.text, timeout=20_000)
    qtbot.waitUntil(lambda: bool(editor.case.fields) and editor.store.path.name == "case.rbc", timeout=20_000)
    assert editor.case.identity == Identity(stain="Giemsa")
    assert work.laboratory.patients.dialog is None
    everything = b"".join(p.read_bytes() for p in tmp_path.glob("case.rbc*"))
    assert b"Qx1vk" not in everything
    assert b"Qx9vk" not in everything


def test_without_patient_data_the_empty_list_says_so(qtbot, window):
    window.action_set["erase"].trigger()
    dialog = window.laboratory.patients.dialog
    qtbot.waitUntil(lambda: dialog.none.label.isVisible(), timeout=20_000)
    assert dialog.none.label.text() == "Neither the open case nor a recent one has patient data."
    assert not dialog.delete.isEnabled()


def test_a_case_past_its_date_is_told_at_the_start_and_nothing_goes_by_itself(qtbot, work, tmp_path):
    old = CaseFile.create(tmp_path / "old.rbc")
    old.close()
    remember(KnownCase(old.path, datetime.now().astimezone() - timedelta(days=99), sample_id="S 1", fields=1))
    work.services.settings.update(keep_identity_days=90)
    work.laboratory.patients._look_for_due()
    sentence = "The patient data of 1 case are past their date."
    qtbot.waitUntil(lambda: work.message_bar.text == sentence, timeout=20_000)
    work.services.notices.answer()
    dialog = work.laboratory.patients.dialog
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 2, timeout=20_000)
    assert [line.case.path.stem for line in dialog.checked] == ["case"], "only the open one is chosen beforehand"
    dialog.reject()
    assert read_trail(old.path).entries[-1].action == "Create the case"


def test_a_change_is_copied_and_the_copy_restored(qtbot, work, tmp_path):
    folder = tmp_path / "backups"
    backups, editor = work.laboratory.patients.backups, work.services.editor
    work.services.settings.update(backup_folder=str(folder))
    SampleEditor(editor).set_identity(replace(editor.case.identity, comment="before"))
    assert backups._soon.isActive()
    with qtbot.waitSignal(backups.written, timeout=20_000):
        backups._soon.timeout.emit()
    assert not backups._soon.isActive()
    SampleEditor(editor).set_identity(replace(editor.case.identity, comment="after"))
    backups._soon.stop()
    work.action_set["restore-backup"].trigger()
    dialog = work.laboratory.patients.backups_dialog
    qtbot.waitUntil(lambda: dialog.list.count() == 1, timeout=20_000)
    dialog.restore.click()
    qtbot.waitUntil(lambda: editor.case.identity.comment == "before", timeout=20_000)
    assert work.services.files.case_name == "Unsaved case"
    assert len(backups_in(folder)) == 1


def test_without_a_folder_nothing_is_copied_and_the_dialog_says_where_to_choose_one(qtbot, work):
    backups, editor = work.laboratory.patients.backups, work.services.editor
    SampleEditor(editor).set_identity(replace(editor.case.identity, comment="x"))
    assert not backups._soon.isActive()
    work.action_set["restore-backup"].trigger()
    dialog = work.laboratory.patients.backups_dialog
    assert "No backup folder is chosen" in dialog.said.text()
    assert not dialog.restore.isEnabled()
    dialog.reject()


def test_a_folder_that_cannot_be_written_to_is_told_once(qtbot, work, tmp_path):
    (tmp_path / "file").write_text("")
    work.services.settings.update(backup_folder=str(tmp_path / "file" / "below"))
    backups = work.laboratory.patients.backups
    backups.write()
    qtbot.waitUntil(lambda: "No backup can be written" in work.message_bar.text, timeout=20_000)
    work.services.settings.update(backup_folder=str(tmp_path / "good"))
    with qtbot.waitSignal(backups.written, timeout=20_000):
        backups.write()
    assert not work.message_bar.isVisible()
