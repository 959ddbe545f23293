"""The page of keys: pressing, colliding, taking back; and in the real window everything that shows a key."""

import re
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from rbc_desktop.commands.terminal.catalogues import translations_folder
from rbc_desktop.storage.laboratory.settings import load_settings
from rbc_desktop.ui.settings.keys_page import UNKNOWN, KeyRow, KeysPage
from rbc_desktop.ui.window.actions.actions import ACTIONS, fixed_keys, key_rows
from rbc_desktop.workflows.key_map import read_keys, show_keys, shown, written_keys
from tests.fakes.casework import write_image

ROWS = (
    KeyRow("undo", "Undo", "Edit", ("Ctrl+Z",)),
    KeyRow("redo", "Redo", "Edit", ("Ctrl+Shift+Z", "Ctrl+Y")),
    KeyRow("confirm", "Confirm the class", "Cells", ("C",)),
    KeyRow("next-review", "Next least-sure cell", "Cells", ("N",)),
    KeyRow("accept", "Accept the proposal", "Cells", ("Return",), is_fixed=True),
    KeyRow("about", "About", "Help", ()),
)


@pytest.fixture(autouse=True)
def usual_again():
    yield
    show_keys({}, {})


@pytest.fixture
def show(qtbot, theme):
    def _show(chosen=None):
        page = KeysPage(ROWS, chosen or {})
        qtbot.addWidget(page)
        page.show()
        return page

    return _show


def press(qtbot, page, key, modifiers=Qt.KeyboardModifier.NoModifier):
    page.edit.setFocus()
    qtbot.keyClick(page.edit, key, modifiers)


def column(page):
    return {name: item.text(1) for name, item in page._items.items()}


def test_a_key_is_pressed_and_set(qtbot, show):
    page = show()
    page.choose("about")
    press(qtbot, page, Qt.Key.Key_F8)
    qtbot.mouseClick(page.set_button, Qt.MouseButton.LeftButton)
    assert page.chosen == {"about": ("F8",)}
    assert column(page)["about"] == "F8"
    assert column(page)["redo"] == "Ctrl+Shift+Z, Ctrl+Y"


def test_a_key_of_another_action_is_said_and_taken_from_there(qtbot, show):
    page = show()
    page.choose("next-review")
    press(qtbot, page, Qt.Key.Key_C)
    assert page.note.text() == "C is the key of “Confirm the class”, which loses it."
    assert page.set_button.text() == "Take it"
    page.set_button.click()
    assert page.chosen == {"next-review": ("C",)}
    assert column(page)["confirm"] == ""
    page.choose("confirm")
    page.usual_button.click()
    assert column(page)["confirm"] == "C"
    assert column(page)["next-review"] == "", "its other key was given away"
    page.choose("next-review")
    page.usual_button.click()
    assert page.chosen == {}


@pytest.mark.parametrize(
    ("key", "modifiers", "part"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "use this key themselves"),
        (Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier, "opens a menu"),
        (Qt.Key.Key_5, Qt.KeyboardModifier.ShiftModifier, "own classes"),
        (Qt.Key.Key_VolumeUp, Qt.KeyboardModifier.NoModifier, UNKNOWN),
    ],
)
def test_a_key_that_is_needed_elsewhere_is_refused(qtbot, show, key, modifiers, part):
    page = show()
    page.choose("about")
    page.edit.setKeySequence(QKeySequence(Qt.KeyboardModifier(modifiers) | key))
    assert part in page.note.text()
    assert not page.set_button.isEnabled()


def test_after_a_key_the_focus_leaves_the_field_that_takes_every_key(qtbot, show):
    page = show()
    page.choose("about")
    press(qtbot, page, Qt.Key.Key_F8)
    assert not page.edit.hasFocus()


@pytest.mark.parametrize(
    ("key", "text"), [(Qt.Key.Key_At, "@"), (Qt.Key.Key_BracketLeft, "["), (Qt.Key.Key_Udiaeresis, "Ü")]
)
def test_a_key_that_altgr_makes_and_a_letter_of_another_country_are_set(qtbot, show, key, text):
    page = show()
    page.choose("about")
    press(qtbot, page, Qt.Key.Key_AltGr)
    press(qtbot, page, key)
    assert page.note.text() == ""
    page.set_button.click()
    assert page.chosen == {"about": (text,)}


def test_nothing_moves_when_a_key_is_one_of_another_action(qtbot, show):
    page = show()
    page.choose("next-review")
    before = page.minimumSizeHint().width(), page.set_button.width()
    press(qtbot, page, Qt.Key.Key_C)
    assert page.set_button.text() == "Take it"
    assert (page.minimumSizeHint().width(), page.set_button.width()) == before


def test_no_key_usual_key_and_reset(qtbot, show):
    page = show({"undo": ("F6",), "confirm": ("Q",)})
    assert (column(page)["undo"], column(page)["confirm"]) == ("F6", "Q")
    page.choose("undo")
    page.none_button.click()
    assert page.chosen == {"undo": (), "confirm": ("Q",)}
    page.usual_button.click()
    assert page.chosen == {"confirm": ("Q",)}
    page.reset_button.click()
    assert page.chosen == {}
    assert not page.reset_button.isEnabled()


def test_a_fixed_key_can_neither_be_changed_nor_taken(qtbot, show):
    page = show()
    page.choose("accept")
    assert not page.edit.isEnabled()
    assert page._items["accept"].isDisabled()


def test_words_find_actions_and_keys(qtbot, show):
    page = show()

    def seen():
        return [name for name, item in page._items.items() if not item.isHidden()]

    page.words.setText("ctrl+y")
    assert seen() == ["redo"]
    assert [s for s, item in page._sections.items() if not item.isHidden()] == ["Edit"]
    page.words.setText("cells class")
    assert seen() == ["confirm"]
    page.words.clear()
    assert len(seen()) == len(ROWS)


def test_every_action_is_on_the_page_but_the_slots_of_own_classes():
    rows = {row.id: row for row in key_rows()}
    assert {spec.id for spec in ACTIONS} - set(rows) == {s.id for s in ACTIONS if s.id.startswith("own-class:")}
    assert {row.id for row in rows.values() if row.is_fixed} == {
        "accept", "drop", "next-candidate", "remove-point", "previous-review",
    }  # fmt: skip


def save(qtbot, window, change):
    """Open the settings, change the keys, save."""
    window.action_set["settings"].trigger()
    dialog = window.dialogs.preferences.dialog
    change(dialog.keys)
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.dialogs.preferences.dialog is None)


def give(name, key):
    def change(page):
        page.choose(name)
        page.edit.setKeySequence(QKeySequence(key))
        page.set_button.click()

    return change


def test_a_new_key_works_at_once_and_the_old_one_no_more(qtbot, window, tmp_path):
    window.services.files.open_paths([write_image(tmp_path / "smear.png", 1).path])
    qtbot.waitUntil(lambda: window.presenter.shows_image, timeout=20_000)
    save(qtbot, window, give("panels", "Q"))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    panels = window.action_set["panels"]
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert panels.isChecked()
    qtbot.keyClick(window, Qt.Key.Key_Q)
    assert not panels.isChecked()
    assert "Q" in panels.toolTip().splitlines()[0]


def test_buttons_help_manual_and_sentences_show_the_new_key(qtbot, window):
    bar = window.review.bar
    assert bar.confirm.accessibleName() == "Confirm, key C"
    window.dialogs.manual.open()
    qtbot.waitUntil(lambda: window.dialogs.manual.window is not None)
    manual = window.dialogs.manual.window
    qtbot.waitUntil(lambda: manual.page.file == "index.md" and not manual.page.is_busy)
    manual.page.show_file(manual.folder / "review.md")
    before = manual.page.toPlainText()
    save(qtbot, window, give("confirm", "Q"))
    assert bar.confirm.accessibleName() == "Confirm, key Q"
    qtbot.waitUntil(lambda: not manual.page.is_busy)
    after = manual.page.toPlainText()
    caps = re.compile("\u202f(.)\u202f")
    assert "C" in caps.findall(before)
    assert "C" not in caps.findall(after)
    assert caps.findall(after).count("Q") == caps.findall(before).count("C")
    from rbc_desktop.ui.window.actions.actions import shortcut_sections

    listed = dict(pair[::-1] for _, pairs in shortcut_sections(window.action_set.listed) for pair in pairs)
    assert listed["Confirm the class"] == "Q"
    assert shown("C") == "Q"


def test_a_class_gets_another_key_and_shows_it(qtbot, window):
    from rbc_desktop.domain.classes.taxonomy import CellClass
    from rbc_desktop.ui.look import swatch

    target = CellClass.TARGET_CELL
    save(qtbot, window, give(f"class:{target.value}", "Shift+F2"))
    assert [key.toString() for key in window.action_set[f"class:{target.value}"].shortcuts()] == ["Shift+F2"]
    assert swatch.short_key(target) == "⇧F2"


def test_keys_are_kept_for_the_next_start(qtbot, window):
    save(qtbot, window, give("confirm", "Q"))
    window.services.settings.flush()
    stored = load_settings(window.services.settings._path)
    assert read_keys(stored.keys) == {"confirm": ("Q",)}


@pytest.mark.parametrize(
    "keys", [("",), ("confirm",), ("confirm\tReturn", "undo\tQ", "redo\tQ", "nothing\tX", "a" * 9000), ("\t\t",) * 300]
)
def test_settings_of_any_content_leave_a_window_without_ambiguous_keys(qtbot, window, keys):
    window.services.settings.update(keys=keys)
    held = [key for spec in window.action_set.specs if not spec.canvas_key for key in spec.keys]
    assert len(held) == len(set(held))
    assert written_keys(read_keys(keys)) is not None
    window.action_set["settings"].trigger()
    dialog = window.dialogs.preferences.dialog
    assert dialog.isVisible()
    dialog.reject()


NO_KEYS = re.compile(r"\bF1\b|/L\b|\bA\b|Ctrl and C\b")
"""A measure, a unit, an article, and a key of the terminal."""


@pytest.mark.parametrize("catalogue", sorted(translations_folder().glob("*.ts")), ids=lambda path: path.stem)
def test_no_sentence_names_a_key_that_can_be_changed(catalogue):
    """It would go on naming the usual one; `key_map.said` says the present one."""
    usual = {key for spec in ACTIONS if spec.id not in fixed_keys() for key in spec.keys} - {*"+-=0123456789"}
    named = re.compile(r"(?<![\w&{])(?:" + "|".join(map(re.escape, usual)) + r")(?![\w+&’'])")
    texts = [text.text or "" for text in ElementTree.parse(catalogue).iter("source")]
    assert texts
    assert [text for text in texts if named.search(NO_KEYS.sub("", text)) and text != "Del"] == []


def test_hints_and_tooltips_follow_a_new_key(qtbot, window, tmp_path):
    window.services.files.open_paths([write_image(tmp_path / "smear.png", 1).path])
    qtbot.waitUntil(lambda: window.presenter.shows_image, timeout=20_000)
    window.action_set["tool-brush"].trigger()
    assert "([ ] or" in window.line.hint.whole
    assert "(K)" in window.line.scale.toolTip()
    save(qtbot, window, give("brush-larger", "F7"))
    save(qtbot, window, give("calibrate", "Z"))
    assert "([ F7 or" in window.line.hint.whole
    assert "(Z)" in window.line.scale.toolTip()
