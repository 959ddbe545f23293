"""What the settings dialog offers and hands over; that models are really exchanged is in tests/e2e."""

from typing import Any

import pytest
from PySide6.QtCore import Qt

from rbc_desktop.engine.jobs import EngineReady
from rbc_desktop.storage.laboratory.settings import Settings
from rbc_desktop.ui.settings.general_page import GeneralChoice
from rbc_desktop.ui.settings.settings_dialog import INCOMPLETE, SettingsChoice, SettingsDialog, devices_offered, kind_of

RUNNING = EngineReady("cpu", "compact-sam2 1 (ab)", "rbc 1 (cd)", 0.1)


@pytest.fixture
def show(qtbot, theme):
    def _show(**settings):
        dialog: Any = SettingsDialog(Settings(**settings), RUNNING)
        qtbot.addWidget(dialog)
        dialog.requests = []
        dialog.requested.connect(dialog.requests.append)
        dialog.show()
        return dialog

    return _show


def test_it_opens_as_the_settings_are(show):
    dialog = show(segmenter_weights="/w/tiny.pt", classifier_weights="/w/ours", theme="dark", device="cpu")
    assert dialog.choice == SettingsChoice("/w/tiny.pt", "/w/ours", "cpu", general=GeneralChoice(theme="dark"))
    assert (dialog.segmenter.kind.currentText(), dialog.classifier.kind.currentText()) == (
        "SAM 2.1 checkpoint",
        "Folder with a manifest",
    )


def test_bundled_models_need_no_path_and_others_do(qtbot, show):
    dialog = show()
    dialog.tabs.setCurrentIndex(1)
    assert not dialog.segmenter.line.isVisible()
    assert dialog.save.isEnabled()
    dialog.segmenter.kind.setCurrentIndex(1)
    assert dialog.segmenter.line.isVisible()
    assert not dialog.save.isEnabled()
    assert dialog.note.text() == INCOMPLETE
    dialog.segmenter.edit.setText(" /w/ours ")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.requests == [SettingsChoice("/w/ours", "", "auto")]


def test_the_image_level_reading_is_off_unless_a_folder_is_named(show):
    dialog = show()
    assert dialog.image_level.kind.currentText() == "Off"
    assert dialog.choice.image_level_weights == ""
    dialog.image_level.kind.setCurrentIndex(1)
    assert not dialog.save.isEnabled()
    dialog.image_level.edit.setText("/w/reading")
    assert dialog.choice.applied_to(Settings()).image_level_weights == "/w/reading"
    assert show(image_level_weights="/w/reading").choice.image_level_weights == "/w/reading"


def test_going_back_to_bundled_forgets_the_path(show):
    dialog = show(segmenter_weights="/w/ours")
    dialog.segmenter.kind.setCurrentIndex(0)
    assert dialog.choice.segmenter_weights == ""


def test_while_models_load_nothing_can_be_changed_and_a_refusal_gives_it_back(show):
    dialog = show(classifier_weights="/w/ours")
    dialog.show_loading()
    assert dialog.progress.isVisible()
    assert not dialog.save.isEnabled()
    assert not dialog.classifier.edit.isEnabled()
    dialog.show_refused("It doesn't fit.")
    assert dialog.note.text() == "It doesn't fit. The models in use stay as they are."
    assert not dialog.progress.isVisible()
    assert dialog.classifier.edit.isEnabled()
    assert dialog.save.isEnabled()


def test_a_long_reason_enlarges_the_dialog_and_squeezes_nothing(show):
    dialog = show(segmenter_weights="/w/a.pt", classifier_weights="/w/ours")
    before = [w.height() for w in (dialog.segmenter.edit, dialog.device)]
    dialog.show_refused("A sentence that needs several lines in this dialog. " * 6)
    assert [w.height() for w in (dialog.segmenter.edit, dialog.device)] == before


@pytest.mark.parametrize(
    ("path", "kind"), [("", "bundled"), ("/w/a.PT", "file"), ("/w/a.safetensors", "file"), ("/w/a", "folder")]
)
def test_the_kind_of_a_path(path, kind):
    assert kind_of(path) == kind


def test_only_devices_of_the_system_are_offered_and_the_chosen_one():
    assert "mps" not in devices_offered("linux", chosen="auto")
    assert "cuda" not in devices_offered("darwin", chosen="auto")
    assert "mps" in devices_offered("linux", chosen="mps")
