"""What a laboratory asks of every case is chosen, kept, and asked again."""

from rbc_desktop.storage.laboratory.settings import Settings
from rbc_desktop.ui.settings.laboratory_page import LaboratoryChoice, LaboratoryPage


def test_the_page_says_what_was_chosen(qtbot):
    settings = Settings(control_rule="warn", backup_folder="/b", keep_unsaved_days=45, keep_identity_days=365)
    page = LaboratoryPage(settings)
    qtbot.addWidget(page)
    assert page.choice == LaboratoryChoice.of(settings)
    assert page.unsaved.currentText() == "45 days"
    assert page.identity.itemText(0) == "for ever"
    page.control.setCurrentIndex(page.control.findData("lock"))
    assert page.choice.changes["control_rule"] == "lock"


def test_the_dialog_of_the_settings_keeps_it(window):
    window.action_set["settings"].trigger()
    dialog = window.dialogs.preferences.dialog
    dialog.laboratory.control.setCurrentIndex(dialog.laboratory.control.findData("lock"))
    dialog.save.click()
    assert window.services.settings.value.control_rule == "lock"
