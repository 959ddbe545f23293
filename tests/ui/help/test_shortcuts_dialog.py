"""The window of the keys."""

from PySide6.QtWidgets import QLabel

from rbc_desktop.ui.help.shortcuts_dialog import ShortcutsDialog
from rbc_desktop.ui.look.tokens import DARK, LIGHT
from rbc_desktop.ui.window.actions.actions import ACTIONS, shortcut_sections


def test_the_keys_take_the_colours_of_a_theme_in_turns_of_their_own(qtbot, theme):
    theme.force("light")
    dialog = ShortcutsDialog(shortcut_sections(ACTIONS), theme)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: theme.sheet_change.is_done)
    labels = [label for label in dialog.findChildren(QLabel) if "<table>" in label.text()]
    sizes = [label.sizeHint() for label in labels]
    theme.force("dark")
    assert all(LIGHT.accent in label.text() for label in labels), "not in the turn that everything else asks for"
    qtbot.waitUntil(lambda: theme.sheet_change.is_done)
    assert len(labels) == 2
    assert all(DARK.accent in label.text() and LIGHT.accent not in label.text() for label in labels)
    assert [label.sizeHint() for label in labels] == sizes
