"""What the settings dialog offers and hands over; that models are really exchanged is in tests/e2e."""

from typing import Any

import pytest
from PySide6.QtCore import Qt

from rbc_desktop.engine.jobs import EngineReady
from rbc_desktop.storage.laboratory.settings import Settings
from rbc_desktop.ui.settings.general_page import GeneralChoice
from rbc_desktop.ui.settings.settings_dialog import INCOMPLETE, SettingsChoice, SettingsDialog

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
    assert (dialog.models.segmenter.kind.currentText(), dialog.models.classifier.kind.currentText()) == (
        "SAM 2.1 checkpoint",
        "Folder with a manifest",
    )


def test_the_keys_of_a_hundred_actions_are_asked_for_when_their_page_is_seen(qtbot, theme):
    asked = []

    def rows():
        asked.append("keys")
        return ()

    dialog = SettingsDialog(Settings(), RUNNING, keys=rows)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not asked
    dialog.tabs.setCurrentIndex(2)
    assert asked == ["keys"]


def test_bundled_models_need_no_path_and_others_do(qtbot, show):
    dialog = show()
    dialog.tabs.setCurrentIndex(1)
    assert not dialog.models.segmenter.line.isVisible()
    assert dialog.save.isEnabled()
    dialog.models.segmenter.kind.setCurrentIndex(1)
    assert dialog.models.segmenter.line.isVisible()
    assert not dialog.save.isEnabled()
    assert dialog.note.text() == INCOMPLETE
    dialog.models.segmenter.edit.setText(" /w/ours ")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.requests == [SettingsChoice("/w/ours", "", "auto")]


def test_the_image_level_reading_is_off_unless_a_folder_is_named(show):
    dialog = show()
    assert dialog.models.image_level.kind.currentText() == "Off"
    assert dialog.choice.image_level_weights == ""
    dialog.models.image_level.kind.setCurrentIndex(1)
    assert not dialog.save.isEnabled()
    dialog.models.image_level.edit.setText("/w/reading")
    assert dialog.choice.applied_to(Settings()).image_level_weights == "/w/reading"
    assert show(image_level_weights="/w/reading").choice.image_level_weights == "/w/reading"


def test_going_back_to_bundled_forgets_the_path(show):
    dialog = show(segmenter_weights="/w/ours")
    dialog.models.segmenter.kind.setCurrentIndex(0)
    assert dialog.choice.segmenter_weights == ""


def test_while_models_load_nothing_can_be_changed_and_a_refusal_gives_it_back(show):
    dialog = show(classifier_weights="/w/ours")
    dialog.show_loading()
    assert dialog.progress.isVisible()
    assert not dialog.save.isEnabled()
    assert not dialog.models.classifier.edit.isEnabled()
    dialog.show_refused("It doesn't fit.")
    assert dialog.note.text() == "It doesn't fit. The models in use stay as they are."
    assert not dialog.progress.isVisible()
    assert dialog.models.classifier.edit.isEnabled()
    assert dialog.save.isEnabled()


def test_a_long_reason_enlarges_the_dialog_and_squeezes_nothing(show):
    dialog = show(segmenter_weights="/w/a.pt", classifier_weights="/w/ours")
    before = [w.height() for w in (dialog.models.segmenter.edit, dialog.models.device)]
    dialog.show_refused("A sentence that needs several lines in this dialog. " * 6)
    assert [w.height() for w in (dialog.models.segmenter.edit, dialog.models.device)] == before


def test_pages_that_nobody_has_seen_are_not_made_and_change_nothing(qtbot, show):
    dialog = show(segmenter_weights="/w/tiny.pt", device="cpu", usual_laboratory="Lab", keys=("undo=Ctrl+U",))
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert [dialog.tabs.has_page(place) for place in range(4)] == [True, False, False, False]
    kept = Settings(segmenter_weights="/w/tiny.pt", device="cpu", usual_laboratory="Lab", keys=("undo=Ctrl+U",))
    assert dialog.requests[0].applied_to(kept) == kept


def test_a_page_that_is_made_while_models_load_rests_like_the_others(show):
    dialog = show()
    dialog.show_loading()
    assert not dialog.models.isEnabled()
    dialog.show_refused("It doesn't fit.")
    assert dialog.models.isEnabled()
